using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Validation;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary>The input of the commands on native code: a program, what it is checked against, and a solver.</summary>
public sealed class NativeInput
{
    private const double DefaultSeconds = 10;

    private readonly ProgramInput program = new();
    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new(isDevice: true);
    private readonly SecondsOption timeout = new(
        "--timeout", $"How long the solver may take for one question; {DefaultSeconds} otherwise.");

    private readonly TextOption solver = new(
        "--solver", "name", $"A program that reads SMT-LIB 2, such as cvc5; the library {SolverFactory.Default} otherwise.");

    /// <summary>Adds the program's file to a command.</summary>
    public void AddProgram(Command command) => program.AddTo(command);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(timeout);
        command.Options.Add(solver);
    }

    /// <summary>The name of the program's file.</summary>
    public string Name(ParseResult parsed) => program.Name(parsed);

    /// <summary>The program; if it is rejected, says why on standard error, and yields nothing.</summary>
    /// <exception cref="UsageException">The file holds no program, or programs of the profile cannot be translated.</exception>
    public CheckedProgram? Load(ParseResult parsed)
    {
        var variant = profile.Of(parsed);
        if (Translator.Refusal(variant) is { } refusal) throw new UsageException(refusal);
        return LoadAny(parsed);
    }

    /// <summary>The program, of any profile; if it is rejected, says why on standard error, and yields nothing.</summary>
    /// <exception cref="UsageException">The file holds no program.</exception>
    public CheckedProgram? LoadAny(ParseResult parsed)
    {
        var variant = profile.Of(parsed);
        var ids = helpers.Callable(parsed, variant);
        return program.Admit(parsed, program.Load(parsed, ids), Admission.Of(variant, ids));
    }

    /// <summary>The helpers that a program may call, as analyses know them.</summary>
    public Sequence<Helper> Granted(ParseResult parsed)
    {
        var ids = helpers.Callable(parsed, profile.Of(parsed));
        return HelperCatalogue.Declarations.Where(helper => ids.Contains(helper.Id)).ToSequence();
    }

    /// <summary>The verdict on native code, of a solver's session.</summary>
    /// <exception cref="UsageException">The solver is not here.</exception>
    public Verdict Validate(ParseResult parsed, CheckedProgram subject, NativeProgram native, Certificate certificate) =>
        With(parsed, (session, limit) => Validator.Validate(subject, native, certificate, session, limit));

    /// <summary>The result of a solver's session and the time for one question.</summary>
    /// <exception cref="UsageException">The solver is not here.</exception>
    public T With<T>(ParseResult parsed, Func<ISolver, TimeSpan, T> use)
    {
        switch (SolverFactory.Open(parsed.GetValue(solver) ?? SolverFactory.Default))
        {
            case SolverSession.Opened(var session):
                using (session)
                {
                    return use(session, parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(DefaultSeconds));
                }

            case SolverSession.Unavailable(var reason):
                throw new UsageException(reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Inputs;

/// <summary>What the questions of <c>solve</c> take, besides the programs: profile, size of the context, limits, solver.</summary>
public sealed class SolveInput
{
    private const ulong DefaultSize = 8;
    private const ulong LargestSize = 4096;
    private const ulong DefaultSteps = 10_000;
    private const ulong DefaultPaths = 1_000;
    private const ulong DefaultSeconds = 10;

    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new();

    private readonly CountOption size = new(
        "--size", "bytes", $"The length of the context; {DefaultSize} otherwise, at most {LargestSize}.");

    private readonly CountOption budget = new(
        "--budget", "count", "How many branches and local calls may be taken; the profile says how many otherwise.");

    private readonly CountOption steps = new(
        "--steps", "count", $"How many instructions of one path are followed; {DefaultSteps} otherwise.");

    private readonly CountOption paths = new(
        "--paths", "count", $"How many paths are followed; {DefaultPaths} otherwise.");

    private readonly CountOption timeout = new(
        "--timeout", "seconds", $"How long the solver may take for one question; {DefaultSeconds} otherwise.");

    private readonly Option<string?> solver = new("--solver")
    {
        Description = $"A program that reads SMT-LIB 2, such as cvc5; the library {SolverFactory.Default} otherwise.",
        HelpName = "name",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(size);
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(budget);
        command.Options.Add(steps);
        command.Options.Add(paths);
        command.Options.Add(timeout);
        command.Options.Add(solver);
    }

    /// <summary>The length of the context in bytes.</summary>
    /// <exception cref="UsageException">It is too large.</exception>
    public int Size(ParseResult parsed) => (int)UpTo(size, LargestSize, parsed, DefaultSize);

    /// <summary>A program to ask about; if it is rejected, says why on standard error and yields nothing.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no program, or its memory makes no sense.</exception>
    public Subject? Load(ProgramInput program, ParseResult parsed)
    {
        var variant = profile.Of(parsed);
        var ids = helpers.Callable(parsed, variant);
        var image = program.Load(parsed, ids);
        if (Rejections.AreTold(image, Rules.Of(variant, ids), program.Name(parsed))) return null;

        var length = Size(parsed);
        var start = image.Start(variant) with { Host = DefaultHost.Granting(ids) };
        start = start with
        {
            Context = Sequence.Generate(length, _ => (byte)0),
            BranchLimit = parsed.GetValue(budget) is { } branches ? new Allowance<ulong>.Remaining(branches) : start.BranchLimit,
        };
        if (start.Problems() is { IsEmpty: false } overlap) throw new UsageException(overlap[0]);
        return new(image.Machine(variant), start, length);
    }

    /// <summary>Asks a question of a solver's session.</summary>
    /// <exception cref="UsageException">An option makes no sense, or the solver is not here.</exception>
    public Answer Ask(ParseResult parsed, Func<Search, Answer> question)
    {
        const ulong most = int.MaxValue;
        var limits = new SymbolicLimits(
            (int)UpTo(steps, most, parsed, DefaultSteps), (int)UpTo(paths, most, parsed, DefaultPaths));
        var limit = TimeSpan.FromSeconds(UpTo(timeout, 1_000_000, parsed, DefaultSeconds));
        switch (SolverFactory.Open(parsed.GetValue(solver) ?? SolverFactory.Default))
        {
            case Opening.Opened(var session):
                using (session) return question(new Search(new Decider(session, limit), limits));
            case Opening.Unavailable(var reason):
                throw new UsageException(reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The command line that shows an input on a program.</summary>
    public string RunLine(ProgramInput program, ParseResult parsed, Input input)
    {
        List<string> words = ["./rbpf run", Words.Quote(program.Name(parsed))];
        if (!input.Context.IsEmpty) words.Add($"--memory {Convert.ToHexStringLower(input.Context.AsSpan())}");
        words.AddRange(program.Given(parsed));
        if (parsed.GetResult(profile) is { Implicit: false }) words.Add($"--profile {profile.Of(parsed).Name}");
        words.AddRange(helpers.Given(parsed));
        if (parsed.GetValue(budget) is { } branches) words.Add($"--budget {Text(branches)}");
        if (input.Milliseconds != 0) words.Add($"--now {Text(input.Milliseconds)}");
        return string.Join(' ', words);
    }

    private static ulong UpTo(CountOption option, ulong most, ParseResult parsed, ulong otherwise)
    {
        var count = parsed.GetValue(option) ?? otherwise;
        return count <= most ? count : throw new UsageException($"{option.Name} {Text(count)} is too much; expected at most {Text(most)}");
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

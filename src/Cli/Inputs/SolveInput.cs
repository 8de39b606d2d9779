using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host;
using RbpfSpec.ProgramReports.Solving;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The input of the questions of <c>solve</c>, besides the programs: profile, context, limits, solver.</summary>
/// <param name="isSeveral">Whether the question can be answered with several contexts.</param>
public sealed class SolveInput(bool isSeveral = true)
{
    private const ulong DefaultSize = 8;
    private const ulong LargestSize = 4096;
    private const ulong DefaultSteps = 10_000;
    private const ulong DefaultPaths = 1_000;
    private const ulong DefaultSeconds = 10;

    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new();

    private readonly CountOption size = new(
        "--size", "bytes", $"The length of the context; that of --context, or {DefaultSize}, otherwise; at most {LargestSize}.",
            LargestSize);

    private readonly TextOption context = new(
        "--context", "pattern", "What the context begins with: hexadecimal digits, ? for those left open, such as 78??.");

    private readonly TextsOption assumed = new(
        "--assume", "condition",
        "What holds of the context, such as 'u8[0] == 0x45 && be16[2] <= 40'; fields u8 to u64, s8 to s64, be16 to be64. "
        + "May be repeated.");

    private readonly CountOption all = new(
        "--all", "count", "Up to how many contexts to find, of different paths first; one otherwise.", 1_000_000);

    private readonly CountOption budget = new(
        "--budget", "count", "How many branches and local calls may be taken; the profile says how many otherwise.");

    private readonly CountOption steps = new(
        "--steps", "count", $"How many instructions of one path are followed; {DefaultSteps} otherwise.");

    private readonly CountOption paths = new(
        "--paths", "count", $"How many paths are followed; {DefaultPaths} otherwise.");

    private readonly CountOption timeout = new(
        "--timeout", "seconds", $"How long the solver may take for one question; {DefaultSeconds} otherwise.");

    private readonly TextOption solver = new(
        "--solver", "name", $"A program that reads SMT-LIB 2, such as cvc5; the library {SolverFactory.Default} otherwise.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(size);
        command.Options.Add(context);
        command.Options.Add(assumed);
        if (isSeveral) command.Options.Add(all);
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(budget);
        command.Options.Add(steps);
        command.Options.Add(paths);
        command.Options.Add(timeout);
        command.Options.Add(solver);
    }

    /// <summary>The length of the context in bytes.</summary>
    /// <exception cref="UsageException">It does not hold what <c>--context</c> says.</exception>
    public int Size(ParseResult parsed)
    {
        var begun = (ulong)(parsed.GetValue(context)?.Length ?? 0) / 2;
        var length = parsed.GetValue(size) ?? (begun > 0 ? begun : DefaultSize);
        if (begun > LargestSize) throw new UsageException($"--context has {Text(begun)} bytes; expected at most {Text(LargestSize)}");
        return begun <= length
            ? (int)length
            : throw new UsageException($"--context has {Text(begun)} bytes, --size says {Text(length)}; expected at least as many");
    }

    /// <summary>Whether several contexts are asked for.</summary>
    public bool IsSeveral(ParseResult parsed) => isSeveral && parsed.GetValue(all) is not null;

    /// <summary>The contexts that an answer is about, in words.</summary>
    public string Contexts(ParseResult parsed, int length) =>
        $"all contexts of {Counted.Of(length, "byte")}"
        + (parsed.GetValue(context) is null && parsed.GetValue(assumed) is not { Length: > 0 } ? "" : " that are as assumed");

    /// <summary>Why a question has no answer, and which option would help.</summary>
    public static string Reason(SearchResult.Undecided undecided) => undecided.Reason + undecided.Limit switch
    {
        Limit.None or Limit.Merged => "",
        Limit.Paths => " (--paths follows more)",
        Limit.Steps => " (--steps follows more)",
        Limit.Time => " (--timeout gives the solver more time)",
    };

    /// <summary>A program to ask about; if it is rejected, says why on standard error and yields nothing.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no program, or its memory makes no sense.</exception>
    public Subject? Load(ProgramInput program, ParseResult parsed)
    {
        var variant = profile.Of(parsed);
        var ids = helpers.Callable(parsed, variant);
        var image = program.Load(parsed, ids);
        if (program.Admit(parsed, image, Admission.Of(variant, ids)) is not { } admitted) return null;

        var length = Size(parsed);
        var start = image.Start(variant) with { Host = DefaultHost.Granting(ids) };
        start = start with
        {
            Context = Sequence.Generate(length, _ => (byte)0),
            BranchLimit = parsed.GetValue(budget) is { } branches ? new Allowance<ulong>.Remaining(branches) : start.BranchLimit,
        };
        if (start.Problems() is { IsEmpty: false } overlap) throw new UsageException(overlap[0]);
        return new(new(new ReferenceMachine(admitted), start, length), image);
    }

    /// <summary>Asks a question of a solver's session.</summary>
    /// <exception cref="UsageException">An option makes no sense, or the solver is not here.</exception>
    public T Ask<T>(ParseResult parsed, Func<Search, T> question)
    {
        const ulong most = int.MaxValue;
        var limits = new SymbolicLimits(
            (int)UpTo(steps, most, parsed, DefaultSteps), (int)UpTo(paths, most, parsed, DefaultPaths));
        var limit = TimeSpan.FromSeconds(UpTo(timeout, 1_000_000, parsed, DefaultSeconds));
        switch (SolverFactory.Open(parsed.GetValue(solver) ?? SolverFactory.Default))
        {
            case SolverSession.Opened(var session):
                using (session)
                {
                    using var progress = new SolveProgress();
                    var search = new Search(new Decider(session, limit), limits)
                    {
                        Wanted = isSeveral ? (int)(parsed.GetValue(all) ?? 1) : 1,
                        Progress = progress.Tell,
                    };
                    foreach (var formula in Assumptions(parsed)) Assume(search, formula);
                    return question(search);
                }

            case SolverSession.Unavailable(var reason):
                throw new UsageException(reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The command line that shows an input on a program.</summary>
    public string RunLine(ProgramInput program, ParseResult parsed, Input input)
    {
        List<string> words = ["./rbpf run", Shell.Quoted(program.Name(parsed))];
        if (!input.Context.IsEmpty) words.Add($"--memory {Convert.ToHexStringLower(input.Context.AsSpan())}");
        words.AddRange(program.Given(parsed));
        if (parsed.GetResult(profile) is { Implicit: false }) words.Add($"--profile {profile.Of(parsed).Name}");
        words.AddRange(helpers.Given(parsed));
        if (parsed.GetValue(budget) is { } branches) words.Add($"--budget {Text(branches)}");
        if (input.Milliseconds != 0) words.Add($"--now {Text(input.Milliseconds)}");
        return string.Join(' ', words);
    }

    private IEnumerable<Term> Assumptions(ParseResult parsed)
    {
        if (parsed.GetValue(context) is { } pattern) yield return Formula("--context", pattern, Assumption.OfPattern(pattern));
        foreach (var condition in parsed.GetValue(assumed) ?? [])
            yield return Formula("--assume", condition, Assumption.OfExpression(condition, Size(parsed)));
    }

    private static Term Formula(string option, string text, Assumption assumption) => assumption switch
    {
        Assumption.Read(var formula) => formula,
        Assumption.Wrong(var column, var message) =>
            throw new UsageException($"{option} '{text}', column {Text((ulong)column)}: {message}"),
    };

    private static void Assume(Search search, Term formula)
    {
        switch (search.Assume(formula))
        {
            case Possibility.Impossible:
                throw new UsageException("no context is as assumed by --context and --assume: they contradict each other, or themselves");
            case Possibility.Unknown(var reason):
                throw new UsageException($"whether any context is as assumed is not known: {reason}");
            case Possibility.Possible:
                break;
        }
    }

    private static ulong UpTo(CountOption option, ulong most, ParseResult parsed, ulong otherwise)
    {
        var count = parsed.GetValue(option) ?? otherwise;
        return count <= most ? count : throw new UsageException($"{option.Name} {Text(count)} is too much; expected at most {Text(most)}");
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}

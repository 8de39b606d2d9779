using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Commands.Historic;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Dialects;
using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The input of <c>run</c> and <c>trace</c>: a program, a profile, memory, budget, helpers.</summary>
public sealed class RunInput
{
    // A historic machine is run once for each of its bugs, and is slow.
    private const int HistoricSteps = 100_000;

    private readonly ProgramInput program = new();
    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new();

    private readonly TextOption memory = new("--memory", "hex", "The context in hexadecimal: r1 is its address, r2 its length.");

    private readonly TextOption memoryFile = new("--memory-file", "file", "A file that is the context.");

    private readonly Option<AddedRegion[]> regions = new("--region")
    {
        Description = "A further region, zeroed: name:size:rw[@address]; may be given more than once.",
        HelpName = "region",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token =>
        {
            var (region, problem) = AddedRegion.Parse(token.Value);
            if (region is null) result.AddError(problem);
            return region!;
        })],
    };

    private readonly CountOption budget = new(
        "--budget", "count", "How many branches and local calls may be taken; the profile says how many otherwise.");

    private readonly CountOption instructions = new(
        "--instructions", "count", "How many instructions may be executed; no limit otherwise.");

    private readonly CountOption now = new(
        "--now", "ms", "What the helper now_ms says, in milliseconds; the computer's clock otherwise.");

    /// <summary>Adds argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        program.AddTo(command);
        command.Options.Add(profile);
        command.Options.Add(memory);
        command.Options.Add(memoryFile);
        command.Options.Add(regions);
        command.Options.Add(budget);
        command.Options.Add(instructions);
        helpers.AddTo(command);
        command.Options.Add(now);
        command.Validators.Add(result =>
        {
            if (result.GetResult(memory) is not null && result.GetResult(memoryFile) is not null)
                result.AddError("--memory and --memory-file both give the context; expected one of them");
        });
    }

    /// <summary>The name of the program's file.</summary>
    public string Name(ParseResult parsed) => program.Name(parsed);

    /// <summary>The program ready to run; if it is rejected, says why on standard error and yields nothing.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no program, or the memory makes no sense.</exception>
    public Prepared? Prepare(ParseResult parsed)
    {
        var rules = Rules(parsed);
        var image = program.Load(parsed, rules.Helpers);
        return program.Admit(parsed, image, rules) is { } admitted ? Prepared(parsed, rules, image, admitted) : null;
    }

    /// <summary>The program ready to run; null, with the lines that say why, if it is rejected.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no program, or the memory makes no sense.</exception>
    public Prepared? Prepare(ParseResult parsed, out Sequence<string> problems)
    {
        var rules = Rules(parsed);
        var image = program.Read(parsed, rules.Helpers);
        problems = [];
        if (image.Check(rules, out _, most: 1) is { } admitted) return Prepared(parsed, rules, image, admitted);
        problems = Rejections.Lines(image, rules).Map(line => Escaped.Line($"{program.Name(parsed)}: {line}"));
        return null;
    }

    /// <summary>Runs a program on a historic machine, which checks it itself.</summary>
    /// <exception cref="UsageException">A file cannot be read or holds no program, or the command line makes no sense.</exception>
    public HistoricRun RunOn(ParseResult parsed, Dialect dialect)
    {
        if (parsed.GetValue(profile) is not null)
            throw new UsageException("--dialect has a profile of its own; expected no --profile with it");
        var rules = Admission.Of(dialect.Profile, helpers.Callable(parsed, dialect.Profile));
        var image = program.Load(parsed, rules.Helpers);

        // One more than is granted finds the budget used up, as on any machine.
        var steps = parsed.GetValue(instructions) is { } granted ? (int)Math.Min(granted, int.MaxValue - 1) + 1 : HistoricSteps;
        return HistoricRun.Of(dialect, image, rules, State(parsed, rules, image), steps);
    }

    private Admission Rules(ParseResult parsed)
    {
        var variant = profile.Of(parsed);
        return Admission.Of(variant, helpers.Callable(parsed, variant));
    }

    private Prepared Prepared(ParseResult parsed, Admission rules, Image image, CheckedProgram admitted) =>
        new(admitted, State(parsed, rules, image), image);

    private State<Word> State(ParseResult parsed, Admission rules, Image image)
    {
        var (variant, ids) = (rules.Profile, rules.Helpers);
        var start = image.Start(variant) with
        {
            Context = Context(parsed),
            Host = DefaultHost.Granting(ids).WithMilliseconds(
                Word.Of(parsed.GetValue(now) ?? (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())),
        };
        start = start with
        {
            Regions = [.. start.Regions, .. AddedRegion.Place(parsed.GetRequiredValue(regions))],
            BranchLimit = parsed.GetValue(budget) is { } branches ? new Allowance<ulong>.Remaining(branches) : start.BranchLimit,
            InstructionLimit = parsed.GetValue(instructions) is { } steps ? new Allowance<ulong>.Remaining(steps) : start.InstructionLimit,
        };
        if (start.Problems() is { IsEmpty: false } overlap) throw new UsageException(overlap[0]);
        return start.State();
    }

    private Sequence<byte> Context(ParseResult parsed)
    {
        if (parsed.GetValue(memoryFile) is { } name) return Sequence.Of<byte>(Files.Read(name, FileKind.Memory));
        if (parsed.GetValue(memory) is not { } text) return [];
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return Hex.TryBytes(digits, out var bytes)
            ? bytes
            : throw new UsageException($"--memory '{text}' is not bytes; expected two hexadecimal digits each, such as 08000000");
    }
}

/// <summary>The option <c>--helpers</c>: the capability list of the program.</summary>
/// <param name="isDevice">Whether those that a device alone has can be granted, too.</param>
public sealed class HelperOption(bool isDevice = false)
{
    private readonly Sequence<Helper> known =
        isDevice ? HelperCatalogue.Declarations : DefaultHost.Functions.Map(function => function.Declaration);

    private readonly TextOption list = new(
        "--helpers",
        "list",
        "The helpers granted, by name or id, separated by commas; 'none' for none; "
        + (isDevice ? "all that a device has otherwise." : "all that ship otherwise."));

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(list);

    /// <summary>The static ids of the helpers that the program may call on a machine of a profile.</summary>
    /// <exception cref="UsageException">A name or id is no helper's, or the profile does not ask what is granted.</exception>
    public Sequence<uint> Callable(ParseResult parsed, Profile profile) =>
        parsed.GetResult(list) is not null && profile.HelperAccess is HelperAccess.Declared
            ? throw new UsageException(
                $"--helpers grants nothing under the profile {profile.Name}, whose programs may call every helper of the host; "
                + "expected a profile that asks what is granted, such as --profile rbpf")
            : profile.Callable(known.Map(helper => helper.Id), Granted(parsed));

    private Sequence<uint> Granted(ParseResult parsed) => parsed.GetValue(list) switch
    {
        null => known.Map(helper => helper.Id),
        "none" => [],
        var text => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Id)],
    };

    /// <summary>The option as given; nothing if it was not.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => parsed.GetValue(list) is { } text ? [$"--helpers {Shell.Quoted(text)}"] : [];

    private uint Id(string name)
    {
        if (Find(known, name) is { } helper) return helper.Id;
        if (Find(HelperCatalogue.OfDevice, name) is not null)
            throw new UsageException($"the helper '{name}' is one that only a device has; {Rejections.OnDevice}");
        var names = known.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} (0x{one.Id:x2})"));
        var nearest = Suggestions.Nearest(name, known.Map(one => one.Name)) is { } near ? $"did you mean '{near}'? Expected" : "expected";
        throw new UsageException($"there is no helper '{name}'; {nearest} {Suggestions.Alternatives([.. names])}");
    }

    private static Helper? Find(Sequence<Helper> helpers, string name) =>
        helpers.FirstOrDefault(helper => helper.IsCalled(name) || (Hex.TryNumber(name, out var id) && id == helper.Id));
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Vectors;

/// <summary>The options that name a machine of somebody else, and say how to ask it.</summary>
public sealed class MachineOptions
{
    private const string Provided = "regions, branches, instructions, helpers, entry, long-program";
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(10);

    /// <summary>A command behind the plugin protocol.</summary>
    public TextOption Plugin { get; } = new(
        "--plugin", "command",
            "A machine behind bpf_conformance's plugin protocol: one process for each program. "
            + "The memory comes before its options, or where it says {memory}.");

    /// <summary>A command behind the batch protocol.</summary>
    public TextOption Batch { get; } =
        new("--batch", "command", "A machine behind the batch protocol: one process for many programs. See docs/protocols.md.");

    /// <summary>A machine that needs no command to be named.</summary>
    public ChoiceOption<KnownMachine> Known { get; } = new(
        "--machine",
            "A machine that is known here: the Linux kernel of this computer, or the machine in C, on this computer or on QEMU. "
            + "See docs/machines.md.");

    /// <summary>Where the log of the kernel's verifier goes.</summary>
    public TextOption VerifierLog { get; } = new(
        "--verifier-log", "file", "Writes what the verifier of --machine kernel says of the programs that it refuses.");

    /// <summary>The option that says what the command behind the batch protocol provides.</summary>
    public TextOption Provides { get; } = new(
        "--provides", "words",
            $"What the machine behind --batch provides besides program and memory, separated by commas, of: {Provided}.");

    /// <summary>Where the command chooses otherwise than the profile.</summary>
    public TextOption Lacks { get; } = new(
        "--lacks", "words",
            $"Where the machine begins otherwise than the profile says, separated by commas, of: {string.Join(", ", Choices.All)}; "
            + "vectors that depend on it are left out.");

    /// <summary>A file that translates words.</summary>
    public TextOption Traps { get; } = new(
        "--traps", "file", "What the machine's own words for traps and rejections mean: lines such as 'out of bounds* = MemoryAccess'.");

    /// <summary>Whether unknown words pass.</summary>
    public Option<bool> Lenient { get; } = new("--lenient")
    {
        Description =
            "A word of the machine that nobody translates passes for whatever trap or rejection is expected; the report names it.",
    };

    /// <summary>Whether a plugin is given ELF objects.</summary>
    public Option<bool> Elf { get; } =
        new("--elf") { Description = "The plugin is given the program as an ELF object, and the option --elf." };

    /// <summary>The time for one program.</summary>
    public Option<ulong?> Limit { get; } =
        new CountOption("--limit", "seconds", $"The time for one program; {UsualLimit.TotalSeconds} otherwise.");

    /// <summary>How many sessions run at a time.</summary>
    public Option<ulong?> Jobs { get; } =
        new CountOption("--jobs", "number", "How many programs run at a time; as many as there are processors otherwise.");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Plugin, Batch, Known, VerifierLog, Provides, Lacks, Traps, Lenient, Elf, Limit, Jobs];

    /// <summary>How many sessions run at a time.</summary>
    public int Workers(ParseResult parsed) => (int)Math.Clamp(parsed.GetValue(Jobs) ?? (ulong)Environment.ProcessorCount, 1, 256);

    /// <summary>The machine that <c>--machine</c>, <c>--plugin</c> or <c>--batch</c> names; null if none does.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="log">Told what the kernel's verifier says of each program that it refuses.</param>
    /// <exception cref="UsageException">The options contradict each other, or a file makes no sense.</exception>
    public MachineUnderTest? Machine(ParseResult parsed, Action<string>? log = null)
    {
        Check(parsed);
        if (parsed.GetValue(Known) is { } known)
        {
            // Logs are long: nobody keeps those that nobody wants.
            var wanted = parsed.GetValue(VerifierLog) is null ? null : log;
            return KnownMachines.Of(known, wanted) with { Lacks = Words("--lacks", parsed.GetValue(Lacks), Choices.All) };
        }

        if (parsed.GetValue(Elf) && parsed.GetValue(Plugin) is null)
        {
            throw new UsageException("--elf says what a plugin is given; expected --plugin with it");
        }

        return (parsed.GetValue(Plugin), parsed.GetValue(Batch)) switch
        {
            (not null, not null) => throw new UsageException("--plugin and --batch name two machines; expected one, or --diff"),
            ({ } text, _) => Behind("plugin", text, parsed),
            (_, { } text) => Behind("batch", text, parsed),
            _ => null,
        };
    }

    private void Check(ParseResult parsed)
    {
        var known = parsed.GetValue(Known);
        if (parsed.GetValue(VerifierLog) is not null && known is not KnownMachine.Kernel)
            throw new UsageException("--verifier-log is of the kernel's verifier; expected --machine kernel with it");
        if (known is null) return;
        Option[] others = [Plugin, Batch, Provides, Traps, Lenient, Elf, Limit];
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
            throw new UsageException($"{other.Name} is for machines behind a command; expected --machine without it");
    }

    /// <summary>The machine behind a command.</summary>
    /// <param name="protocol"><c>plugin</c> or <c>batch</c>.</param>
    /// <param name="command">The command.</param>
    /// <param name="parsed">The command line.</param>
    public MachineUnderTest Behind(string protocol, string command, ParseResult parsed)
    {
        var time = parsed.GetValue(Limit) is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400)) : UsualLimit;
        MachineUnderTest machine = protocol == "plugin"
            ? new MachineUnderTest.Plugin(command, time) { TakesElf = parsed.GetValue(Elf) }
            : new MachineUnderTest.Batch(command, time, Words("--provides", parsed.GetValue(Provides), Provided.Split(", ")));
        return machine with
        {
            Lacks = Words("--lacks", parsed.GetValue(Lacks), Choices.All),
            Words = new(Translated(parsed.GetValue(Traps)), parsed.GetValue(Lenient))
        };
    }

    /// <summary>The options as they are given, for a command that asks the same machine again.</summary>
    public string Again(ParseResult parsed)
    {
        List<string> words = [];
        foreach (var option in (Option<string?>[])[Plugin, Batch, Provides, Lacks, Traps])
        {
            if (parsed.GetValue(option) is { } text) words.Add($"{option.Name} {Shell.Quoted(text)}");
        }

        if (parsed.GetValue(Known) is { } known) words.Add($"{Known.Name} {known.ToString().ToLowerInvariant()}");
        foreach (var option in (Option<bool>[])[Lenient, Elf])
        {
            if (parsed.GetValue(option)) words.Add(option.Name);
        }

        return string.Join(' ', words);
    }

    private static Sequence<(string Pattern, WordMeaning Meaning)> Translated(string? file)
    {
        if (file is null) return [];
        return MachineWords.Read(Files.ReadText(file), out var fault) ?? throw new UsageException(
            $"{file}, line {fault.Line}: {fault.Problem}");
    }

    private static Sequence<string> Words(string option, string? text, IReadOnlyList<string> all)
    {
        Sequence<string> words = [.. (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        return words.FirstOrDefault(word => !all.Contains(word)) is { } wrong
            ? throw new UsageException($"{option} '{wrong}' is nothing that vectors need; {Suggestions.Instead(wrong, all)}")
            : words;
    }
}

using System.Globalization;

namespace RbpfSpec.Benchmarks.Device;

/// <summary>The memory and the instructions that a build of the machine in C takes on the emulated device.</summary>
/// <param name="Name">The build: <c>small</c>, <c>fast</c>, or <c>translated</c>: the fast one with native code.</param>
/// <param name="Counts">Bytes and executed instructions by name, in the order in which they were told.</param>
public sealed record DeviceMeasurement(string Name, IReadOnlyList<(string Name, long Count)> Counts)
{
    // Told before the counts of single instructions.
    private static readonly string[] Totals =
        ["rom", "rom with atomics", "frame", "native code", "native", "check", "program", "run", "state"];

    /// <summary>The code of the machine and its preflight, with its tables, in bytes; without the compiler's library.</summary>
    public long Rom => this["rom"];

    /// <summary>The same with atomic operations; null where that is not measured.</summary>
    public long? RomWithAtomics => Find("rom with atomics");

    /// <summary>The stack frame of the run in C, in bytes.</summary>
    public long Frame => this["frame"];

    /// <summary>The state of a run, in bytes, without the stack of the program.</summary>
    public long State => this["state"];

    /// <summary>Executed instructions of fletcher32 as the C compiler makes it.</summary>
    public long Native => this["native"];

    /// <summary>The bytes of fletcher32 as the C compiler makes it.</summary>
    public long NativeCode => this["native code"];

    /// <summary>The bytes of the program in the form that the machine runs; null where it is the program itself.</summary>
    public long? Program => Find("program");

    /// <summary>Executed instructions of the preflight of fletcher32.</summary>
    public long Check => this["check"];

    /// <summary>Executed instructions of the run of fletcher32.</summary>
    public long Run => this["run"];

    /// <summary>Executed instructions for single instructions of a program, from dispatch to dispatch.</summary>
    public IReadOnlyList<(string Name, long Count)> Instructions => [.. Counts.Where(count => !Totals.Contains(count.Name))];

    private long this[string name] =>
        Find(name) ?? throw new BenchmarkException($"the measurement of the {Name} machine has no count '{name}'");

    private long? Find(string name) => Counts.FirstOrDefault(count => count.Name == name) is { Name: not null } found ? found.Count : null;

    /// <summary>Reads what <c>make measure</c> of <c>device/</c> prints.</summary>
    /// <exception cref="BenchmarkException">A line is neither a machine nor a count.</exception>
    public static IReadOnlyList<DeviceMeasurement> Read(string text)
    {
        List<(string Name, List<(string Name, long Count)> Counts)> machines = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var (first, rest) = blank < 0 ? (line, "") : (line[..blank], line[(blank + 1)..]);
            if (first == "machine" && rest != "") machines.Add((rest, []));
            else if (machines.Count > 0 && rest != "" && IsCount(first, out var count)) machines[^1].Counts.Add((rest, count));
            else throw new BenchmarkException($"the measurement of the device printed '{line}'; expected a count and its name");
        }

        return [.. machines.Select(machine => new DeviceMeasurement(machine.Name, machine.Counts))];

        static bool IsCount(string text, out long count) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}

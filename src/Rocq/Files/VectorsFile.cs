using System.Globalization;
using System.Text;
using RbpfSpec.Conformance;
using RbpfSpec.Rocq.Terms;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Rocq.Files;

/// <summary>The files of vectors: for each rule a list of them, and an example that none of them fails.</summary>
/// <param name="profile">The machine variant.</param>
internal sealed class VectorsFile(Profile profile)
{
    // So many that two processors have something to do at once.
    private const int MostVectors = 800;

    // A run of equal slots that is shorter is easier to read as it is.
    private const int LeastRepeated = 6;

    private readonly HashSet<string> names = [];
    private readonly VectorMachine machine = new(profile);
    private readonly Snapshot plain = Snapshot.Of(new VectorMachine(profile).Start([], Setting.Plain));

    /// <summary>Whether a vector needs no function of a host, and says what has to come out of a program.</summary>
    public static bool IsMeant(Vector vector) =>
        vector is { IsStated: true, Program: VectorProgram.Code } && vector.Setting.Helpers.IsEmpty;

    /// <summary>The files, by name.</summary>
    public IEnumerable<(string Name, string Text)> Of(IReadOnlyList<Vector> vectors)
    {
        var number = 0;
        var count = 0;
        var text = new StringBuilder();
        foreach (var rule in vectors.Where(IsMeant).GroupBy(vector => vector.Rule))
        {
            if (count > 0 && count + rule.Count() > MostVectors)
            {
                yield return (NameOf(++number), Head(text));
                (count, text) = (0, new());
            }

            Append(text, rule.Key, [.. rule]);
            count += rule.Count();
        }

        if (count > 0) yield return (NameOf(++number), Head(text));
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Vectors{number:00}.v");

    private static string Head(StringBuilder text) =>
        Generated.Head("Vectors, and that the machine does what each says.", "Regions Profile State Machine Checking")
        + text.ToString().TrimEnd('\n') + "\n";

    private void Append(StringBuilder text, string rule, IReadOnlyList<Vector> vectors)
    {
        var name = NameOf(rule);
        text.Append(CultureInfo.InvariantCulture, $"Definition vectors_{name} : list vector :=\n  [");
        text.AppendJoin(";\n   ", vectors.Select(Text));
        text.Append(CultureInfo.InvariantCulture, $"].\n\nExample {name}_holds : failing vectors_{name} = [].\n");
        text.Append("Proof. vm_compute. reflexivity. Qed.\n\n");
    }

    // Rules of other suites may be called anything.
    private string NameOf(string rule)
    {
        var name = string.Concat(rule.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        while (!names.Add(name)) name += "_";
        return name;
    }

    private string Text(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        var slots = Slots(Program.Of(code.AsSpan()));
        var name = $"\"{vector.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"%string";
        var (begin, end) = vector.Expectation is Expectation.Refuses ? ("", "") : States(vector);
        return vector.Expectation switch
        {
            Expectation.Refuses => $"refused {name} {slots} {code.Count % Slot.Size} {vector.Setting.Entry}",
            Expectation.Returns(var r0) => $"returns {name} {RocqText.Of(r0)} {slots}{begin}{end}",
            Expectation.Traps(var trap, var at) => $"traps {name} {trap} {RocqText.Of(at)} {slots}{begin}{end}",
        };
    }

    private (string Before, string After) States(Vector vector)
    {
        var before = vector.Before ?? Snapshot.Of(machine.Start(vector.Memory, vector.Setting));
        var begin = before == plain
            ? "plain"
            : $"(given {Numbers(before.Registers)} {before.ProgramCounter} {Regions(before.Memory)} "
                + $"{Option(before.Branches)} {Option(before.Instructions)})";
        if (vector.After is not { } after) return ($"\n    {begin}", " None");
        var memory = after.Memory == before.Memory ? "None" : $"(Some {Regions(after.Memory)})";
        return (
            $"\n    {begin}",
            $"\n    (Some (Ending {Numbers(after.Registers)} {after.ProgramCounter} {memory} "
                + $"{Option(after.Branches)} {Option(after.Instructions)}))");
    }

    private static string Slots(Program program)
    {
        List<string> parts = [];
        List<string> single = [];
        for (var at = 0; at < program.Length;)
        {
            var bits = program.Slots[at].Bits;
            var end = at + 1;
            while (end < program.Length && program.Slots[end].Bits == bits) end++;
            if (end - at < LeastRepeated)
            {
                single.AddRange(Enumerable.Repeat(RocqText.Of(bits), end - at));
            }
            else
            {
                if (single.Count > 0) parts.Add($"[{string.Join("; ", single)}]");
                single.Clear();
                parts.Add($"times {end - at} {RocqText.Of(bits)}");
            }

            at = end;
        }

        if (single.Count > 0 || parts.Count == 0) parts.Add($"[{string.Join("; ", single)}]");
        return parts.Count == 1 && parts[0][0] == '[' ? parts[0] : $"({string.Join(" ++ ", parts)})";
    }

    private static string Numbers(Sequence<ulong> numbers) => $"[{string.Join("; ", numbers.Select(RocqText.Of))}]";

    private static string Option(ulong? number) => number is { } known ? $"(Some {RocqText.Of(known)})" : "None";

    private static string Regions(Sequence<MemoryRegion> regions) => $"[{string.Join("; ", regions.Select(region =>
        $"Region {RocqText.Of(region.Address)} {region.Length} {Flag(region, Permission.Read)} {Flag(region, Permission.Write)} "
        + $"(packed {region.Length} {Packed(region.Bytes)})"))}]";

    private static string Flag(MemoryRegion region, Permission permission) => region.Permission.HasFlag(permission) ? "true" : "false";

    // The number whose little-endian bytes these are.
    private static string Packed(Sequence<byte> bytes)
    {
        var digits = string.Concat(bytes.Reverse().Select(value => value.ToString("x2", CultureInfo.InvariantCulture))).TrimStart('0');
        return digits == "" ? "0" : $"0x{digits}";
    }
}

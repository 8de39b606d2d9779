using System.Globalization;
using System.Text;
using RbpfSpec.Assembly;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Fuzzing;

/// <summary>A case on which two machines end otherwise.</summary>
/// <param name="Number">Its number in the stream of the seed.</param>
/// <param name="Case">The case.</param>
/// <param name="Expected">How the machine ends that is compared with.</param>
/// <param name="Found">How the other ends.</param>
public sealed record Divergence(ulong Number, FuzzCase Case, Outcome<Word> Expected, Outcome<Word> Found)
{
    /// <summary>The program as assembly, what it begins with, and each thing in which the ends differ, one a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in Disassembler.Text(Case.Program, Syntax.Conformance).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append("  ").Append(line).Append('\n');
        var start = Case.State();
        text.Append(CultureInfo.InvariantCulture, $"registers  {start.Registers}\n");
        foreach (var region in start.Memory.Regions.Where(region => region.Name != "stack"))
            text.Append(CultureInfo.InvariantCulture, $"{region.Name,-9}  {region.Start}: {Hex(region)}\n");
        text.Append(CultureInfo.InvariantCulture, $"budget     {Text(start.Budget)}\n");
        foreach (var (what, expected, found) in Differences())
            text.Append(CultureInfo.InvariantCulture, $"{what,-9}  expected {expected}, found {found}\n");
        return text.ToString();
    }

    private IEnumerable<(string What, string Expected, string Found)> Differences() =>
        from pair in Facts(Expected).Zip(Facts(Found)).Concat(Memories())
        where pair.First.Value != pair.Second.Value
        select (pair.First.Name, pair.First.Value, pair.Second.Value);

    private static IEnumerable<(string Name, string Value)> Facts(Outcome<Word> outcome)
    {
        var state = outcome.State;
        yield return ("end", outcome switch
        {
            Outcome<Word>.Next => "none",
            Outcome<Word>.Exited => "EXIT",
            Outcome<Word>.Trapped trapped => $"trap {trapped.Trap}",
        });
        yield return ("slot", $"{state.ProgramCounter.Value}");
        for (var i = 0; i < Registers<Word>.Count; i++) yield return ($"r{i}", $"{state.Registers[i]}");
        yield return ("budget", Text(state.Budget));
        yield return ("frames", $"{state.Frames}");
        yield return ("regions", string.Join(", ", state.Memory.Regions.Select(region => $"{region.Name} at {region.Start}")));
        yield return ("host", $"{state.Host.Local} {state.Host.Global} {state.Host.Milliseconds} {state.Host.Output}");
    }

    // Of each region that both have, the bytes from the first that differs to the last.
    private IEnumerable<((string Name, string Value) First, (string Name, string Value) Second)> Memories()
    {
        foreach (var (expected, found) in Expected.State.Memory.Regions.Zip(Found.State.Memory.Regions))
        {
            var left = ((ByteTree)expected.Bytes).ToArray();
            var right = ((ByteTree)found.Bytes).ToArray();
            var differ = Enumerable.Range(0, Math.Min(left.Length, right.Length)).Where(i => left[i] != right[i]).ToList();
            if (differ.Count == 0) continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"{expected.Name}+{differ[0]}");
            var range = differ[0]..(differ[^1] + 1);
            yield return ((name, Convert.ToHexStringLower(left[range])), (name, Convert.ToHexStringLower(right[range])));
        }
    }

    private static string Hex(Region<Word> region) => Convert.ToHexStringLower(((ByteTree)region.Bytes).ToArray());

    private static string Text(Budget<Word> budget) => $"{Text(budget.Branches)} branches, {Text(budget.Instructions)} instructions";

    private static string Text(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => "any number of",
        Allowance<Word>.Remaining(var count) => count.Value.ToString(CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using RbpfSpec.Conformance;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>A program with the state that it begins in and, by the reference machine, the one that it ends in.</summary>
internal sealed record PlaygroundCase(
    string Name,
    string Profile,
    string Program,
    IReadOnlyList<uint> Helpers,
    string Now,
    PlaygroundState Before,
    PlaygroundState After,
    Dictionary<string, object> Expected)
{
    private const long MostSteps = 20_000;

    /// <summary>Runs a program; null if it does not end within the steps that a case has.</summary>
    public static PlaygroundCase? Of(string name, CheckedProgram program, State<Word> before)
    {
        var (end, steps) = Runs.Limited(new ConcreteMachine(program).Step, before, MostSteps);
        if (end is Outcome<Word>.Next) return null;
        var profile = program.Rules.Profile;
        Dictionary<string, object> expected = new()
        {
            ["executed"] = end is Outcome<Word>.Exited ? steps : steps - 1,
            ["output"] = string.Concat(end.State.Host.Output.AsSpan().ToArray()),
            ["local"] = Text(end.State.Host.Local),
            ["global"] = Text(end.State.Host.Global),
        };
        if (end is Outcome<Word>.Exited exited) expected["r0"] = Hex(exited.Result.Value);
        if (end is Outcome<Word>.Trapped trapped)
        {
            expected["trap"] = trapped.Trap.ToString();
            expected["words"] = string.Join("; ", TrapReport.Of(program.Program, profile, before.Budget, trapped).Details);
        }

        return new(
            name,
            profile.Name,
            Convert.ToHexStringLower(program.Program.ToBytes()),
            [.. before.Host.Helpers.Map(function => function.Declaration.Id)],
            before.Host.Milliseconds.Value.ToString(CultureInfo.InvariantCulture),
            PlaygroundState.Of(before),
            PlaygroundState.Of(end.State),
            expected);
    }

    private static string Text(Store<Word> store) => string.Join(
        ' ', store.Entries.Where(entry => entry.Used.Value).Select(entry => $"{entry.Key.Value}={entry.Value.Value}"));

    private static string Hex(ulong value) => $"0x{value:x}";
}

/// <summary>A state, as the comparison takes it.</summary>
internal sealed record PlaygroundState(
    IReadOnlyList<string> Registers, string Pc, IReadOnlyList<PlaygroundRegion> Memory, string? Branches, string? Instructions)
{
    /// <summary>The state of a machine.</summary>
    public static PlaygroundState Of(State<Word> state)
    {
        var snapshot = Snapshot.Of(state);
        return new(
            [.. snapshot.Registers.Map(value => $"0x{value:x}")],
            snapshot.ProgramCounter.ToString(CultureInfo.InvariantCulture),
            [
                .. snapshot.Memory.Map(region => new PlaygroundRegion(
                    region.Name,
                    $"0x{region.Address:x}",
                    AccessText.Letters(region.Permission),
                    region.Bytes.Count,
                    Convert.ToHexStringLower(region.Bytes.AsSpan().TrimEnd((byte)0)))),
            ],
            snapshot.Branches?.ToString(CultureInfo.InvariantCulture),
            snapshot.Instructions?.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>A region, as the comparison takes it.</summary>
internal sealed record PlaygroundRegion(string Name, string Address, string Permission, int Length, string Bytes);

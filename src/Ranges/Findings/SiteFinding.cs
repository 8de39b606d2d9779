using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Findings;

/// <summary>The verdict of an analysis on a trap that an instruction may raise.</summary>
public enum SiteVerdict
{
    /// <summary>It cannot be raised on any run that the analysis is about.</summary>
    Proved,

    /// <summary>It may be raised, as far as the analysis knows.</summary>
    NotProved,

    /// <summary>Every run that comes to the instruction raises it.</summary>
    AlwaysTraps,
}

/// <summary>An instruction and a trap that its rule can raise, budgets apart.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Trap">The trap.</param>
/// <param name="Verdict">What is known.</param>
/// <param name="Lack">What is not known, in numbers; empty of what is proved.</param>
/// <param name="Missing">The fact that would be enough, in C; empty of what is proved.</param>
/// <param name="Region">The only region that an access can be in; null if there is none, or several.</param>
public sealed record SiteFinding(
    int Slot, Trap Trap, SiteVerdict Verdict, string Lack, string Missing, string? Region)
{
    /// <summary>The kind of fact that is not known.</summary>
    public LackKind Kind { get; init; }

    /// <summary>Where the address or the divisor comes from, the oldest event first; empty of what is proved.</summary>
    public Sequence<WordEvent> History => Place is ({ } confirmed, var node, { } register) ? WordHistory.Of(confirmed, node, register) : [];

    /// <summary>The jumps that every run to the instruction passes with the same outcome; empty of what is proved.</summary>
    public Sequence<PathStep> Path => Place is ({ } confirmed, var node, _) ? WordHistory.PathTo(confirmed, node) : [];

    // Where it is not proved, with the register of the address or the divisor: the rest is found out when it is asked for.
    private (CheckedCase.True? Confirmed, int Node, int? Register) Place { get; init; }

    /// <summary>The traps whose absence is a site's to prove, of an instruction under a profile.</summary>
    public static IEnumerable<Trap> TrapsOf(Instruction instruction, AnalysedProgram program)
    {
        foreach (var trap in instruction.Form.Operation.Traps)
        {
            if (trap is not (Trap.BranchBudget or Trap.InstructionBudget) && CanRaise(trap, program)) yield return trap;
        }
    }

    /// <summary>The finding on a trap at an instruction in one state.</summary>
    public static SiteFinding Of(CheckedCase.True confirmed, int node, Trap trap)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        var (program, flow, visited) = (confirmed.Program, confirmed.Flow, confirmed.Visits[node]);
        var slot = flow.Nodes[node].Slot;
        var verdict = SiteVerdict.Proved;
        Truth<RangeWord>? open = null;
        foreach (var guard in visited.Step.Guards)
        {
            if (guard.Trap != trap || guard.Holds is false) continue;
            open = guard.When;
            verdict = guard.Holds is true ? SiteVerdict.AlwaysTraps : SiteVerdict.NotProved;
            break;
        }

        var instruction = ((Decoded.Valid)program.Machine.At(slot)).Instruction;
        var memory = program.MemoryOf(visited.State);
        var execution = new Execution<RangeWord>(
            instruction.Form, instruction.Fields<RangeWord>(), program.StateOf(slot, visited.State), program.Profile);
        var access = trap is Trap.MemoryAccess ? instruction.Form.Operation.AccessOf(execution) : null;
        if (open is null)
        {
            return new(
                slot, trap, verdict, "", "",
                access is { } granted ? NameOf(memory.RegionOf(granted.Address, granted.Count, granted.Kind), program) : null);
        }

        var lack = access is { } wanted
            ? AccessLack.Of(program, flow, visited.State, wanted)
            : new(KindOf(trap), Text(trap, execution), Fact(trap, instruction));
        int? register = access is { Base: { } field }
            ? (field is Field.Source ? instruction.Source : instruction.Destination).Number
            : trap is Trap.DivisionByZero && instruction.Form.Layout.Source is FieldUse.NamesRegister ? instruction.Source.Number : null;
        return new(slot, trap, verdict, lack.Text, lack.Fact, null)
        {
            Kind = lack.Kind,
            Place = (confirmed, node, register),
        };
    }

    private static LackKind KindOf(Trap trap) => trap switch
    {
        Trap.DivisionByZero => LackKind.ZeroDivisor,
        Trap.MemoryAccess => LackKind.HelperBytes,
        _ => LackKind.Other,
    };

    private static bool CanRaise(Trap trap, AnalysedProgram program) => trap switch
    {
        Trap.DivisionByZero => program.Profile.ZeroDivisor is Semantics.Profiles.ZeroDivisor.Traps,
        Trap.SignedOverflow => program.Profile.SignedOverflow is Semantics.Profiles.SignedOverflow.Traps,
        Trap.ShiftAmount => program.Profile.LargeShift is Semantics.Profiles.LargeShift.Traps,
        Trap.MemoryAlignment => program.Profile.Alignment is Semantics.Profiles.Alignment.Natural,
        _ => true,
    };

    private static string Text(Trap trap, in Execution<RangeWord> execution) => trap switch
    {
        Trap.DivisionByZero => $"needs divisor != 0; the divisor is {execution.Operand.Values}",
        Trap.MemoryAccess => "the helper may be given bytes that are not granted",
        _ => $"{trap} may be raised",
    };

    private static string Fact(Trap trap, Instruction instruction) => trap switch
    {
        Trap.DivisionByZero => $"if (divisor == 0) return 0;  // divisor is {instruction.Source}",
        Trap.MemoryAccess => "give the helper as many bytes as are there",
        _ => "",
    };

    private static string? NameOf(int? region, AnalysedProgram program) => region switch
    {
        null => null,
        < 0 => "stack",
        var index => program.AllRegions[index.Value].Name,
    };
}

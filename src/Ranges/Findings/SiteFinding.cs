using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Domain;
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
/// <param name="Origin">Where the word in question comes from; empty of what is proved.</param>
/// <param name="Missing">The fact that would be enough, in C; empty of what is proved.</param>
/// <param name="Region">The only region that an access can be in; null if there is none, or several.</param>
public sealed record SiteFinding(
    int Slot, Trap Trap, SiteVerdict Verdict, string Lack, string Origin, string Missing, string? Region)
{
    /// <summary>The traps whose absence is a site's to prove, of an instruction under a profile.</summary>
    public static IEnumerable<Trap> TrapsOf(Instruction instruction, AnalysedProgram program)
    {
        foreach (var trap in instruction.Form.Operation.Traps)
        {
            if (trap is not (Trap.BranchBudget or Trap.InstructionBudget) && CanRaise(trap, program)) yield return trap;
        }
    }

    /// <summary>The finding on a trap at an instruction in one state.</summary>
    public static SiteFinding Of(AnalysedProgram program, ControlFlow flow, int node, Visited visited, Trap trap)
    {
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
                slot, trap, verdict, "", "", "",
                access is { } granted ? NameOf(memory.RegionOf(granted.Address, granted.Count, granted.Kind), program) : null);
        }

        return access is { } wanted
            ? Access(slot, verdict, program, flow, visited.State, wanted)
            : new(slot, trap, verdict, Text(trap, execution), OriginOf(flow, execution.Source), Fact(trap, instruction), null);
    }

    private static bool CanRaise(Trap trap, AnalysedProgram program) => trap switch
    {
        Trap.DivisionByZero => program.Profile.ZeroDivisor is Semantics.Profiles.ZeroDivisor.Traps,
        Trap.SignedOverflow => program.Profile.SignedOverflow is Semantics.Profiles.SignedOverflow.Traps,
        Trap.ShiftAmount => program.Profile.LargeShift is Semantics.Profiles.LargeShift.Traps,
        Trap.MemoryAlignment => program.Profile.Alignment is Semantics.Profiles.Alignment.Natural,
        _ => true,
    };

    private static SiteFinding Access(
        int slot, SiteVerdict verdict, AnalysedProgram program, ControlFlow flow, AbstractState state, MemoryAccess<RangeWord> access)
    {
        var bytes = access.Count.IsKnown(out var count) ? count : 1;
        var address = access.Address;
        var memory = program.MemoryOf(state);
        foreach (var region in memory.Everything())
        {
            // The region that it was meant for: that in which it begins, or could begin.
            var offset = address.Values - ValueRange<Word>.Constant(Word.Of(region.Start));
            if (offset.LeastSigned.Signed < -(1L << 27) || offset.Least.Value >= 1UL << 28) continue;
            var length = region.Length.Values;
            var words = FormattableString.Invariant(
                $"{region.Name}: needs offset + {bytes} <= length; the offset is {offset.LeastSigned.Signed} to ")
                + (offset.GreatestSigned.Signed > 1L << 40 ? "any" : FormattableString.Invariant($"{offset.GreatestSigned.Signed}"))
                + FormattableString.Invariant($", the length {length.Least.Value}")
                + (length.Least.Value == length.Greatest.Value ? "" : FormattableString.Invariant($" to {length.Greatest.Value}"));
            var name = region.Name == "context" ? "length" : FormattableString.Invariant($"{length.Greatest.Value}");
            return new(
                slot, Trap.MemoryAccess, verdict, words, OriginOf(flow, address),
                FormattableString.Invariant($"if (offset + {bytes} > {name}) return 0; offset from the start of the {region.Name}"),
                null);
        }

        return new(
            slot, Trap.MemoryAccess, verdict, $"the address may be {address.Values}, in no region that is known", OriginOf(flow, address),
            "compute the address from the context, the stack, or data of the program", null);
    }

    private static string Text(Trap trap, in Execution<RangeWord> execution) => trap switch
    {
        Trap.DivisionByZero => $"the divisor may be zero: it is {execution.Operand.Values}",
        Trap.MemoryAccess => "the helper may be given bytes that are not granted",
        _ => $"{trap} may be raised",
    };

    private static string Fact(Trap trap, Instruction instruction) => trap switch
    {
        Trap.DivisionByZero => $"if (divisor == 0) return 0; where the divisor is {instruction.Source}",
        Trap.MemoryAccess => "give the helper as many bytes as are there",
        _ => "",
    };

    // Where a word was made, or where ways met on which it was different.
    private static string OriginOf(ControlFlow flow, RangeWord word)
    {
        if (word.Link is not { } link) return "";
        var node = Numbers.NodeOf(link.Value);
        if (node < 0) return "made of the length of the context";
        if (node >= flow.Nodes.Count) return "";
        var slot = flow.Nodes[node].Slot;
        return Numbers.IsOwn(link.Value, node)
            ? FormattableString.Invariant($"made of {Places.NameOf(Numbers.PlaceOf(link.Value))} where ways meet at slot {slot}")
            : FormattableString.Invariant($"made at slot {slot} in r{Numbers.PlaceOf(link.Value)}");
    }

    private static string? NameOf(int? region, AnalysedProgram program) => region switch
    {
        null => null,
        < 0 => "stack",
        var index => program.AllRegions[index.Value].Name,
    };
}

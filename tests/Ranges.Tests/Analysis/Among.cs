using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Tests.Analysis;

/// <summary>Runs programs, and looks whether each state is among those that an analysis says.</summary>
internal static class Among
{
    /// <summary>Why a run from a start is not as a report says; null if it is. Counts the steps.</summary>
    public static string? Problem(RangeReport report, CheckedProgram program, Start start, int most, ref long steps)
    {
        var length = start.Context.Count;
        var one = report.Confirmed.FirstOrDefault(one => one.Program.Context.Least <= length && length <= one.Program.Context.Greatest);
        if (one is null) return $"nothing is confirmed of a context of {length} bytes";
        var machine = new ConcreteMachine(program);
        var state = (start with { BranchLimit = new Allowance<ulong>.Unlimited() }).State();
        ulong branches = 0;
        for (var step = 0; step < most; step++)
        {
            steps++;
            var node = one.Flow.NumberOf(new((int)state.ProgramCounter.Value, state.Frames.Map(static frame => (int)frame.ReturnTo.Value)));
            if (!one.Visits.TryGetValue(node, out var visited)) return $"slot {state.ProgramCounter.Value} is said never to be reached";
            if (Problem(one, visited.State, state) is { } problem) return $"slot {state.ProgramCounter.Value}: {problem}";
            switch (machine.Step(state))
            {
                case Outcome<Word>.Trapped trapped:
                    var slot = (int)state.ProgramCounter.Value;
                    return report.Sites.Any(site => site.Slot == slot && site.Trap == trapped.Trap && site.Verdict is SiteVerdict.Proved)
                        ? $"slot {slot}: {trapped.Trap}, proved never to be raised"
                        : null;
                case Outcome<Word>.Exited:
                    return report.Branches < branches ? $"{branches} branches, said to be at most {report.Branches}" : null;
                case Outcome<Word>.Next next:
                    if (IsTaken(machine, state, next.State)) branches++;
                    state = next.State;
                    break;
            }
        }

        return null;
    }

    private static bool IsTaken(ConcreteMachine machine, State<Word> before, State<Word> after)
    {
        var slot = (int)before.ProgramCounter.Value;
        var instruction = ((Decoded.Valid)machine.At(slot)).Instruction;
        return (instruction.Form.Class is InstructionClass.Jmp or InstructionClass.Jmp32)
            && after.Frames.Count >= before.Frames.Count
            && (int)after.ProgramCounter.Value != slot + instruction.Form.Layout.Slots;
    }

    private static string? Problem(CheckedCase.True one, AbstractState claim, State<Word> state)
    {
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            if (!claim.Registers[i].Values.Contains(state.Registers[i]).Value)
            {
                return $"r{i} is {state.Registers[i]}, not {claim.Registers[i]}";
            }
        }

        var memory = one.Program.MemoryOf(claim);
        for (var frame = 0; frame < claim.Frames.Count; frame++)
        {
            var bytes = state.Memory.Regions.First(region => region.Start.Value == memory.StartOf(frame)).Bytes;
            for (var at = 0; at < one.Program.Profile.FrameBytes; at++)
            {
                if (claim.Frames[frame].Cells.AreZero(at, at + 1) && bytes.Read(Word.Of((ulong)at), Width.Bits8).Value != 0)
                    return $"stack[{at}] is not zero";
            }
        }

        foreach (var (name, word, there) in CellsOf(one, claim, state))
        {
            if (!word.Values.Contains(there).Value) return $"{name} is {there}, not {word}";
        }

        return Problem(one, claim.Relations, claim, state);
    }

    // The words that are known of frames, and what is there.
    private static IEnumerable<(string Name, RangeWord Word, Word There)> CellsOf(
        CheckedCase.True one, AbstractState claim, State<Word> state)
    {
        var memory = one.Program.MemoryOf(claim);
        for (var frame = 0; frame < claim.Frames.Count; frame++)
        {
            var bytes = state.Memory.Regions.First(region => region.Start.Value == memory.StartOf(frame)).Bytes;
            foreach (var cell in claim.Frames[frame].Cells.Cells.ToArray())
                yield return ($"stack[{cell.Offset}]", cell.Word, bytes.Read(Word.Of((ulong)cell.Offset), cell.Word.Width));
        }
    }

    // The values that some register or cell holds as they are; what others hold of them, and sums of them alone, must be so.
    private static string? Problem(CheckedCase.True one, RelationSet relations, AbstractState claim, State<Word> state)
    {
        Dictionary<long, ulong> values = [];
        if (one.Program.Context.Least != one.Program.Context.Greatest && relations[AnalysedProgram.LengthValue] is not null)
            values[AnalysedProgram.LengthValue] = state.Memory.Regions.First(static region => region.Name == "context").Length.Value;
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            if (claim.Registers[i].Link is { Scale: 1 } link) values.TryAdd(link.Value, state.Registers[i].Value - link.Offset);
        }

        var cells = CellsOf(one, claim, state).ToList();
        foreach (var (_, word, there) in cells)
        {
            if (word is { Link: { Scale: 1 } link, Width.Bits: 64 }) values.TryAdd(link.Value, there.Value - link.Offset);
        }

        // Of a word narrower than 64 bits the equation holds of the low bits.
        foreach (var (name, word, there) in cells)
        {
            if (word.Link is { } link && values.TryGetValue(link.Value, out var value)
                && there.Value != (unchecked((link.Scale * value) + link.Offset) & word.Width.Mask))
            {
                return $"{name} is {there}, not {word} of {value}";
            }
        }

        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            if (claim.Registers[i].Link is { } link && values.TryGetValue(link.Value, out var value)
                && state.Registers[i].Value != unchecked((link.Scale * value) + link.Offset))
            {
                return $"r{i} is {state.Registers[i]}, not {claim.Registers[i]} of {value}";
            }
        }

        foreach (var (number, word) in relations.Values)
        {
            if (values.TryGetValue(number, out var value) && !word.Values.Contains(Word.Of(value)).Value)
            {
                return $"v{number} is {value}, not {word}";
            }
        }

        foreach (var fact in relations.Facts)
        {
            var sum = fact.Constant;
            var isKnown = true;
            foreach (var (number, factor) in fact.Terms)
            {
                isKnown &= values.TryGetValue(number, out var value);
                sum += (Int128)factor * value;
            }

            if (isKnown && sum < 0) return $"{fact} is {sum}";
        }

        return null;
    }
}

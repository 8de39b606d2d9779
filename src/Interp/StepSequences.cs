using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp;

/// <summary>Steps that follow each other, and how much of what programs execute they are.</summary>
/// <param name="Steps">The steps, as the fast machine calls them; those that no jump leads between.</param>
/// <param name="Share">The part of all steps executed, from 0 to 1: the mean over the programs.</param>
/// <param name="Programs">In how many programs they are executed.</param>
/// <param name="Superinstruction">The superinstruction that does them as one; empty if none does.</param>
public sealed record SequenceShare(string Steps, double Share, int Programs, string Superinstruction);

/// <summary>A count of the steps that follow each other: superinstructions are chosen from it.</summary>
public static class StepSequences
{
    private const int Longest = 3;

    /// <summary>The sequences of two and three steps that programs execute, and every superinstruction; the most frequent first.</summary>
    /// <remarks>Of a superinstruction, the share counts only where its operands fit and no longer one takes its place.</remarks>
    /// <param name="runs">The programs, and of each slot how often it was executed.</param>
    public static IReadOnlyList<SequenceShare> Count(IReadOnlyCollection<(CheckedProgram Program, long[] Visits)> runs)
    {
        var shares = Superinstruction.All.ToDictionary(
            sequence => (Steps: Text(sequence.Parts), Superinstruction: $"{sequence.Code}"), _ => (Share: 0.0, Programs: 0));
        foreach (var (program, visits) in runs)
        {
            foreach (var found in In(program, visits).GroupBy(sequence => sequence.Key))
            {
                var (share, programs) = shares.GetValueOrDefault(found.Key);
                shares[found.Key] = (share + (found.Sum(sequence => sequence.Share) / runs.Count), programs + 1);
            }
        }

        return
        [
            .. from entry in shares
               orderby entry.Value.Share descending, entry.Key.Steps
               select new SequenceShare(entry.Key.Steps, entry.Value.Share, entry.Value.Programs, entry.Key.Superinstruction),
        ];
    }

    private static IEnumerable<((string Steps, string Superinstruction) Key, double Share)> In(CheckedProgram program, long[] visits)
    {
        var predecoded = Predecoder.Predecode(
            program, Platform<Word>.Identity(Word.Of(0)), Engine.Switch, isMetered: false, PinnedMemory.Own);
        var slots = Slots(predecoded);
        var codes = Codes(program, predecoded, slots);
        var ends = Ends(program);
        var total = (double)slots.Sum(slot => visits[slot]);
        for (var i = 0; i < codes.Length; i++)
        {
            var fused = Superinstruction.All.FirstOrDefault(sequence => sequence.Code == predecoded.Steps[i].Code);
            for (var length = 2; length <= Longest && i + length <= codes.Length; length++)
            {
                if (ends[slots[i + length - 2], slots[i + length - 1]]) break;
                var times = visits[slots[i + length - 1]];
                if (times == 0) continue;
                var name = fused?.Parts.Length == length ? $"{fused.Code}" : "";
                yield return ((Text(codes.AsSpan(i, length)), name), times * length / total);
            }
        }
    }

    private static string Text(ReadOnlySpan<Code> codes) => string.Join(' ', codes.ToArray());

    private static int[] Slots(PredecodedProgram predecoded)
    {
        var slots = new int[predecoded.Steps.Length];
        unsafe
        {
            // Safe: the steps are those of the program, from its first on.
            for (var i = 0; i < slots.Length; i++) slots[i] = predecoded.SlotOf(predecoded.At(0) + i);
        }

        return slots;
    }

    // What each step does by itself: a superinstruction stands where its first step was, and is no guard.
    private static Code[] Codes(CheckedProgram program, PredecodedProgram predecoded, int[] slots)
    {
        var codes = new Code[slots.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            var isGuard = i + 1 < slots.Length && slots[i + 1] == slots[i];
            codes[i] = isGuard ? predecoded.Steps[i].Code : Predecoded.Codes.At(program.Program.Slots[slots[i]]).Code;
        }

        return codes;
    }

    // Whether two instructions, one after the other, are never one: the first leads elsewhere, or a jump leads to the second.
    private static Boundary Ends(CheckedProgram program)
    {
        var leads = new bool[program.Program.Length];
        var isTarget = new bool[program.Program.Length];
        var starts = Preflight.Starts(program.Program);
        for (var slot = 0; slot < leads.Length; slot++)
        {
            if (!starts[slot]) continue;
            var form = Predecoded.Codes.At(program.Program.Slots[slot]).Form;
            leads[slot] = form.Operation is Semantics.Operations.JumpOperation or Semantics.Operations.CallOperation;
            if (form.Displacement.IsEmpty) continue;
            var fields = program.Program.Slots[slot];
            isTarget[slot + form.Layout.Slots + (form.Displacement[0] is Field.Offset ? fields.Offset : fields.Immediate)] = true;
        }

        return new(leads, isTarget);
    }

    private sealed class Boundary(bool[] leads, bool[] isTarget)
    {
        public bool this[int first, int second] => first != second && (leads[first] || isTarget[second]);
    }
}

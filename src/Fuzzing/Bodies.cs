using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Fuzzing;

/// <summary>Instructions of programs: drawn, and made fewer or smaller.</summary>
internal static class Bodies
{
    // Registers that mostly hold addresses: of the context, of anything granted, of the end of the stack.
    private static readonly byte[] Addresses = [1, 6, 10];
    private static readonly Form Exit = OperationTable.Forms.First(form => form.Operation is CallOperation.Exit);
    private static readonly Form Always = OperationTable.Forms.First(form => form.Operation is JumpOperation.Always);

    /// <summary>
    /// A program of a few instructions, with a liking for loops, calls, aliases, edges of memory, and sequences that
    /// become superinstructions. The preflight mostly accepts it.
    /// </summary>
    public static Sequence<Instruction> Draw(Dice dice, Setting setting)
    {
        var count = dice.Between(1, 14);
        var forms = new List<Form>(count + 3);
        var fitting = new List<Instruction?>(count + 3);
        while (forms.Count < count)
        {
            if (dice.OnceIn(6))
            {
                var idiom = dice.Pick(Idiom.All);
                forms.AddRange(idiom.Forms);
                if (dice.OnceIn(4)) fitting.AddRange(idiom.Forms.Select(_ => (Instruction?)null));
                else fitting.AddRange(idiom.Fitting(dice));
            }
            else
            {
                forms.Add(Choose(dice, setting));
                fitting.Add(null);
            }
        }

        forms.Add(dice.OnceIn(8) ? Always : Exit);
        fitting.Add(null);
        var starts = Starts(forms);
        return Sequence.Generate(forms.Count, i => fitting[i] is { } known
            ? known.Form.Displacement.IsEmpty ? known : WithTarget(known, starts, i, dice.Between(0, forms.Count - 1))
            : Fill(dice, setting, forms[i], starts, i));
    }

    /// <summary>The instructions without some; jumps lead where they led, or to what came after what is gone.</summary>
    /// <returns>Nothing if a jump leads to no instruction.</returns>
    public static Sequence<Instruction>? Without(Sequence<Instruction> body, int first, int count)
    {
        var before = Starts([.. body.Select(instruction => instruction.Form)]);
        List<Instruction> kept = [.. body.Take(first), .. body.Skip(first + count)];
        var after = Starts(kept.ConvertAll(instruction => instruction.Form));
        for (var i = 0; i < kept.Count; i++)
        {
            if (kept[i].Form.Displacement.IsEmpty) continue;
            var old = i < first ? i : i + count;
            var target = Array.IndexOf(before, before[old] + kept[i].Form.Layout.Slots + Distance(kept[i]));
            if (target < 0) return null;
            kept[i] = WithTarget(kept[i], after, i, target < first ? target : Math.Max(first, target - count));
        }

        return kept.ToSequence();
    }

    /// <summary>The instruction with smaller numbers, one by one.</summary>
    public static IEnumerable<Instruction> Smaller(Instruction old)
    {
        var jumps = !old.Form.Displacement.IsEmpty;
        foreach (var immediate in Smaller(old.Immediate, jumps && old.Form.Displacement[0] is Field.Immediate))
            yield return Instruction.Of(old.Form, old.Destination, old.Source, old.Offset, immediate, old.NextImmediate);
        foreach (var offset in Smaller(old.Offset, jumps && old.Form.Displacement[0] is Field.Offset))
            yield return Instruction.Of(old.Form, old.Destination, old.Source, (short)offset, old.Immediate, old.NextImmediate);
        foreach (var next in Smaller(old.NextImmediate, isDistance: false))
            yield return Instruction.Of(old.Form, old.Destination, old.Source, old.Offset, old.Immediate, next);
    }

    private static IEnumerable<int> Smaller(int number, bool isDistance) => isDistance
        ? []
        : new[] { 0, 1, number / 2 }.Where(smaller => Math.Abs((long)smaller) < Math.Abs((long)number));

    /// <summary>The slots at which instructions of some encodings start.</summary>
    public static int[] Starts(List<Form> forms)
    {
        var starts = new int[forms.Count];
        var slot = 0;
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = slot;
            slot += forms[i].Layout.Slots;
        }

        return starts;
    }

    private static int Distance(Instruction jump) => jump.Form.Displacement[0] is Field.Offset ? jump.Offset : jump.Immediate;

    /// <summary>A jump, at an index, with the instruction at another index as its target.</summary>
    public static Instruction WithTarget(Instruction jump, int[] starts, int index, int target)
    {
        // One past the end has no start: the preflight refuses it.
        if (target >= starts.Length) return jump;
        var distance = starts[target] - starts[index] - jump.Form.Layout.Slots;
        return Instruction.Of(
            jump.Form,
            jump.Destination,
            jump.Source,
            jump.Form.Displacement[0] is Field.Offset ? (short)distance : jump.Offset,
            jump.Form.Displacement[0] is Field.Immediate ? distance : jump.Immediate);
    }

    private static Form Choose(Dice dice, Setting setting) => dice.Between(0, 6) switch
    {
        0 => dice.Pick(setting.Memory),
        1 => dice.Pick(setting.Jumps),
        2 => dice.Pick(setting.Calls),
        _ => dice.Pick(setting.Forms.AsSpan()),
    };

    private static Instruction Fill(Dice dice, Setting setting, Form form, int[] starts, int index)
    {
        var isMemory = form.Operation is MemoryOperation or AtomicOperation;
        var isLoad = form.Operation is MemoryOperation { Kind: Access.Read };
        var destination = isMemory && !isLoad ? dice.Pick(Addresses) : Near(dice);
        var source = isLoad || (isMemory && dice.OnceIn(3)) ? dice.Pick(Addresses) : dice.OnceIn(3) ? destination : Near(dice);
        var address = isLoad ? source : destination;
        var instruction = Instruction.Of(
            form,
            new(destination),
            new(source),
            isMemory ? Offset(dice, setting, address) : (short)dice.Between(-9, 9),
            form.Operation switch
            {
                CallOperation.ByHelperId => dice.Pick(setting.Host.Helpers.AsSpan()) is var helper ? (int)helper.Declaration.Id : 0,
                CallOperation.ByBtfId => dice.Pick(setting.Host.BtfFunctions.AsSpan()) is var function ? (int)function.Declaration.Id : 0,
                AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned when dice.OnceIn(2) =>
                    dice.Between(0, 66),
                _ => dice.AnyImmediate(),
            },
            dice.AnyImmediate());
        return form.Displacement.IsEmpty ? instruction : WithTarget(instruction, starts, index, dice.Between(0, starts.Length - 1));
    }

    private static byte Near(Dice dice) => (byte)dice.Between(0, dice.OnceIn(3) ? 9 : 3);

    // Below r10 there is the stack, whose both ends matter.
    private static short Offset(Dice dice, Setting setting, byte register) => (short)(register != Register.Last
        ? dice.Between(-4, 9)
        : dice.Between(0, 5) switch
        {
            0 => dice.Between(-9, 3),
            1 => dice.Between(-9, 3) - setting.Profile.FrameBytes,
            _ => -8 * dice.Between(1, 3),
        });
}

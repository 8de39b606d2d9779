using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>
/// Programs that execute one encoding many times in a row, with each register in each role, and with an edge each time: one
/// serves many.
/// </summary>
/// <remarks>
/// Where an instruction is wrong for one register or one immediate only, such a program tells; which it is, a short one
/// would.
/// </remarks>
internal static class ChainCases
{
    private const int Count = Register.Last;
    private const int Length = 64;

    /// <summary>The candidates of an encoding; none of one that ends or leads away.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support) => form.Operation switch
    {
        AluOperation when form.Operand is SourceOperand.Register => Pairs(form, support),
        AluOperation when form.Operand is SourceOperand.Immediate => Immediates(form, support),
        AluOperation => [Unary(form, support, 0), Unary(form, support, 1)],
        JumpOperation.Always => [],
        JumpOperation => Jumps(form, support),
        MemoryOperation { Kind: Access.Read } => [Loads(form, support, 1), Loads(form, support, 3), Loads(form, support, 0)],
        MemoryOperation.StoreRegister => [Stores(form, support, 0), Stores(form, support, 5)],
        MemoryOperation.StoreImmediate => [StoredImmediates(form, support, 0), StoredImmediates(form, support, 7)],
        _ => [],
    };

    // Odd numbers, each half another, with either sign; of 32 bits where there are no others.
    private static ulong Value(SupportCode support, int turn)
    {
        var value = (0x9e37_79b9_7f4a_7c15UL * (ulong)(turn + 1)) | 1;
        return support.IsWide ? value : (uint)value;
    }

    // Where each register that is read has not been written yet: along a cycle, whose last register finds the first one
    // written, and is left out.
    private static IEnumerable<(int Destination, int Source)> Apart(int distance)
    {
        HashSet<int> met = [];
        for (var first = 0; first < Count; first++)
        {
            for (var register = first; met.Add(register); register = (register + distance) % Count)
            {
                var source = (register + distance) % Count;
                if (distance == 0 || !met.Contains(source)) yield return (register, source);
            }
        }
    }

    private static IEnumerable<Candidate?> Pairs(Form form, SupportCode support)
    {
        for (var distance = 0; distance < Count; distance++)
        {
            yield return Folded(
                support,
                [.. Enumerable.Range(0, Count).Select(register => Value(support, (7 * distance) + register))],
                [.. Apart(distance).Select(pair => Instruction.Of(form, new((byte)pair.Destination), new((byte)pair.Source)))],
                distance == 0
                    ? "each register in turn is both operands"
                    : $"each register in turn is the destination, and the one {distance} after it the second operand");
        }
    }

    private static IEnumerable<Candidate?> Immediates(Form form, SupportCode support)
    {
        var isDivision =
            form.Operation is AluOperation.Division;
        var all = EdgeValues.EdgeImmediates.Concat(EdgeValues.LongImmediates).Where(value => !isDivision || value != 0).Distinct().ToList();
        foreach (var (turn, values) in all.Chunk(Count).Index())
        {
            yield return Folded(
                support,
                [.. Enumerable.Range(0, Count).Select(register => Value(support, (5 * turn) + register))],
                [
                    .. Enumerable
                        .Range(0, Count)
                        .Select(register => Instruction.Of(form, new((byte)register), immediate: values[register % values.Length])),
                ],
                $"each register in turn is the destination, with the immediates from {values[0]} to {values[^1]}");
        }
    }

    private static Candidate? Unary(Form form, SupportCode support, int turn) => Folded(
        support,
        [.. Enumerable.Range(0, Count).Select(register => Value(support, (11 * turn) + register))],
        [.. Enumerable.Range(0, Count).Select(register => Instruction.Of(form, new((byte)register)))],
        turn == 0 ? "each register in turn is the operand" : "each register in turn is the operand, with other numbers");

    // A jump that is not taken leaves a mark; r0 gathers them.
    private static IEnumerable<Candidate?> Jumps(Form form, SupportCode support)
    {
        var isRegister = form.Operand is SourceOperand.Register;
        foreach (var difference in (int[])[0, 1, -1])
        {
            foreach (var (turn, values) in EdgeValues.EdgeImmediates.Chunk(Count - 1).Index())
            {
                List<Instruction> program = [support.Alu("mov", 0, 0)];
                for (var register = 1; register < Count; register++)
                {
                    var value = (ulong)(values[(register - 1) % values.Length] + (isRegister && register % 2 == 0 ? 0 : (long)difference));
                    if (support.Number(register, support.IsWide ? value : (uint)value) is not { } set) yield break;
                    program.Add(set);
                }

                for (var register = 1; register < Count; register++)
                {
                    var other = 1 + ((register + turn + difference + 1) % (Count - 1));
                    var immediate = isRegister ? 0 : values[(register - 1) % values.Length];
                    program.Add(Instruction.Of(form, new((byte)register), new((byte)(isRegister ? other : 0)), 1, immediate));
                    program.Add(support.Alu("or", 0, 1 << register));
                }

                var numbers = $"numbers from {values[0]} to {values[^1]}";
                var more = difference == 0 ? "" : difference > 0 ? ", one greater" : ", one less";
                var text = $"each register but r0 in turn is the destination, with {numbers}{more}";
                yield return new([.. program, SupportCode.Exit], [], Setting.Plain, [Class.Of(text)]);
            }
        }
    }

    private static Candidate? Loads(Form form, SupportCode support, int distance)
    {
        var size = form.Width.Bytes;
        List<Instruction> program = [.. Addressed(support, [.. Enumerable.Range(0, Count)])];
        var pairs = distance == 0 ? [.. Enumerable.Range(0, Count).Select(register => (register, register))] : Apart(distance).ToList();
        foreach (var (turn, (destination, source)) in pairs.Index())
            program.Add(Instruction.Of(form, new((byte)destination), new((byte)source), Place(turn, size)));
        var loaded = pairs.Select(pair => pair.Item1).ToHashSet();
        if (!loaded.Contains(0)) program.Add(support.Alu("mov", 0, 0));
        program.AddRange(loaded.Where(register => register > 0).Order().Select(register => support.Fold(register, register)));
        return new(
            [.. program, SupportCode.Exit],
            Memory, Setting.Plain,
            [
                Class.Of(
                    distance == 0
                        ? "each register in turn is both address and destination, at every alignment"
                        : $"each register in turn is the destination, and the one {distance} after it the address, at every alignment"),
            ]);
    }

    // Half of the registers are addresses, and the others what is stored, at every alignment.
    private static Candidate? Stores(Form form, SupportCode support, int first)
    {
        var size = form.Width.Bytes;
        List<Instruction> program = [.. Addressed(support, [.. Enumerable.Range(first, Count / 2)])];
        foreach (var register in Enumerable.Range(5 - first, Count / 2))
        {
            if (support.Number(register, Value(support, register)) is not { } set) return null;
            program.Add(set);
        }

        for (var turn = 0; turn < Count; turn++)
        {
            var (address, stored) = (first + (turn % 5), 5 - first + ((turn + (turn / 5)) % 5));
            program.Add(Instruction.Of(form, new((byte)address), new((byte)stored), Place(turn, size)));
        }

        return Probed(
            support, program, first + 4,
            $"r{first} to r{first + 4} in turn are the address, and the others what is stored, at every alignment");
    }

    private static Candidate? StoredImmediates(Form form, SupportCode support, int turn)
    {
        var size = form.Width.Bytes;
        List<Instruction> program = [.. Addressed(support, [.. Enumerable.Range(0, Count)])];
        for (var register = 0; register < Count; register++)
        {
            program.Add(
                Instruction.Of(
                    form, new((byte)register),
                    offset: Place(register, size),
                    immediate: EdgeValues.EdgeImmediates[(turn + (register * 2)) % EdgeValues.EdgeImmediates.Count]));
        }

        return Probed(
            support, program, Count - 1,
            turn == 0
                ? "each register in turn is the address, at every alignment"
                : "each register in turn is the address, at every alignment, with other immediates");
    }

    // One address a turn, each with another rest, none beyond the memory, the first at its start and one at its end.
    private static short Place(int turn, int size) => (short)(turn == 1 ? Length - size : turn * 7 % (Length - size));

    private static IEnumerable<Instruction> Addressed(SupportCode support, IReadOnlyList<int> registers) =>
        registers
            .OrderBy(register => register == 1 ? 1 : 0)
            .Where(register => register != 1)
            .Select(register => support.Alu("mov", register, new Register(1)));

    private static Candidate? Probed(SupportCode support, List<Instruction> program, int address, string text)
    {
        // What the memory holds goes to r0 by way of a register that is no longer needed.
        var (sum, scratch) = (0, address == 8 ? 7 : 8);
        program.Add(support.Alu("mov", sum, 0));
        program.AddRange(support.Probe(address, 0, Length, scratch));
        return new([.. program, SupportCode.Exit], Memory, Setting.Plain, [Class.Of(text)]);
    }

    private static Sequence<byte> Memory => [.. MemoryCases.Pattern, .. MemoryCases.Pattern.Reverse()];

    private static Candidate? Folded(SupportCode support, IReadOnlyList<ulong> values, IReadOnlyList<Instruction> tested, string text)
    {
        List<Instruction> program = [];
        foreach (var (register, value) in values.Index())
        {
            if (support.Number(register, value) is not { } set) return null;
            program.Add(set);
        }

        program.AddRange(tested);
        for (var register = 1; register < Count; register++) program.Add(support.Fold(register, register));
        return new([.. program, SupportCode.Exit], [], Setting.Plain, [Class.Of(text)]);
    }
}

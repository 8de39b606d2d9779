using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>Short programs about jumps: a mark that is jumped over, and one that is jumped back to; all code can be reached.</summary>
internal static class JumpShapes
{
    /// <summary>The candidates of a jump, the most telling first.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support, int seed) => form.Operation is JumpOperation.Always
        ? Always(form, support)
        : [.. Pairs(form, support, seed), .. Roles(form, support), .. FramePointers(form, support), .. First(form, support)];

    // Entered from before where the jump leads back, so that nothing is out of reach.
    private static IEnumerable<Candidate?> Always(Form form, SupportCode support)
    {
        var otherwise = SupportCode.Form(support.IsWide ? "jmp/jeq64-k" : "jmp/jeq32-k");
        foreach (var distance in (int[])[1, 2, 0])
        {
            yield return Written(
                support,
                $"the distance is {distance}",
                [
                    support.Alu("mov", 0, 0),
                    Instruction.Of(otherwise, new(0), offset: 1, immediate: 1),
                    Jump(distance),
                    support.Alu("add", 0, 2),
                    support.Alu("add", 0, 4),
                ]);
        }

        foreach (var distance in (int[])[-4, -3])
        {
            yield return Written(
                support,
                $"the distance is {distance}",
                [
                    support.Alu("mov", 0, 0),
                    Instruction.Of(otherwise, new(0), offset: 3, immediate: 0),
                    support.Alu("add", 0, 2),
                    support.Alu("add", 0, 4),
                    SupportCode.Exit,
                    Jump(distance),
                ],
                false);
        }

        yield return Written(
            support,
            "the target is slot 0",
            [
                support.Alu("add", 1, 7),
                Instruction.Of(SupportCode.Form(support.IsWide ? "jmp/jne64-k" : "jmp/jne32-k"), new(1), offset: 1, immediate: 7),
                Jump(-3),
                support.Alu("mov", 0, new Register(1)),
            ]);

        Instruction Jump(int distance) =>
            Instruction.Of(form, offset: (short)distance, immediate: form.Displacement[0] is Field.Immediate ? distance : 0);
    }

    private static IEnumerable<Candidate?> Pairs(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var (left, right) in Operands(form, seed))
        {
            var destination = (byte)(turn % 10);
            var source = (byte)((turn * 3 + 4) % 10);
            if (source == destination) source = (byte)((source + 1) % 10);
            yield return Program(
                form, support,
                (turn % 5) switch
                {
                    0 => 1,
                    1 => 2,
                    2 => -3,
                    3 => -2,
                    _ => 1,
                },
                destination, source, left, right,
                JumpCases.ClassesOf(form, left, right));
            turn++;
        }
    }

    private static IEnumerable<(ulong Left, ulong Right)> Operands(Form form, int seed) =>
        [
            .. EdgeValues.Pairs(seed),
            .. EdgeValues.EdgeImmediates.SelectMany(value =>
                (IEnumerable<(ulong, ulong)>)
                    [
                        ((ulong)value, (ulong)value),
                        ((ulong)value + 1, (ulong)value),
                        ((ulong)value - 1, (ulong)value),
                        ((uint)value, (ulong)value),
                        ((ulong)value ^ (1UL << 32), (ulong)value),
                        ((ulong)value & 0xff, (ulong)value),
                        ((ulong)(sbyte)value, (ulong)value),
                        ((ushort)value, (ulong)value),
                        ((ulong)(short)value, (ulong)value),
                        ((ulong)value ^ (1UL << 63), (ulong)value),
                        ((ulong)value & 0x7fff_ffff, (ulong)value),
                        (~(ulong)value, (ulong)value),
                    ]),
            (1UL << 63, 1), (1, 1UL << 63), (0x7fff_ffff_ffff_ffff, ulong.MaxValue), (0x8000_0000, 1), (1, 0x8000_0000),
            (0x7fff_ffff, 0xffff_ffff), (0xffff_ffff_0000_0000, 0xffff_fffe_0000_0001), (0x1_0000_0000, 0x2_0000_0000),
            (0x2_0000_0000, 0x1_0000_0001), (0x1_0000_0005, 5), (5, 0x1_0000_0005), (0xffff_ffff, ulong.MaxValue),
            (ulong.MaxValue, 0xffff_ffff), (0x8000_0000_0000_0000, 0x7fff_ffff_ffff_ffff),
            (0x1_0000_0000, 0x1_0000_0000), (0x8000_0000_0000_0000, 0x8000_0000_0000_0000), (0x8000_0000, 0x8000_0000),
            (0x100, 0x100), (0x1_0000, 0x1_0000), (0x7fff_ffff_0000_0000, 0x8000_0000_0000_0000),
        ];

    private static IEnumerable<Candidate?> Roles(Form form, SupportCode support)
    {
        var values = Taken(form);
        if (values is not var (left, right)) yield break;
        for (var register = 0; register < 10; register++)
        {
            var other = (register + 3) % 10;
            yield return Program(
                form, support, 1, (byte)register, (byte)other, left, right,
                [Class.Of($"r{register} is the destination, and the jump is taken")]);
            if (form.Operand is not SourceOperand.Register) continue;
            yield return Program(
                form, support, 1, (byte)other, (byte)register, left, right,
                [Class.Of($"r{register} is the second operand, and the jump is taken")]);
            yield return Program(
                form, support, 1, (byte)other, (byte)register, 0x77, 0x77,
                [Class.Of($"r{register} is the second operand, and both are equal")]);
        }
    }

    private static IEnumerable<Candidate?> FramePointers(Form form, SupportCode support)
    {
        foreach (var value in (IEnumerable<ulong>)[0, 1, ulong.MaxValue, 0xffff_ffff_8000_0000, 0x7fff_ffff, 1UL << 63, long.MaxValue])
        {
            yield return Program(form, support, 1, Register.Last, 4, 0, value, [Class.Of("the destination is r10")]);
            if (form.Operand is SourceOperand.Register)
                yield return Program(form, support, 1, 4, Register.Last, value, 0, [Class.Of("the second operand is r10")]);
            else if (support.IsWide)
                yield return LikeACopy(form, support, (int)value);
        }
    }

    // The sign of r10 is a machine's own choice; what a jump does with it, it does with a copy of it, too.
    private static Candidate LikeACopy(Form form, SupportCode support, int immediate) =>
        new(
            [
                support.Alu("mov", 0, 0), support.Alu("mov", 6, Register.FramePointer),
                Instruction.Of(form, new(6), new(0), 1, immediate), support.Alu("xor", 0, 1),
                Instruction.Of(form, Register.FramePointer, new(0), 1, immediate), support.Alu("xor", 0, 1),
                SupportCode.Exit,
            ],
            [], Setting.Plain, [Class.Of("r10 is compared as a copy of it is")]);

    // Back to the first slot, once: r1 is the context's address, or 0, when it is reached first, and 6 after that.
    private static IEnumerable<Candidate?> First(Form form, SupportCode support)
    {
        if (Taken(form) is not var (left, right)) yield break;
        if (support.Number(3, left) is not { } first || support.Number(4, right) is not { } second) yield break;
        List<Instruction> operands = [first];
        if (form.Operand is SourceOperand.Register) operands.Add(second);
        var slots = operands.Sum(instruction => instruction.Form.Layout.Slots);
        yield return new(
            [
                support.Alu("mov", 0, new Register(1)), support.Alu("mov", 1, 6), support.JumpIfEqual(0, 6, slots + 2),
                .. operands, Instruction.Of(form, new(3), new(4), (short)(-slots - 4), (int)right),
                support.Alu("mov", 0, 0x40), SupportCode.Exit,
            ],
            [], Setting.Plain, [Class.Wanted("the target is slot 0")]);
    }

    private static (ulong Left, ulong Right)? Taken(Form form)
    {
        if (form.Operation is not JumpOperation operation) return null;
        foreach (var (left, right) in (IEnumerable<(ulong, ulong)>)[(5, 5), (5, 6), (6, 5), (5, 4)])
        {
            if (operation.Holds<Word>(Word.Wrap(left, form.Width), Word.Wrap(right, form.Width)).Value) return (left, right);
        }

        return null;
    }

    private static Candidate? Written(SupportCode support, string text, Sequence<Instruction> program, bool falls = true)
    {
        _ = support;
        return new(falls ? [.. program, SupportCode.Exit] : program, [], Setting.Plain, [Class.Wanted(text)]);
    }

    private static Candidate? Program(
        Form form, SupportCode support, int distance, byte destination, byte source, ulong left, ulong right, IEnumerable<Class> classes)
    {
        var isRegister = form.Operand is SourceOperand.Register;
        var marked = Enumerable.Range(0, 10).First(register => register != destination && (register != source || !isRegister));
        List<Instruction> program = [support.Alu("mov", marked, 1)];
        foreach (var (register, value) in (IEnumerable<(byte, ulong)>)[(destination, left), (source, right)])
        {
            if (register == Register.Last || (register == source && register != destination && !isRegister)) continue;
            if (support.Number(register, value) is not { } set) return null;
            program.Add(set);
            if (source == destination) break;
        }

        var back = distance switch { > 0 => (short)distance, -2 => (short)(marked == 0 ? -3 : -4), _ => (short)(marked == 0 ? -4 : -5) };
        var jump = Instruction.Of(form, new(destination), new(source), back, (int)right);
        if (distance > 0)
        {
            program.AddRange([jump, support.Alu("add", marked, 2), support.Alu("add", marked, 4)]);
        }
        else
        {
            List<Instruction> before = [support.Alu("add", marked, 8), support.Alu("add", marked, 0x10)];
            if (marked != 0) before.Add(support.Alu("mov", 0, new Register((byte)marked)));
            before.Add(SupportCode.Exit);

            // Back to the second mark, or to the first; in front of them a jump that is always taken, where a verifier would
            // miss the first else.
            program.Add(distance == -2 ? support.JumpIfEqual(marked, 1, before.Count) : SupportCode.Jump(before.Count));
            program.AddRange(before);
            program.Add(jump);
            program.Add(support.Alu("add", marked, 2));
        }

        if (marked != 0) program.Add(support.Alu("mov", 0, new Register((byte)marked)));
        program.Add(SupportCode.Exit);
        var holds =
            destination < Register.Last
            && source < Register.Last
            && form.Operation is JumpOperation operation
            && operation.Holds<Word>(Word.Wrap(left, form.Width), Word.Wrap(isRegister ? right : (ulong)(int)right, form.Width)).Value;
        return new(
            program.ToSequence(),
            [],
            Setting.Plain,
            [
                .. classes,
                Class.Wanted(
                    !holds ? "the jump is not taken"
                    : distance < 0 ? "the jump is taken and the target is before the jump"
                    : "the jump is taken and the target is after the jump"),
            ]);
    }
}

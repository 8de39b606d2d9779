using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>Programs about arithmetic, byte order and wide loads.</summary>
internal static class AluCases
{
    /// <summary>The candidates of an encoding, the most telling first.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support, int seed) =>
        form.Operation is WideLoad
            ? Wide(form, support, seed)
            : form.Operand switch
            {
                SourceOperand.Register =>
                [
                    .. Registers(form, support, seed),
                    .. Aliased(form, support, seed),
                    .. OfFramePointer(form, support),
                    .. Roles(form, support),
                ],
                SourceOperand.Immediate => Immediates(form, support, seed),
                SourceOperand.None => Unary(form, support, seed),
            };

    private static IEnumerable<Candidate?> Registers(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var (left, right) in PairsOf(form, seed))
        {
            var (destination, source) = Chosen(turn++);
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(destination), new(source))],
                Values = new Dictionary<int, Held> { [destination] = new Held.Number(left), [source] = new Held.Number(right) },
            }.With(support, [.. Classes(form, left, right), .. Named(destination, source)]);
        }
    }

    // The one quotient that does not fit: too far apart in the table of values to be met there at 64 bits.
    private static IEnumerable<(ulong Left, ulong Right)> PairsOf(Form form, int seed) =>
        form.Operation is AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned
            ? Operands(form, seed)
                .Append((1UL << (form.Width.Bits - 1), ulong.MaxValue))
                .Append((1UL << 63, ulong.MaxValue))
                .Append((1UL << (form.Width.Bits - 1), ulong.MaxValue))
                .Append((1UL << (form.Width.Bits - 1), ulong.MaxValue))
            : Operands(form, seed);

    private static IEnumerable<(ulong Left, ulong Right)> Operands(Form form, int seed) =>
        [
            .. EdgeValues.Pairs(seed),
            .. EdgeValues.EdgeImmediates.SelectMany(value =>
                (IEnumerable<(ulong, ulong)>)
                    [
                        (0x8192_a3b4_c5d6_e7f8, (ulong)value),
                        (0x1234_5678_9abc_def0, (ulong)value),
                        (0x7, (ulong)value),
                        (unchecked((ulong)-7), (ulong)value),
                        (0x0000_0001_0000_0000, (ulong)value),
                        (0x8000_0001_7fff_ffff, 0x1_0000_0000UL | (uint)value),
                    ]),
            (7, 0x1_0000_0000), (0x1_0000_0007, 0x1_0000_0000), (0, 0), (0x1_0000_0000, 3), (9, 0x5a_0000), (9, 0x5a00),
            (9, 0x8000_0000), (9, 1UL << 63), (0, 5),
        ];

    // Registers in roles: each as either operand, with operands that every operation tells apart.
    private static IEnumerable<Candidate?> Roles(Form form, SupportCode support)
    {
        foreach (var (destination, source) in (IEnumerable<(int, int)>)
        [
            (0, 1), (1, 0), (0, 3), (3, 0), (3, 4), (4, 3), (9, 0), (6, 9), (2, 5), (5, 2), (7, 8), (8, 7), (1, 6), (4, 1), (9, 2),
        ])
        {
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new((byte)destination), new((byte)source))],
                Values = new Dictionary<int, Held> { [destination] = new Held.Number(0x8765_4321), [source] = new Held.Number(0x25) },
            }.With(support, Class.Of($"r{destination} is the destination and r{source} the second operand"));
        }

        yield return new UnitProgram
        {
            Tested = [Instruction.Of(form, new(0), Register.FramePointer)],
            Values = new Dictionary<int, Held> { [0] = new Held.Stack(0) },
            ValuesAfter = new Dictionary<int, Held> { [0] = new Held.Number(0) },
        }.With(support, Class.Of("the destination is r0 and the second operand r10"));
    }

    private static IEnumerable<Candidate?> Aliased(Form form, SupportCode support, int seed)
    {
        foreach (var (value, turn) in EdgeValues.Words(seed).Select((value, turn) => (value, turn)))
        {
            var register = (byte)(turn % 9 + 1);
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(register), new(register))],
                Values = new Dictionary<int, Held> { [register] = new Held.Number(value) },
            }.With(support, [.. Aliases(value, form.Width)]);
        }
    }

    private static IEnumerable<Class> Aliases(ulong value, Width width) =>
        [
            Class.Wanted("both operands are one register"),
            .. width.Bits is 32 && value > uint.MaxValue
                ? (Class[])[Class.Wanted("both operands are one register with bits above the 32 that count")]
                : [],
        ];

    // Where r10 is an operand, the result must not tell where the stack is: only some operations can do that.
    private static IEnumerable<Candidate?> OfFramePointer(Form form, SupportCode support)
    {
        foreach (Held destination in (Held[])[new Held.Stack(0), new Held.Number(0), new Held.Number(1)])
        {
            foreach (Held after in (Held[])[new Held.Stack(0), new Held.LowerStack(false), new Held.LowerStack(true), new Held.Number(0)])
            {
                yield return new UnitProgram
                {
                    Tested = [Instruction.Of(form, new(6), Register.FramePointer)],
                    Values = new Dictionary<int, Held> { [6] = destination },
                    ValuesAfter = new Dictionary<int, Held> { [6] = after },
                }.With(support, Class.Wanted("the second operand is r10"));
            }
        }

        // The same bits of r10, shifted out instead.
        if (!support.IsWide || form.Layout[Field.Offset] is not FieldUse.Selects(var from) || from == 0) yield break;
        yield return new UnitProgram
        {
            Tested =
            [
                support.Alu("mov", 7, Register.FramePointer), support.Alu("lsh", 7, 64 - (int)from), support.Alu("arsh", 7, 64 - (int)from),
                .. form.Width.Bits is 32 ? (Sequence<Instruction>)[support.Alu("lsh", 7, 32), support.Alu("rsh", 7, 32)] : [],
                Instruction.Of(form, new(6), Register.FramePointer), support.Alu("sub", 6, new Register(7)),
            ],
            Values = new Dictionary<int, Held> { [6] = new Held.Number(1), [7] = new Held.Number(0) },
            ValuesAfter = new Dictionary<int, Held> { [7] = new Held.Number(0) },
            Shown = [6],
        }.With(support, Class.Of("the second operand is r10, whose low bits are compared"));
    }

    private static IEnumerable<Candidate?> Immediates(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var (left, right) in PairsOf(form, seed))
        {
            var (destination, _) = Chosen(turn++);
            var immediate = unchecked((int)right);
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(destination), immediate: immediate)],
                Values = new Dictionary<int, Held> { [destination] = new Held.Number(left) },
            }.With(support, [.. Classes(form, left, (ulong)immediate), .. Named(destination, 1)]);
        }
    }

    private static IEnumerable<Candidate?> Unary(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var value in EdgeValues.Words(seed))
        {
            var (destination, _) = Chosen(turn++);
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(destination))],
                Values = new Dictionary<int, Held> { [destination] = new Held.Number(value) },
            }.With(support, [.. EdgeValues.Classes("the operand", value, form.Width), .. Named(destination, 1)]);
        }
    }

    private static IEnumerable<Candidate?> Wide(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var value in EdgeValues.Words(seed))
        {
            var (destination, _) = Chosen(turn++);
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(destination), immediate: (int)value, nextImmediate: (int)(value >> 32))],
                Values = new Dictionary<int, Held>(),
            }.With(
                support,
                [
                    .. EdgeValues.Classes("imm", (uint)value, Width.Bits32),
                    .. EdgeValues.Classes("next_imm", value >> 32, Width.Bits32),
                    .. Named(destination, 1),
                ]);
        }
    }

    private static IEnumerable<Class> Classes(Form form, ulong left, ulong right)
    {
        foreach (var text in EdgeValues.Classes("the destination", left, form.Width)) yield return text;
        foreach (var text in EdgeValues.Classes("the second operand", right, form.Width))
        {
            // An immediate is extended, so its upper half counts for nothing more.
            // But each sign of it is to be met.
            if (form.Operand is SourceOperand.Register) yield return text;
            else if (!text.Text.Contains("above", StringComparison.Ordinal))
                yield return text with { IsWanted = IsWantedOfImmediate(text, right, form.Width) };
        }

        var (destination, source) = (Word.Wrap(left, form.Width), Word.Wrap(right, form.Width));
        if (destination == source) yield return Class.Wanted("the operands are equal");
        switch (form.Operation)
        {
            case AluOperation.Add:
                if ((destination + source).Value < destination.Value) yield return Class.Wanted("the sum carries out of the highest bit");
                if (((destination ^ (destination + source)) & (source ^ (destination + source))).Signed < 0)
                    yield return Class.Wanted("the sum overflows as a signed number");
                break;
            case AluOperation.Subtract:
                if (destination.Value < source.Value) yield return Class.Wanted("the difference borrows");
                if (((destination ^ source) & (destination ^ (destination - source))).Signed < 0)
                    yield return Class.Wanted("the difference overflows as a signed number");
                break;
            case AluOperation.Multiply:
                if (Math.BigMul(destination.Value, source.Value) > form.Width.Mask) yield return Class.Wanted("the product does not fit");
                break;
            case AluOperation.Division:
                if (source.Value == 0 && destination.Value != 0) yield return Class.Wanted("the divisor is zero and the dividend is not");
                if (source.Value > destination.Value) yield return Class.Wanted("the divisor is the greater, as an unsigned number");
                if (source.Value != 0 && destination.Value % source.Value == 0 && source.Value != 1 && destination.Value != 0)
                    yield return Class.Wanted("the division leaves no remainder");
                if (form.Operation is AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned && source.Value != 0)
                    yield return Class.Wanted(Signs(destination, source));
                break;
            case AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned:
                if (source.Value == (ulong)form.Width.Bits) yield return Class.Wanted("the shift amount is the width");
                else if (source.Value > (ulong)form.Width.Bits) yield return Class.Wanted("the shift amount is above the width");
                else if (source.Value == (ulong)form.Width.Bits - 1)
                    yield return Class.Wanted("the shift amount is the greatest below the width");
                break;
        }
    }

    // The least number is told apart only where it is divided, and there that is a class of its own.
    private static bool IsWantedOfImmediate(Class text, ulong value, Width width) => Word.Wrap(value, width).Signed switch
    {
        > 1 => true,
        < -1 and var signed when signed == long.MinValue >> (64 - width.Bits) => false,
        _ => text.IsWanted,
    };

    private static string Signs(Word destination, Word source) => (destination.Signed < 0, source.Signed < 0) switch
    {
        (true, true) when destination.Value == 1UL << (destination.Width.Bits - 1) && source.Signed == -1 =>
            "the least number is divided by -1",
        (true, true) => "both operands are negative",
        (true, false) => "the dividend is negative and the divisor is not",
        (false, true) => "the divisor is negative and the dividend is not",
        (false, false) => "neither operand is negative",
    };

    private static IEnumerable<Class> Named(byte destination, byte source)
    {
        if (destination == 0) yield return Class.Wanted("the destination is r0");
        if (source == 0) yield return Class.Wanted("the second operand is in r0");
    }

    // Every register has its turn, and no two of a pair differ in the lowest bit alone.
    private static (byte Destination, byte Source) Chosen(int turn) => ((byte)((turn * 3 + 1) % 10), (byte)((turn * 3 + 5) % 10));
}

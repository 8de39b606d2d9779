using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>
/// Programs about what an access is made with: registers in each role, alignment, addresses at edges, regions of few bytes.
/// </summary>
internal static partial class AccessCases
{
    private const ulong Value = 0x8192_a3b4_c5d6_e7f8;

    /// <summary>The candidates of a load, a store or an atomic operation.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support) =>
        [
            .. Mixed(form, support),
            .. Roles(form, support),
            .. Twice(form, support),
            .. Alignments(form, support),
            .. Operands(form, support),
            .. Few(form, support),
            .. Edges(form, support),
            .. Partial(form, support),
        ];

    internal static bool IsLoad(Form form) => form.Operation is MemoryOperation { Kind: Access.Read };

    internal static bool IsStore(Form form) => form.Operation is MemoryOperation { Kind: Access.Write };

    private static bool Compares(Form form) => form.Writes is WrittenRegister.R0;

    // Registers, alignment, offset and numbers all at once, none of them in step with another.
    private static IEnumerable<Candidate?> Mixed(Form form, SupportCode support)
    {
        var bits = form.Width.Bits;
        ulong[] memories =
        [
            1UL << (bits - 1), 0, ulong.MaxValue, 5, 0x8000_0000, 0x1234_5678_9abc_def0, 7, 0x8000_0000_8000_0001,
            0x7fff_ffff_ffff_ffff, 0xfedc_ba98_7654_3210, 0xff, 0x1_0000_0000,
        ];
        short[] offsets =
        [
            0, 1, -1, 127, 128, -128, -129, 255, 256, 511, 0x7ff, 0x800, -0x800, 0x1fff, 0x3fff, 0x4000, -0x4000,
            short.MaxValue, short.MinValue, 8, -8, 3, -3,
        ];
        for (var turn = 0; turn < 60; turn++)
        {
            var @base = turn * 3 % 10;
            var other = ((turn * 7) + 2 + (turn / 10)) % 10;
            if (other == @base) other = (other + 1) % 10;
            var memory = memories[turn % memories.Length];
            var operand = (turn % 5) switch
            {
                0 => (ulong)EdgeValues.EdgeImmediates[turn % EdgeValues.EdgeImmediates.Count],
                1 => 0x1_0000_0007UL,
                2 => memory,
                3 => 0xf0f0_f0f0_0f0f_0f0f,
                _ => Value,
            };
            ulong? r0 =
                !Compares(form) || @base == 0 || other == 0
                    ? null
                    : (turn % 4) switch
                    {
                        0 => memory,
                        1 => memory ^ 0xffff_ffff_0000_0000,
                        2 => memory ^ 1,
                        _ => memory ^ (1UL << (bits - 1)),
                    };
            var offset = offsets[turn % offsets.Length];
            var text = $"base r{@base}, operand r{other}, offset {offset}, memory 0x{memory:x}, number 0x{operand:x}, in turn {turn}";
            yield return Plain(form, support, @base, other, 8 + (turn * 5 % 8), offset, text, operand, memory, r0);
        }
    }

    private static IEnumerable<Candidate?> Roles(Form form, SupportCode support)
    {
        for (var register = 0; register < 10; register++)
        {
            var other = (register * 3 + 2) % 10 is var next && next == register ? (register + 1) % 10 : (register * 3 + 2) % 10;
            yield return Plain(form, support, register, other, 8, 0, $"r{register} is the base");
            if (form.Operand is SourceOperand.Register || IsLoad(form))
                yield return Plain(form, support, other, register, 8, 2, $"r{register} is the other operand");
        }

        if (IsLoad(form)) yield break;

        // r10 as the operand: its address is stored, and compared with r10.
        if (form.Operand is SourceOperand.Register && form.Writes is not WrittenRegister.Source)
        {
            foreach (var old in (ulong[])[0, ulong.MaxValue])
            {
                if (support.Number(0, old) is not { } number) continue;
                var (store, load) = (SupportCode.Form(StoreOf(form.Width)), SupportCode.Form(LoadOf(form.Width)));
                yield return new(
                    [
                        number,
                        Instruction.Of(store, Register.FramePointer, new(0), -8),
                        Instruction.Of(form, Register.FramePointer, Register.FramePointer, -8),
                        Instruction.Of(load, new(0), Register.FramePointer, -8),
                        support.Alu("mov", 1, Register.FramePointer),
                        Instruction.Of(store, Register.FramePointer, new(1), -16),
                        Instruction.Of(load, new(1), Register.FramePointer, -16),
                        support.Alu("sub", 0, new Register(1)),
                        SupportCode.Exit,
                    ],
                    [],
                    Setting.Plain,
                    [Class.Of($"the operand is r10 and memory is {(old == 0 ? "zero" : "all ones")}")]);
            }
        }
    }

    // One register as base and operand: what an address leaves in memory is compared with it.
    private static IEnumerable<Candidate?> Twice(Form form, SupportCode support)
    {
        if (form.Operand is not SourceOperand.Register || IsLoad(form)) yield break;
        foreach (var register in (byte[])[3, 0, 1])
        {
            foreach (var old in (ulong[])[0, ulong.MaxValue])
            {
                if (support.Number(6, old) is not { } number) continue;
                var (store, load) = (SupportCode.Form(StoreOf(form.Width)), SupportCode.Form(LoadOf(form.Width)));
                List<Instruction> program =
                [
                    support.Alu("mov", register, Register.FramePointer),
                    support.Alu("add", register, -8),
                    support.Alu("mov", 7, new Register(register)),
                    number,
                    Instruction.Of(store, new(register), new(6)),
                ];
                if (Compares(form) && register != 0) program.Add(support.Alu("mov", 0, new Register(6)));
                program.Add(Instruction.Of(form, new(register), new(register)));

                // r8: what the address is in so many bits; r5: what is left in memory.
                program.AddRange([
                    Instruction.Of(load, new(5), new(7)),
                    Instruction.Of(store, new(7), new(7)),
                    Instruction.Of(load, new(8), new(7)),
                    support.Alu("sub", 5, new Register(8)),
                ]);
                if (form.Writes is WrittenRegister.None) program.Add(support.Alu("sub", register, new Register(7)));
                if (Compares(form) && register == 0)
                {
                    program.Add(support.Alu("mov", 0, new Register(5)));
                }
                else if (Compares(form))
                {
                    program.AddRange([
                        support.Alu("sub", register, new Register(7)),
                        support.Alu("add", 0, new Register(register)),
                        support.Alu("add", 0, new Register(5)),
                    ]);
                }
                else
                {
                    if (register != 0) program.Add(support.Alu("mov", 0, new Register(register)));
                    program.Add(support.Alu("add", 0, new Register(5)));
                }

                program.Add(SupportCode.Exit);
                yield return new(
                    program.ToSequence(),
                    [],
                    Setting.Plain,
                    [Class.Of($"r{register} is base and operand, and memory is {(old == 0 ? "zero" : "all ones")}")]);
            }
        }

        // What is compared is the address itself.
        if (!Compares(form)) yield break;
        var (put, get) = (SupportCode.Form(StoreOf(form.Width)), SupportCode.Form(LoadOf(form.Width)));
        yield return new(
            [
                support.Alu("mov", 0, Register.FramePointer),
                support.Alu("add", 0, -8),
                support.Alu("mov", 7, new Register(0)),
                Instruction.Of(put, new(0), new(0)),
                support.Alu("mov", 2, 0x55),
                Instruction.Of(form, new(0), new(2)),
                Instruction.Of(get, new(0), new(7)),
                SupportCode.Exit,
            ],
            [],
            Setting.Plain,
            [Class.Of("the base is r0, which memory equals")]);
        yield return new(
            [
                support.Alu("mov", 0, 0x55),
                Instruction.Of(put, Register.FramePointer, new(0), -8),
                support.Alu("mov", 3, Register.FramePointer),
                Instruction.Of(form, Register.FramePointer, new(0), -8),
                Instruction.Of(get, new(1), Register.FramePointer, -8),
                support.Alu("add", 0, new Register(1)),
                SupportCode.Exit,
            ],
            [],
            Setting.Plain,
            [Class.Of("the operand is r0, which memory equals")]);
    }

    private static IEnumerable<Candidate?> Alignments(Form form, SupportCode support)
    {
        for (var odd = 0; odd < form.Width.Bytes; odd++)
        {
            yield return Plain(
                form, support, (odd + 1) % 10, (odd + 5) % 10, 8 + odd,
                odd % 2 == 0 ? 0 : 3,
                $"the address is {odd} bytes off alignment");
            yield return Plain(form, support, (odd + 2) % 10, (odd + 7) % 10, 15 - odd, -1, $"the address is aligned less {odd + 1} bytes");
        }
    }

    // Offsets that no cut leaves as they are, either way.
    private static IEnumerable<Candidate?> Operands(Form form, SupportCode support)
    {
        foreach (var offset in (short[])
        [
            0, 1, -1, 127, 128, -128, -129, 255, 256, 511, 0x7ff, 0x800, -0x800, 0x1fff, 0x3fff, 0x4000, -0x4000,
            short.MaxValue, short.MinValue,
        ])
        {
            yield return Plain(form, support, 3, 5, 8, offset, $"the offset is {offset}");
        }

        foreach (var value in EdgeValues.EdgeImmediates)
        {
            if (form.Operand is SourceOperand.Immediate)
                yield return Plain(form, support, 3, 5, 8, 0, $"the number is {value}", (ulong)value);
        }

        foreach (var (memory, operand, r0) in (IEnumerable<(ulong, ulong, ulong)>)
        [
            (5, 0x1_0000_0007, 0x1_0000_0005), (0x8000_0000, 7, 0x8000_0000), (0x8000_0000, 7, 0xffff_ffff_8000_0000),
            (0x8000_0000_8000_0001, 0x8000_0000_8000_0000, 0x8000_0001), (0, 0, 0), (7, 7, 7), (7, 7, 6),
            (ulong.MaxValue, 1, ulong.MaxValue), (0xffff_ffff, 1, 0xffff_ffff), (0x1_0000_0000, 0x1_0000_0000, 0),
            (0x1234_5678_9abc_def0, 0xf0f0_f0f0_0f0f_0f0f, 0x1234_5678_0000_def0),
            (0x1234_5678_9abc_def0, 3, 0x1234_def0), (9, 3, 1), (9, 3, 10), (0x0101, 3, 1), (0x1_0001, 3, 1),
            (1UL << 63, 3, 0), (0x8000_0000, 3, 0), (3, 9, 1UL << 63 | 3),
        ])
        {
            yield return Plain(
                form, support, 3, 5, 8, 0,
                $"memory is 0x{memory:x}, the operand 0x{operand:x}{(Compares(form) ? $", r0 0x{r0:x}" : "")}",
                operand, memory, r0);
            if (Compares(form) && operand == 3)
            {
                yield return Plain(
                    form, support, 3, 1, 8, 0,
                    $"memory is 0x{memory:x}, r1 0x{operand:x}, r0 0x{r0:x}",
                    operand, memory, r0);
            }
        }
    }

    private static Candidate? Plain(
        Form form, SupportCode support, int @base, int other, int place, int offset, string text,
        ulong value = Value,
        ulong? memory = null,
        ulong? r0 = null)
    {
        byte[] bytes = [.. MemoryCases.Pattern];
        if (memory is { } number) BitConverter.TryWriteBytes(bytes.AsSpan(place), number);
        return new UnitProgram
        {
            Tested = [Tested(form, @base, other, offset, (int)value)],
            Values = Held(form, @base, new Held.Context(place - offset), other, value, r0),
            ValuesAfter = form.Writes is WrittenRegister.R0 && @base == 0 ? new Dictionary<int, Held> { [0] = new Held.Number(0) } : null,
            Memory = Sequence.Of<byte>(bytes),
            Probed = IsLoad(form) ? 0 : 24,
        }.With(support, Class.Of(text));
    }

    private static Instruction Tested(Form form, int @base, int other, int offset, int immediate = 0x5a6b_7c8d) => IsLoad(form)
        ? Instruction.Of(form, new((byte)other), new((byte)@base), (short)offset)
        : Instruction.Of(form, new((byte)@base), new((byte)other), (short)offset, immediate);

    private static Dictionary<int, Held> Held(Form form, int @base, Held address, int other, ulong value, ulong? r0)
    {
        var values = new Dictionary<int, Held>();
        if (!IsLoad(form) && form.Operand is SourceOperand.Register) values[other] = new Held.Number(value);
        if (Compares(form) && r0 is { } compared) values[0] = new Held.Number(compared);
        values[@base] = address;
        return values;
    }

    private static string LoadOf(Width width) => width.Bits switch
    {
        8 => "mem/ldxb",
        16 => "mem/ldxh",
        32 => "mem/ldxw",
        _ => "mem/ldxdw",
    };

    private static string StoreOf(Width width) => width.Bits switch
    {
        8 => "mem/stxb",
        16 => "mem/stxh",
        32 => "mem/stxw",
        _ => "mem/stxdw",
    };
}

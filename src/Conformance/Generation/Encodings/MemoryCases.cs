using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>Programs about loads, stores and atomic operations.</summary>
internal static class MemoryCases
{
    private const int Length = 32;
    private const ulong Island = AddressSpace.Added;

    // Every byte another, and the sign bits of words of each size both ways.
    internal static readonly byte[] Pattern =
    [
        0x91, 0x22, 0x33, 0x04, 0x15, 0x86, 0x77, 0xf8, 0x7a, 0xcb, 0x0c, 0x9d, 0xae, 0x3f, 0xe0, 0x41,
        0x52, 0x63, 0xf4, 0x75, 0xb6, 0xd7, 0x18, 0x29, 0xca, 0x5b, 0x8c, 0x6d, 0x1e, 0xef, 0x30, 0xc1,
    ];

    /// <summary>The candidates of an encoding, the most telling first.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support, int seed) =>
    [
        .. Values(form, support, seed), .. Edges(form, support), .. Wrapping(form, support), .. Named(form, support),
        .. Islands(form, support), .. AccessCases.Of(form, support),
    ];

    private static IEnumerable<Candidate?> Values(Form form, SupportCode support, int seed)
    {
        var turn = 0;
        foreach (var (left, right) in EdgeValues.Pairs(seed).Take(IsAtomic(form) ? 180 : 60))
        {
            // What is compared with r0 is equal to it in every third case, and in every other third in its low half.
            var memory = Memory(
                8 + turn % 3 * 4,
                AccessCases.IsStore(form) ? null : left);
            var r0 = (turn % 3) switch { 0 => left, 1 => left ^ 0xffff_ffff_0000_0000, _ => right };
            var place = 8 + turn % 3 * 4;
            var @base = turn % 2 == 0 ? 16 : 0;
            IEnumerable<Class> loaded = AccessCases.IsLoad(form)
                ? EdgeValues.Classes("the value in memory", BitConverter.ToUInt64(memory.AsSpan()[place..]), form.Width).Take(1)
                : [];
            yield return Access(
                form, support, memory, new Held.Context(@base), place - @base, right,
                [
                    .. loaded,
                    .. Classes(form, left, right, r0),
                    Class.Wanted(turn % 2 == 0 ? "the offset leads backward" : "the offset leads forward"),
                ],
                turn++, r0);
        }
    }

    private static IEnumerable<Candidate?> Edges(Form form, SupportCode support)
    {
        var size = form.Width.Bytes;
        var value = 0x8192_a3b4_c5d6_e7f8UL;
        yield return At(0, Class.Wanted("the access is at the first byte of the region"));
        yield return At(Length - size, Class.Wanted("the access ends at the last byte of the region"));
        yield return At(Length, Class.Wanted("the access is one past the last byte"));
        yield return At(-1, Class.Wanted("the access begins one before the first byte"));
        yield return At(-size, Class.Of("the access ends right before the first byte"));
        if (size > 1)
        {
            yield return At(Length - size + 1, Class.Wanted("the access straddles the end of the region by one byte"));
            yield return At(Length - 1, Class.Of("only the first byte of the access is in the region"));
            yield return At(3, Class.Wanted("the address is not aligned"));
        }

        foreach (var (distance, offset, text) in (IEnumerable<(long, int, Class)>)
        [
            (-0x7fff + 8, 0x7fff, Class.Wanted("the offset is the greatest")),
            (0x8000 + 8, -0x8000, Class.Wanted("the offset is the least")),
            (8, 0, Class.Of("the offset is zero")),
            (8, -8, Class.Of("the offset is negative")),
        ])
        {
            yield return Access(form, support, Memory(0, null), new Held.Context(distance), offset, value, [text], 1);
        }

        // What is compared with r0 is equal to it, so that an access that is granted writes.
        Candidate? At(long place, Class text) =>
            Access(
                form, support,
                Memory(0, null),
                new Held.Context(place - 4), 4, value,
                [text],
                2,
                place < 0 ? null : WordAt(Memory(0, null), (int)place));
    }

    private static IEnumerable<Candidate?> Wrapping(Form form, SupportCode support)
    {
        foreach (var (address, offset, text) in (IEnumerable<(ulong, int, Class)>)
        [
            (0, 0, Class.Wanted("the address is zero")),
            (0, -1, Class.Wanted("the address is the last one there is, and what follows wraps around")),
            (ulong.MaxValue - 3, 0, Class.Wanted("the access reaches the end of the address space")),
            (ulong.MaxValue, 0x10, Class.Wanted("the sum of address and offset wraps around")),
            (0x8000_0000_0000_0000, 0, Class.Of("the address is negative as a signed number")),
            (0x7fff_ffff_ffff_ffff, 0, Class.Of("the access crosses the greatest signed address")),
        ])
        {
            yield return Access(form, support, Memory(0, null), new Held.Number(address), offset, 0x55, [text], 3);
        }
    }

    // Registers that are special: one register twice, r0, and r10 as the base.
    private static IEnumerable<Candidate?> Named(Form form, SupportCode support)
    {
        var isLoad = AccessCases.IsLoad(form);
        if (isLoad)
        {
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(3), new(3), 8)],
                Values = new Dictionary<int, Held> { [3] = new Held.Context(4) },
                ValuesAfter = new Dictionary<int, Held> { [3] = new Held.Number(0) },
                Memory = Memory(0, null),
            }.With(support, Class.Wanted("the destination is the register with the address"));
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(0), new(3), 8)],
                Values = new Dictionary<int, Held> { [3] = new Held.Context(4) },
                Memory = Memory(0, null),
            }.With(support, Class.Wanted("the destination is r0"));
        }
        else if (form.Operand is SourceOperand.Register && !IsAtomic(form))
        {
            yield return new UnitProgram
            {
                Tested = [Instruction.Of(form, new(0), new(5))],
                Values = new Dictionary<int, Held> { [0] = new Held.Context(8) },
                Memory = Memory(0, null),
                Probed = 24,
            }.With(support, Class.Wanted("the address is in r0"));
        }

        var size = form.Width.Bytes;
        foreach (var (offset, text) in (IEnumerable<(int, Class)>)
        [
            (-size, Class.Wanted("the base is r10 and the access ends at the stack's last byte")),
            (-512, Class.Of("the access is at the stack's first byte")),
            (0, Class.Of("the access is right above the stack")),
            (-513, Class.Of("the access begins right below the stack")),
        ])
        {
            // The eight bytes of the stack around it, or nearest to it, hold something.
            var around = Math.Clamp(offset & -8, -512, -8);
            yield return new UnitProgram
            {
                Tested =
                [
                    isLoad
                        ? Instruction.Of(form, new(4), Register.FramePointer, (short)offset)
                        : Instruction.Of(form, Register.FramePointer, new(4), (short)offset, 0x5a6b_7c8d),
                ],
                Values = new Dictionary<int, Held> { [4] = new Held.Number(0x8192_a3b4_c5d6_e7f8) },
                Before = [Filled(around + 4, unchecked((int)0x8a9b_acbd)), Filled(around, 0x1234_5678)],
                ProbedAt = isLoad ? [] : [(Register.Last, around, 8)],
            }.With(support, text);
        }

        static Instruction Filled(int offset, int value) =>
            Instruction.Of(SupportCode.Form("mem/stw"), Register.FramePointer, offset: (short)offset, immediate: value);
    }

    // Regions that a harness adds at addresses of its own.
    private static IEnumerable<Candidate?> Islands(Form form, SupportCode support)
    {
        var size = form.Width.Bytes;
        foreach (var (permission, name) in (IEnumerable<(Permission, string)>)
        [
            (Permission.Read, "only read"), (Permission.Write, "only written"), (Permission.None, "neither read nor written"),
        ])
        {
            yield return On([Region("island", Island, 16, permission)], Island + 4, Class.Wanted($"the region may be {name}"));
        }

        // Just as many bytes as the access, which is read again: a machine may grant it, and then do nothing.
        yield return On(
            [Region("island", Island, size, Permission.ReadWrite)],
            Island,
            Class.Wanted("the region may be read and written and is as large as the access"),
            isReloaded: true);

        yield return On([Region("empty", Island, 0, Permission.ReadWrite)], Island, Class.Wanted("the region has no bytes"));
        if (size > 1)
        {
            yield return On(
                [Region("smaller", Island, size - 1, Permission.ReadWrite)],
                Island,
                Class.Wanted("the region has one byte too few"));
        }

        // Regions that touch, in either order: what is done to the one must not be done to the other.
        Sequence<MemoryRegion> touching =
        [
            Region("low", Island, 16, Permission.ReadWrite),
            Region("high", Island + 16, 16, Permission.ReadWrite),
        ];
        Sequence<MemoryRegion> swapped = [touching[1], touching[0]];
        foreach (var (regions, order) in (IEnumerable<(Sequence<MemoryRegion>, string)>)
            [(touching, "the lower listed first"), (swapped, "the higher listed first")])
        {
            yield return On(
                regions, Island + 16,
                Class.Of($"the access is at the first byte of the higher of two regions that touch, {order}"),
                true);
            yield return On(
                regions, Island + 16 - (ulong)size,
                Class.Of($"the access ends at the last byte of the lower of two regions that touch, {order}"),
                true);
            yield return On(
                regions, Island + 32 - (ulong)size,
                Class.Of($"the access ends at the last byte of the higher of two regions that touch, {order}"),
                true);
            yield return On(
                regions, Island,
                Class.Of($"the access is at the first byte of the lower of two regions that touch, {order}"),
                true);
            if (size > 1) yield return On(regions, Island + 15, Class.Wanted($"the access straddles two regions that touch, {order}"));
        }

        yield return On(
            [touching[0], touching[1] with { Permission = Permission.Read }],
            Island + 16,
            Class.Of("the access is at a region only read, next to one that is written, too"));
        yield return On(
            [touching[0] with { Permission = Permission.Read }, touching[1]],
            Island + 8,
            Class.Of("the access is at a region only read, before one that is written, too"));
        yield return On(
            [Region("last", ulong.MaxValue - 15, 16, Permission.ReadWrite)],
            unchecked(0UL - (ulong)size),
            Class.Of("the region ends with the address space"));
        yield return On(
            [Region("last", ulong.MaxValue - 15, 16, Permission.ReadWrite)],
            0,
            Class.Of("the access is at address zero, and a region ends with the address space"));
        if (size > 1)
        {
            yield return On(
                [Region("last", ulong.MaxValue - 15, 16, Permission.ReadWrite)],
                ulong.MaxValue,
                Class.Of("the access wraps around the end of the address space, where a region ends"));
        }

        Candidate? On(Sequence<MemoryRegion> regions, ulong address, Class text, bool isProbed = false, bool isReloaded = false) =>
            Access(
                form, support,
                Memory(0, null),
                new Held.Number(address), 0, 0x8192_a3b4_c5d6_e7f8,
                [text],
                4,
                isReloaded ? WordAt(regions[0].Bytes, 0) : null,
                new() { Regions = regions },
                isProbed ? ((int)(Island - address), 32) : null,
                isReloaded);

        static MemoryRegion Region(string name, ulong start, int length, Permission permission) =>
            new(name, start, permission, Sequence.Generate(length, index => (byte)(0x81 + 7 * index)));
    }

    private static Candidate? Access(
        Form form, SupportCode support, Sequence<byte> memory, Held @base, int offset, ulong value, IEnumerable<Class> classes, int turn,
        ulong? r0 = null, Setting? setting = null, (int From, int Count)? probed = null, bool isReloaded = false)
    {
        var isLoad = AccessCases.IsLoad(form);

        // r9 keeps the context's address, and r0 is what CMPXCHG compares.
        var (address, other) = ((byte)(turn % 4 + 1), (byte)(turn % 4 + 5));
        var instruction = isLoad
            ? Instruction.Of(form, new(other), new(address), (short)offset)
            : Instruction.Of(form, new(address), new(other), (short)offset, (int)value);
        var values = new Dictionary<int, Held> { [address] = @base, [other] = new Held.Number(value) };
        if (r0 is { } compared && form.Writes is WrittenRegister.R0) values[0] = new Held.Number(compared);
        return new UnitProgram
        {
            Tested = [instruction],
            Values = values,
            Memory = memory,
            Setting = setting ?? Setting.Plain,
            Probed = isLoad || (support.IsShort && memory.IsEmpty) ? 0 : Length,
            ProbedAt = isLoad || probed is not var (from, count) ? [] : [(address, from, count)],
            Reloaded = isLoad || !isReloaded ? null : (address, SupportCode.Form(LoadOf(form.Width))),
        }.With(support, [.. classes]);
    }

    private static Sequence<byte> Memory(int at, ulong? word)
    {
        byte[] bytes = [.. Pattern];
        if (word is { } number) BitConverter.TryWriteBytes(bytes.AsSpan(at), number);
        return Sequence.Of<byte>(bytes);
    }

    private static string LoadOf(Width width) => width.Bits switch
    {
        8 => "mem/ldxb",
        16 => "mem/ldxh",
        32 => "mem/ldxw",
        _ => "mem/ldxdw",
    };

    // The bytes from a place on, those beyond the last one as zeros.
    private static ulong WordAt(Sequence<byte> bytes, int at)
    {
        Span<byte> word = stackalloc byte[8];
        bytes.AsSpan()[Math.Min(at, bytes.Count)..Math.Min(at + 8, bytes.Count)].CopyTo(word);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(word);
    }

    private static bool IsAtomic(Form form) => form.Operation is AtomicOperation;

    private static IEnumerable<Class> Classes(Form form, ulong memory, ulong operand, ulong r0)
    {
        if (AccessCases.IsLoad(form)) yield break;
        foreach (
            var text in EdgeValues.Classes(
                "the operand",
                form.Operand is SourceOperand.Immediate ? (ulong)(int)operand : operand,
                form.Width))
        {
            yield return text with
            {
                IsWanted = !IsAtomic(form),
            };
        }

        if (!IsAtomic(form)) yield break;
        foreach (var text in EdgeValues.Classes("the value in memory", memory, form.Width)) yield return text with { IsWanted = false };
        if (form.Writes is not WrittenRegister.R0) yield break;
        var isEqual = Word.Wrap(memory, form.Width) == Word.Wrap(r0, form.Width);
        yield return Class.Wanted(isEqual ? "memory equals r0" : "memory differs from r0");
        if (form.Width.Bits is 32 && isEqual && memory != r0) yield return Class.Wanted("memory equals r0 in the 32 bits that count only");
        if (form.Width.Bits is 64 && !isEqual && (uint)memory == (uint)r0)
            yield return Class.Wanted("memory equals r0 in the low half only");
    }
}

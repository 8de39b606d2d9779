using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Conformance.Generation.Encodings;

internal static partial class AccessCases
{
    // A context of fewer bytes than the access, or of just as many.
    private static IEnumerable<Candidate?> Few(Form form, SupportCode support)
    {
        var size = form.Width.Bytes;
        foreach (var (length, place) in (IEnumerable<(int, int)>)
            [(size, 0), (size - 1, 0), (1, 0), (size - 1, 1), (size + 1, 1), (size, 1), (size, -1), (size, size), (1, 1)])
        {
            if (length <= 0) continue;
            yield return new UnitProgram
            {
                Tested = [Tested(form, 1, 5, place)],
                Values = Held(form, 1, new Held.Context(0), 5, Value, null),
                Memory = Sequence.Generate(length, index => MemoryCases.Pattern[index]),
                Reloaded = IsLoad(form) || place != 0 || length < size ? null : (1, SupportCode.Form(LoadOf(form.Width))),
            }.With(support, Class.Of($"memory is {length} bytes and the access begins at byte {place}"));
        }
    }

    private static IEnumerable<Candidate?> Edges(Form form, SupportCode support)
    {
        var size = (ulong)form.Width.Bytes;
        var turn = 0;
        foreach (var address in (ulong[])
        [
            0x7fff_ffff_ffff_ffff, 0x7fff_ffff_ffff_fffc, 0x8000_0000_0000_0000, 0x8000_0000, 0x7fff_ffff, 0x7fff_fffc,
            0xffff_ffff, 0x1_0000_0000, 0xffff_fffe, ulong.MaxValue, 0xffff_ffff_ffff_fffc, 1, 0x1000, 0xffff, 0x1_0000,
        ])
        {
            var (@base, other) = (turn % 10, (turn + 4) % 10);
            turn++;
            yield return new UnitProgram
            {
                Tested = [Tested(form, @base, other, 0)],
                Values = Held(form, @base, new Held.Number(address), other, Value, null),
                Memory = support.IsShort ? [] : Sequence.Of<byte>(MemoryCases.Pattern.AsSpan(0, 8)),
                Spare = @base == 9 || other == 9 ? 8 : 9,
            }.With(support, Class.Of($"the address is 0x{address:x}"));
        }

        // The address that would be right, but for a bit.
        foreach (var bit in (int[])[31, 32, 33, 47, 48, 56, 62, 63])
        {
            foreach (var isStack in (bool[])[false, true])
            {
                if (support.Number(4, 1UL << bit) is not { } far) continue;
                List<Instruction> program = [far];
                if (isStack) program.Add(support.Alu("mov", 1, Register.FramePointer));
                program.Add(support.Alu("add", 1, new Register(4)));
                program.AddRange(IsLoad(form) || form.Operand is SourceOperand.Immediate ? [] : [support.Alu("mov", 5, 0x55)]);
                if (Compares(form)) program.Add(support.Alu("mov", 0, 0));
                program.AddRange([Tested(form, 1, 5, isStack ? -8 : 0), support.Alu("mov", 0, 7), SupportCode.Exit]);
                yield return new(
                    program.ToSequence(),
                    Sequence.Of<byte>(MemoryCases.Pattern.AsSpan(0, 16)),
                    Setting.Plain,
                    [Class.Of($"the address of {(isStack ? "the stack" : "memory")} with 2 to the power of {bit} added")]);
            }
        }

        foreach (var (start, length) in (IEnumerable<(ulong, int)>)
        [
            (0, 16), (0x7fff_fff8, 16), (0xffff_fff8, 16), (0x7fff_ffff_ffff_fff8, 16), (ulong.MaxValue - 15, 16),
            (0x8000, 16), (1UL << 48, 16), (1UL << 63, 16),
        ])
        {
            yield return On(start, length, start + 4, Permission.ReadWrite);
            yield return On(start, length, start + 8 - (size / 2), Permission.ReadWrite);
            yield return On(start, length, start, Permission.ReadWrite);
        }

        // The sum carries from the lower half into the upper.
        yield return new UnitProgram
        {
            Tested = [Tested(form, 1, 5, 5)],
            Values = Held(form, 1, new Held.Number(0xffff_ffff), 5, Value, 0),
            Setting = new()
            {
                Regions = [new("island", 0x1_0000_0000, Permission.ReadWrite, Sequence.Of<byte>(MemoryCases.Pattern.AsSpan(0, 16)))],
            },
        }.With(support, Class.Of("the sum of base and offset carries into the upper half"));
        yield return new UnitProgram
        {
            Tested = [Tested(form, 1, 5, -5)],
            Values = Held(form, 1, new Held.Number(0x1_0000_0002), 5, Value, 0),
            Setting = new()
            {
                Regions = [new("island", 0xffff_fff0, Permission.ReadWrite, Sequence.Of<byte>(MemoryCases.Pattern.AsSpan(0, 16)))],
            },
        }.With(support, Class.Of("the sum of base and offset borrows from the upper half"));

        Candidate? On(ulong start, int length, ulong address, Permission permission) => new UnitProgram
        {
            Tested = [Tested(form, 1, 5, 0)],
            Values = Held(form, 1, new Held.Number(address), 5, Value, 0),
            Setting = new()
            {
                Regions = [new("island", start, permission, Sequence.Generate(length, index => MemoryCases.Pattern[index]))],
            },
            Reloaded = IsLoad(form) ? null : (1, SupportCode.Form(LoadOf(form.Width))),
        }.With(support, Class.Of($"a region is at 0x{start:x} and the access at 0x{address:x}"));
    }

    // Traps, with every register as it should not be left by a machine that has begun.
    private static IEnumerable<Candidate?> Partial(Form form, SupportCode support)
    {
        for (var inside = 1; inside < form.Width.Bytes; inside++)
        {
            yield return new UnitProgram
            {
                Tested = [Tested(form, 1, 5, 16 - inside)],
                Values = Held(form, 1, new Held.Context(0), 5, Value, 0x77),
                Memory = Sequence.Of<byte>(MemoryCases.Pattern.AsSpan(0, 16)),
            }.With(support, Class.Of($"the access begins {inside} bytes before the end"));
        }
    }
}

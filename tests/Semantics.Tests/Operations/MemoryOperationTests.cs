using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §5.1 and §5.2 by example, and the edges of a region.</summary>
public sealed class MemoryOperationTests
{
    [Theory]
    [InlineData("mem/ldxb", 0xf1)]
    [InlineData("mem/ldxh", 0xf2f1)]
    [InlineData("mem/ldxw", 0xf4f3f2f1)]
    [InlineData("mem/ldxdw", 0xf8f7f6f5f4f3f2f1)]
    [InlineData("mem/ldxsb", 0xffff_ffff_ffff_fff1)]
    [InlineData("mem/ldxsh", 0xffff_ffff_ffff_f2f1)]
    [InlineData("mem/ldxsw", 0xffff_ffff_f4f3_f2f1)]
    public void Loads_are_little_endian_and_extend(string id, ulong value)
    {
        var start = new Start(Profile.Rbpf) { Context = [0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8] }.State();

        Samples.Step(Samples.InstructionOf(id, 0, 1), start, Profile.Rbpf).Next().Registers[0].Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("mem/stb", "FE02030405060708")]
    [InlineData("mem/sth", "FEFF030405060708")]
    [InlineData("mem/stw", "FEFFFFFF05060708")]
    [InlineData("mem/stdw", "FEFFFFFFFFFFFFFF")]
    public void A_store_of_an_immediate_extends_its_sign(string id, string context)
    {
        var state = Samples.StateOf(Profile.Rbpf);

        var next = Samples.Step(Samples.InstructionOf(id, 1, immediate: -2), state, Profile.Rbpf).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
    }

    [Theory]
    [InlineData("mem/stxb", "F802030405060708")]
    [InlineData("mem/stxh", "F8F7030405060708")]
    [InlineData("mem/stxw", "F8F7F6F505060708")]
    [InlineData("mem/stxdw", "F8F7F6F5F4F3F2F1")]
    public void A_store_of_a_register_takes_its_low_bytes(string id, string context)
    {
        var state = Samples.StateOf(Profile.Rbpf, (2, 0xf1f2f3f4f5f6f7f8));

        var next = Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
        next.Bytes("stack").ShouldBe(state.Bytes("stack"));
    }

    [Theory]
    [InlineData("mem/ldxb", 0, true)]
    [InlineData("mem/ldxb", 7, true)]
    [InlineData("mem/ldxb", 8, false)]
    [InlineData("mem/ldxb", -1, false)]
    [InlineData("mem/ldxdw", 0, true)]
    [InlineData("mem/ldxdw", 1, false)]
    [InlineData("mem/ldxw", 4, true)]
    [InlineData("mem/ldxw", 5, false)]
    [InlineData("mem/ldxh", 6, true)]
    [InlineData("mem/ldxh", 7, false)]
    public void The_last_byte_counts(string id, int offset, bool granted)
    {
        var outcome = Samples.Step(
            Samples.InstructionOf(id, 0, 1, offset), Samples.StateOf(Profile.Rbpf), Profile.Rbpf);

        if (granted) outcome.Next();
        else outcome.Trap().ShouldBe(Trap.MemoryAccess);
    }

    [Theory]
    [InlineData(0xffff_ffff_ffff_fff8, 0, true)]
    [InlineData(0xffff_ffff_ffff_fff9, 0, false)]
    [InlineData(0xffff_ffff_ffff_ffff, 0, false)]
    [InlineData(0, -8, true)]
    [InlineData(7, -15, true)]
    [InlineData(0, -7, false)]
    [InlineData(0, 0, false)]
    public void An_access_never_wraps_around_but_an_address_does(ulong @base, int offset, bool granted)
    {
        var last = Region.Of("last", ulong.MaxValue - 15, new byte[16], Permission.Read);
        var state = new Start(Profile.Rbpf) { Regions = [last] }.State();
        state = state with { Registers = state.Registers.With(1, Word.Of(@base)) };

        var outcome = Samples.Step(Samples.InstructionOf("mem/ldxdw", 0, 1, offset), state, Profile.Rbpf);

        if (granted) outcome.Next();
        else outcome.Trap().ShouldBe(Trap.MemoryAccess);
    }

    [Theory]
    [InlineData(Permission.Read, "mem/ldxb", true)]
    [InlineData(Permission.Read, "mem/stxb", false)]
    [InlineData(Permission.Read, "atomic/add32", false)]
    [InlineData(Permission.Write, "mem/ldxb", false)]
    [InlineData(Permission.Write, "mem/stb", true)]
    [InlineData(Permission.Write, "atomic/add32", false)]
    [InlineData(Permission.ReadWrite, "atomic/add32", true)]
    [InlineData(Permission.None, "mem/ldxb", false)]
    [InlineData(Permission.None, "mem/stb", false)]
    public void An_access_needs_its_permission(Permission permission, string id, bool granted)
    {
        var region = Region.Of("added", AddressSpace.Added, new byte[8], permission);
        var state = new Start(Profile.Rbpf) { Regions = [region] }.State();
        state = state with { Registers = state.Registers.With(1, Word.Of(AddressSpace.Added)) };

        var outcome = Samples.Step(Samples.InstructionOf(id, 1, 1), state, Profile.Rbpf);

        if (granted) outcome.Next();
        else outcome.Trap().ShouldBe(Trap.MemoryAccess);
    }

    [Theory]
    [InlineData("mem/ldxb", 3, true)]
    [InlineData("mem/ldxh", 2, true)]
    [InlineData("mem/ldxh", 3, false)]
    [InlineData("mem/ldxw", 4, true)]
    [InlineData("mem/ldxw", 2, false)]
    [InlineData("mem/ldxdw", 0, true)]
    public void A_profile_can_ask_for_alignment(string id, int offset, bool aligned)
    {
        var profile = Profile.Rbpf with { Alignment = Alignment.Natural };

        var outcome = Samples.Step(Samples.InstructionOf(id, 0, 1, offset), Samples.StateOf(profile), profile);

        if (aligned) outcome.Next();
        else outcome.Trap().ShouldBe(Trap.MemoryAlignment);
    }

    [Fact]
    public void What_is_stored_is_loaded_again() =>
        Law.Holds(seed: 92, 2000, dice => (
            Size: dice.Pick("b", "h", "w", "dw"), Value: dice.Value(), Offset: dice.Between(0, 504)), drawn =>
        {
            var state = Samples.StateOf(Profile.Rbpf, (1, AddressSpace.Stack), (2, drawn.Value));
            var store = Samples.InstructionOf($"mem/stx{drawn.Size}", 1, 2, drawn.Offset);
            var load = Samples.InstructionOf($"mem/ldx{drawn.Size}", 3, 1, drawn.Offset);
            var width = store.Form.Width;

            var stored = Samples.Step(store, state, Profile.Rbpf).Next() with { ProgramCounter = state.ProgramCounter };
            var loaded = Samples.Step(load, stored, Profile.Rbpf).Next();

            loaded.Registers[3].Value.ShouldBe(drawn.Value & (ulong.MaxValue >> (64 - width.Bits)));
        });
}

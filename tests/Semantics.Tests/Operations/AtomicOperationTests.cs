using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §5.3 by example. The memory is 1, 2, …, 8 to begin with.</summary>
public sealed class AtomicOperationTests
{
    private const ulong Old32 = 0x04030201;
    private const ulong Old64 = 0x0807060504030201;

    [Theory]
    [InlineData("atomic/add32", "0102030405060708", 0, 0xffff_ffff_0000_0000)]
    [InlineData("atomic/add32", "0002030405060708", 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff)]
    [InlineData("atomic/add64", "0002030405060708", 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff)]
    [InlineData("atomic/fetch-add32", "0202030405060708", 0xffff_ffff_0000_0001, Old32)]
    [InlineData("atomic/fetch-add64", "0202030405060708", 1, Old64)]
    [InlineData("atomic/or32", "F102030405060708", 0xf0, 0xf0)]
    [InlineData("atomic/fetch-or64", "01020304050607F8", 0xf000_0000_0000_0000, Old64)]
    [InlineData("atomic/and32", "0102000005060708", 0xffff, 0xffff)]
    [InlineData("atomic/fetch-and64", "0102000000000000", 0xffff, Old64)]
    [InlineData("atomic/xor64", "FEFDFCFBFAF9F8F7", 0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff)]
    [InlineData("atomic/fetch-xor32", "FEFDFCFB05060708", 0xffff_ffff_ffff_ffff, Old32)]
    [InlineData("atomic/xchg32", "DDCCBBAA05060708", 0x1111_1111_aabb_ccdd, Old32)]
    [InlineData("atomic/xchg64", "DDCCBBAA11111111", 0x1111_1111_aabb_ccdd, Old64)]
    public void Memory_becomes_the_result_and_fetching_loads_the_old_value(
        string id, string context, ulong source, ulong sourceAfter)
    {
        // A source whose low half is zero adds nothing: the upper half of the register does not count at 32 bits.
        var before = id == "atomic/add32" && source == 0 ? sourceAfter : source;
        var state = Samples.StateOf(Profile.Rbpf, (2, before));

        var next = Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
        next.Registers[2].Value.ShouldBe(sourceAfter);
        next.Registers[0].ShouldBe(state.Registers[0]);
    }

    [Theory]
    [InlineData("atomic/cmpxchg64", Old64, "DDCCBBAA11111111", Old64)]
    [InlineData("atomic/cmpxchg64", Old64 + 1, "0102030405060708", Old64)]
    [InlineData("atomic/cmpxchg64", Old32, "0102030405060708", Old64)]
    [InlineData("atomic/cmpxchg32", Old32, "DDCCBBAA05060708", Old32)]
    [InlineData("atomic/cmpxchg32", 0xffff_ffff_0403_0201, "DDCCBBAA05060708", Old32)]
    [InlineData("atomic/cmpxchg32", Old32 + 1, "0102030405060708", Old32)]
    public void A_comparison_stores_if_equal_and_loads_the_old_value_into_r0_in_either_case(
        string id, ulong expected, string context, ulong r0)
    {
        var state = Samples.StateOf(Profile.Rbpf, (0, expected), (2, 0x1111_1111_aabb_ccdd));

        var next = Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
        next.Registers[0].Value.ShouldBe(r0);
        next.Registers[2].ShouldBe(state.Registers[2]);
    }

    [Fact]
    public void The_address_register_may_be_fetched_into()
    {
        var state = Samples.StateOf(Profile.Rbpf);

        var next = Samples.Step(Samples.InstructionOf("atomic/fetch-add64", 1, 1), state, Profile.Rbpf).Next();

        next.Registers[1].Value.ShouldBe(Old64);
        next.Memory.Read(Word.Of(AddressSpace.Context), Width.Bits64).Value
            .ShouldBe(Old64 + AddressSpace.Context);
    }

    [Fact]
    public void An_access_that_is_not_granted_traps_even_if_nothing_would_be_stored()
    {
        var state = Samples.StateOf(Profile.Rbpf, (0, 1));

        Samples.Step(Samples.InstructionOf("atomic/cmpxchg64", 1, 2, offset: 1), state, Profile.Rbpf).Trap()
            .ShouldBe(Trap.MemoryAccess);
    }

    [Fact]
    public void All_but_the_four_plain_operations_fetch() =>
        OperationTable.Forms
            .Where(form => form.Operation is AtomicOperation && !AtomicOperation.Fetches(form))
            .Select(form => form.Id)
            .ShouldBe(
            [
                "atomic/add32", "atomic/add64", "atomic/or32", "atomic/or64",
                "atomic/and32", "atomic/and64", "atomic/xor32", "atomic/xor64",
            ]);
}

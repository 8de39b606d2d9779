using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §5.5, for a profile that has the group. The packet is the context: 1, 2, …, 8.</summary>
public sealed class PacketLoadTests
{
    private static readonly Profile WithPackets =
        Profile.Rbpf with { Groups = Profile.Rbpf.Groups.Add(ConformanceGroup.Packet) };

    [Theory]
    [InlineData("packet/ldabsb", 2, 0x03)]
    [InlineData("packet/ldabsh", 2, 0x0304)]
    [InlineData("packet/ldabsw", 2, 0x03040506)]
    [InlineData("packet/ldindb", 2, 0x06)]
    [InlineData("packet/ldindh", 2, 0x0607)]
    [InlineData("packet/ldindw", 1, 0x05060708)]
    [InlineData("packet/ldindw", -3, 0x01020304)]
    public void A_number_of_the_packet_is_big_endian(string id, int immediate, ulong value)
    {
        // The indirect ones add r2, which is 3.
        var state = Samples.StateOf(WithPackets, (2, 3));

        var next = Samples.Step(Samples.InstructionOf(id, source: 2, immediate: immediate), state, WithPackets).Next();

        next.Registers.ShouldBe(state.Registers.With(0, Word.Of(value)));
    }

    [Theory]
    [InlineData("packet/ldabsb", 8)]
    [InlineData("packet/ldabsb", -1)]
    [InlineData("packet/ldabsw", 5)]
    [InlineData("packet/ldindw", 2)]
    public void Beyond_the_packet_there_is_a_trap(string id, int immediate)
    {
        var state = Samples.StateOf(WithPackets, (2, 3));

        Samples.Step(Samples.InstructionOf(id, source: 2, immediate: immediate), state, WithPackets).Trap()
            .ShouldBe(Trap.MemoryAccess);
    }
}

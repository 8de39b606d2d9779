using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class ToldStateTests
{
    private static readonly Sequence<ulong> Registers = [7, AddressSpace.Context, 4, 0, 0, 0, 0, 0, 0, 0, AddressSpace.Stack + 512];

    private static readonly Snapshot Expected = new(
        Registers, 3,
        [
            new("stack", AddressSpace.Stack, Permission.ReadWrite, Sequence.Generate(512, _ => (byte)0)),
            new("context", AddressSpace.Context, Permission.ReadWrite, [1, 2, 3, 4]),
        ],
        200, null);

    [Fact]
    public void A_machine_of_ours_is_judged_on_every_part_of_the_state()
    {
        Of(Expected).ShouldBeNull();
        Of(Expected with { Instructions = 5 }).ShouldBeNull();
        Of(Expected with { ProgramCounter = 4 }).ShouldBe("pc 4 at the end, expected 3");
        Of(Expected with { Registers = Registers.With(1, 9) }).ShouldBe("r1 = 0x9 at the end, expected 0x20000000");
        Of(Expected with { Memory = [Expected.Memory[0], Expected.Memory[1] with { Bytes = [1, 2, 9, 4] }] })
            .ShouldBe("byte 0x09 at 0x20000002 at the end, expected 0x03");
        Of(Expected with { Branches = 199 }).ShouldBe("199 branches left, expected 200");
    }

    [Fact]
    public void Another_machine_is_judged_on_what_it_tells_but_for_addresses_of_its_own()
    {
        new ToldState.Theirs(null, null).Difference(Expected).ShouldBeNull();
        new ToldState.Theirs(3, Registers.With(1, 0x7fff_1234).With(10, 0x7fff_0000)).Difference(Expected).ShouldBeNull();
        new ToldState.Theirs(2, null).Difference(Expected).ShouldBe("pc 2 at the end, expected 3");
        new ToldState.Theirs(null, Registers.With(3, 5)).Difference(Expected).ShouldBe("r3 = 0x5 at the end, expected 0x0");
        new ToldState.Theirs(null, [7]).Difference(Expected).ShouldBe("1 registers, expected 11");
    }

    private static string? Of(Snapshot state) => new ToldState.Ours(state).Difference(Expected);
}

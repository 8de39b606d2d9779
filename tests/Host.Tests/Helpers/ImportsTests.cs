using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class ImportsTests
{
    [Fact]
    public void Calls_are_listed_by_id_with_their_slots() =>
        Of("call 0x20\nr1 = 0\ncall 0x31\ncall 0x20\ncall 0x99\nexit").ShouldBe(
            [new(0x20, "now_ms", [0, 3]), new(0x31, "saul_reg_find_type", [2]), new(0x99, null, [4])]);

    // The second slot of a wide instruction holds a number that looks like a call, and a local call is none of a helper.
    [Fact]
    public void Nothing_else_is_a_call() =>
        Of("r1 = 0x8500000000000000 ll\ncall f\nexit\nf: exit").ShouldBeEmpty();

    private static Sequence<Import> Of(string text) => Imports.Of(Program.Of(Devices.Program(text).AsSpan()), Profile.Rbpf);
}

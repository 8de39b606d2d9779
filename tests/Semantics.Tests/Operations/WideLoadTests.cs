using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §5.4 by example; the platform's addresses are those of <see cref="Samples.Platform"/>.</summary>
public sealed class WideLoadTests
{
    [Theory]
    [InlineData("imm/lddw", int.MinValue, 1, 0x1_8000_0000)]
    [InlineData("imm/lddw", -1, 0, 0xffff_ffff)]
    [InlineData("imm/lddw", 0, -1, 0xffff_ffff_0000_0000)]
    [InlineData("imm/lddw-map-by-fd", 3, 0, 0x0100_0000_0003)]
    [InlineData("imm/lddw-map-by-fd", -1, 0, 0x0100_ffff_ffff)]
    [InlineData("imm/lddw-map-val-by-fd", 3, 8, 0x0500_0000_000b)]
    [InlineData("imm/lddw-var-addr", 3, 0, 0x0800_0000_0003)]
    [InlineData("imm/lddw-code-addr", -3, 0, 0x0fff_ffff_fffd)]
    [InlineData("imm/lddw-map-by-idx", 3, 0, 0x0200_0000_0003)]
    [InlineData("imm/lddw-map-val-by-idx", 3, 8, 0x0600_0000_000b)]
    public void The_register_becomes_what_the_immediates_stand_for(string id, int immediate, int next, ulong value)
    {
        var state = Samples.StateOf(Samples.Contrary);

        var after = Samples.Step(Samples.InstructionOf(id, 5, immediate: immediate, next: next), state, Samples.Contrary).Next();

        after.Registers[5].Value.ShouldBe(value);
        after.ProgramCounter.Value.ShouldBe(2UL);
    }

    [Theory]
    [InlineData("imm/lddw-map-by-fd", PlatformEncoding.Maps)]
    [InlineData("imm/lddw-map-val-by-fd", PlatformEncoding.Maps)]
    [InlineData("imm/lddw-var-addr", PlatformEncoding.Variables)]
    [InlineData("imm/lddw-code-addr", PlatformEncoding.CodeAddresses)]
    [InlineData("imm/lddw-map-by-idx", PlatformEncoding.Maps)]
    [InlineData("imm/lddw-map-val-by-idx", PlatformEncoding.Maps)]
    [InlineData("jmp/call-btf", PlatformEncoding.CallByBtfId)]
    public void What_is_the_platforms_exists_only_where_the_profile_grants_it(string id, PlatformEncoding encoding)
    {
        var others = Enum.GetValues<PlatformEncoding>().Where(other => other != encoding).ToSequence();
        var refusing = Profile.Rbpf with { PlatformEncodings = others };
        var granting = Profile.Rbpf with { PlatformEncodings = [encoding] };
        var instruction = Samples.InstructionOf(id, 5, immediate: Samples.Complement);

        Samples.Step(instruction, Samples.StateOf(refusing), refusing).Trap().ShouldBe(Trap.IllegalInstruction);
        Samples.Step(instruction, Samples.StateOf(granting), granting).Next();
    }
}

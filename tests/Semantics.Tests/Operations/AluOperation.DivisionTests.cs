using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §4.1 on division and modulo, by its examples and by hand.</summary>
public sealed class AluOperationDivisionTests
{
    private const ulong Minus1 = ulong.MaxValue;
    private const ulong Least32 = 0x8000_0000;
    private const ulong Least64 = 0x8000_0000_0000_0000;

    [Theory]
    [InlineData("alu/sdiv64-x", -13, 3, -4)]
    [InlineData("alu/smod64-x", -13, 3, -1)]
    [InlineData("alu/sdiv64-x", 13, -3, -4)]
    [InlineData("alu/smod64-x", 13, -3, 1)]
    [InlineData("alu/sdiv64-x", -13, -3, 4)]
    [InlineData("alu/smod64-x", -13, -3, -1)]
    public void Signed_division_truncates(string id, long dividend, long divisor, long result) =>
        Compute(id, (ulong)dividend, (ulong)divisor).ShouldBe((ulong)result);

    [Theory]
    [InlineData("alu/div64-k", Minus1, -1, 1)]
    [InlineData("alu/mod64-k", 7, -1, 7)]
    [InlineData("alu/div32-k", 0xffff_ffff, -1, 1)]
    [InlineData("alu/div32-k", Minus1, 2, 0x7fff_ffff)]
    [InlineData("alu/div64-k", Minus1, 2, 0x7fff_ffff_ffff_ffff)]
    public void An_unsigned_immediate_is_extended_with_its_sign_to_the_width(
        string id, ulong dividend, int divisor, ulong result) =>
        Step(id, dividend, divisor, Profile.Rfc9669).Next().Registers[1].Value.ShouldBe(result);

    [Theory]
    [InlineData("alu/div32-x", 7, 0)]
    [InlineData("alu/div64-x", 7, 0)]
    [InlineData("alu/sdiv32-x", 7, 0)]
    [InlineData("alu/sdiv64-x", Least64, 0)]
    [InlineData("alu/mod64-x", 0xffff_ffff_0000_0007, 0xffff_ffff_0000_0007)]
    [InlineData("alu/mod32-x", 0xffff_ffff_0000_0007, 7)]
    [InlineData("alu/smod64-x", Least64, Least64)]
    [InlineData("alu/smod32-x", Minus1, 0xffff_ffff)]
    public void By_zero_the_RFC_yields_zero_or_the_dividend_and_the_normative_machine_traps(
        string id, ulong dividend, ulong result)
    {
        Compute(id, dividend, 0).ShouldBe(result);

        var state = Samples.StateOf(Profile.Rbpf, (1, dividend), (2, 0));
        var outcome = Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf);
        outcome.Trap().ShouldBe(Trap.DivisionByZero);
        outcome.State.ShouldBe(state);
    }

    [Theory]
    [InlineData("alu/div32-x")]
    [InlineData("alu/sdiv32-x")]
    [InlineData("alu/mod32-x")]
    [InlineData("alu/smod32-x")]
    public void The_upper_half_of_a_32_bit_divisor_does_not_count(string id)
    {
        var state = Samples.StateOf(Profile.Rbpf, (1, 7), (2, 0xffff_ffff_0000_0000));

        Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Trap().ShouldBe(Trap.DivisionByZero);
    }

    [Theory]
    [InlineData("alu/sdiv64-x", Least64, Minus1, Least64)]
    [InlineData("alu/smod64-x", Least64, Minus1, 0)]
    [InlineData("alu/sdiv32-x", Least32, 0xffff_ffff, Least32)]
    [InlineData("alu/smod32-x", Least32, 0xffff_ffff, 0)]
    [InlineData("alu/sdiv32-x", Least64, Minus1, 0)]
    public void The_least_number_by_minus_one_wraps_around(string id, ulong dividend, ulong divisor, ulong result) =>
        Compute(id, dividend, divisor).ShouldBe(result);

    [Theory]
    [InlineData("alu/sdiv64-k", Least64, true)]
    [InlineData("alu/smod64-k", Least64, true)]
    [InlineData("alu/sdiv32-k", Least32, true)]
    [InlineData("alu/sdiv32-k", Least64, false)]
    [InlineData("alu/sdiv64-k", Least64 + 1, false)]
    [InlineData("alu/div64-k", Least64, false)]
    public void It_traps_where_the_profile_says_so(string id, ulong dividend, bool traps)
    {
        var profile = Profile.Rbpf with { SignedOverflow = SignedOverflow.Traps };

        var outcome = Step(id, dividend, -1, profile);

        if (traps) outcome.Trap().ShouldBe(Trap.SignedOverflow);
        else outcome.Next();
    }

    private static ulong Compute(string id, ulong dividend, ulong divisor) =>
        Samples.Step(
            Samples.InstructionOf(id, 1, 2),
            Samples.StateOf(Profile.Rfc9669, (1, dividend), (2, divisor)),
            Profile.Rfc9669).Next().Registers[1].Value;

    private static Outcome<Word> Step(
        string id, ulong dividend, int divisor, Profile profile) =>
        Samples.Step(
            Samples.InstructionOf(id, 1, immediate: divisor), Samples.StateOf(profile, (1, dividend)), profile);
}

using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Tests.Machine;

public class ArithmeticTests
{
    // The manual's definition: the carry is of the unsigned sum, the overflow of the signed one.
    [Fact]
    public void Sums_and_differences_have_the_flags_of_the_manual()
    {
        uint[] edges = [0, 1, 2, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff];
        foreach (var left in edges)
        {
            foreach (var right in edges)
            {
                foreach (var carry in (bool[])[false, true])
                {
                    var sum = Arithmetic<Word>.Add(Of(left), Of(right), Truth<Word>.Of(carry));
                    Check(sum.Sum, sum.Flags, left, right, carry);
                    var difference = Arithmetic<Word>.Subtract(Of(left), Of(right), Truth<Word>.Of(carry));
                    Check(difference.Difference, difference.Flags, left, ~right, carry);
                }
            }
        }
    }

    [Theory]
    [InlineData(Shift.Lsl, 0, 0x80000001, 0x80000001, true)]
    [InlineData(Shift.Lsl, 1, 0x80000001, 0x00000002, true)]
    [InlineData(Shift.Lsl, 32, 0x80000001, 0, true)]
    [InlineData(Shift.Lsl, 33, 0x80000001, 0, false)]
    [InlineData(Shift.Lsr, 32, 0x80000001, 0, true)]
    [InlineData(Shift.Lsr, 33, 0x80000001, 0, false)]
    [InlineData(Shift.Asr, 32, 0x80000001, 0xffffffff, true)]
    [InlineData(Shift.Asr, 200, 0x40000000, 0, false)]
    [InlineData(Shift.Ror, 4, 0x00000008, 0x80000000, true)]
    [InlineData(Shift.Ror, 32, 0x80000001, 0x80000001, true)]
    [InlineData(Shift.Ror, 256, 0x00000001, 0x00000001, true)]
    public void Shifts_by_a_register_take_its_low_byte(Shift shift, uint amount, uint value, uint expected, bool carry)
    {
        var shifted = Arithmetic<Word>.ShiftBy(Of(value), shift, Of(amount), Truth<Word>.Of(true));
        shifted.Value.ShouldBe(Of(expected));
        shifted.Carry.Value.ShouldBe(carry);
    }

    private static void Check(Word result, Flags<Word> flags, uint left, uint right, bool carry)
    {
        var unsigned = (ulong)left + right + (carry ? 1UL : 0);
        var signed = (long)(int)left + (int)right + (carry ? 1 : 0);
        result.ShouldBe(Of((uint)unsigned));
        flags.Carry.Value.ShouldBe(unsigned > uint.MaxValue);
        flags.Overflow.Value.ShouldBe(signed != (int)unsigned);
        flags.Negative.Value.ShouldBe((int)(uint)unsigned < 0);
        flags.Zero.Value.ShouldBe((uint)unsigned == 0);
    }

    private static Word Of(uint value) => Word.Wrap(value, Width.Bits32);
}

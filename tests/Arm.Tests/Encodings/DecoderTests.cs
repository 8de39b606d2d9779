using RbpfSpec.Arm.Encodings;

namespace RbpfSpec.Arm.Tests.Encodings;

public class DecoderTests
{
    [Theory]
    [InlineData(0x4701, 0, RefusalKind.ReservedBit)]          // bx r0, with a bit that should be zero
    [InlineData(0xfb90, 0x01f1, RefusalKind.ReservedBit)]     // sdiv, with bits that should be one
    [InlineData(0xea4f, 0x8001, RefusalKind.ReservedBit)]     // mov.w r0, r1, with bit 15 of the second halfword
    [InlineData(0x4500, 0, RefusalKind.Unpredictable)]        // cmp r0, r0, in the encoding for high registers
    [InlineData(0xb400, 0, RefusalKind.Unpredictable)]        // push {}
    [InlineData(0xbfef, 0, RefusalKind.Unpredictable)]        // it of the opposite of always
    [InlineData(0xc207, 0, RefusalKind.Unpredictable)]        // stmia r2!, {r0, r1, r2}
    [InlineData(0xe9d1, 0x0000, RefusalKind.Unpredictable)]   // ldrd r0, r0, [r1]
    [InlineData(0xe8bd, 0xc010, RefusalKind.Unpredictable)]   // ldmia sp!, {r4, lr, pc}
    [InlineData(0xf04f, 0x1000, RefusalKind.Unpredictable)]   // mov.w r0, a zero byte in two places
    [InlineData(0xf100, 0x0d01, RefusalKind.Unpredictable)]   // add.w sp, r0, #1
    [InlineData(0xfba0, 0x1102, RefusalKind.Unpredictable)]   // umull r1, r1, r0, r2
    [InlineData(0xf36f, 0x2081, RefusalKind.Unpredictable)]   // bfc of no bits
    [InlineData(0xf850, 0x0e04, RefusalKind.Unknown)]         // ldrt
    [InlineData(0xee00, 0x0000, RefusalKind.Unknown)]         // a coprocessor's
    [InlineData(0xb600, 0, RefusalKind.Unknown)]
    public void What_is_no_instruction_to_rely_on_is_refused(int first, int second, RefusalKind kind) =>
        Decoder.Decode((ushort)first, (ushort)second).ShouldBeOfType<Decoded.Refused>().Kind.ShouldBe(kind);

    [Fact]
    public void Five_bits_say_the_length()
    {
        Decoder.Length(0xe7ff).ShouldBe(2);
        Decoder.Length(0xe800).ShouldBe(4);
        Decoder.Decode([0x4f, 0xf0], 0).ShouldBeOfType<Decoded.Refused>().Reason.ShouldContain("ends in the middle");
        Decoder.Decode([0x00, 0xbf, 0x4f, 0xf0, 0x01, 0x00], 2).ShouldBeOfType<Decoded.Allowed>().Length.ShouldBe(4);
    }

    [Fact]
    public void No_two_rows_read_the_same_bits()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        foreach (var row in EncodingTable.All)
        {
            for (var attempt = 0; attempt < 200; attempt++)
            {
                var bits = row.Pattern.Complete((uint)random.NextInt64(1L << 32));
                if (row.Read(row.Pattern.Read(bits)) is null) continue;
                EncodingTable.All.Count(other => other.Pattern.Halfwords == row.Pattern.Halfwords && other.Pattern.Matches(bits)
                        && other.Read(other.Pattern.Read(bits)) is not null)
                    .ShouldBe(1, $"seed {Seed}: {bits:x8}");
            }
        }
    }
}

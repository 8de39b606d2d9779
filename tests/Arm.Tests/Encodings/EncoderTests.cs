using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Tests.Encodings;

public class EncoderTests
{
    [Fact]
    public void Every_halfword_that_is_an_instruction_is_the_encoding_of_it()
    {
        var allowed = 0;
        for (var first = 0; first <= ushort.MaxValue; first++)
        {
            if (Decoder.Length((ushort)first) == 2 && IsRoundTrip((ushort)first, 0)) allowed++;
        }

        // Of 59,392: fixed, so that a row that loses some of its encodings is seen.
        allowed.ShouldBe(57_415);
    }

    [Fact]
    [Trait("Needs", "time")]
    public void So_are_pairs_of_halfwords_drawn_at_random()
    {
        const int Seed = 20261129;
        var random = new Random(Seed);
        var allowed = 0;
        for (var i = 0; i < 2_000_000; i++)
        {
            // Three first halfwords of sixteen begin one of 32 bits.
            var first = (ushort)random.Next(0xe800, 0x10000);
            if (IsRoundTrip(first, (ushort)random.Next(0x10000))) allowed++;
        }

        allowed.ShouldBeGreaterThan(100_000, $"seed {Seed}");
    }

    [Fact]
    public void An_instruction_without_an_encoding_takes_the_shortest()
    {
        Instruction.DataImmediate moved = new(DataOperation.Mov, FlagSetting.SetOutsideIt, 0, Instruction.None, 7);
        Encoder.Encode(moved).Count.ShouldBe(1);
        Encoder.Encode(moved with { Flags = FlagSetting.Kept }).Count.ShouldBe(2);
        Encoder.Find(new Instruction.DataImmediate(DataOperation.And, FlagSetting.Kept, 0, 1, 0x12345678)).ShouldBeNull();
        Encoder.Find(new Instruction.Branch(Condition.Always, 1)).ShouldBeNull();
    }

    private static bool IsRoundTrip(ushort first, ushort second)
    {
        if (Decoder.Decode(first, second) is not Decoded.Allowed allowed) return false;
        Sequence<ushort> expected = allowed.Length == 2 ? [first] : [first, second];
        Encoder.Find(allowed.Instruction).ShouldBe(expected, $"{first:x4} {second:x4} {allowed.Instruction}");
        allowed.Instruction.Encoding.ShouldNotBe(Encoding.Any);
        var shortest = Encoder.Encode(allowed.Instruction with { Encoding = Encoding.Any });
        shortest.Count.ShouldBeLessThanOrEqualTo(expected.Count);
        return true;
    }
}

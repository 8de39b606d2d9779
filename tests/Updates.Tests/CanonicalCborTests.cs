using System.Formats.Cbor;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests;

public sealed class CanonicalCborTests
{
    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public void It_agrees_with_another_reader_of_the_canonical_form(ulong seed)
    {
        var dice = new Dice(seed);
        var (right, wrong) = (0, 0);
        for (var i = 0; i < 30_000; i++)
        {
            var bytes = Any(dice);
            var problem = CanonicalCbor.Problem(bytes);
            if (problem is { Reason: UpdateRefusal.Malformed } && Reads(bytes)) continue; // Types that no update has.
            (problem is null).ShouldBe(Reads(bytes), $"seed {seed}: {Convert.ToHexString(bytes)}: {problem?.Problem}");
            if (problem is null) right++;
            else wrong++;
        }

        right.ShouldBeGreaterThan(1_000);
        wrong.ShouldBeGreaterThan(1_000);
    }

    private static bool Reads(byte[] bytes)
    {
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Ctap2Canonical);
            reader.SkipValue();
            return reader.BytesRemaining == 0;
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException)
        {
            return false;
        }
    }

    // Mostly short items, so that many are right.
    private static byte[] Any(Dice dice, int depth = 0) => dice.Between(depth < 4 ? 0 : 8, 9) switch
    {
        0 => [(byte)dice.Next()],
        1 => [(byte)(0x18 + dice.Between(0, 3)), .. dice.Bytes(dice.Between(0, 8))],
        2 => [(byte)(0x40 + dice.Between(0, 4)), .. dice.Bytes(dice.Between(0, 4))],
        3 => [(byte)(0x60 + dice.Between(0, 4)), .. dice.Several(dice.Between(0, 4), one => (byte)one.Between(0x20, 0xc8))],
        4 or 5 => [0x82, .. Any(dice, depth + 1), .. Any(dice, depth + 1)],
        6 or 7 =>
        [
            0xa2, .. Any(dice, depth + 1), .. Any(dice, depth + 1), .. Any(dice, depth + 1), .. Any(dice, depth + 1),
        ],
        8 => [(byte)dice.Between(0, 0x17)],
        _ => [(byte)dice.Between(0x20, 0x37)],
    };
}

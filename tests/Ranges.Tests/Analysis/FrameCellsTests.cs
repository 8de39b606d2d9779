using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Tests.Analysis;

/// <summary>Words of the stack, written and read in all sizes and at all places: what is read is among what is said.</summary>
public sealed class FrameCellsTests
{
    private const int Seed = 18;
    private const int Bytes = 24;
    private static readonly int[] Sizes = [1, 2, 4, 8];

    [Fact]
    public void What_is_read_is_among_what_is_said_whatever_was_written_and_forgotten()
    {
        var random = new Random(Seed);
        var known = 0;
        for (var number = 0; number < 2_000; number++)
        {
            var cells = FrameCells.Fresh(Bytes);
            var bytes = new byte[Bytes];
            for (var turn = 0; turn < 12; turn++)
            {
                var size = Sizes[random.Next(Sizes.Length)];
                var offset = random.Next(0, Bytes - size + 1);
                var name = $"seed {Seed}, number {number}, turn {turn}: {size} at {offset}";
                switch (random.Next(8))
                {
                    case 0:
                        var end = Math.Min(Bytes, offset + random.Next(1, 12));
                        random.NextBytes(bytes.AsSpan(offset..end));
                        cells = cells.Forget(offset, end);
                        break;
                    case < 5:
                        var value = (ulong)random.NextInt64() >> random.Next(0, 64);
                        cells = cells.Write(offset, Around(random, value, Width.Of(8 * size)));
                        for (var i = 0; i < size; i++) bytes[offset + i] = (byte)(value >> (8 * i));
                        break;
                    default:
                        if (cells.Read(offset, Width.Of(8 * size)) is not { } word) break;
                        known++;
                        Assert.True(
                            word.Width.Bytes == size
                            && word.Values.Contains(Word.Wrap(Number(bytes, offset, size), word.Width)).Value, $"{name}: {word}");
                        break;
                }

                AssertApart(cells, name);
            }
        }

        known.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void Bytes_that_were_written_one_by_one_are_read_as_a_word_and_zeros_as_zero()
    {
        var cells = FrameCells.Fresh(8).Write(1, Of(0x34, Width.Bits8)).Write(2, Of(0x12, Width.Bits8));

        cells.Read(0, Width.Bits32).ShouldNotBeNull().IsKnown(out var value).ShouldBeTrue();
        value.ShouldBe(0x12_3400UL);
    }

    [Fact]
    public void What_is_not_overwritten_of_a_word_is_kept_and_nothing_else()
    {
        var cells = FrameCells.Fresh(8).Write(0, Of(0x1122_3344_5566_7788, Width.Bits64)).Forget(1, 3);

        cells.Read(0, Width.Bits8).ShouldNotBeNull().IsKnown(out var first).ShouldBeTrue();
        cells.Read(3, Width.Bits8).ShouldNotBeNull().IsKnown(out var fourth).ShouldBeTrue();
        cells.Read(4, Width.Bits32).ShouldNotBeNull().IsKnown(out var last).ShouldBeTrue();
        (first, fourth, last).ShouldBe((0x88UL, 0x55UL, 0x1122_3344UL));
        cells.Read(1, Width.Bits16).ShouldBeNull();
        cells.Read(2, Width.Bits16).ShouldBeNull();
    }

    [Fact]
    public void Only_the_lowest_part_of_a_word_keeps_what_it_has_to_do_with_a_value()
    {
        var word = RangeWord.Any(Width.Bits64).Numbered(7);

        var cells = FrameCells.Fresh(8).Write(0, word).Forget(7, 8);

        cells.Cells.ToArray().ShouldHaveSingleItem().ShouldBe(new(0, word.Low(Width.Bits32)));
    }

    private static void AssertApart(FrameCells cells, string name)
    {
        for (var i = 1; i < cells.Cells.Length; i++) Assert.True(cells.Cells[i].Offset >= cells.Cells[i - 1].End, name);
    }

    private static RangeWord Of(ulong value, Width width) => RangeWord.Constant(value, width);

    private static RangeWord Around(Random random, ulong value, Width width)
    {
        var exact = Of(value, width);
        if (random.Next(2) == 0) return exact;
        var more = Of((ulong)random.NextInt64() >> random.Next(0, 64), width);
        return RangeWord.Join(exact, more);
    }

    private static ulong Number(byte[] bytes, int offset, int size)
    {
        var number = 0UL;
        for (var i = 0; i < size; i++) number |= (ulong)bytes[offset + i] << (8 * i);
        return number;
    }
}

using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Tests.Analysis;

/// <summary>Regions grant what the formula of all machines grants, for all addresses and lengths that words stand for.</summary>
public sealed class RangeMemoryTests
{
    private const int Seed = 19;

    [Fact]
    public void What_is_surely_granted_or_refused_is_so_by_the_formula_for_each_address_and_length()
    {
        var random = new Random(Seed);
        var (granted, refused) = (0, 0);
        for (var number = 0; number < 20_000; number++)
        {
            var start = random.Next(3) == 0 ? ulong.MaxValue - (ulong)random.Next(40) : 0x2000_0000 + (ulong)random.Next(16);
            var room = Math.Min(ulong.MaxValue - start, 24);
            var (lengths, length) = Near(random, 0, room);
            var (addresses, address) = Near(random, start - (ulong)random.Next(20), start + 40 < start ? ulong.MaxValue : start + 40);
            var count = (ulong)(1 << random.Next(4));
            var access = (Access)random.Next(3);
            var permission = (Permission)random.Next(4);
            var region = new AnalysedRegion("region", start, lengths, permission, []);

            var found = region.Grants(addresses, RangeWord.Constant(count, Width.Bits64), access);

            if (!found.IsKnown(out var known)) continue;
            var exact = new Region<Word>(
                "region", Word.Of(start), Word.Of(length), Truth<Word>.Of(permission.HasFlag(Permission.Read)),
                Truth<Word>.Of(permission.HasFlag(Permission.Write)), Nothing.Instance)
                .Grants(Word.Of(address), Word.Of(count), access);
            Assert.True(exact.Value == known, $"seed {Seed}, number {number}: {count} at {address:x} of {start:x} with {length}");
            if (known) granted++;
            else refused++;
        }

        granted.ShouldBeGreaterThan(200);
        refused.ShouldBeGreaterThan(500);
    }

    // Words between two, and one of them.
    private static (RangeWord Words, ulong Word) Near(Random random, ulong least, ulong greatest)
    {
        var span = greatest - least;
        var (one, other) = (Drawn(random, span), Drawn(random, span));
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        return (RangeWord.Between(least + low, least + high), least + low + Drawn(random, high - low));
    }

    private static ulong Drawn(Random random, ulong most) => (ulong)random.NextInt64(0, (long)most + 1);

    private sealed class Nothing : IBytes<Word>
    {
        public static Nothing Instance { get; } = new();

        public Word Read(Word offset, Width width) => Word.Wrap(0, width);

        public IBytes<Word> Write(Word offset, Word value, Truth<Word> when) => this;
    }
}

namespace RbpfSpec.Words.Tests;

public sealed class RegionMemoryTests
{
    [Fact]
    public void A_region_contains_a_range_iff_unbounded_arithmetic_says_so() =>
        Law.Holds(seed: 60, 5000, dice =>
        {
            var length = dice.Between(0, 40);
            var start = dice.Pick(0UL, 1UL, 0x2000_0000UL, ulong.MaxValue - (ulong)length, 0UL - (ulong)length);
            var edge = start + (dice.OnceIn(2) ? 0 : (ulong)length);
            return (
                Start: start,
                Length: length,
                Address: dice.OnceIn(4) ? dice.Value() : edge + (ulong)dice.Between(-10, 10),
                Count: dice.OnceIn(4) ? dice.Value() : (ulong)dice.Between(0, 44));
        },
        drawn =>
        {
            var (start, length, address, count) = drawn;
            var region = Region.Of("r", start, new byte[length], Permission.ReadWrite);

            var contains = region.Contains(Word.Of(address), Word.Of(count)).Value;

            // An empty region that would start at 2^64 starts at 0. A range of no bytes may stand at the end.
            var end = (UInt128)start + (UInt128)length;
            var isInside = address >= start && (UInt128)address + count <= end;
            var isEndOfAll = count == 0 && address == 0 && end == (UInt128)1 << 64;
            contains.ShouldBe(isInside || isEndOfAll);
        });

    [Theory]
    [InlineData(Permission.None, false, false, false)]
    [InlineData(Permission.Read, true, false, false)]
    [InlineData(Permission.Write, false, true, false)]
    [InlineData(Permission.ReadWrite, true, true, true)]
    public void A_region_grants_what_its_permission_says(Permission permission, bool read, bool write, bool both)
    {
        var region = Region.Of("r", 100, new byte[8], permission);
        var (address, count) = (Word.Of(100), Word.Of(8));

        region.Grants(address, count, Access.Read).Value.ShouldBe(read);
        region.Grants(address, count, Access.Write).Value.ShouldBe(write);
        region.Grants(address, count, Access.ReadWrite).Value.ShouldBe(both);
    }

    [Theory]
    [InlineData(107, 1, true)]
    [InlineData(108, 1, true)]
    [InlineData(107, 2, false)]
    [InlineData(104, 8, false)]
    [InlineData(100, 16, false)]
    [InlineData(99, 1, false)]
    [InlineData(116, 1, false)]
    public void Regions_side_by_side_stay_two(ulong address, ulong count, bool granted)
    {
        var memory = MemoryOf(
            Region.Of("left", 100, new byte[8], Permission.ReadWrite), Region.Of("right", 108, new byte[8], Permission.ReadWrite));

        memory.Grants(Word.Of(address), Word.Of(count), Access.ReadWrite).Value.ShouldBe(granted);
    }

    [Fact]
    public void Permissions_of_two_regions_do_not_add_up()
    {
        var memory = MemoryOf(
            Region.Of("left", 100, new byte[8], Permission.Read), Region.Of("right", 108, new byte[8], Permission.Write));

        memory.Grants(Word.Of(100), Word.Of(8), Access.ReadWrite).Value.ShouldBeFalse();
        memory.Grants(Word.Of(108), Word.Of(8), Access.ReadWrite).Value.ShouldBeFalse();
    }

    [Fact]
    public void What_is_written_is_read_again_and_no_other_region_changes()
    {
        var memory = MemoryOf(
            Region.Of("left", 100, new byte[8], Permission.ReadWrite), Region.Of("right", 108, new byte[8], Permission.ReadWrite));

        var written = memory.Write(Word.Of(110), Word.Wrap(0xaabbccdd, Width.Bits32), Truth<Word>.Of(true));

        written.Read(Word.Of(110), Width.Bits32).Value.ShouldBe(0xaabbccddUL);
        written.Read(Word.Of(110), Width.Bits8).Value.ShouldBe(0xddUL);
        written.Regions[0].ShouldBe(memory.Regions[0]);
        ((ByteTree)written.Regions[1].Bytes).ToArray().ShouldBe([0, 0, 0xdd, 0xcc, 0xbb, 0xaa, 0, 0]);
        memory.Write(Word.Of(110), Word.Wrap(1, Width.Bits32), Truth<Word>.Of(false)).ShouldBe(memory);
    }

    [Theory]
    [InlineData(105, 32)]
    [InlineData(99, 8)]
    [InlineData(200, 8)]
    public void What_no_region_grants_is_not_written(ulong address, int bits)
    {
        var memory = MemoryOf(
            Region.Of("left", 100, new byte[8], Permission.ReadWrite), Region.Of("read-only", 200, new byte[8], Permission.Read));

        memory.Write(Word.Of(address), Word.Wrap(1, Width.Of(bits)), Truth<Word>.Of(true)).ShouldBe(memory);
    }

    [Theory]
    [InlineData(100, 8)]
    [InlineData(107, 1)]
    [InlineData(108, 0)]
    [InlineData(200, 0)]
    public void The_rest_of_a_region_is_up_to_its_end(ulong address, ulong rest)
    {
        var memory = MemoryOf(
            Region.Of("left", 100, new byte[8], Permission.Read), Region.Of("write-only", 200, new byte[8], Permission.Write));

        memory.RestOfRegion(Word.Of(address)).Value.ShouldBe(rest);
    }

    [Fact]
    public void A_frame_is_a_zeroed_region_below_the_last_and_goes_away_again()
    {
        var memory = MemoryOf(Region.Of("stack", 0x1000, [1, 2, 3, 4], Permission.ReadWrite));

        var deeper = memory.PushFrame().PushFrame();

        deeper.Regions.Select(region => region.Start.Value).ShouldBe([0x1000UL, 0xff0UL, 0xfe0UL]);
        deeper.Regions[^1].Length.Value.ShouldBe(16UL);
        ((ByteTree)deeper.Regions[^1].Bytes).ToArray().ShouldBe(new byte[16]);
        deeper.Stack.Start.Value.ShouldBe(0xfe0UL);
        deeper.Grants(Word.Of(0xfee), Word.Of(4), Access.Read).Value.ShouldBeFalse("frames are regions of their own");
        deeper.PopFrame().PopFrame().ShouldBe(memory);
    }

    [Fact]
    public void Regions_that_wrap_around_are_a_problem()
    {
        Region.Problems([Region.Of("last", ulong.MaxValue - 7, new byte[8], Permission.Read)]).ShouldBeEmpty();
        Region.Problems([Region.Of("empty", ulong.MaxValue, [], Permission.Read)]).ShouldBeEmpty();

        Region.Problems([Region.Of("wraps", ulong.MaxValue - 6, new byte[8], Permission.Read)])
            .ShouldHaveSingleItem().ShouldContain("wraps around");
    }

    [Theory]
    [InlineData(100, 8, 108, 8, false)]
    [InlineData(100, 8, 107, 8, true)]
    [InlineData(107, 8, 100, 8, true)]
    [InlineData(100, 8, 102, 2, true)]
    [InlineData(102, 2, 100, 8, true)]
    [InlineData(100, 8, 100, 8, true)]
    [InlineData(100, 8, 104, 0, false)]
    [InlineData(104, 0, 100, 8, false)]
    [InlineData(0, 8, 8, 8, false)]
    public void Regions_that_share_a_byte_are_a_problem(ulong start, int length, ulong otherStart, int otherLength, bool overlap)
    {
        var problems = Region.Problems(
        [
            Region.Of("one", start, new byte[length], Permission.Read),
            Region.Of("other", otherStart, new byte[otherLength], Permission.Read),
        ]);

        problems.Any(problem => problem.Contains("overlaps", StringComparison.Ordinal)).ShouldBe(overlap);
    }

    [Fact]
    public void A_length_that_is_not_that_of_the_bytes_is_a_problem()
    {
        var region = Region.Of("r", 0, new byte[8], Permission.Read);

        Region.Problems([region with { Length = Word.Of(9) }]).ShouldHaveSingleItem().ShouldBe("region 'r' has the length 9, but 8 bytes");
        Region.Problems([region with { Length = Word.Of(7) }]).ShouldHaveSingleItem();
        Region.Problems([region with { Length = Word.Of(1UL << 60) }]).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData((Permission)4)]
    [InlineData((Permission)7)]
    [InlineData((Permission)(-1))]
    public void A_permission_is_one_of_four(Permission permission) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Region.Of("r", 0, new byte[8], permission));

    // All is read before any is written, only where both are granted, and whole.
    [Fact]
    [Trait("Needs", "time")]
    public void A_copy_moves_bytes_between_regions_that_grant_it() =>
        Law.Holds(seed: 72, 600, dice => dice.Next(), drawn =>
        {
            var dice = new Dice(drawn);
            var content = new[] { dice.Bytes(200), dice.Bytes(20_000) };
            var (to, from) = (dice.Between(0, 1), dice.Between(0, 1));
            Permission[] permissions = [dice.Pick(Permission.Read, Permission.ReadWrite), Permission.ReadWrite];
            var start = new[] { 0x1000UL, 0x8000UL };
            var memory = MemoryOf(
                Region.Of("a", start[0], content[0], permissions[0]), Region.Of("b", start[1], content[1], permissions[1]));
            var count = dice.Between(0, dice.Pick(8, 70, 300, 19_000));
            var (target, source) = (dice.Between(0, content[to].Length), dice.Between(0, content[from].Length));

            var copied = memory.Copy(
                memory, Word.Of(start[to] + (ulong)target), Word.Of(start[from] + (ulong)source), (ulong)count, Truth<Word>.Of(true));

            if (permissions[to] is Permission.ReadWrite && count <= content[to].Length - target && count <= content[from].Length - source)
                content[from].AsSpan(source, count).ToArray().CopyTo(content[to], target);
            ((ByteTree)copied.Regions[0].Bytes).ToArray().ShouldBe(content[0]);
            ((ByteTree)copied.Regions[1].Bytes).ToArray().ShouldBe(content[1]);
            memory.Copy(memory, Word.Of(start[to]), Word.Of(start[from]), 8, Truth<Word>.Of(false)).ShouldBe(memory);
        });

    private static RegionMemory<Word> MemoryOf(params Sequence<Region<Word>> regions) =>
        new(regions, new(Word.Of(0x1000), Word.Of(16), ByteTree.Zero(16)));

    [Fact]
    public void A_memory_that_is_none_of_regions_is_told_so()
    {
        IMemory<Word> other = new Nothing();

        Should.Throw<ArgumentException>(() => other.Regions).Message.ShouldContain("Nothing instead of a memory of regions");
        Should.Throw<ArgumentException>(() => other.WithRegions([]));
    }

    private sealed class Nothing : IMemory<Word>
    {
        public Word FrameStart => Word.Of(0);

        public Truth<Word> Grants(Word address, Word count, Access access) => Truth<Word>.Of(false);

        public Word Read(Word address, Width width) => Word.Wrap(0, width);

        public IMemory<Word> Write(Word address, Word value, Truth<Word> when) => this;

        public IMemory<Word> Copy(IMemory<Word> target, Word to, Word from, ulong count, Truth<Word> when) => target;

        public Word RestOfRegion(Word address) => Word.Of(0);

        public IMemory<Word> PushFrame() => this;

        public IMemory<Word> PopFrame() => this;
    }
}

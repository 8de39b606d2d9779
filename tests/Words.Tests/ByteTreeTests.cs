namespace RbpfSpec.Words.Tests;

/// <summary>The persistent bytes against an array.</summary>
public sealed class ByteTreeTests
{

    [Fact]
    public void Bytes_can_be_copied_from_any_offset()
    {
        var array = new byte[2_100];
        for (var i = 0; i < 700; i++) array[3 * i] = (byte)i;
        array.AsSpan(1_024, 100).Clear();
        var tree = ByteTree.Of(array);
        foreach (var (offset, count) in ((int, int)[])[(0, 2_100), (1, 64), (63, 2), (1_000, 1_100), (2_100, 0), (2_099, 1)])
        {
            var target = new byte[count];
            tree.CopyTo(target, offset, isZeroed: true);
            target.ShouldBe(array[offset..(offset + count)]);
            target.AsSpan().Fill(0xaa);
            tree.CopyTo(target, offset);
            target.ShouldBe(array[offset..(offset + count)]);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => tree.CopyTo(new byte[2], 2_099));
        Should.Throw<ArgumentOutOfRangeException>(() => tree.CopyTo(new byte[2], -1));
    }

    [Fact]
    public void What_is_zero_takes_no_room()
    {
        var zeros = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tree = ByteTree.Of(zeros);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
        tree.ShouldBe(ByteTree.Zero(1 << 20));
    }

    private static readonly Width[] Sizes = [Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64];

    [Fact]
    public void Reads_and_writes_do_what_an_array_does() =>
        Law.Holds(seed: 50, 150, Session, session =>
        {
            var array = session.Content.ToArray();
            var tree = ByteTree.Of(array);
            foreach (var (offset, value, when) in session.Writes)
            {
                tree = (ByteTree)tree.Write(Word.Of(offset), value, Truth<Word>.Of(when));
                if (when) Put(array, offset, value);

                foreach (var width in Sizes)
                    tree.Read(Word.Of(offset), width).ShouldBe(Word.Wrap(Number(array, offset, width), width));
            }

            tree.ToArray().ShouldBe(array);
            tree.Length.ShouldBe(array.Length);
        });

    [Fact]
    public void Every_byte_of_a_tree_can_be_read_and_written()
    {
        foreach (var length in (int[])[1, 63, 64, 65, 1023, 1024, 1025, 2100])
        {
            var array = new byte[length];
            var tree = ByteTree.Zero(length);
            for (var at = 0; at < length; at++)
            {
                array[at] = (byte)(at + 1);
                tree = (ByteTree)tree.Write(Word.Of((ulong)at), Word.Wrap((byte)(at + 1), Width.Bits8), Truth<Word>.Of(true));
            }

            tree.ToArray().ShouldBe(array);
            for (var at = 0; at < length; at++)
                tree.Read(Word.Of((ulong)at), Width.Bits64).Value.ShouldBe(Number(array, (ulong)at, Width.Bits64));
        }
    }

    [Fact]
    [Trait("Needs", "time")]
    public void An_old_version_keeps_its_bytes() =>
        Law.Holds(seed: 51, 200, Session, session =>
        {
            var versions = new List<(ByteTree Tree, byte[] Bytes)>();
            var tree = ByteTree.Of(session.Content);
            foreach (var (offset, value, when) in session.Writes)
            {
                versions.Add((tree, tree.ToArray()));
                tree = (ByteTree)tree.Write(Word.Of(offset), value, Truth<Word>.Of(when));
            }

            foreach (var (version, bytes) in versions) version.ToArray().ShouldBe(bytes);
        });

    [Fact]
    public void Trees_of_the_same_bytes_are_equal_however_they_came_about()
    {
        var written = ByteTree.Zero(3000).Write(Word.Of(1500), Word.Wrap(7, Width.Bits8), Truth<Word>.Of(true));
        var bytes = new byte[3000];
        bytes[1500] = 7;
        var made = ByteTree.Of(bytes);

        written.ShouldBe(made);
        written.GetHashCode().ShouldBe(made.GetHashCode());
        written.ShouldNotBe(ByteTree.Zero(3000));
        ByteTree.Zero(10).ShouldNotBe(ByteTree.Zero(11));
    }

    [Fact]
    public void A_tree_does_not_change_with_the_array_it_was_made_of()
    {
        byte[] array = [1, 2, 3];
        var tree = ByteTree.Of(array);

        array[0] = 9;
        tree.ToArray()[1] = 9;

        tree.ToArray().ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(70_000)]
    public void Beyond_the_length_bytes_read_as_zero_and_are_not_written(int length)
    {
        var tree = ByteTree.Zero(length);

        foreach (var offset in (ulong[])[(ulong)length, (ulong)length + 1, 1UL << 32, ulong.MaxValue])
        {
            tree.Read(Word.Of(offset), Width.Bits64).Value.ShouldBe(0UL);
            tree.Write(Word.Of(offset), Word.Of(ulong.MaxValue), Truth<Word>.Of(true)).ShouldBe(tree);
        }
    }

    private static (byte[] Content, (ulong Offset, Word Value, bool When)[] Writes) Session(Dice dice)
    {
        var content = dice.Bytes(dice.OnceIn(2) ? dice.Between(0, 200) : dice.Between(0, 5000));
        return (content, dice.Several(20, _ => (
            (ulong)dice.Between(0, content.Length + 8),
            dice.WordOf(dice.Pick(Sizes)),
            !dice.OnceIn(6))));
    }

    private static void Put(byte[] array, ulong offset, Word value)
    {
        for (var i = 0; i < value.Width.Bytes && (int)offset + i < array.Length; i++)
            array[(int)offset + i] = (byte)(value.Value >> (8 * i));
    }

    private static ulong Number(byte[] array, ulong offset, Width width)
    {
        var number = 0UL;
        for (var i = 0; i < width.Bytes && (int)offset + i < array.Length; i++)
            number |= (ulong)array[(int)offset + i] << (8 * i);
        return number;
    }
}

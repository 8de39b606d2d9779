namespace RbpfSpec.Interp.Tests;

/// <summary>Bytes that are lent are what a tree of them is, until they are given back.</summary>
public sealed class LentBytesTests
{
    private static readonly Width[] Sizes = [Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64];

    [Fact]
    public void They_are_read_written_and_copied_as_a_tree_is() =>
        Law.Holds(60, 500, dice => dice.Next(), seed =>
        {
            var dice = new Dice(seed);
            var array = dice.Bytes(40);
            var (start, length) = (dice.Between(0, 8), dice.Between(0, 32));
            var content = array.AsSpan(start, length).ToArray();
            var before = array.ToArray();
            IBytes<Word> tree = ByteTree.Of(content);
            IBytes<Word> lent = new LentBytes(new(), array, start, length);
            for (var i = dice.Between(0, 8); i > 0; i--)
            {
                var offset = Word.Of(dice.OnceIn(6) ? dice.Value() : (ulong)dice.Between(0, 34));
                var when = Truth<Word>.Of(!dice.OnceIn(4));
                if (dice.OnceIn(3))
                {
                    var count = dice.Between(0, length);
                    var (to, from) = (Word.Of((ulong)dice.Between(0, length - count)), Word.Of((ulong)dice.Between(0, length - count)));
                    (tree, lent) = (tree.Copy(to, tree, from, (ulong)count, when), lent.Copy(to, lent, from, (ulong)count, when));
                }
                else
                {
                    var value = Word.Wrap(dice.Next(), dice.Pick(Sizes));
                    (tree, lent) = (tree.Write(offset, value, when), lent.Write(offset, value, when));
                }

                for (var at = 0; at < 34; at++)
                {
                    foreach (var width in Sizes) lent.Read(Word.Of((ulong)at), width).ShouldBe(tree.Read(Word.Of((ulong)at), width));
                }
            }

            array.ShouldBe(before, "nothing is written before it is settled");
            ((LentBytes)lent).Settle();
            ((ByteTree)tree).ToArray().CopyTo(before, start);
            array.ShouldBe(before);
        });

    [Fact]
    public void A_copy_beyond_the_bytes_is_refused()
    {
        var lent = new LentBytes(new(), new byte[8], 0, 8);

        Should.Throw<ArgumentOutOfRangeException>(() => lent.Copy(Word.Of(4), lent, Word.Of(0), 5, Truth<Word>.Of(true)))
            .Message.ShouldContain("what is copied does not lie within the bytes");
        Should.Throw<ArgumentOutOfRangeException>(() => lent.Copy(Word.Of(0), lent, Word.Of(4), 5, Truth<Word>.Of(true)));
        Should.Throw<ArgumentOutOfRangeException>(() => lent.Copy(Word.Of(0), ByteTree.Zero(8), Word.Of(0), 5, Truth<Word>.Of(true)));
    }

    [Fact]
    public void They_are_not_read_once_the_loan_is_over()
    {
        var loan = new Loan();
        var lent = new LentBytes(loan, new byte[8], 0, 8);
        lent.Read(Word.Of(0), Width.Bits8).Value.ShouldBe(0UL);

        loan.End();

        Should.Throw<InvalidOperationException>(() => lent.Read(Word.Of(0), Width.Bits8));
    }
}

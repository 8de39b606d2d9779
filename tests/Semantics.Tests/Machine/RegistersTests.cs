using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class RegistersTests
{
    private static readonly Registers<Word> Ten =
        Registers<Word>.Of([.. Enumerable.Range(0, 11).Select(number => Word.Of((ulong)number * 10))]);

    [Fact]
    public void A_write_changes_one_register_of_a_copy()
    {
        for (var number = 0; number < 11; number++)
        {
            var written = Ten.Write(Word.Wrap((ulong)number, Width.Bits4), Word.Of(7));

            for (var other = 0; other < 11; other++)
                written[other].Value.ShouldBe(other == number ? 7UL : (ulong)other * 10);
            Ten[number].Value.ShouldBe((ulong)number * 10);
            written.ShouldBe(Ten.With(number, Word.Of(7)));
            written.ShouldNotBe(Ten);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(15)]
    public void Registers_that_do_not_exist_read_as_zero_and_are_not_written(ulong number)
    {
        var name = Word.Wrap(number, Width.Bits4);

        Ten.Read(name).ShouldBe(Word.Of(0));
        Ten.Write(name, Word.Of(7)).ShouldBe(Ten);
    }

    [Fact]
    public void A_4_bit_word_reads_the_register_with_its_number()
    {
        for (var number = 0; number < 11; number++)
            Ten.Read(Word.Wrap((ulong)number, Width.Bits4)).Value.ShouldBe((ulong)number * 10);
    }

    [Fact]
    public void Registers_with_the_same_values_are_equal()
    {
        var changedBack = Ten.With(3, Word.Of(1)).With(3, Word.Of(30));

        changedBack.ShouldBe(Ten);
        changedBack.GetHashCode().ShouldBe(Ten.GetHashCode());
        Ten.ToString().ShouldStartWith("r0=0x0 r1=0xa ");
        Ten.ToString().ShouldEndWith(" r10=0x64");
    }

    [Fact]
    public void There_are_eleven_of_64_bits()
    {
        Should.Throw<ArgumentException>(() => Registers<Word>.Of(new Word[10]));
        Should.Throw<ArgumentException>(() => Registers<Word>.Of(
            [.. Enumerable.Repeat(Word.Of(0), 10), Word.Wrap(0, Width.Bits32)]));
        Should.Throw<ArgumentException>(() => Ten.With(3, Word.Wrap(0, Width.Bits32)));
    }
}

using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

/// <summary>The registers of concrete runs are those of the definition.</summary>
public sealed class ConcreteRegistersTests
{
    [Fact]
    public void Whatever_is_read_and_written_they_are_the_registers_of_the_definition() =>
        Law.Holds(
            seed: 31,
            500,
            dice => (Values: dice.Several(11, _ => Word.Of(dice.Value())), Number: dice.Between(0, 15), Value: Word.Of(dice.Value())),
            drawn =>
            {
                var (definition, concrete) = (Registers<Word>.Of(drawn.Values), ConcreteRegisters.Of(drawn.Values));
                var name = Word.Wrap((ulong)drawn.Number, Width.Bits4);
                var (written, other) = (definition.Write(name, drawn.Value), concrete.Write(name, drawn.Value));

                concrete.Read(name).ShouldBe(definition.Read(name));
                other.Read(name).ShouldBe(written.Read(name));
                other.Equals(written).ShouldBeTrue();
                written.Equals(other).ShouldBeTrue();
                other.GetHashCode().ShouldBe(written.GetHashCode());
                other.ToString().ShouldBe(written.ToString());
                concrete.Equals(definition).ShouldBeTrue("a write changes a copy");
                if (drawn.Number < 11) concrete.With(drawn.Number, drawn.Value).Equals(written).ShouldBeTrue();
            });

    [Fact]
    public void There_are_eleven_of_64_bits()
    {
        var some = ConcreteRegisters.Of(new Word[11].Select(_ => Word.Of(0)).ToArray());

        Should.Throw<ArgumentException>(() => ConcreteRegisters.Of(new Word[10]));
        Should.Throw<ArgumentException>(() => ConcreteRegisters.Of(
            [.. Enumerable.Repeat(Word.Of(0), 10), Word.Wrap(0, Width.Bits32)]));
        Should.Throw<ArgumentException>(() => some.With(3, Word.Wrap(0, Width.Bits32)));
    }
}

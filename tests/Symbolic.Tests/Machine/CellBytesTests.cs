using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Tests.Machine;

public class CellBytesTests
{
    private static readonly Width[] Widths = [Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64];

    private sealed record Use(bool IsWrite, ulong Offset, bool IsKnown, Width Width, ulong Value, bool When, bool IsWhenKnown);

    [Fact]
    [Trait("Needs", "time")]
    public void Reads_and_writes_at_known_and_unknown_offsets_are_those_of_concrete_bytes() =>
        Law.Holds(7_310_577, 300, dice => (Bytes: dice.Bytes(dice.Between(1, 40)), Uses: dice.Several(8, AnyUse)), drawn =>
        {
            Dictionary<string, ulong> values = new(StringComparer.Ordinal);
            for (var i = 0; i < drawn.Bytes.Length; i++) values[$"b{i}"] = drawn.Bytes[i];
            var assignment = Assignment.Zero with { Variable = variable => values[variable.Name] };
            IBytes<Word> concrete = ByteTree.Of(drawn.Bytes);
            IBytes<TermWord> symbolic = CellBytes.Variables((ulong)drawn.Bytes.Length, "b");

            foreach (var use in drawn.Uses)
            {
                // What lies beyond the end is not observed.
                var size = (ulong)use.Width.Bytes;
                if (size > (ulong)drawn.Bytes.Length) continue;
                var at = use.Offset % ((ulong)drawn.Bytes.Length - size + 1);
                var offset = Word(at, Width.Bits64, use.IsKnown);
                if (use.IsWrite)
                {
                    concrete = concrete.Write(
                        RbpfSpec.Words.Word.Of(at), RbpfSpec.Words.Word.Wrap(use.Value, use.Width), Truth<Word>.Of(use.When));
                    symbolic = symbolic.Write(offset, Word(use.Value & use.Width.Mask, use.Width, use.IsKnown), When(use));
                }
                else
                {
                    Concretise.Value(symbolic.Read(offset, use.Width), assignment)
                        .ShouldBe(concrete.Read(RbpfSpec.Words.Word.Of(at), use.Width));
                }
            }

            TermWord Word(ulong value, Width width, bool isKnown)
            {
                if (isKnown) return TermWord.Constant(value, width);
                var name = $"v{values.Count}";
                values[name] = value;
                return TermWord.Variable(name, width);
            }

            Truth<TermWord> When(Use use)
            {
                if (use.IsWhenKnown) return Truth<TermWord>.Of(use.When);
                var name = $"v{values.Count}";
                values[name] = use.When ? 1UL : 0;
                return TermTruths.Of(Make.Variable(name, Sort.Truth));
            }
        });

    [Fact]
    public void What_was_written_at_a_known_offset_is_read_as_it_was()
    {
        var value = TermWord.Variable("x", Width.Bits64);
        var offset = TermWord.Constant(8, Width.Bits64);

        var bytes = CellBytes.Variables(32, "b").Write(offset, value, Truth<TermWord>.Of(true));

        bytes.Read(offset, Width.Bits64).ShouldBe(value);
        bytes.Read(offset, Width.Bits32).ShouldBe(value.Low(Width.Bits32));
    }

    [Fact]
    public void An_unknown_offset_into_zeroes_reads_zero_without_a_choice() =>
        CellBytes.Of(512, _ => Make.Constant(0, 8)).Read(TermWord.Variable("i", Width.Bits64), Width.Bits64)
            .IsKnown(out _).ShouldBeTrue();

    [Fact]
    public void A_write_that_does_not_happen_changes_nothing()
    {
        var bytes = CellBytes.Variables(8, "b");

        bytes.Write(TermWord.Variable("i", Width.Bits64), TermWord.Constant(1, Width.Bits8), Truth<TermWord>.Of(false))
            .ShouldBeSameAs(bytes);
    }

    private static Use AnyUse(Dice dice) => new(
        dice.OnceIn(2), dice.Next(), dice.OnceIn(2), dice.Pick(Widths), dice.Next(), !dice.OnceIn(4), dice.OnceIn(2));
}

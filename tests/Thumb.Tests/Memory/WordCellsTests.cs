using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Thumb.Tests.Memory;

public class WordCellsTests
{
    private static readonly Term When = Make.Variable("when", Sort.Truth);
    private static readonly Term First = Make.Variable("first", 32);
    private static readonly TermWord Value = TermWord.Variable("value", Width.Bits32);

    private static readonly WordCells Cells = new(ImmutableDictionary<int, Term>.Empty.Add(0, First), -8, 8);

    [Fact]
    public void Words_that_are_there_are_read_and_those_in_range_are_written()
    {
        Grants(0, isWrite: false).ShouldBeTrue();
        Grants(4, isWrite: false).ShouldBeFalse();
        Grants(-8, isWrite: true).ShouldBeTrue();
        Grants(8, isWrite: true).ShouldBeFalse();
        Grants(-6, isWrite: true).ShouldBeFalse();
        Cells.Grants(At(0), Width.Bits16, isWrite: true).Term.IsFalse.ShouldBeTrue();
        Cells.Grants(TermWord.Variable("offset", Width.Bits32), Width.Bits32, isWrite: false).Term.IsFalse.ShouldBeTrue();
    }

    [Fact]
    public void Parts_of_words_are_read_where_they_do_not_reach_into_another()
    {
        Cells.Grants(At(2), Width.Bits16, isWrite: false).Term.IsTrue.ShouldBeTrue();
        Cells.Grants(At(1), Width.Bits16, isWrite: false).Term.IsFalse.ShouldBeTrue();
        Cells.Grants(At(4), Width.Bits8, isWrite: false).Term.IsFalse.ShouldBeTrue();
        Cells.Read(At(2), Width.Bits16).Term.ShouldBe(First.Bits(16, 16));
        Cells.Read(At(3), Width.Bits8).Term.ShouldBe(First.Bits(24, 8));
    }

    [Fact]
    public void What_is_stored_under_a_condition_is_a_choice()
    {
        var written = (WordCells)Cells.Write(At(0), Value, TermTruths.Of(When));
        written[0].ShouldBe(Make.Choose(When, Value.Term, First));
        ((WordCells)Cells.Write(At(-4), Value, TermTruths.Of(Make.True)))[-4].ShouldBe(Value.Term);
    }

    [Fact]
    public void A_word_that_is_stored_under_a_condition_only_is_not_read()
    {
        var written = (WordCells)Cells.Write(At(4), Value, TermTruths.Of(When));
        written.Grants(At(4), Width.Bits32, isWrite: false).Term.IsFalse.ShouldBeTrue();
    }

    private static TermWord At(int distance) => TermWord.Constant((ulong)(uint)distance, Width.Bits32);

    private static bool Grants(int distance, bool isWrite) => Cells.Grants(At(distance), Width.Bits32, isWrite).Term.IsTrue;
}

using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Tests.Solvers.Text;

public sealed class SExpressionTests
{
    [Theory]
    [InlineData("a", SExpressionKind.Symbol, "a")]
    [InlineData("|a b\n(c|", SExpressionKind.Symbol, "a b\n(c")]
    [InlineData("||", SExpressionKind.Symbol, "")]
    [InlineData("<=", SExpressionKind.Symbol, "<=")]
    [InlineData("bv5", SExpressionKind.Symbol, "bv5")]
    [InlineData(":named", SExpressionKind.Keyword, ":named")]
    [InlineData("0", SExpressionKind.Numeral, "0")]
    [InlineData("12.50", SExpressionKind.Numeral, "12.50")]
    [InlineData("#x0fA", SExpressionKind.Hexadecimal, "#x0fA")]
    [InlineData("#b01", SExpressionKind.Binary, "#b01")]
    [InlineData("\"say \"\"no; (\"\"\"", SExpressionKind.String, "say \"no; (\"")]
    [InlineData("; a comment\n a ; another", SExpressionKind.Symbol, "a")]
    public void An_atom_is_read(string text, SExpressionKind kind, string content) =>
        SExpression.Read(text).ShouldBe(new SExpressions.Complete([new(kind, content, [])]));

    [Fact]
    public void Lists_hold_what_stands_in_their_parentheses() =>
        SExpression.Read("(_ bv5 32)\t( ( ) a)").ShouldBe(new SExpressions.Complete(
        [
            new(SExpressionKind.List, "",
            [
                new(SExpressionKind.Symbol, "_", []),
                new(SExpressionKind.Symbol, "bv5", []),
                new(SExpressionKind.Numeral, "32", []),
            ]),
            new(SExpressionKind.List, "",
            [
                new(SExpressionKind.List, "", []),
                new(SExpressionKind.Symbol, "a", []),
            ]),
        ]));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t; no more")]
    public void A_text_without_expressions_is_well_formed(string text) =>
        SExpression.Read(text).ShouldBe(new SExpressions.Complete([]));

    [Theory]
    [InlineData("a (b (c)", 2)]
    [InlineData("a) b", 1)]
    [InlineData("a |b", 2)]
    [InlineData("a \"b\"\"", 2)]
    [InlineData("#", 0)]
    [InlineData("#x", 0)]
    [InlineData("#xfg", 0)]
    [InlineData("#b2", 0)]
    [InlineData("#o7", 0)]
    [InlineData("1a", 0)]
    [InlineData("1.", 0)]
    [InlineData("1.2.3", 0)]
    [InlineData("(: a)", 1)]
    [InlineData("a 'b", 2)]
    [InlineData("a \0", 2)]
    [InlineData("|a\0|", 0)]
    [InlineData("; a\0", 3)]
    [InlineData("é", 0)]
    public void A_malformed_text_is_a_value_that_says_where(string text, int position) =>
        SExpression.Read(text).ShouldBeOfType<SExpressions.Malformed>().Position.ShouldBe(position);

    [Fact]
    [Trait("Needs", "time")]
    public void No_text_is_too_deep()
    {
        const int Depth = 1_000_000;
        var text = new string('(', Depth) + new string(')', Depth);

        var expressions = SExpression.Read(text).ShouldBeOfType<SExpressions.Complete>().Expressions;

        expressions[0].ToString().ShouldBe(text);
        SExpression.Read(text[..^1]).ShouldBeOfType<SExpressions.Malformed>().Position.ShouldBe(0);
    }

    [Fact]
    public void No_text_makes_an_exception() => Prop.ForAll(
        Gen.Elements("()|\"; #xb01fg.:é\0\n".ToCharArray()).ArrayOf().ToArbitrary(),
        characters => SExpression.Read(new(characters)) is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_is_written_the_same() => Prop.ForAll(
        Gen.Elements("(", ")", " a ", " |b c| ", " \"d\"\"\" ", " #x0f ", " #b1 ", " 5 ", " :e ", " || ").ArrayOf().ToArbitrary(),
        parts => SExpression.Read(string.Concat(parts)) switch
        {
            SExpressions.Malformed => true,
            SExpressions.Complete complete => SExpression.Read(string.Join(' ', complete.Expressions)) == complete,
        }).QuickCheckThrowOnFailure();
}

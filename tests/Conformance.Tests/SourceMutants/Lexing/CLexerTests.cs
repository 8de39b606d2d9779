using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.Tests.SourceMutants.Lexing;

public class CLexerTests
{
    [Theory]
    [InlineData("a+=b>>=c<<d", "a += b >>= c << d")]
    [InlineData("p->x.y++ - --z", "p -> x . y ++ - -- z")]
    [InlineData("0xffULL+1e-5-07u", "0xffULL + 1e-5 - 07u")]
    [InlineData("'\\'' \"a\\\"b;\" '\"'", "'\\'' \"a\\\"b;\" '\"'")]
    [InlineData("f(a,...);", "f ( a , ... ) ;")]
    [InlineData("a /* + */ b // - \\\n * \n c", "a b c")]
    [InlineData("#define X 1 + \\\n 2\na", "a")]
    [InlineData("  # if 0 /* \n + */ 1\na#b", "a # b")]
    [InlineData("#include <x.h> // '\na", "a")]
    public void Tokens_are_what_a_compiler_takes_for_some(string source, string tokens) =>
        string.Join(' ', CLexer.Tokens(source).Select(token => token.Text)).ShouldBe(tokens);

    [Fact]
    public void Tokens_know_their_place()
    {
        const string Source = "int /* x */ f(void)\n{\n    return 'a' + 1; // end\n}\n";

        foreach (var token in CLexer.Tokens(Source)) Source.Substring(token.Start, token.Text.Length).ShouldBe(token.Text);
        CLexer.Tokens(Source).Select(token => token.Kind).Distinct().Order()
            .ShouldBe([CTokenKind.Word, CTokenKind.Number, CTokenKind.Character, CTokenKind.Sign]);
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("'")]
    [InlineData("/* open")]
    [InlineData("#")]
    [InlineData("a \\")]
    [InlineData("\"\\")]
    public void What_ends_too_soon_ends_with_the_file(string source) =>
        CLexer.Tokens(source).ShouldAllBe(token => token.End <= source.Length);
}

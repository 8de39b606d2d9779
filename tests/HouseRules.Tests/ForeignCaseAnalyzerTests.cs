namespace RbpfSpec.HouseRules.Tests;

public sealed class ForeignCaseAnalyzerTests
{
    private const string Closed = """
        public abstract partial record Closed
        {
            private Closed() { }
            public sealed record Only(int Number) : Closed;
        }

        """;

    [Fact]
    public async Task The_copy_constructor_lets_no_foreign_case_in() =>
        (await Snippet.Broken(Closed + "public sealed record Evil(Closed Original) : Closed(Original);"))
            .ShouldBe([ForeignCaseAnalyzer.Id]);

    [Fact]
    public async Task A_case_nested_in_another_type_is_foreign() =>
        (await Snippet.Broken(Closed + "public static class Host { public sealed record Evil(Closed O) : Closed(O); }"))
            .ShouldBe([ForeignCaseAnalyzer.Id]);

    [Fact]
    public async Task A_generic_hierarchy_lets_no_foreign_case_in() =>
        (await Snippet.Broken("""
            public abstract record Choice<T> { private Choice() { } public sealed record Only : Choice<T>; }
            public sealed record Evil(Choice<int> Original) : Choice<int>(Original);
            """)).ShouldBe([ForeignCaseAnalyzer.Id]);

    [Fact]
    public async Task A_hierarchy_of_a_referenced_library_lets_no_foreign_case_in() =>
        (await Snippet.Broken(
            "public sealed record Evil(Closed Original) : Closed(Original);", Snippet.Library(Closed)))
            .ShouldBe([ForeignCaseAnalyzer.Id]);

    [Theory]
    [InlineData("public sealed record Late : Closed;")]
    [InlineData("public sealed record Late : Closed { public sealed record Deep : Closed; }")]
    public async Task Cases_nested_at_any_depth_in_any_part_are_at_home(string cases) =>
        (await Snippet.Broken($"{Closed} public abstract partial record Closed {{ {cases} }}")).ShouldBeEmpty();

    [Theory]
    [InlineData("public abstract record Open; public sealed record Case : Open;")]
    [InlineData("public abstract record Open { private protected Open() { } } public sealed record Case : Open;")]
    [InlineData("public sealed class Trouble : System.Exception { }")]
    public async Task Open_hierarchies_may_be_derived_from_anywhere(string text) =>
        (await Snippet.Broken(text)).ShouldBeEmpty();
}

namespace RbpfSpec.HouseRules.Tests;

public sealed class ClosedHierarchySuppressorTests
{
    private const string Shape = """
        public abstract record Shape
        {
            private Shape() { }
            public sealed record Dot : Shape;
            public sealed record Disc(int Radius, string Name) : Shape;
            public abstract record Box : Shape
            {
                private Box() { }
                public sealed record Square(int Side) : Box;
                public sealed record Oblong(int Long, int Short) : Box;
            }
        }

        """;

    [Theory]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", "types")]
    [InlineData("Shape.Dot => 0, Shape.Disc disc => disc.Radius, Shape.Box _ => 2", "declarations")]
    [InlineData("Shape.Dot => 0, Shape.Disc(var r, _) => r, Shape.Box => 2", "irrefutable positions")]
    [InlineData("Shape.Dot => 0, Shape.Disc(int r, _) => r, Shape.Box => 2", "a value's own type")]
    [InlineData("Shape.Dot => 0, Shape.Disc { Name: var n } => n.Length, Shape.Box => 2", "irrefutable properties")]
    [InlineData("Shape.Dot or Shape.Disc or Shape.Box => 0", "alternatives")]
    [InlineData("Shape.Dot or (Shape.Disc and { Name: var _ }) => 0, Shape.Box => 2", "conjunctions")]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box.Square => 2, Shape.Box.Oblong => 3", "a nested union")]
    [InlineData("Shape.Dot or Shape.Box.Square => 0, Shape.Disc or Shape.Box.Oblong => 1", "alternatives of both")]
    [InlineData("Shape.Box when guard => 9, Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", "a guard before")]
    [InlineData("_ when guard => 9, Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", "a guard for CS8846")]
    [InlineData("Shape.Disc(1, _) => 9, Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", "a special case before")]
    public async Task A_switch_that_handles_every_case_is_complete(string arms, string because) =>
        (await Snippet.IsAcceptedAsComplete(Shape + SwitchOver("Shape", arms))).ShouldBeTrue(because);

    [Theory]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1", "a case is missing")]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box.Square => 2", "a case of a nested union is missing")]
    [InlineData("Shape.Dot or Shape.Disc => 0", "no alternative names the case")]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box when guard => 2", "guards may be false")]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, _ when guard => 2", "guards may be false (CS8846)")]
    [InlineData("Shape.Dot => 0, Shape.Disc(> 0, _) => 1, Shape.Box => 2", "positions may be refuted")]
    [InlineData("Shape.Dot => 0, Shape.Disc { Radius: 1 } => 1, Shape.Box => 2", "properties may be refuted")]
    [InlineData("Shape.Dot => 0, Shape.Disc(_, string n) => 1, Shape.Box => 2", "a reference may be null")]
    [InlineData("Shape.Dot => 0, Shape.Disc and { Radius: 1 } => 1, Shape.Box => 2", "both conjuncts have to hold")]
    [InlineData("Shape.Dot => 0, not Shape.Dot and Shape.Disc => 1", "negations prove nothing")]
    public async Task A_switch_that_may_meet_an_unhandled_case_is_not_complete(string arms, string because) =>
        (await Snippet.IsAcceptedAsComplete(Shape + SwitchOver("Shape", arms))).ShouldBeFalse(because);

    [Theory]
    [InlineData("null => 9, Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", true)]
    [InlineData("null or Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", true)]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box => 2", false)]
    public async Task A_value_that_may_be_absent_needs_an_arm_for_null(string arms, bool complete) =>
        (await Snippet.IsAcceptedAsComplete(Shape + SwitchOver("Shape?", arms))).ShouldBe(complete);

    [Fact]
    public async Task A_nested_union_is_complete_with_its_own_cases() =>
        (await Snippet.IsAcceptedAsComplete(
            Shape + SwitchOver("Shape.Box", "Shape.Box.Square => 0, Shape.Box.Oblong => 1"))).ShouldBeTrue();

    [Theory]
    [InlineData("Outcome<T, bool>.Value v => 0, Outcome<T, bool>.Trap => 1", true)]
    [InlineData("Outcome<T, bool>.Value v => 0", false)]
    public async Task Generic_unions_are_complete_when_every_constructed_case_is_handled(string arms, bool complete)
    {
        const string Outcome = """
            public abstract record Outcome<TWord, TBit>
            {
                private Outcome() { }
                public sealed record Value(TWord Word) : Outcome<TWord, TBit>;
                public sealed record Trap(TBit When) : Outcome<TWord, TBit>;
            }

            """;

        (await Snippet.IsAcceptedAsComplete(Outcome + SwitchOver("Outcome<T, bool>", arms))).ShouldBe(complete);
    }

    [Fact]
    public async Task A_case_constructed_with_other_arguments_does_not_stand_for_its_namesake()
    {
        const string Box = """
            public abstract class Box<T>
            {
                private Box() { }
                public sealed class Full : Box<T> { }
                public sealed class Empty : Box<T> { }
            }

            """;

        (await Snippet.IsAcceptedAsComplete(Box + SwitchOver("Box<T>", "Box<int>.Full => 0, Box<T>.Empty => 1")))
            .ShouldBeFalse();
    }

    [Theory]
    [InlineData("abstract record Open {", "anyone may derive")]
    [InlineData("abstract record Open { private protected Open() { }", "others in the assembly may derive")]
    [InlineData("abstract record Open { internal Open() { }", "others in the assembly may derive")]
    [InlineData("record Open { private Open() { }", "the base has values of its own")]
    [InlineData("interface Open {", "anyone may implement an interface")]
    public async Task Open_hierarchies_are_never_complete(string start, string because) =>
        (await Snippet.IsAcceptedAsComplete(
            $"public {start} public sealed record Only : Open; }} {SwitchOver("Open", "Open.Only => 0")}"))
            .ShouldBeFalse(because);

    [Fact]
    public async Task Enums_are_left_to_the_compiler() =>
        (await Snippet.IsAcceptedAsComplete(
            "public enum Width { Bits32, Bits64 } " + SwitchOver("Width", "Width.Bits32 => 32"))).ShouldBeFalse();

    [Fact]
    public async Task A_case_deep_in_the_hierarchy_must_be_handled_too()
    {
        const string Deep = """
            public abstract class Deep
            {
                private Deep() { }
                public sealed class Near : Deep { }
                public static class Names { public sealed class Far : Deep { } }
            }

            """;

        var partial = Deep + SwitchOver("Deep", "Deep.Near => 0");
        var complete = Deep + SwitchOver("Deep", "Deep.Near => 0, Deep.Names.Far => 1");

        (await Snippet.IsAcceptedAsComplete(partial)).ShouldBeFalse();
        (await Snippet.IsAcceptedAsComplete(complete)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Shape.Dot => 0, Shape.Disc(_, _) => 1, Shape.Box.Square or Shape.Box.Oblong => 2", true)]
    [InlineData("Shape.Dot => 0, Shape.Disc => 1, Shape.Box.Square => 2", false)]
    public async Task Unions_of_a_referenced_library_are_closed_too(string arms, bool complete) =>
        (await Snippet.IsAcceptedAsComplete(SwitchOver("Shape", arms), Snippet.Library(Shape))).ShouldBe(complete);

    [Fact]
    public async Task A_referenced_library_may_hold_cases_elsewhere_when_its_constructor_was_internal()
    {
        var library = Snippet.Library("""
            public abstract class Open { internal Open() { } public sealed class Only : Open { } }
            public sealed class Other : Open { }
            """);

        (await Snippet.IsAcceptedAsComplete(SwitchOver("Open", "Open.Only => 0"), library)).ShouldBeFalse();
    }

    private static string SwitchOver(string type, string arms) =>
        $$"""
        public static class Reader
        {
            public static int Read<T>({{type}} shape, bool guard) => shape switch { {{arms}} };
        }
        """;
}

using System.Text.RegularExpressions;

namespace RbpfSpec.House.Tests;

/// <summary>A class of tests says what its tests need beside .NET, by the trait <c>Needs</c>.</summary>
/// <remarks>
/// <c>./rbpf test --fast</c> leaves those out.
/// By the names that the source mentions, through the helpers of its project. That no single test needs what it does not say,
/// a fast run shows: there a compiler, a browser and the solver are refused.
/// </remarks>
public sealed class NeedsTests
{
    // How a class that needs something is known; a test that takes long is known by its time alone.
    private static readonly Dictionary<string, Regex> Signs = new()
    {
        ["browser"] = Repository.Pattern(@"\bPlaywright\b"),
        ["compiler"] = Repository.Pattern(
            @"\bExternal\.(Find|Run|Start)\b|\bNativeCode\b|\bLine\(\$?""bench |\bRun\(\[""(bench""|conformance"", ""mutate"")"),
        ["solver"] = Repository.Pattern(@"\b(Z3Solver|Z3Library|SolverFactory)\b|\bLine\(\$?""(prove|solve) "),
    };

    /// <summary>Classes that mention what they do not need, with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["AssumptionTests"] = "takes inputs from Solving, and no decider",
        ["EquivalentMutantsTests"] = "reads the machine in C, and compiles nothing",
        ["MutatorsTests"] = "reads the machine in C, and compiles nothing",
        ["NeedsTests"] = "has examples",
        ["ProveCommandTests"] = "gives each run solvers that are none",
    };

    private static readonly Regex TestMark = Repository.Pattern(@"^\s*\[(Fact|Theory)\b");

    private static readonly Regex TypeName = Repository.Pattern(
        @"(?m)^ *((public|internal|private|sealed|abstract|static|partial|readonly|ref|record) )*(class|record|struct) (?<name>\w+)");

    private static readonly Regex Word = Repository.Pattern(@"\w+");

    public static TheoryData<string> Needs => [.. Signs.Keys];

    [Theory]
    [MemberData(nameof(Needs))]
    public void A_class_that_needs_it_says_so(string need) =>
        Repository.Projects("tests")
            .SelectMany(project => Silent(Texts(Path.GetDirectoryName(project)!), need))
            .Except(Exceptions.Keys)
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Needs))]
    public void Some_class_says_it(string need) =>
        Repository.Projects("tests")
            .SelectMany(project => Texts(Path.GetDirectoryName(project)!))
            .ShouldContain(text => text.Contains(Trait(need), StringComparison.Ordinal));

    [Fact]
    public void What_is_said_is_what_a_fast_run_leaves_out()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "rbpf"));

        foreach (var need in Signs.Keys.Append("time")) script.ShouldContain($"Needs!={need}");
        Repository.Matches(Repository.Sources("tests"), Repository.Pattern(@"\[Trait\("))
            .Where(line => !Signs.Keys.Append("time").Any(need => line.Contains(Trait(need), StringComparison.Ordinal)))
            .Where(line => !line.StartsWith("tests/House.Tests/", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Processes_are_started_in_one_place() =>
        Repository.Matches(
                Repository.Sources("tests").Where(file => Repository.Relative(file) != "tests/Shared/External.cs"),
                Repository.Pattern(@"\bProcess\.Start\(|\bnew ProcessStartInfo\(|\bProcessStartInfo \w+ = new\("))
            .Where(line => !line.StartsWith("tests/House.Tests/NeedsTests.cs", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void No_exception_outlives_its_class() =>
        Exceptions.Keys.Except(Repository.Sources("tests").Select(Path.GetFileNameWithoutExtension)).ShouldBeEmpty();

    [Fact]
    public void A_need_is_seen_through_helpers_and_in_any_part_of_a_class()
    {
        const string Helper = "class Compiler { void Make() => External.Run(\"cc\"); }";
        const string Machine = "class Machine { Compiler compiler; }";
        const string Test = "class MachineTests\n{\n    [Fact]\n    void It_runs() => new Machine();\n}";
        const string Other = "class OtherTests\n{\n    [Fact]\n    void It_is() => new Number();\n}";
        var part = $"class MachineTests\n{{\n    [Fact]\n    {Trait("compiler")}\n    void It_ends() {{ }}\n}}";

        Silent([Helper, Machine, Test, Other], "compiler").ShouldBe(["MachineTests"]);
        Silent([Helper, Machine, Test, Other, part], "compiler").ShouldBeEmpty();
        Silent([Helper, Machine, Test, Other], "browser").ShouldBeEmpty();
    }

    // The classes of tests that need something and do not say it.
    private static IEnumerable<string> Silent(IReadOnlyList<string> texts, string need)
    {
        var words = texts.ToDictionary(text => text, text => Word.Matches(text).Select(match => match.Value).ToHashSet());
        var helpers = texts.Where(text => !IsOfTests(text)).ToList();
        HashSet<string> names = [];
        for (var before = -1; names.Count > before;)
        {
            before = names.Count;
            names.UnionWith(helpers.Where(Reaches).SelectMany(text => TypeName.Matches(text)).Select(match => match.Groups["name"].Value));
        }

        return texts.Where(IsOfTests)
            .GroupBy(text => TypeName.Match(text).Groups["name"].Value)
            .Where(parts => parts.Any(Reaches) && !parts.Any(text => text.Contains(Trait(need), StringComparison.Ordinal)))
            .Select(parts => parts.Key);

        bool Reaches(string text) => Signs[need].IsMatch(text) || words[text].Overlaps(names);
    }

    private static bool IsOfTests(string text) => text.Split('\n').Any(line => TestMark.IsMatch(line));

    private static List<string> Texts(string project) => [.. Repository.Sources(Repository.Relative(project)).Select(File.ReadAllText)];

    private static string Trait(string need) => $"[Trait(\"Needs\", \"{need}\")]";
}

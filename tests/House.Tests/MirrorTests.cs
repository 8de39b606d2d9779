namespace RbpfSpec.House.Tests;

/// <summary>A test is found where its subject is: <c>tests/X.Tests/Y/ZTests.cs</c> tests <c>src/X/Y/Z.cs</c>.</summary>
public sealed class MirrorTests
{
    private const string Suffix = "Tests.cs";

    /// <summary>Tests without a subject of their own name, with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["tests/Cli.Tests/PageTextTests.cs"] = "tests the command lines of README.md and docs/",
        ["tests/Cli.Tests/ReadmeTests.cs"] = "tests README.md and docs/",
        ["tests/Cli.Tests/ScriptTests.cs"] = "tests the script rbpf",
        ["tests/Conformance.Tests/Formats/Header/HeaderOfTheRfcTests.cs"] = "tests spec/vectors/c/rfc9669, beside the class "
            + "that tests the rest of spec/vectors",
        ["tests/Conformance.Tests/ProtocolsPageTests.cs"] = "tests docs/protocols.md",
        ["tests/Conformance.Tests/SharedVectorsTests.cs"] = "runs the vectors of others, where they stand beside the checkout",
        ["tests/Dashboard.Tests/PageTests.cs"] = "tests src/Dashboard/Page, which a browser runs",
        ["tests/RealMachines.Tests/Adapters/AdapterTests.cs"] = "tests what is under machines/",
        ["tests/Images.Tests/Examples/ApplicationsTests.cs"] = "tests what is under examples/applications",
        ["tests/Images.Tests/Compilers/CompilersTests.cs"] = "tests what several compilers make of the same sources",
        ["tests/Images.Tests/Examples/ExamplesTests.cs"] = "tests what is under examples/",
        ["tests/Serving.Tests/ApplicationsTests.cs"] = "tests what is under examples/applications",
    };

    [Fact]
    public void A_test_is_named_after_a_file_or_type_of_the_project_it_tests() =>
        Tests
            .Where(test => !Exceptions.ContainsKey(test.Path))
            .Where(test => !HasFile(test) && !HasType(test))
            .Select(test => test.Path)
            .ShouldBeEmpty();

    [Fact]
    public void No_exception_outlives_its_test() =>
        Exceptions.Keys.Except(Tests.Select(test => test.Path)).ShouldBeEmpty();

    // Test projects that watch over something else than a project of the same name have no folder under src.
    private static IEnumerable<(string Path, string Project, string Subject)> Tests =>
        from file in Repository.Sources("tests")
        where Path.GetFileName(file).EndsWith(Suffix, StringComparison.Ordinal)
        let path = Repository.Relative(file)
        let project = path.Split('/')[1].Replace(".Tests", "", StringComparison.Ordinal)
        where Directory.Exists(Path.Combine(Repository.Root, "src", project))
        select (path, project, Path.GetFileName(file)[..^Suffix.Length]);

    private static bool HasFile((string Path, string Project, string Subject) test) =>
        File.Exists(Path.Combine(
            Repository.Root,
            "src",
            test.Project,
            string.Join('/', test.Path.Split('/')[2..^1]),
            test.Subject + ".cs"));

    private static bool HasType((string Path, string Project, string Subject) test) =>
        Repository.Matches(
            Repository.Sources($"src/{test.Project}"),
            Repository.Pattern($@"\b(class|record|struct|interface|enum)\s+{test.Subject}\b")).Any();
}

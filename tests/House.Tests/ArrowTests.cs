using System.Xml.Linq;

namespace RbpfSpec.House.Tests;

/// <summary>Who may refer to whom: everything to Semantics, Semantics to Words, and Words to nothing.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Words"] = [],
        ["Semantics"] = ["Words"],
        ["Assembly"] = ["Semantics"],
        ["Images"] = ["Semantics", "Assembly"],
        ["Conformance"] = ["Semantics", "Assembly", "Images", "Symbolic", "Interp", "Fuzzing"],
        ["Symbolic"] = ["Semantics"],
        ["Interp"] = ["Semantics"],
        ["Fuzzing"] = ["Semantics", "Assembly", "Interp"],
        ["HouseRules"] = [],
        ["Proofs"] = ["Semantics", "Assembly", "Symbolic", "Interp"],
        ["Specification"] = ["Semantics", "Assembly", "Conformance", "Symbolic"],
        ["Cli"] = ["Semantics", "Assembly", "Images", "Conformance", "Symbolic", "Interp", "Fuzzing", "Specification", "Proofs"],
    };

    public static TheoryData<string> Sources => [.. Projects.Select(Name)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_project_refers_only_to_those_it_may(string project)
    {
        Allowed.ShouldContainKey(project, "a new project needs its arrows decided on");

        References(Projects.Single(file => Name(file) == project)).ShouldBeSubsetOf(Allowed[project]);
    }

    [Fact]
    public void The_arrows_make_no_circle() =>
        Allowed.Keys.Where(project => Reachable(project).Contains(project)).ShouldBeEmpty();

    [Fact]
    public void Nothing_but_tests_refers_to_the_command_line() =>
        Repository.Projects()
            .Where(file => !Name(file).EndsWith(".Tests", StringComparison.Ordinal))
            .Where(file => References(file).Contains("Cli"))
            .Select(Repository.Relative)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Words")]
    [InlineData("Semantics")]
    public void The_ground_needs_no_package(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, $"src/{project}/{project}.csproj"))
            .Descendants("PackageReference")
            .ShouldBeEmpty();

    [Fact]
    public void Native_code_is_called_in_one_folder_only() =>
        Repository.Matches(
                Repository.Sources().Where(file =>
                    !Repository.Relative(file).StartsWith("src/Symbolic/Native/", StringComparison.Ordinal)),
                Repository.Pattern(@"\[(Dll|Library)Import\b"))
            .ShouldBeEmpty();

    private static IEnumerable<string> Projects => Repository.Projects("src").Concat(Repository.Projects("proofs"));

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Name(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static HashSet<string> Reachable(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(Allowed[project]);
        while (next.TryDequeue(out var other))
        {
            if (!reached.Add(other)) continue;
            foreach (var further in Allowed[other]) next.Enqueue(further);
        }

        return reached;
    }
}

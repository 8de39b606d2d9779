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
        ["Conformance"] = ["Semantics", "Assembly", "Images", "Symbolic", "Reports", "Interp", "Fuzzing"],
        ["Symbolic"] = ["Semantics"],
        ["Reports"] = ["Words"],
        ["Cil"] = ["Symbolic"],
        ["Proving"] = ["Semantics", "Symbolic", "Reports"],
        ["Interp"] = ["Semantics"],
        ["Fuzzing"] = ["Semantics", "Assembly", "Interp"],
        ["Benchmarks"] = ["Semantics", "Images", "Interp", "Fuzzing", "Conformance", "Reports"],
        ["HouseRules"] = [],
        ["Proofs"] = ["Semantics", "Assembly", "Symbolic", "Cil", "Proving", "Reports", "Interp"],
        ["Specification"] = ["Semantics", "Assembly", "Conformance", "Proving", "Reports"],
        ["Cli"] =
        [
            "Semantics", "Assembly", "Images", "Conformance", "Symbolic", "Proving", "Reports", "Interp", "Fuzzing", "Benchmarks",
            "Specification", "Proofs",
        ],
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
    public void Nothing_is_imported_from_native_code() =>
        Repository.Matches(Repository.Sources(), Repository.Pattern(@"\[(Dll|Library)Import\b")).ShouldBeEmpty();

    [Fact]
    public void The_binding_of_z3_is_used_in_one_folder_only() =>
        Repository.Matches(
                Repository.Sources("src").Concat(Repository.Sources("proofs")).Where(file =>
                    !Repository.Relative(file).StartsWith("src/Symbolic/Native/", StringComparison.Ordinal)),
                Repository.Pattern(@"\bMicrosoft\.Z3\b"))
            .ShouldBeEmpty();

    // A linked file is an arrow, too.
    [Fact]
    public void A_project_that_ships_links_no_file_of_another() =>
        Projects.SelectMany(project => Links(project).Select(file => $"{Name(project)}: {file}")).ShouldBeEmpty();

    // What tests share stands in one folder, and what they try a project with may be what it is made with.
    [Fact]
    public void A_test_project_links_files_that_all_may_share_and_those_of_projects_never_of_another_test_project() =>
        Repository.Projects("tests")
            .SelectMany(project => Links(project).Select(file => (Project: Name(project), File: file)))
            .Where(link => !link.File.StartsWith("tests/Shared/", StringComparison.Ordinal))
            .Where(link => !link.File.StartsWith("src/", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void What_test_projects_share_is_used_by_several() =>
        Repository.Sources("tests/Shared")
            .Select(Repository.Relative)
            .Where(file => !File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.targets")).Contains(file, StringComparison.Ordinal))
            .Where(file => Repository.Projects("tests").Count(project => Links(project).Contains(file)) < 2)
            .ShouldBeEmpty();

    private static IEnumerable<string> Links(string project) =>
        XDocument.Load(project)
            .Descendants("Compile")
            .SelectMany(item => item.Attribute("Include")!.Value.Split(';'))
            .Select(file => Repository.Relative(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, file))));

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

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RbpfSpec.House.Tests;

/// <summary>Who refers to whom: the table in CONTRIBUTING.md says it, and nothing else is so.</summary>
public sealed class ArrowTests
{
    // | `src/Images` | what programs come in | Semantics, Assembly |
    private static readonly Regex Row = Repository.Pattern(@"^\| `(?<folder>src/\w+|proofs|bench)` \| [^|]+ \| (?<arrows>[^|]+) \|$");

    // Interp["src/Interp: the fast machine"] --> Semantics["src/Semantics"]
    private static readonly Regex Edge = Repository.Pattern(@"^\s*(?<from>\w+)(\[[^]]*\])? --> (?<to>\w+)(\[[^]]*\])?$");

    private static readonly Dictionary<string, string[]> Stated = File.ReadLines(Path.Combine(Repository.Root, "CONTRIBUTING.md"))
        .Select(line => Row.Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["folder"].Value, match => Arrows(match.Groups["arrows"].Value));

    public static TheoryData<string> Folders => [.. Projects.Concat(Repository.Projects("bench")).Select(Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_project_refers_to_those_that_its_row_in_CONTRIBUTING_names_and_to_no_others(string folder)
    {
        Stated.ShouldContainKey(
            folder,
            $"the table under 'The house' in CONTRIBUTING.md has no row for {folder}; "
            + $"add | `{folder}` | what it is | the projects that it refers to, or nothing |");

        References(Repository.Projects(folder).Single()).ShouldBe(
            Stated[folder], ignoreOrder: true, $"the row of {folder} in CONTRIBUTING.md, and its project file, say something else");
    }

    [Fact]
    public void Every_row_is_of_a_project_that_there_is() =>
        Stated.Keys.Except(Projects.Concat(Repository.Projects("bench")).Select(Folder)).ShouldBeEmpty();

    [Fact]
    public void The_picture_in_the_README_shows_arrows_that_there_are()
    {
        var edges = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Select(line => Edge.Match(line))
            .Where(match => match.Success)
            .Select(match => (From: match.Groups["from"].Value, To: match.Groups["to"].Value))
            .ToList();

        edges.Count.ShouldBeGreaterThan(5);
        edges.Where(edge => !Allowed.TryGetValue(edge.From, out var arrows) || !arrows.Contains(edge.To)).ShouldBeEmpty();
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
    [InlineData("Dialects")]
    [InlineData("Host")]
    public void The_ground_needs_no_package(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, $"src/{project}/{project}.csproj"))
            .Descendants("PackageReference")
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_is_imported_from_native_code_but_the_call_of_the_kernel_that_is_tested() =>
        Repository.Matches(Repository.Sources(), Repository.Pattern(@"\[(Dll|Library)Import\b"))
            .ShouldHaveSingleItem().ShouldStartWith("src/RealMachines/Kernel/SystemCall.cs:");

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
            .Where(file => !File.ReadAllText(
                Path.Combine(Repository.Root, "Directory.Build.targets")).Contains(file, StringComparison.Ordinal))
            .Where(file => Repository.Projects("tests").Count(project => Links(project).Contains(file)) < 2)
            .ShouldBeEmpty();

    private static IEnumerable<string> Links(string project) =>
        XDocument.Load(project)
            .Descendants("Compile")
            .SelectMany(item => item.Attribute("Include")!.Value.Split(';'))
            .Select(file => Repository.Relative(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, file))));

    private static IEnumerable<string> Projects => Repository.Projects("src").Concat(Repository.Projects("proofs"));

    // By the names of projects, as project files have them.
    private static Dictionary<string, string[]> Allowed { get; } =
        Stated.ToDictionary(row => Path.GetFileNameWithoutExtension(Repository.Projects(row.Key).Single()), row => row.Value);

    private static string[] Arrows(string cell) => cell == "nothing" ? [] : cell.Split(", ");

    private static string Folder(string project) => Repository.Relative(Path.GetDirectoryName(project)!);

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

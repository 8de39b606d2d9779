using System.Text.RegularExpressions;

namespace RbpfSpec.House.Tests;

/// <summary>The pages that people write name what there is.</summary>
public sealed class MarkdownTests
{
    private const int MostLinesOfReadme = 130;

    private static readonly Regex Link = Repository.Pattern(@"\]\((?<target>[^)\s]+)\)");
    private static readonly Regex Heading = Repository.Pattern(@"^#+ (?<title>.+)$");
    private static readonly Regex Anchor = Repository.Pattern(@"<a (id|name)=""(?<id>[^""]+)""");
    private static readonly Regex Code = Repository.Pattern(@"`(?<text>[^`\n]+)`");
    private static readonly Regex Place = Repository.Pattern(@"^(src|tests|proofs|spec|docs|bench|examples|\.ci)/[A-Za-z0-9_./-]*$");

    private static readonly Regex Name = Repository.Pattern(@"^([A-Z][a-z]+){2,}$");
    private static readonly char[] Between =
    [
        .. Enumerable.Range(0, 128).Select(code => (char)code).Where(letter => !char.IsLetterOrDigit(letter)),
    ];

    private static readonly Lazy<HashSet<string>> Words = new(() =>
    [
        .. Repository.Sources().SelectMany(file => File.ReadAllText(file).Split(Between)),
        .. Repository.Sources().Select(Path.GetFileNameWithoutExtension).OfType<string>(),

        // Of the tool that tests/MUTATION.md speaks of.
        "MutantControl", "ActiveMutant",
    ]);

    // Those of spec/ are tested with the pages that are generated; the changelog tells of what was.
    public static TheoryData<string> Pages =>
    [
        .. Repository.Files("", ".md")
            .Select(Repository.Relative)
            .Where(page => page is not "CHANGELOG.md")
            .Where(page => !page.StartsWith("spec/", StringComparison.Ordinal) || page.Count(letter => letter == '/') > 1)
            .Where(page => !page.StartsWith("spec/3", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_a_heading(string page) =>
        (from line in Lines(page)
         from match in Link.Matches(line)
         let target = match.Groups["target"].Value
         where !target.Contains("://", StringComparison.Ordinal) && !Leads(page, target)
         select target).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_path_of_the_repository_that_a_page_names_exists(string page) =>
        (from line in Lines(page)
         from match in Code.Matches(line)
         let path = match.Groups["text"].Value
         where Place.IsMatch(path) && !path.Split('/', '.').Contains("X")
         where !Path.Exists(Path.Combine(Repository.Root, path)) && !Path.Exists(Path.Combine(Repository.Root, $"{path}.cs"))
         select path).ShouldBeEmpty();

    // Names of two words or more: those of one are English, too.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_type_or_member_that_a_page_names_is_in_the_sources(string page) =>
        (from line in Lines(page)
         from match in Code.Matches(line)
         from part in match.Groups["text"].Value.Split('.')
         where Name.IsMatch(part) && !Words.Value.Contains(part)
         select part).ShouldBeEmpty();

    // One word a thing: the glossary in CONTRIBUTING.md.
    [Fact]
    public void Claims_are_called_claims() =>
        Repository.Matches(Repository.Files("", ".md"), Repository.Pattern("(?i)obligation")).ShouldBeEmpty();

    [Fact]
    public void The_readme_is_short() => Lines("README.md").Length.ShouldBeLessThanOrEqualTo(MostLinesOfReadme);

    [Fact]
    public void The_readme_leads_to_every_page_of_docs()
    {
        var readme = string.Join('\n', Lines("README.md"));

        Repository.Files("docs", ".md").Select(Repository.Relative)
            .Where(page => !readme.Contains($"]({page})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    // What is shown of the sources is what stands there, line for line.
    [Fact]
    public void The_code_that_the_guide_to_contributors_shows_is_that_of_the_sources()
    {
        var sources = Repository.Sources("src")
            .Concat(Repository.Sources("proofs"))
            .Select(file => Trimmed(File.ReadAllLines(file)))
            .ToList();

        var shown = Blocks("CONTRIBUTING.md", "csharp").ToList();

        shown.Count.ShouldBeGreaterThan(1);
        shown.Where(block => !sources.Exists(source => source.Contains(Trimmed(block), StringComparison.Ordinal)))
            .Select(block => block[0])
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_seen()
    {
        Leads("README.md", "docs/commands.md#exit-codes").ShouldBeTrue();
        Leads("docs/commands.md", "../README.md").ShouldBeTrue();
        Leads("README.md", "docs/commands.md#entry-codes").ShouldBeFalse();
        Leads("README.md", "docs/command.md").ShouldBeFalse();
    }

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(Path.Combine(Repository.Root, file)) && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    private static IEnumerable<string> Anchors(string page) =>
        Lines(page).SelectMany(line => Heading.Matches(line)
            .Select(match => AnchorOf(match.Groups["title"].Value))
            .Concat(Anchor.Matches(line).Select(match => match.Groups["id"].Value)));

    // As GitHub makes it.
    private static string AnchorOf(string title) =>
        string.Concat(title.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or ' ' or '_'))
            .Replace(' ', '-');

    private static IEnumerable<string[]> Blocks(string page, string language)
    {
        var lines = Lines(page);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != $"```{language}") continue;
            string[] block = [.. lines.Skip(i + 1).TakeWhile(line => line != "```")];
            i += block.Length;
            yield return block;
        }
    }

    private static string Trimmed(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()));

    private static string[] Lines(string page) => File.ReadAllLines(Path.Combine(Repository.Root, page));
}

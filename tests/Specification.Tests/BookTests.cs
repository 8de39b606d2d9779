using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Tests;

/// <summary>The text in <c>spec/</c>: what it says is held by something, and what is generated is current.</summary>
public class BookTests
{
    private static readonly string[] Signatures = ["public void", "public async Task"];

    [Fact]
    public void Every_selector_of_a_requirement_selects_a_vector() =>
        (from requirement in Repository.Book.Requirements
         from selector in requirement.Vectors
         where !Repository.Book.Vectors.Any(selector.Selects) && !Repository.Book.PackingVectors.Any(selector.Selects)
             && !Book.HostVectors.Any(selector.Selects)
         select $"{requirement.Id}: {selector}").ShouldBeEmpty();

    [Fact]
    public void Every_glob_of_a_requirement_names_a_claim() =>
        (from requirement in Repository.Book.Requirements
         from glob in requirement.Claims
         where !Repository.Book.ClaimsOf(requirement with { Claims = [glob] }).Any()
         select $"{requirement.Id}: {glob}").ShouldBeEmpty();

    [Fact]
    public void Every_test_of_a_requirement_is_a_test_of_the_host_or_of_analysis()
    {
        // A class may be in several files: the name of each begins with that of the class.
        var sources = new[] { "Host.Tests", "Updates.Tests", "Ranges.Tests", "Cli.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "tests", project), "*Tests*.cs", SearchOption.AllDirectories))
            .ToLookup(file => Path.GetFileName(file).Split('.')[0], File.ReadAllText, StringComparer.Ordinal);

        (from requirement in Repository.Book.Requirements
         from test in requirement.Tests
         let name = test.Split('.')
         where name.Length != 2 || !sources[name[0]].Any(source =>
             Signatures.Any(signature => source.Contains($"{signature} {name[1]}(", StringComparison.Ordinal)))
         select $"{requirement.Id}: {test}").ShouldBeEmpty();
    }

    // What a machine does, vectors show to any machine.
    [Fact]
    public void Every_requirement_binds_and_is_held_by_a_vector_or_a_test()
    {
        Repository.Book.Requirements.Where(requirement => !requirement.Text.Contains("MUST", StringComparison.Ordinal))
            .Select(requirement => requirement.Id).ShouldBeEmpty();
        Repository.Book.Requirements
            .Where(requirement => requirement.Tests.IsEmpty
                && !Repository.Book.VectorsOf(requirement).Any()
                && !Repository.Book.PackingVectorsOf(requirement).Any())
            .Select(requirement => requirement.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Every_sentence_that_states_behaviour_is_held() =>
        Unheld(Repository.Book.Chapters).ShouldBeEmpty();

    [Fact]
    public void A_sentence_that_nothing_holds_is_noticed()
    {
        var chapter = Chapter.Read("99-x.md", "# X\n\nWhat it is about.\n\n## Y\n\n*A note.* It explains.\n\n"
            + "It MUST stop. Nobody tests that.\n\nThe machine traps.\n\n*A note.* It MUST not.\n")
            .ShouldBeOfType<ChapterReading.Read>().Chapter;

        Unheld([chapter]).ShouldBe(
            ["99-x.md, line 9: It MUST stop. Nobody tests that.", "99-x.md, line 11: The machine traps.", "99-x.md, line 13: *A note.* It "
                + "MUST not."]);
    }

    [Fact]
    public void Ids_of_requirements_are_unique_and_no_rule_ids() =>
        Repository.Book.Requirements.Select(requirement => requirement.Id).Concat(OperationTable.Forms.Select(form => form.Id))
            .GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void Every_check_and_every_trap_has_its_requirement()
    {
        var ids = Repository.Book.Requirements.Select(requirement => requirement.Id).ToHashSet(StringComparer.Ordinal);

        Preflight.Checks.Select(check => $"preflight/{check.Id}").Except(ids).ShouldBeEmpty();
        Enum.GetNames<Trap>().Select(trap => $"trap/{trap}").Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public void Every_vector_is_about_a_rule_or_a_requirement_or_a_program() =>
        Repository.Book.Vectors.Select(vector => vector.Rule).Distinct()
            .Where(rule => !rule.StartsWith("program/", StringComparison.Ordinal))
            .Except(OperationTable.Forms.Select(form => form.Id))
            .Except(Repository.Book.Requirements.Select(requirement => requirement.Id))
            .ShouldBeEmpty();

    [Fact]
    public void Every_requirement_on_a_host_is_held_by_a_vector_that_is_about_it()
    {
        string[] chapters = ["85-host.md", "86-hooks.md", "87-bindings.md", "88-updates.md"];
        var requirements = Repository.Book.Chapters.Where(chapter => chapters.Contains(chapter.Page.Path))
            .SelectMany(chapter => chapter.Requirements).ToList();

        Book.HostVectors.Select(vector => vector.Rule).Distinct().Order()
            .ShouldBe(requirements.Select(requirement => requirement.Id).Order());
        requirements.Where(requirement => Book.HostVectorsOf(requirement).All(vector => vector.Rule != requirement.Id))
            .Select(requirement => requirement.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Every_vector_of_packed_programs_is_about_a_requirement_of_its_chapter() =>
        Repository.Book.PackingVectors.Select(vector => vector.Rule).Distinct()
            .Order().ShouldBe(Repository.Book.Chapters.Single(chapter => chapter.Page.Path == "89-packing.md")
                .Requirements.Select(one => one.Id).Order());

    [Fact]
    public void Generated_files_are_those_that_are_committed() =>
        Repository.Book.Generated()
            .Where(file => !File.Exists(Committed(file.Path)) || File.ReadAllText(Committed(file.Path)) != file.Text)
            .Select(file => $"{file.Path} is out of date: ./rbpf generate")
            .ShouldBeEmpty();

    [Fact]
    public void No_generated_page_outlives_its_source() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "spec"), "*.md", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).StartsWith(CommonText.Generated, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "spec"), file).Replace('\\', '/'))
            .Except(Repository.Book.Generated().Select(file => file.Path))
            .ShouldBeEmpty();

    [Fact]
    public void Every_link_leads_somewhere() =>
        (from page in Repository.Book.Pages
         from link in PageLinks.Of(page)
         where !PageLinks.Exists(link, Repository.Root, Repository.Book)
         select $"{page.Path}: {link}").ShouldBeEmpty();

    [Fact]
    public void The_instructions_outside_the_RFC_are_those_that_the_machine_names()
    {
        var rows =
            from other in OutsideRfc.All
            let selected = other.Offset is { } offset ? $" offset {offset} " : other.Immediate is { } imm ? $" imm 0x{imm:x} " : " "
            select $"| `{other.Name}` | {string.Join(", ", other.Opcodes.Select(opcode => $"0x{opcode:x2}"))} |{selected}| "
                + $"{other.Description} | {other.Origin} |";

        Repository.Book.Chapters.Single(chapter => chapter.Page.Path == "60-validity.md").Page.Markdown.Split('\n')
            .SkipWhile(line => line != "## Instructions outside RFC 9669").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .ShouldBe(rows);
    }

    // In a chapter, what binds nobody has no word that binds. Tables, lists, and terms and notes that begin with their name in
    // italics may say what a machine does, of one that is defined or of which they explain why; other remarks may not even that.
    private static IEnumerable<string> Unheld(IEnumerable<Chapter> chapters) =>
        from chapter in chapters
        where chapter.Page.Path != "00-conventions.md"
        from block in chapter.Blocks.OfType<Block.Explanation>()
        let text = $" {PlainText.Of(block.Source)} "
        let isRemark = !"*|-".Contains(block.Source[0], StringComparison.Ordinal)
        where Modal.Any(word => text.Contains(word, StringComparison.Ordinal))
            || (isRemark && Doing.Any(word => text.Contains(word, StringComparison.Ordinal)))
        select $"{chapter.Page.Path}, line {block.Line}: {block.Source.ReplaceLineEndings(" ")}";

    private static readonly string[] Modal = ["MUST", "MAY", "SHALL", "SHOULD", "REQUIRED"];

    private static readonly string[] Doing =
    [
        "achine traps", " it traps", " rejects", " is rejected", " is granted", " reads ", " writes ", " must ", " cannot ", " always ",
        " never ", " may not ", " sets ", " becomes ",
    ];

    private static string Committed(string path) => Path.Combine(Repository.Root, "spec", path);
}

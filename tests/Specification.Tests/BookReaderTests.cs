namespace RbpfSpec.Specification.Tests;

public sealed class BookReaderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("book").FullName;

    [Fact]
    public void Chapters_come_in_the_order_of_their_numbers_and_generated_pages_are_none()
    {
        Prepare(("20-b.md", "# B\n"), ("10-a.md", "# A\n"), ("81-g.md", "<!-- Generated -->\n\n# G\n"), ("README.md", "# R\n"));

        BookReader.Read(root).ShouldBeOfType<BookReading.Read>().Book.Chapters.Select(chapter => chapter.Page.Path)
            .ShouldBe(["10-a.md", "20-b.md"]);
    }

    [Fact]
    public void A_chapter_that_makes_no_sense_is_named_with_the_line()
    {
        Prepare(("10-a.md", "# A\n\n#### a/b\n\nIt MUST.\n"));

        BookReader.Read(root).ShouldBeOfType<BookReading.Malformed>().ShouldSatisfyAllConditions(
            malformed => malformed.Path.ShouldEndWith("10-a.md"),
            malformed => malformed.Line.ShouldBe(3));
    }

    [Theory]
    [InlineData("[", "packing-vectors.json")]
    [InlineData("{}", "packing-vectors.json")]
    [InlineData("""{"vectors": [{"name": "a"}]}""", "packing-vectors.json")]
    public void Vectors_of_packed_programs_that_are_none_are_named(string text, string name)
    {
        Prepare(("10-a.md", "# A\n"));
        File.WriteAllText(Path.Combine(root, "spec", name), text);

        BookReader.Read(root).ShouldBeOfType<BookReading.Malformed>().Path.ShouldEndWith(name);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Prepare(params (string Name, string Text)[] chapters)
    {
        Directory.CreateDirectory(Path.Combine(root, "spec", "vectors"));
        Directory.CreateDirectory(Path.Combine(root, "proofs"));
        File.WriteAllText(
            Path.Combine(root, "spec/vectors/vectors.json"), """{"format": 1, "profile": "rbpf", "seed": 1, "vectors": []}""");
        File.WriteAllText(Path.Combine(root, "spec/packing-vectors.json"), """{"vectors": []}""");
        File.WriteAllText(Path.Combine(root, "proofs/ledger.json"), """{"solvers": [], "claims": {}}""");
        foreach (var (name, text) in chapters) File.WriteAllText(Path.Combine(root, "spec", name), text);
    }
}

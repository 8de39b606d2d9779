namespace RbpfSpec.House.Tests;

/// <summary>Sources written by hand are read by people: files, folders and lines stay within what a reader can hold.</summary>
/// <remarks>Nothing is asked of files below a folder <c>Generated</c>, and nothing of data.</remarks>
public sealed class LimitsTests
{
    private const int MostLines = 400;
    private const int MostColumns = 140;
    private const int MostFiles = 15;

    private static readonly string[] Code = [".cs", ".c", ".h", ".sh"];

    // Shell without an extension.
    private static readonly string[] Scripts = ["rbpf"];

    // C that our own writers make.
    private const string Vectors = "spec/vectors/";

    [Fact]
    public void Files_folders_and_lines_are_within_their_limits() => Over().ShouldBeEmpty("these are over a limit: divide them");

    [Theory]
    [InlineData("src/A/A.cs", 400, 140, null)]
    [InlineData("src/A/A.cs", 401, 140, "lines src/A/A.cs: 401, and may have 400")]
    [InlineData("src/A/A.cs", 400, 141, "columns src/A/A.cs: 141 in line 1, and may have 140")]
    public void A_file_is_measured_by_its_lines_and_their_columns(string path, int lines, int columns, string? expected)
    {
        var text = Enumerable.Repeat("", lines - 1).Prepend(new string('x', columns)).ToArray();

        OfFile(path, text).ShouldBe(expected is null ? [] : [expected]);
    }

    private static IReadOnlyList<string> Over() =>
    [
        .. Files().SelectMany(file => OfFile(file, File.ReadAllLines(Path.Combine(Repository.Root, file)))),
        .. Folders(),
    ];

    private static IEnumerable<string> OfFile(string path, string[] lines)
    {
        if (lines.Length > MostLines) yield return $"lines {path}: {lines.Length}, and may have {MostLines}";
        var longest = lines.Index().MaxBy(line => line.Item.Length);
        if (longest.Item?.Length > MostColumns)
            yield return $"columns {path}: {longest.Item.Length} in line {longest.Index + 1}, and may have {MostColumns}";
    }

    private static IEnumerable<string> Folders() =>
        from file in Repository.Files("", Code.Append(".csproj").ToArray()).Select(Repository.Relative)
        where !IsMade(file)
        group file by Path.GetDirectoryName(file)!.Replace('\\', '/') into folder
        where folder.Count() > MostFiles
        select $"files {folder.Key}: {folder.Count()}, and may have {MostFiles}";

    private static IEnumerable<string> Files() =>
        [.. Repository.Files("", Code).Select(Repository.Relative).Where(file => !IsMade(file)), .. Scripts];

    private static bool IsMade(string file) =>
        file.Split('/').Contains("Generated") || file.StartsWith(Vectors, StringComparison.Ordinal);
}

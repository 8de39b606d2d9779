using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RbpfSpec.Tests;

/// <summary>The files that people write, found from where the tests run.</summary>
internal static partial class Repository
{
    private static readonly string[] Unwritten =
        ["bin", "obj", ".git", ".vs", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The project files below a directory of the repository.</summary>
    public static IEnumerable<string> Projects(string directory = "") => Files(directory, ".csproj");

    /// <summary>The C# files below a directory of the repository.</summary>
    public static IEnumerable<string> Sources(string directory = "") => Files(directory, ".cs");

    /// <summary>The files below a directory that have one of the extensions, but none that a tool made.</summary>
    public static IEnumerable<string> Files(string directory, params string[] extensions)
    {
        var path = Path.Combine(Root, directory);
        return Directory.Exists(path)
            ? Written(path).Where(file => extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>A pattern for <see cref="Matches"/>, which no text can make slow.</summary>
    public static Regex Pattern([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>A path as seen from the root, with slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The lines of files that match a pattern, each with its place.</summary>
    public static IEnumerable<string> Matches(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in File.ReadLines(file).Index()
        where pattern.IsMatch(line.Item)
        select $"{Relative(file)}:{line.Index + 1}: {line.Item.Trim()}";

    private static IEnumerable<string> Written(string directory) =>
        Directory.EnumerateFiles(directory).Concat(
            Directory.EnumerateDirectories(directory)
                .Where(child => !Unwritten.Contains(Path.GetFileName(child)))
                .SelectMany(Written));
}

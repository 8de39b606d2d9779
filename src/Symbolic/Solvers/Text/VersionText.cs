namespace RbpfSpec.Symbolic.Solvers.Text;

/// <summary>Finds a version in what programs say of themselves.</summary>
internal static class VersionText
{
    /// <summary>Major, minor and patch of the first version in a text; <c>unknown</c> if there is none.</summary>
    public static string Find(string text) => text
        .Split([' ', '\n', '\r', '\t', ','], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => char.IsAsciiDigit(word[0]) && word.Contains('.', StringComparison.Ordinal))
        .Select(word => string.Join('.', word.Split('.').Take(3)))
        .FirstOrDefault("unknown");
}

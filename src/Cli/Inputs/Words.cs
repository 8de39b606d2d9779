namespace RbpfSpec.Cli.Inputs;

/// <summary>Words of command lines that are printed to be copied.</summary>
public static class Words
{
    /// <summary>A word as a shell takes it for one: in quotation marks if it needs them.</summary>
    public static string Quote(string word) =>
        word != "" && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || "_-./,:=+@%".Contains(character, StringComparison.Ordinal);
}

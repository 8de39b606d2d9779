namespace RbpfSpec.Cli.Inputs;

/// <summary>Command lines that are printed to be copied.</summary>
internal static class Shell
{
    /// <summary>A text as a shell takes it for one word: in quotation marks if it needs them.</summary>
    public static string Quoted(string text) =>
        text != "" && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || "_-./,:=+@%".Contains(character, StringComparison.Ordinal);
}

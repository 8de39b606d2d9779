using System.Security.Cryptography;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>Whether a ledger was written by a program that says the same, so that no script can have changed since.</summary>
/// <remarks>
/// <para>
/// A script depends on nothing but the program: its assemblies hold the rules, the claims, the transcriptions and the
/// compiled code that claims are about. Which programs stated all claims of a ledger is noted beside it, a line each: the
/// hash of what the program says, and that of the ledger. A line is true whoever reads it, and wherever the program was
/// built; so the note is kept with the ledger, and who has a program without a line states the claims.
/// </para>
/// <para>Lines of other ledgers mean nothing, and are left out when the note is next written.</para>
/// </remarks>
public static class ProofInputs
{
    private const string Suffix = ".inputs";

    // As many as there are versions of the compiler about.
    private const int MostLines = 8;

    private const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>Whether a program with some fingerprint has stated all claims of a ledger as it is.</summary>
    public static bool Wrote(string? fingerprint, string? ledger) =>
        fingerprint is not null && ledger is not null && Files.Exists(ledger) && Lines(ledger).Contains(Line(fingerprint, ledger));

    /// <summary>
    /// Notes that a program with some fingerprint has stated all claims of a ledger; where that cannot be written, it is lost.
    /// </summary>
    public static void Keep(string? fingerprint, string? ledger)
    {
        if (fingerprint is null || ledger is null || !Files.Exists(ledger)) return;
        var line = Line(fingerprint, ledger);
        var others = Lines(ledger).Where(other => other != line && other.EndsWith(line[^Digits..], StringComparison.Ordinal));
        try
        {
            CommittedFiles.Write(ledger + Suffix,
                string.Concat(others.Take(MostLines - 1).Append(line).Order(StringComparer.Ordinal).Select(each => each + "\n")));
        }
        catch (FileException)
        {
            // Then the next run states the claims again.
        }
    }

    private static string Line(string fingerprint, string ledger) =>
        $"program {fingerprint} ledger {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ledger)))}";

    private static string[] Lines(string ledger) => Files.Exists(ledger + Suffix) ? Files.ReadText(ledger + Suffix).Split('\n') : [];
}

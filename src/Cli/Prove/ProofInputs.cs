using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Cli.Inputs;

namespace RbpfSpec.Cli.Prove;

/// <summary>Whether a ledger was written by this very program, so that no script can have changed since.</summary>
/// <remarks>
/// A script depends on nothing but the program: its assemblies hold the rules, the claims and the transcriptions. What
/// program wrote a ledger, and what it wrote, is noted beside it. The note stays on the computer: it saves stating the
/// claims, and whoever has none states them.
/// </remarks>
public static class ProofInputs
{
    private const string Suffix = ".inputs";

    /// <summary>A hash of the program's own assemblies and of the reader of compiled code.</summary>
    public static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("RbpfSpec.", StringComparison.Ordinal) || name.StartsWith("rbpf", StringComparison.Ordinal) || name == "Mono.Cecil.dll"))
            .Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a ledger is as a program with some fingerprint left it.</summary>
    public static bool Wrote(string? fingerprint, string? ledger) =>
        fingerprint is not null && ledger is not null && File.Exists(ledger) && File.Exists(ledger + Suffix)
        && Files.ReadText(ledger + Suffix) == Note(fingerprint, ledger);

    /// <summary>Notes that a program with some fingerprint wrote a ledger after it had stated every claim.</summary>
    /// <exception cref="UsageException">The note cannot be written.</exception>
    public static void Keep(string? fingerprint, string? ledger)
    {
        if (fingerprint is not null && ledger is not null && File.Exists(ledger)) CommittedFiles.Write(ledger + Suffix, Note(fingerprint, ledger));
    }

    private static string Note(string fingerprint, string ledger) =>
        $"program {fingerprint}\nledger {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ledger)))}\n";
}

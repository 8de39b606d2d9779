using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Cli.Prove;

/// <summary>The files that a run of all claims writes, and that are kept beside them.</summary>
/// <param name="Ledger">The ledger; null where there is no project around the working folder.</param>
/// <param name="Found">The page of known bugs; null where there is none to keep.</param>
public sealed record CommittedFiles(string? Ledger, string? Found)
{
    /// <summary>The files of the project that the working folder is in, with another ledger if one is named.</summary>
    public static CommittedFiles Find(string? ledger)
    {
        if (ledger is not null) return new(ledger, null);
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var proofs = Path.Combine(folder.FullName, "proofs");
            if (File.Exists(Path.Combine(folder.FullName, "RbpfSpec.sln")) && Directory.Exists(proofs))
                return new(Path.Combine(proofs, "ledger.json"), Path.Combine(proofs, "FOUND.md"));
        }

        return new(null, null);
    }

    /// <summary>What the ledger knows; nothing if there is no such file yet.</summary>
    /// <exception cref="UsageException">The file is no ledger.</exception>
    public Ledger Read() => Ledger is { } name && File.Exists(name) ? Read(name) : Symbolic.Obligations.Ledger.Empty;

    /// <summary>Reads a ledger, or a report in JSON.</summary>
    /// <exception cref="UsageException">The file is neither.</exception>
    public static Ledger Read(string name) => LedgerText.Read(Files.ReadText(name)) switch
    {
        LedgerReading.Read(var ledger) => ledger,
        LedgerReading.Malformed(var problem) => throw new UsageException($"'{name}' is no ledger: {problem}"),
    };

    /// <summary>Writes a file if it would change.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string? name, string text)
    {
        if (name is null || (File.Exists(name) && Files.ReadText(name) == text)) return;
        Files.Write(name, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>What is out of date, a line each: the ledger's claims, whichever version of the solver decided them, and the page.</summary>
    public IEnumerable<string> Differences(Ledger ledger, string? found)
    {
        var kept = Read();
        var committed = kept.Entries.ToDictionary(entry => entry.Id);
        foreach (var entry in ledger.Entries)
        {
            if (!committed.Remove(entry.Id, out var old)) yield return $"ledger.json has no {entry.Id}";
            else if (old != entry) yield return $"ledger.json says something else of {entry.Id}";
        }

        foreach (var id in committed.Keys) yield return $"ledger.json has {id}, which is no claim";
        if (found is null || Found is not { } page) yield break;

        // Another solver, or another version, finds the same bugs, but by other programs.
        var isSame = File.Exists(page)
            && (kept.Solvers == ledger.Solvers ? Files.ReadText(page) == found : Headings(Files.ReadText(page)).SequenceEqual(Headings(found)));
        if (!isSame) yield return "FOUND.md is not what the claims find";
    }

    private static IEnumerable<string> Headings(string page) => page.Split('\n').Where(line => line.StartsWith('#'));
}

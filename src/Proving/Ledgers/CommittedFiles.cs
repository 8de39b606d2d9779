using System.Text;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>The files that a run of all claims writes, and that are kept beside them.</summary>
/// <param name="Ledger">The ledger; null where there is no project around the working folder.</param>
/// <param name="Found">The page of known bugs; null where there is none to keep.</param>
public sealed record CommittedFiles(string? Ledger, string? Found)
{
    // Some more than a ledger is long.
    private const int Room = 4 << 20;

    /// <summary>Whether the ledger was named, and not found in the project.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The files of the project that the working folder is in, with another ledger if one is named.</summary>
    public static CommittedFiles Find(string? ledger)
    {
        if (ledger is not null) return new(ledger, null) { IsNamed = true };
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var proofs = Path.Combine(folder.FullName, "proofs");
            if (File.Exists(Path.Combine(folder.FullName, "RbpfSpec.sln")) && Directory.Exists(proofs))
                return new(Path.Combine(proofs, "ledger.json"), Path.Combine(proofs, "FOUND.md"));
        }

        return new(null, null);
    }

    /// <summary>
    /// Tries whether the files can be written, before anything takes time. Those of the project need not be: who may only
    /// read it can prove, and keeps nothing.
    /// </summary>
    /// <param name="reason">Why nothing will be kept; null if it will.</param>
    /// <exception cref="FileException">A ledger that was named cannot be written.</exception>
    public CommittedFiles Prepare(out string? reason)
    {
        reason = null;
        if (Ledger is not { } name) return this;
        try
        {
            if (IsStream(name)) throw new FileException($"'{name}' is no regular file; expected a file for the ledger");
            OutputFiles.Prepare(name, Room);
            if (Found is { } page) OutputFiles.Prepare(page);
            return this;
        }
        catch (FileException exception) when (!IsNamed)
        {
            reason = exception.Message;
            return new(null, null);
        }
    }

    /// <summary>The ledger as committed; empty if there is no such file yet.</summary>
    /// <exception cref="FileException">The file is no ledger.</exception>
    public Ledger Read()
    {
        if (Ledger is not { } name || !Files.Exists(name)) return Ledgers.Ledger.Empty;
        return IsStream(name) ? throw new FileException($"'{name}' is no regular file; expected a file for the ledger") : Read(name);
    }

    /// <summary>Reads a ledger, or a report in JSON.</summary>
    /// <exception cref="FileException">The file is neither.</exception>
    public static Ledger Read(string name) => LedgerText.Read(Files.ReadText(name)) switch
    {
        LedgerReading.Read(var ledger) => ledger,
        LedgerReading.Malformed(var problem) => throw new FileException($"'{name}' is no ledger: {problem}"),
    };

    /// <summary>
    /// Changes the ledger as it is now: others may have written to it since it was read. Nobody else does meanwhile.
    /// </summary>
    /// <param name="change">The ledger after the change, from that before.</param>
    /// <param name="isWhole">Whether it is replaced whole, whatever state it is in.</param>
    /// <param name="then">What is done with it, and with its file, before anybody else changes it.</param>
    /// <exception cref="FileException">It cannot be written, or is no ledger any more.</exception>
    public void Update(Func<Ledger, Ledger> change, bool isWhole, Action<Ledger, string> then)
    {
        if (Ledger is not { } name) return;
        try
        {
            using var taken = FileLock.On(name);
            var ledger = change(isWhole ? Ledgers.Ledger.Empty : Read());
            Write(name, LedgerText.Of(ledger));
            then(ledger, name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FileException($"'{name}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a file if it would change.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Write(string? name, string text)
    {
        if (name is null) return;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (Files.Exists(name) && !IsStream(name) && new FileInfo(name).Length == bytes.Length
            && Files.Read(name).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        Files.Write(name, bytes);
    }

    /// <summary>
    /// Lists the parts that are out of date, a line each: the ledger's claims, whichever version of the solver decided them,
    /// and the page.
    /// </summary>
    public IEnumerable<string> Differences(Ledger ledger, string? found)
    {
        var kept = Read();
        var committed = kept.Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        foreach (var entry in ledger.Entries)
        {
            if (!committed.Remove(entry.Id, out var old)) yield return $"ledger.json has no {entry.Id}";
            else if (old != entry) yield return $"ledger.json says something else of {entry.Id}";
        }

        foreach (var id in committed.Keys) yield return $"ledger.json has {id}, which is no claim";
        if (found is null || Found is not { } page) yield break;

        // Another solver, or another version, finds the same bugs, but by other programs.
        var isSame = Files.Exists(page)
            && (kept.Solvers == ledger.Solvers ? Files.ReadText(page) == found
                : Headings(Files.ReadText(page)).SequenceEqual(Headings(found)));
        if (!isSame) yield return "FOUND.md is not what the claims find";
    }

    private static bool IsStream(string name)
    {
        try
        {
            return UnixFile.IsStream(OutputFiles.Target(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Whoever reads or writes it tells what is wrong with the name.
            return false;
        }
    }

    private static IEnumerable<string> Headings(string page) => page.Split('\n').Where(line => line.StartsWith('#'));
}

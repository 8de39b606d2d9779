using RbpfSpec.FileSystem;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates;

/// <summary>Keys in files.</summary>
public static class KeyFiles
{
    /// <summary>The name of the file with the public key beside that with the private one.</summary>
    public const string PublicSuffix = ".pub";

    private static readonly FileKind Kind = new("the file of a key", 1 << 16);

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new key: the private one to a file that its owner alone can read, the public one beside it.</summary>
    /// <param name="path">The file of the private key; an existing one is never replaced.</param>
    /// <param name="problem">What is wrong; empty if nothing is.</param>
    /// <returns>The public key; null if there is a problem, and then no file was written.</returns>
    public static TrustedKey? Generate(string path, out string problem)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        problem = "";
        var beside = path + PublicSuffix;
        foreach (var file in (string[])[path, beside])
        {
            if (!File.Exists(file)) continue;
            problem = $"{file} exists; a key is never replaced";
            return null;
        }

        using var key = SigningKey.Generate();
        List<string> written = [];
        try
        {
            // The public one first: without a private one it does no harm.
            Write(beside, key.Public.ToPem(), Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            written.Add(beside);
            Write(path, key.ToPem(), Owner);
            return key.Public;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            written.ForEach(File.Delete);
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>The updates that a device takes which trusts the keys in some files.</summary>
    /// <param name="paths">Files with a public key each; none if nothing is trusted.</param>
    /// <param name="isUnsigned">Whether everything is taken, from anyone; not together with keys.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    /// <returns>The part of the settings of a device; null if there is a problem.</returns>
    public static UpdatePolicy? Policy(IReadOnlyCollection<string> paths, bool isUnsigned, out string problem)
    {
        ArgumentNullException.ThrowIfNull(paths);
        problem = "";
        if (isUnsigned && paths.Count > 0)
        {
            problem = "a device that trusts a key takes nothing that is not signed; expected keys or --unsigned, not both";
            return null;
        }

        List<TrustedKey> keys = [];
        foreach (var path in paths)
        {
            if (Text(path, out problem) is not { } pem) return null;
            if (!TrustedKey.TryOfPem(pem, out var key, out var wrong))
            {
                problem = $"{path}: {wrong}";
                return null;
            }

            keys.Add(key);
        }

        return isUnsigned ? new UpdatePolicy.Unsigned()
            : keys.Count == 0 ? new UpdatePolicy.Refuse()
            : new UpdatePolicy.Signed(Envelope.Verifier(keys.ToSequence()));
    }

    /// <summary>The private key in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    /// <returns>The key; null if there is a problem.</returns>
    public static SigningKey? Read(string path, out string problem)
    {
        if (Text(path, out problem) is not { } pem) return null;
        if (SigningKey.TryOfPem(pem, out var key, out var wrong)) return key;
        problem = $"{path}: {wrong}";
        return null;
    }

    private static string? Text(string path, out string problem)
    {
        problem = "";
        try
        {
            return Files.ReadText(path, Kind);
        }
        catch (FileException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using var file = new StreamWriter(path, options);
        file.Write(text);
    }
}

using RbpfSpec.Cli.Inputs;
using RbpfSpec.Specification.Site;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Writes a site whole, or not at all.</summary>
public static class SiteFolder
{
    /// <summary>Refuses a folder that holds something else than an earlier site.</summary>
    /// <exception cref="UsageException">It is a file, or has files that are not ours.</exception>
    public static void Check(string folder)
    {
        if (folder == "") throw new UsageException("the folder has no name; expected one to write the site to");
        if (File.Exists(folder)) throw new UsageException($"'{folder}' is a file; expected a folder");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        var first = Path.Combine(folder, SiteBuilder.FirstPage);
        if (!File.Exists(first) || !Files.ReadText(first).Contains(SiteBuilder.Mark, StringComparison.Ordinal))
            throw new UsageException($"'{folder}' has files that are no site of 'spec build'; expected a new or empty folder, or such a site");
    }

    /// <summary>Writes the files beside the folder, and then puts them in its place.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<SiteFile> files)
    {
        Check(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var suffix = Path.GetRandomFileName();
        var (unfinished, old) = ($"{target}.{suffix}.unfinished", $"{target}.{suffix}.old");
        try
        {
            foreach (var file in files)
            {
                var name = Path.Combine(unfinished, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(name) ?? unfinished);
                File.WriteAllText(name, file.Text);
            }

            if (Directory.Exists(target)) Directory.Move(target, old);
            Directory.Move(unfinished, target);
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
            if (!Directory.Exists(target) && Directory.Exists(old)) Directory.Move(old, target);
            throw new UsageException($"the folder '{folder}' cannot be written: {exception.Message}");
        }
    }
}

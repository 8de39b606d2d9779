using System.Text;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Specification.Site;

/// <summary>Writes a site whole, or not at all.</summary>
public static class SiteFolder
{
    /// <summary>Refuses a folder that holds something else than an earlier site, or that cannot be written.</summary>
    /// <exception cref="FileException">It is a file, or has files that are not ours, or nothing can be written beside it.</exception>
    public static void Check(string folder)
    {
        if (folder.Length == 0) throw new FileException("the folder has no name; expected one to write the site to");
        if (File.Exists(folder)) throw new FileException($"'{folder}' is a file; expected a folder");
        Told(folder, () =>
        {
            var target = Target(folder);
            Directory.CreateDirectory(Above(target));
            OutputFiles.Prepare(Path.Combine(Above(target), "probe"));
        });
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        var first = Path.Combine(folder, SiteBuilder.FirstPage);
        if (!File.Exists(first) || !Files.ReadText(first).Contains(SiteBuilder.Mark, StringComparison.Ordinal))
        {
            throw new FileException(
                $"'{folder}' has files that are no site of 'spec build'; expected a new or empty folder, or such a site");
        }
    }

    /// <summary>Writes the files beside the folder, and then puts them in its place.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<SiteFile> files)
    {
        Check(folder);
        Told(folder, () =>
        {
            var target = Target(folder);
            using var workplace = Unfinished.In(Above(target));
            var (unfinished, old) = (workplace.For(target), workplace.For(target));
            using (var outputs = new OutputFiles())
            {
                foreach (var file in files) outputs.Put(Path.Combine(unfinished, file.Path), Encoding.UTF8.GetBytes(file.Text));
            }

            try
            {
                if (Directory.Exists(target)) Directory.Move(target, old);
                Directory.Move(unfinished, target);
            }
            finally
            {
                if (!Directory.Exists(target) && Directory.Exists(old)) Directory.Move(old, target);
            }
        });
    }

    // A link to a folder stays one.
    private static string Target(string folder) => OutputFiles.Target(Path.TrimEndingDirectorySeparator(folder));

    private static string Above(string target) => Path.GetDirectoryName(target) ?? throw new IOException("it is no folder of a folder");

    private static void Told(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FileException($"the folder '{folder}' cannot be written: {exception.Message}", exception);
        }
        catch (FileException exception) when (exception.InnerException is { } reason)
        {
            throw new FileException($"the folder '{folder}' cannot be written: {reason.Message}", exception);
        }
    }
}

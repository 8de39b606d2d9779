namespace RbpfSpec.Cli.Inputs;

/// <summary>The folder <c>spec/</c> of the project that the working folder is in.</summary>
public static class SpecFolder
{
    /// <summary>Its path.</summary>
    /// <exception cref="UsageException">There is no project around the working folder.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var spec = Path.Combine(folder.FullName, "spec");
            if (File.Exists(Path.Combine(folder.FullName, "RbpfSpec.sln")) && Directory.Exists(spec)) return spec;
        }

        throw new UsageException($"'{Environment.CurrentDirectory}' is in no checkout of the project, from which the specification is read");
    }

    /// <summary>Whether a path that is relative to the folder is a file or a folder.</summary>
    public static bool Has(string spec, string path)
    {
        var name = Path.Combine(spec, path);
        return File.Exists(name) || Directory.Exists(name);
    }
}

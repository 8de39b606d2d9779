namespace RbpfSpec.Cli.Inputs;

/// <summary>Files that the command line names.</summary>
public static class Files
{
    /// <summary>The bytes of a file, or of standard input if its name is a dash.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static byte[] Read(string name)
    {
        try
        {
            if (name != "-") return File.ReadAllBytes(name);
            using var input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(Directory.Exists(name)
                ? $"'{name}' is a folder; expected a file"
                : $"'{name}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Writes a file whole, or not at all.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string name, byte[] bytes)
    {
        var unfinished = $"{name}.unfinished";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, name, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
            throw new UsageException($"'{name}' cannot be written: {exception.Message}");
        }
    }
}

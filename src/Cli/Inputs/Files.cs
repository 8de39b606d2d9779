using System.Text;
using RbpfSpec.Cli.Outputs;

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

    /// <summary>The text of a file in UTF-8, without the byte order mark that some editors write.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static string ReadText(string name) => Text(Read(name));

    /// <summary>Bytes in UTF-8 as text, without the byte order mark that some editors write.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);

    /// <summary>Writes a file whole, or not at all.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string name, byte[] bytes) => Write([(name, bytes)]);

    /// <summary>Writes files whole, and all of them or none.</summary>
    /// <exception cref="UsageException">One cannot be written.</exception>
    public static void Write(IReadOnlyList<(string Name, byte[] Bytes)> files) => OutputFiles.Write(files);
}

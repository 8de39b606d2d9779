using System.Text;

namespace RbpfSpec.FileSystem;

/// <summary>Files that people name: read up to a limit, and written whole or not at all.</summary>
public static class Files
{
    private const int PieceLength = 1 << 20;

    /// <summary>Whether there is a file of this name; a link that leads to none is none yet.</summary>
    public static bool Exists(string name)
    {
        try
        {
            return File.Exists(OutputFiles.Target(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Whoever reads it is told why it cannot be.
            return true;
        }
    }

    /// <summary>The bytes of a file, or of standard input if its name is a dash.</summary>
    /// <remarks>
    /// What is larger than its kind may be is refused: at once if it has a length, such as a sparse file, and otherwise,
    /// such as a device or a pipe without end, as soon as the limit is passed.
    /// </remarks>
    /// <exception cref="FileException">It cannot be read, or is too large.</exception>
    public static byte[] Read(string name, FileKind kind)
    {
        try
        {
            using var input = name == "-" ? Console.OpenStandardInput()
                : new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            if (input.CanSeek && input.Length > kind.Limit)
                throw new FileException($"'{name}' has {input.Length} bytes; {kind.Name} may have {kind.Limit}");
            return Read(input, name, kind);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FileException(Directory.Exists(name)
                ? $"'{name}' is a folder; expected a file"
                : $"'{name}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The bytes of a text file, or of standard input if its name is a dash.</summary>
    /// <exception cref="FileException">It cannot be read, or is too large.</exception>
    public static byte[] Read(string name) => Read(name, FileKind.Text);

    /// <summary>The text of a file in UTF-8, without the byte order mark that some editors write.</summary>
    /// <exception cref="FileException">It cannot be read, or is too large.</exception>
    public static string ReadText(string name) => ReadText(name, FileKind.Text);

    /// <summary>The text of a file in UTF-8, without the byte order mark that some editors write.</summary>
    /// <exception cref="FileException">It cannot be read, or is too large.</exception>
    public static string ReadText(string name, FileKind kind) => Text(Read(name, kind));

    /// <summary>All of standard input as text, up to the limit of its kind in characters.</summary>
    /// <exception cref="FileException">It is longer.</exception>
    public static string ReadAll(TextReader input, FileKind kind)
    {
        var text = new StringBuilder();
        var piece = new char[PieceLength];
        for (var count = input.Read(piece); count > 0; count = input.Read(piece))
        {
            text.Append(piece, 0, count);
            if (text.Length > kind.Limit)
            {
                throw new FileException(
                    $"standard input has more than {kind.Limit} characters, which is the most that {kind.Name} may have");
            }
        }

        return text.ToString();
    }

    /// <summary>Bytes in UTF-8 as text, without the byte order mark that some editors write.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);

    private static byte[] Read(Stream input, string name, FileKind kind)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[PieceLength];
        for (var count = input.Read(piece); count > 0; count = input.Read(piece))
        {
            bytes.Write(piece, 0, count);
            if (bytes.Length > kind.Limit)
                throw new FileException($"'{name}' has more than {kind.Limit} bytes, which is the most that {kind.Name} may have");
        }

        return bytes.ToArray();
    }

    /// <summary>Writes a file whole, or not at all.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Write(string name, byte[] bytes) => Write([(name, bytes)]);

    /// <summary>Writes files whole, and all of them or none.</summary>
    /// <exception cref="FileException">One cannot be written.</exception>
    public static void Write(IReadOnlyList<(string Name, byte[] Bytes)> files) => OutputFiles.Write(files);
}

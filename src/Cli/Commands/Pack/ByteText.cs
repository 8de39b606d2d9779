namespace RbpfSpec.Cli.Commands.Pack;

/// <summary>Bytes as hexadecimal text that any command reads back.</summary>
public static class ByteText
{
    private const int BytesOfLine = 8;

    /// <summary>Prints bytes, eight a line, below a comment.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="comment">A line that says what they are.</param>
    public static void Print(byte[] bytes, string comment)
    {
        Console.Out.WriteLine($"# {comment}");
        foreach (var line in bytes.Chunk(BytesOfLine)) Console.Out.WriteLine(string.Join(' ', line.Select(value => $"{value:x2}")));
    }
}

namespace RbpfSpec.Specification;

/// <summary>The files beside the sources that are part of what is built: scripts and a style.</summary>
internal static class Assets
{
    /// <summary>The text of one.</summary>
    /// <param name="name">The file's name.</param>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The bytes of one.</summary>
    /// <param name="name">The file's name.</param>
    public static byte[] Bytes(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(string name) => typeof(Assets).Assembly.GetManifestResourceStream(name)
        ?? throw new ArgumentException($"no file '{name}' is embedded", nameof(name));
}

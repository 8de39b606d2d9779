namespace RbpfSpec.Specification;

/// <summary>The files beside the sources that are part of what is built: scripts and a style.</summary>
internal static class Assets
{
    /// <summary>The text of one.</summary>
    /// <param name="name">The file's name.</param>
    public static string Text(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no file '{name}' is embedded", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

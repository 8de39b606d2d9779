namespace RbpfSpec.Conformance.Generation.Programs;

/// <summary>The programs under <c>src/Conformance/Programs</c>, a file each, or one for several that differ in a few words.</summary>
internal static class WrittenPrograms
{
    private const string Prefix = "programs/";

    /// <summary>The folders, in the order in which their programs stand in a suite; within each, the names of the files say it.</summary>
    public static Sequence<string> Folders { get; } =
        ["call-local", "exit", "call-helper", "limits", "whole", "frames", "calls", "start", "budget", "regions", "helpers"];

    /// <summary>The names of the files, with their folders, in the order of the suite.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Names().OrderBy(name => Place(Path.GetDirectoryName(name)!)).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>The programs.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [.. Files.SelectMany(name => ProgramFile.Read(name, Text(name)))];

    private static IEnumerable<string> Names() =>
        from resource in typeof(WrittenPrograms).Assembly.GetManifestResourceNames()
        where resource.StartsWith(Prefix, StringComparison.Ordinal)
        select resource[Prefix.Length..];

    private static int Place(string folder)
    {
        var place = Folders.AsSpan().IndexOf(folder);
        return place >= 0
            ? place
            : throw new InvalidOperationException($"the folder {folder} has no place in the suite; list it in {nameof(WrittenPrograms)}");
    }

    private static string Text(string name)
    {
        using var stream = typeof(WrittenPrograms).Assembly.GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

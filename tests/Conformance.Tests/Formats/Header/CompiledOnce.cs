namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>The committed harness, compiled once for several tests: the table takes its time.</summary>
public sealed class CompiledOnce : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");
    private readonly Lazy<string?> harness;
    private readonly Lazy<string?> knowing;

    /// <summary>Nothing is compiled yet.</summary>
    public CompiledOnce()
    {
        harness = new(() => CCompiler.Build(folder, "harness.o", "-c", Path.Combine(CCompiler.Folder, "harness.c")));
        knowing = new(() => Know());
    }

    /// <summary>The harness, to be linked with a machine; null if there is no compiler.</summary>
    public string? Harness => harness.Value;

    /// <summary>The harness with the machine that knows the answers; null if there is no compiler.</summary>
    public string? Knowing => knowing.Value;

    /// <summary>The same, with further arguments of the compiler.</summary>
    public string? Know(params string[] arguments) => CCompiler.Build(
        folder,
        $"knowing{arguments.Length}",
        [.. arguments, "-fno-strict-aliasing", "-I", CCompiler.Folder, Path.Combine(CCompiler.Machines, "knowing.c")]);

    public void Dispose() => folder.Delete(recursive: true);
}

namespace RbpfSpec.Rocq.Tests;

/// <summary>Rocq's compiler, Debian's or one on the search path: <c>[Trait("Needs", "compiler")]</c>.</summary>
/// <param name="folder">The folder of the files, and of what is made of them.</param>
internal sealed class Prover(string folder)
{
    /// <summary>Writes files, and compiles those of Rocq in order; each must compile.</summary>
    public void Compile(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            if (!name.EndsWith(".v", StringComparison.Ordinal)) continue;
            var (exitCode, output) = Try(name);
            exitCode.ShouldBe(0, output);
        }
    }

    /// <summary>Compiles one file of the folder.</summary>
    public (int ExitCode, string Output) Try(string name) =>
        External.Start("coqc", ["-q", "-Q", ".", "Rbpf", name], folder)
        ?? throw new FileNotFoundException("coqc is missing; install the Debian package coq", "coqc");
}

namespace RbpfSpec.Tests;

/// <summary>A folder of files for one test, deleted after it.</summary>
public abstract class Scratch : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    /// <summary>The folder.</summary>
    protected string Folder => folder.FullName;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes the folder.</summary>
    protected virtual void Dispose(bool disposing) => folder.Delete(recursive: true);

    /// <summary>The path of a file of the folder, which need not exist.</summary>
    protected string At(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file, and yields its path.</summary>
    protected string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file, and yields its path.</summary>
    protected string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }
}

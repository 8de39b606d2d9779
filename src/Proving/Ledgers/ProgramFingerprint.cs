using System.Security.Cryptography;
using System.Text;

using Loaded = System.Reflection.Assembly;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>A hash of what a program says: where it is the same, so are the scripts of its claims.</summary>
public static class ProgramFingerprint
{
    /// <summary>A hash of what an assembly says, and all that came with it and that it refers to; null if it is in no file.</summary>
    /// <param name="root">The assembly of the claims.</param>
    public static string? Of(Loaded root) => Of(root, _ => true);

    /// <summary>The same of some of them only: what others wrote may refer to more than came with it.</summary>
    /// <param name="root">The assembly of the claims.</param>
    /// <param name="isMeant">Whether an assembly is meant, by its name.</param>
    public static string? Of(Loaded root, Func<string, bool> isMeant)
    {
        if (root.Location.Length == 0) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in Assemblies(root, isMeant))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(assembly.GetName().Name + "\n"));
            using var file = File.OpenRead(assembly.Location);
            CodeHash.Append(hash, file);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An assembly and all that it refers to, but for the runtime's own; by name.</summary>
    /// <param name="root">The assembly of the claims.</param>
    public static IReadOnlyList<Loaded> Assemblies(Loaded root) => Assemblies(root, _ => true);

    private static IReadOnlyList<Loaded> Assemblies(Loaded root, Func<string, bool> isMeant)
    {
        SortedDictionary<string, Loaded> found = new(StringComparer.Ordinal);
        Add(root);
        return [.. found.Values];

        void Add(Loaded assembly)
        {
            // What lies beside us came with us.
            if (Path.GetDirectoryName(assembly.Location) != Path.GetDirectoryName(root.Location)) return;
            if (!found.TryAdd(assembly.GetName().Name!, assembly)) return;
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => isMeant(name.Name!))) Add(Loaded.Load(name));
        }
    }
}

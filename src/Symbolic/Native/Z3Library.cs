using System.Reflection;
using System.Runtime.InteropServices;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Native;

/// <summary>Finds libz3.</summary>
public static class Z3Library
{
    /// <summary>The environment variable that names the file to load, if it is not empty.</summary>
    public const string PathVariable = "RBPFSPEC_LIBZ3";

    private static readonly Sequence<string> UsualNames =
    [
        "libz3",
        "libz3.so.4",
        "libz3.so",
        "libz3.dylib",
        "/opt/homebrew/lib/libz3.dylib",
        "/usr/local/lib/libz3.dylib",
        "libz3.dll",
    ];

    private static readonly Lazy<Z3Presence> Found = new(Connect);

    /// <summary>Whether this process can call libz3. It is looked for once.</summary>
    public static Z3Presence Presence => Found.Value;

    /// <summary>Looks for a library with the functions of libz3, and calls none of them but for its version.</summary>
    /// <param name="configured">The file to load; empty to look for it under its usual names.</param>
    public static Z3Presence Look(string configured) => Load(configured) switch
    {
        0 => new Z3Presence.Absent(Advice(configured)),
        var library => VersionOf(library),
    };

    // The resolver of an assembly can be set only once, which the laziness of the caller sees to.
    private static Z3Presence Connect()
    {
        var configured = Environment.GetEnvironmentVariable(PathVariable) ?? "";
        var library = Load(configured);
        if (library == 0) return new Z3Presence.Absent(Advice(configured));
        NativeLibrary.SetDllImportResolver(
            typeof(Z3Library).Assembly, (name, _, _) => name == Z3Functions.Library ? library : 0);
        return VersionOf(library);
    }

    // A file that the user names is not silently replaced by another.
    private static nint Load(string configured)
    {
        foreach (var name in configured.Length > 0 ? [configured] : UsualNames)
        {
            if (!NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var library)) continue;
            if (NativeLibrary.TryGetExport(library, "Z3_eval_smtlib2_string", out _)) return library;
            NativeLibrary.Free(library);
        }

        return 0;
    }

    private static unsafe Z3Presence VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "Z3_get_full_version", out var address))
            return new Z3Presence.Absent("libz3 was found but does not tell its version: a newer one is needed");

        // Safe: the address is that of const char *Z3_get_full_version(void), whose text is never freed.
        var version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)address)()) ?? "";
        return new Z3Presence.Present(VersionText.Find(version));
    }

    private static string Advice(string configured)
    {
        var missing = configured.Length == 0 ? "libz3 was not found" : $"{PathVariable} names {configured}, which is no libz3";
        return $"{missing}: on Debian apt-get install libz3-4, on macOS brew install z3, "
            + $"on Windows put libz3.dll of a release of z3 on PATH; or let {PathVariable} name the file";
    }
}

/// <summary>Whether libz3 is here.</summary>
public abstract record Z3Presence
{
    private Z3Presence()
    {
    }

    /// <summary>It is.</summary>
    /// <param name="Version">Its version, such as <c>4.8.12</c>.</param>
    public sealed record Present(string Version) : Z3Presence;

    /// <summary>It is not.</summary>
    /// <param name="Reason">What to install, one line.</param>
    public sealed record Absent(string Reason) : Z3Presence;
}

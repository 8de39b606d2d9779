using System.Reflection;
using System.Runtime.InteropServices;
using RbpfSpec.Symbolic.Solvers.Text;
using Z3Functions = Microsoft.Z3.Native;

namespace RbpfSpec.Symbolic.Native;

/// <summary>Finds libz3.</summary>
public static class Z3Library
{
    /// <summary>The environment variable that names the file to load, if it is not empty.</summary>
    public const string PathVariable = "RBPFSPEC_LIBZ3";

    // What the binding imports from; what file that is differs from system to system.
    private const string ImportedName = "libz3";

    // By the first, .NET finds the library of the binding's package where there is one: on Windows and macOS on x64.
    private static readonly Sequence<string> UsualNames =
    [
        ImportedName,
        "libz3.so.4",
        "libz3.so",
        "libz3.dylib",
        "/opt/homebrew/lib/libz3.dylib",
        "/usr/local/lib/libz3.dylib",
        "libz3.dll",
    ];

    /// <summary>All that is called; a library that lacks one of them is something else, or too old.</summary>
    internal static readonly Sequence<string> Needed =
    [
        nameof(Z3Functions.Z3_get_full_version),
        nameof(Z3Functions.Z3_mk_config),
        nameof(Z3Functions.Z3_mk_context),
        nameof(Z3Functions.Z3_del_config),
        nameof(Z3Functions.Z3_del_context),
        nameof(Z3Functions.Z3_set_error_handler),
        nameof(Z3Functions.Z3_get_error_code),
        nameof(Z3Functions.Z3_get_error_msg),
        nameof(Z3Functions.Z3_eval_smtlib2_string),
        nameof(Z3Functions.Z3_interrupt),
    ];

    private static readonly Lazy<Z3Presence> Found = new(Connect);

    /// <summary>Whether this process can call libz3. It is looked for once.</summary>
    public static Z3Presence Presence => Found.Value;

    /// <summary>Looks for a library with the functions of libz3, and calls none of them.</summary>
    /// <param name="configured">The file to load; empty to look for it under its usual names.</param>
    /// <returns>What to do where there is none, one line; empty if there is one.</returns>
    public static string Problem(string configured) => Load(configured) == 0 ? Advice(configured) : "";

    // The resolver of an assembly can be set only once, which the laziness of the caller sees to.
    private static Z3Presence Connect()
    {
        var configured = Environment.GetEnvironmentVariable(PathVariable) ?? "";
        var library = Load(configured);
        if (library == 0) return new Z3Presence.Absent(Advice(configured));
        NativeLibrary.SetDllImportResolver(typeof(Z3Functions).Assembly, (name, _, _) => name == ImportedName ? library : 0);
        return new Z3Presence.Present(VersionText.Find(Z3Functions.Z3_get_full_version()));
    }

    // A file that the user names is not silently replaced by another.
    private static nint Load(string configured)
    {
        foreach (var name in configured.Length > 0 ? [configured] : UsualNames)
        {
            if (!NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out var library)) continue;
            if (Needed.All(function => NativeLibrary.TryGetExport(library, function, out _))) return library;
            NativeLibrary.Free(library);
        }

        return 0;
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

using System.Runtime.InteropServices;

namespace RbpfSpec.Symbolic.Native;

/// <summary>The functions of libz3 that are used, by their names in its C interface.</summary>
internal static partial class Z3Functions
{
    /// <summary>The name that <see cref="Z3Library"/> resolves.</summary>
    public const string Library = "libz3";

    [LibraryImport(Library, EntryPoint = "Z3_mk_config")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint MakeConfiguration();

    [LibraryImport(Library, EntryPoint = "Z3_del_config")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteConfiguration(nint configuration);

    [LibraryImport(Library, EntryPoint = "Z3_mk_context")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint MakeContext(nint configuration);

    [LibraryImport(Library, EntryPoint = "Z3_del_context")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void DeleteContext(nint context);

    [LibraryImport(Library, EntryPoint = "Z3_set_error_handler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static unsafe partial void SetErrorHandler(Z3Context context, delegate* unmanaged<nint, int, void> handler);

    [LibraryImport(Library, EntryPoint = "Z3_get_error_code")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ErrorCode(Z3Context context);

    [LibraryImport(Library, EntryPoint = "Z3_get_error_msg")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ErrorMessage(Z3Context context, int code);

    [LibraryImport(Library, EntryPoint = "Z3_eval_smtlib2_string", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Evaluate(Z3Context context, string commands);

    [LibraryImport(Library, EntryPoint = "Z3_interrupt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Interrupt(Z3Context context);

    [LibraryImport(Library, EntryPoint = "Z3_get_full_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint FullVersion();
}

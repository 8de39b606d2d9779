using System.Runtime.InteropServices;

namespace RbpfSpec.Cli.Outputs;

/// <summary>What kind of thing a path leads to, without opening it: opening a pipe waits, and is seen at its other end.</summary>
internal static partial class UnixFile
{
    private const int WorkingFolder = -100;
    private const uint TypeAndMode = 3;

    // Of struct statx, the same on every processor: its size, and where stx_mode stands.
    private const int Size = 256;
    private const int Mode = 28;

    private const int TypeMask = 0xf000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;

    /// <summary>
    /// Whether a path is written to, and read, as a stream: a pipe, a device, a socket. What does not exist is none; where
    /// the system does not tell, the usual places of devices are.
    /// </summary>
    /// <param name="path">A full path.</param>
    public static bool IsStream(string path)
    {
        if (OperatingSystem.IsWindows()) return path.StartsWith(@"\\.\", StringComparison.Ordinal);
        if (OperatingSystem.IsLinux() && Type(path) is { } type) return type is not (Regular or Folder);
        return path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
    }

    // Null if the system does not tell.
    private static unsafe int? Type(string path)
    {
        var status = stackalloc byte[Size];
        try
        {
            if (Status(WorkingFolder, path, 0, TypeAndMode, status) != 0) return File.Exists(path) ? null : Regular;
            return *(ushort*)(status + Mode) & TypeMask;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Status(int folder, string path, int flags, uint mask, byte* status);
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RbpfSpec.Benchmarks;

/// <summary>The workloads as the C compiler makes them for this processor, with <c>-O2</c>.</summary>
public sealed class NativeCode : IDisposable
{
    private readonly nint library;
    private readonly string folder;

    private NativeCode(nint library, string folder)
    {
        this.library = library;
        this.folder = folder;
    }

    /// <summary>The compiled workloads; nothing where no C compiler is found.</summary>
    public static NativeCode? Compile(IEnumerable<Workload> workloads)
    {
        var temporary = Directory.CreateTempSubdirectory("rbpf-bench-").FullName;
        var sources = workloads.Select(workload => $"{workload.Name}.c").ToList();
        foreach (var file in sources.Append("workload.h")) File.WriteAllBytes(Path.Combine(temporary, file), Workload.Resource(file));
        var output = Path.Combine(temporary, "workloads.so");
        foreach (var compiler in new[] { "gcc", "cc" })
        {
            if (Succeeds(compiler, ["-O2", "-shared", "-fPIC", "-o", output, .. sources], temporary))
            {
                return new(NativeLibrary.Load(output), temporary);
            }
        }

        Directory.Delete(temporary, recursive: true);
        return null;
    }

    /// <summary>Runs a workload some times on the same context; yields the last result.</summary>
    public unsafe ulong Run(Workload workload, byte[] context, long times)
    {
        // Safe: the function has this type in C, and stays within the context, whose length it is told.
        var function = (delegate* unmanaged<byte*, ulong, ulong>)NativeLibrary.GetExport(library, workload.Name);
        ulong result = 0;
        fixed (byte* bytes = context)
        {
            for (; times > 0; times--) result = function(bytes, (ulong)context.Length);
        }

        return result;
    }

    public void Dispose()
    {
        NativeLibrary.Free(library);
        Directory.Delete(folder, recursive: true);
    }

    private static bool Succeeds(string command, IEnumerable<string> arguments, string directory)
    {
        try
        {
            var start = new ProcessStartInfo(
                command, arguments)
            { WorkingDirectory = directory, RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Images.Packing;

namespace RbpfSpec.Bench.Host;

/// <summary>The folder in which programs are prepared and engines run; gone at the end.</summary>
/// <param name="milliseconds">How long a batch lasts at least.</param>
/// <param name="starts">How often a process is started.</param>
internal sealed class Workshop(int milliseconds, int starts) : IDisposable
{
    /// <summary>The input of the checksum: 360 bytes of text.</summary>
    public static readonly byte[] Input = File.ReadAllBytes(Path.Combine(Repository.Root, "examples/fletcher32.input"))[..360];

    /// <summary>The checksum.</summary>
    public const ulong Checksum = 0x5bac8c3d;

    private const string Host = "bench/host";

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("rbpf-comparison-").FullName;

    /// <summary>How long a batch lasts at least.</summary>
    public TimeSpan Batch { get; } = TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>The same in milliseconds, as text.</summary>
    public string Milliseconds { get; } = milliseconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>The input in hexadecimal.</summary>
    public static string Hexadecimal => Convert.ToHexStringLower(Input);

    /// <summary>The folder with packages of npm that <c>compare.sh --install</c> fills.</summary>
    public static string Packages => Path.Combine(Repository.Root, "artifacts/comparison/node_modules");

    /// <summary>The path of a file of <c>bench/host</c>.</summary>
    public static string Source(string name) => Path.Combine(Repository.Root, Host, name);

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The length of what heatshrink makes of some bytes.</summary>
    public static int Packed(byte[] bytes) => Heatshrink.Encode(bytes, HeatshrinkWindow.Large).Length;

    /// <summary>Writes a file that is made of others, one after the other.</summary>
    /// <returns>Its path.</returns>
    public string Joined(string name, params string[] parts)
    {
        File.WriteAllText(PathOf(name), string.Join('\n', parts));
        return PathOf(name);
    }

    /// <summary>A module of WebAssembly made of a C program.</summary>
    /// <param name="source">The path of the program.</param>
    /// <param name="name">The name of the module, without its ending.</param>
    /// <param name="arguments">Further arguments of the compiler.</param>
    /// <returns>Its path.</returns>
    public string Module(string source, string name, params string[] arguments)
    {
        var module = PathOf($"{name}.wasm");
        if (File.Exists(module)) return module;
        string[] all =
        [
            "--target=wasm32", "-Oz", "-nostdlib", "-ffreestanding", "-fno-builtin", "-Wl,--no-entry", "-Wl,--strip-all",
            .. arguments, source, "-o", module,
        ];
        Execute("clang-14", "the Debian packages clang-14 and lld-14", all);
        return module;
    }

    /// <summary>The result and the nanoseconds that an engine prints.</summary>
    /// <exception cref="InvalidOperationException">It prints something else, or another result.</exception>
    public double Timed(ulong expected, string command, string source, params string[] arguments)
    {
        var output = Execute(command, source, arguments);
        if (output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var result, var time]
            || !double.TryParse(time, CultureInfo.InvariantCulture, out var nanoseconds))
        {
            throw new InvalidOperationException($"'{command}' prints '{output.Trim()}'; expected a result and a time");
        }

        return result == expected.ToString(CultureInfo.InvariantCulture)
            ? nanoseconds
            : throw new InvalidOperationException($"the result is {result}; expected {expected}");
    }

    /// <summary>A row with the time and the memory of whole processes.</summary>
    public Row Started(Row row, string command, params string[] arguments)
    {
        var launcher = PathOf("launch");
        if (!File.Exists(launcher)) Execute("gcc", "the Debian package gcc", "-O2", "-o", launcher, Source("engines/launch.c"));
        var output = Execute(
            launcher, "", [starts.ToString(CultureInfo.InvariantCulture), command, .. arguments]).Split(' ');
        return row with
        {
            StartUp = double.Parse(output[0], CultureInfo.InvariantCulture),
            Memory = double.Parse(output[1], CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The output of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="source">What brings it, if it is missing.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="MissingException">There is no such command.</exception>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public string Execute(string command, string source, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["NODE_PATH"] = Packages;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException(
                    $"'{command}' ends with {process.ExitCode}: {errors.Result.Trim().Split('\n')[0]}");
        }
        catch (Win32Exception)
        {
            throw new MissingException($"there is no '{command}', which comes with {source}");
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

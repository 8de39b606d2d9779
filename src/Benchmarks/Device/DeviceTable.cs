using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Code;

namespace RbpfSpec.Benchmarks.Device;

/// <summary>The result of <c>bench --device</c>: Tables I and II of the rBPF paper, emulated, and what single instructions cost.</summary>
/// <param name="Measured">The builds of the machine in C, without native code first.</param>
public sealed record DeviceTable(IReadOnlyList<DeviceMeasurement> Measured)
{
    private const int FrameBytes = 512;

    // Of examples/fletcher32.o on examples/fletcher32.input.
    private const int ProgramBytes = 336;
    private const int ProgramInstructions = 1_473;

    /// <summary>Native code, the builds of the machine in C, and what others published or measured.</summary>
    public IReadOnlyList<DeviceRow> Rows =>
    [
        new(
            "native C", "emulated", CodeBytes: Measured[0].NativeCode, Executed: Measured[0].Native, TimesNative: 1),
        .. Measured.Select(measured => new DeviceRow(
            $"RbpfSpec, {measured.Name}",
            "emulated",
            measured.Rom,
            measured.State + FrameBytes,
            measured.Program ?? ProgramBytes,
            measured.Run,
            (double)measured.Run / ProgramInstructions,
            (double)measured.Run / measured.Native)),
        .. Measured.Where(measured => measured.RomWithAtomics is not null).Select(measured => new DeviceRow(
            $"RbpfSpec, {measured.Name}, with atomics", "emulated", measured.RomWithAtomics, measured.State + FrameBytes)),
        .. DeviceRow.Cited,
    ];

    /// <summary>Builds and measures the machine in C on the emulated device.</summary>
    /// <param name="root">The folder of the project.</param>
    /// <exception cref="BenchmarkException">A tool is missing, or what it makes does not run.</exception>
    public static DeviceTable Measure(string root)
    {
        foreach (var tool in (string[])["make", "arm-none-eabi-gcc", "qemu-system-arm"]) Run(tool, ["--version"]);
        var device = Path.Combine(root, "device");
        var measured = DeviceMeasurement.Read(Run(
            "make", ["-s", "-C", device, "measure", "measure-translated", $"NATIVE={Translate(root, Path.Combine(device, "build"))}"]));
        return measured.Count > 0 ? new(measured) : throw new BenchmarkException("the measurement of the device told of no machine");
    }

    // Native code of the example, in a file.
    private static string Translate(string root, string folder)
    {
        var image = ((ImageResult.Loaded)ImageFile.Read(File.ReadAllBytes(Path.Combine(root, "examples", "fletcher32.o")), new())).Image;
        var program = image.Check(Admission.Of(Profile.Rbpf, []), out _)!;
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "fletcher32.native");
        File.WriteAllBytes(file, Translator.Translate(program).Program.ToBytes());
        return file;
    }

    /// <summary>Prints it for people.</summary>
    public void Print(ITextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Heading("Table I: bytes of the machine on a Cortex-M4; RAM is its state and 512 bytes of stack");
        report.Table(
            ["machine", "ROM", "RAM", "source"],
            Rows.Where(row => row.Rom is not null)
                .Select(row => (IReadOnlyList<string>)[row.Name, Number(row.Rom), Number(row.Ram), row.Source]));
        report.Heading("Table II: fletcher32 of 361 bytes; executed Thumb instructions, or time where published");
        report.Table(
            ["machine", "bytes", "executed", "each", "times native", "source"],
            Rows.Where(row => row.CodeBytes is not null).Select(row => (IReadOnlyList<string>)[
                row.Name, Number(row.CodeBytes), Number(row.Executed), Ratio(row.PerInstruction), Ratio(row.TimesNative), row.Source]));
        foreach (var measured in Measured)
        {
            report.Line(
                $"{measured.Name}: state {measured.State} bytes, stack frame in C {measured.Frame}, preflight of fletcher32 "
                + $"{Number(measured.Check)} executed instructions");
        }

        report.Heading("Executed Thumb instructions for one of the program, from dispatch to dispatch");
        var machines = Measured.Where(measured => measured.Program is null).ToArray();
        report.Table(
            ["instruction", .. machines.Select(measured => measured.Name)],
            Measured[0].Instructions.Select((instruction, place) => (IReadOnlyList<string>)[
                instruction.Name, .. machines.Select(measured => Number(measured.Instructions[place].Count))]));
    }

    /// <summary>Writes it as members of a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray("machines");
        foreach (var row in Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("name", row.Name);
            writer.WriteString("source", row.Source);
            if (row.Rom is { } rom) writer.WriteNumber("rom", rom);
            if (row.Ram is { } ram) writer.WriteNumber("ram", ram);
            if (row.CodeBytes is { } bytes) writer.WriteNumber("bytes", bytes);
            if (row.Executed is { } executed) writer.WriteNumber("executed", executed);
            if (row.PerInstruction is { } each) writer.WriteNumber("each", Math.Round(each, 2));
            if (row.TimesNative is { } times) writer.WriteNumber("native", Math.Round(times, 2));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("instructions");
        foreach (var measured in Measured.Where(measured => measured.Program is null))
        {
            writer.WriteStartObject(measured.Name);
            foreach (var (name, count) in measured.Instructions) writer.WriteNumber(name, count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Ratio(double? ratio) => ratio?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Run(string command, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(command, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var problems = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return output;
            var last = problems.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
            throw new BenchmarkException($"'{command} {string.Join(' ', arguments)}' fails: {last ?? $"exit code {process.ExitCode}"}");
        }
        catch (Win32Exception exception)
        {
            throw new BenchmarkException(
                $"{command} is missing ({exception.Message}); Debian: apt-get install make gcc-arm-none-eabi libnewlib-arm-none-eabi "
                + "qemu-system-arm");
        }
    }
}

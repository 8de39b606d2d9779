namespace RbpfSpec.Benchmarks.Device;

/// <summary>One machine beside others, with what is known of it.</summary>
/// <param name="Name">The machine.</param>
/// <param name="Source">Where the figures are from: measured here, or cited.</param>
/// <param name="Rom">Bytes of code and tables.</param>
/// <param name="Ram">Bytes of state and program stack.</param>
/// <param name="CodeBytes">Bytes of the program fletcher32.</param>
/// <param name="Executed">Executed instructions of fletcher32.</param>
/// <param name="PerInstruction">Executed instructions for one of the program.</param>
/// <param name="TimesNative">Times as many, or as long, as in native code.</param>
public sealed record DeviceRow(
    string Name,
    string Source,
    long? Rom = null,
    long? Ram = null,
    long? CodeBytes = null,
    long? Executed = null,
    double? PerInstruction = null,
    double? TimesNative = null)
{
    /// <summary>
    /// The figures of others. Those of the paper are "Minimal Virtual Machines on IoT Microcontrollers: The Case of Berkeley Packet
    /// Filters with rBPF" (2020), Tables I and II, on a real Cortex-M4; those of Femto-Containers are of its sources of 2022, by gcc
    /// 12.2 with <c>-Os</c>, counted on the same emulator, fletcher32 as clang compiles it without 32-bit instructions: 2,024 executed
    /// instructions of the program.
    /// </summary>
    public static IReadOnlyList<DeviceRow> Cited { get; } =
    [
        new("rBPF (paper)", "published", 4_364, 660, 456, TimesNative: 1_923.0 / 27),
        new("WASM3 (paper)", "published", 65_536, 87_040, 322, TimesNative: 980.0 / 27),
        new("Femto-Containers", "emulated", 4_038, 600, 472, 49_767, 49_767.0 / 2_024, 49_767.0 / 929),
        new("Femto-Containers, ALU32", "emulated", 4_790, 600),
    ];
}

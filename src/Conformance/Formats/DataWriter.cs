using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Vectors as the test files of bpf_conformance, one file each.</summary>
/// <remarks>
/// They say less than JSON: what comes out is r0 alone, into which the programs of a suite fold all that they can have
/// changed. A program to refuse, and one that traps, has a section <c>error</c> with what a plugin prints then: the word
/// <c>Rejected</c>, or kind and slot of the trap. Slots are 64-bit words, the first byte the lowest.
/// </remarks>
public static class DataWriter
{
    /// <summary>
    /// Whether a vector can be said in this format: its harness need provide nothing but memory and a program of common
    /// size.
    /// </summary>
    public static bool CanSay(Vector vector) => vector.Needs.IsEmpty;

    /// <summary>Whether a vector can be written: it can be said, and its program is whole slots, at least one.</summary>
    public static bool CanWrite(Vector vector) => CanSay(vector)
        && vector.Program is VectorProgram.Code(var code) && code.Count % Slot.Size == 0 && !code.IsEmpty;

    /// <summary>The name of a vector's file, all in one folder: bpf_conformance's runner does not look further down.</summary>
    public static string FileName(Vector vector) => $"{vector.Name.Replace('/', '-')}.data";

    /// <summary>The text of a vector's file.</summary>
    public static string Text(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        var text = new StringBuilder($"# {vector.Purpose}\n");
        foreach (var line in ProgramListing.Of(code)) text.Append($"# {line.Slot}: {line.Text}\n");
        text.Append("-- raw\n");
        for (var at = 0; at < code.Count; at += Slot.Size)
            text.Append(CultureInfo.InvariantCulture, $"0x{BinaryPrimitives.ReadUInt64LittleEndian(code.AsSpan()[at..]):x16}\n");
        if (!vector.Memory.IsEmpty) text.Append($"-- mem\n{string.Join(' ', vector.Memory.Select(value => $"{value:x2}"))}\n");
        return text.Append(vector.Expectation switch
        {
            Expectation.Returns(var r0) => $"-- result\n0x{r0:x}\n",
            Expectation.Refuses => $"-- error\n{PluginProtocol.Rejected}\n",
            Expectation.Traps(var trap, var pc) => $"-- error\ntrap {trap} at slot {pc}\n",
        }).ToString();
    }
}

using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Formats;

/// <summary>One instruction of a listing.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Text">Its assembly in the syntax of bpf_conformance, or that it is none.</param>
public sealed record ListedInstruction(int Slot, Sequence<byte> Bytes, string Text);

/// <summary>Lists programs that need not be valid.</summary>
public static class ProgramListing
{
    /// <summary>The instructions of a program, in the order of slots; bytes at its end that are no slot are left out.</summary>
    public static IEnumerable<ListedInstruction> Of(Sequence<byte> code)
    {
        var whole = code.AsSpan()[..(code.Count / Slot.Size * Slot.Size)];
        var program = Program.Of(whole);
        List<ListedInstruction> listed = [];
        for (var index = 0; index < program.Length;)
        {
            var (slots, text) = Semantics.Validity.Preflight.Decode(program, index) is Decoded.Valid(var instruction)
                ? (instruction.Form.Layout.Slots, Disassembler.Print(instruction, Syntax.Conformance))
                : (1, $"no instruction: {program.Slots[index]}");
            listed.Add(new(index, Sequence.Of(whole.Slice(index * Slot.Size, slots * Slot.Size)), text));
            index += slots;
        }

        return listed;
    }
}

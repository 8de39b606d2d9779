using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>The code of every encoding.</summary>
internal static partial class Codes
{
    // By opcode, and by place among the encodings of that opcode.
    private static readonly Code[][] ByOpcode = [.. Enumerable.Range(0, 256).Select(opcode =>
        OperationTable.WithOpcode((byte)opcode).AsSpan().ToArray().Select(Of).ToArray())];

    /// <summary>The encoding of a slot and its code. The slot must have one.</summary>
    public static (Form Form, Code Code) At(Slot slot)
    {
        var candidates = OperationTable.WithOpcode(slot.Opcode);
        var index = 0;
        if (candidates.Count > 1)
        {
            var fields = slot.Fields;
            while (!Decoder.Matches(candidates[index], fields).Value) index++;
        }

        return (candidates[index], ByOpcode[slot.Opcode][index]);
    }

    /// <summary>Whether a program has local calls.</summary>
    /// <param name="program">The program, which the preflight accepts.</param>
    public static bool CallLocally(Program program)
    {
        var starts = Preflight.Starts(program);
        for (var slot = 0; slot < program.Length; slot++)
        {
            if (starts[slot] && At(program.Slots[slot]).Code is Code.CallLocal) return true;
        }

        return false;
    }

    /// <summary>Whether the rule of an encoding can change the bytes of a region, or call a helper that does.</summary>
    /// <remarks>The claim <c>views/unwritten</c> holds the others to leaving all bytes as they are.</remarks>
    public static bool MayWrite(Form form) => form.Operation switch
    {
        MemoryOperation operation => operation.Kind is not Access.Read,
        CallOperation operation => operation switch
        {
            CallOperation.Local or CallOperation.Exit => false,
            CallOperation.ByHelperId or CallOperation.ByBtfId => true,
        },
        AluOperation or JumpOperation or WideLoad or PacketLoad => false,

        // Atomic operations do, and for what is not known it does no harm to say so.
        _ => true,
    };
}

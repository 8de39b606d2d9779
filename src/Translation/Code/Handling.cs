using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Translation.Code;

/// <summary>Which instructions native code does, and which it leaves to the machine.</summary>
internal static class Handling
{
    /// <summary>Why programs of a profile cannot be translated; null if they can.</summary>
    public static string? Refusal(Profile profile) => profile.InstructionLimit is not Allowance<ulong>.Unlimited
        ? $"the profile {profile.Name} limits the instructions of a run, which native code does not count; take one that does not"
        : null;

    /// <summary>Whether native code does an instruction, at least where nothing keeps it from it.</summary>
    public static bool IsNative(Instruction instruction, Profile profile) => instruction.Form.Operation switch
    {
        AluOperation.Division => IsNativeDivision(instruction, profile),
        AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned => IsNativeShift(instruction, profile),
        AluOperation or JumpOperation or WideLoad.Plain => true,
        MemoryOperation operation => IsNativeAccess(operation, instruction, profile),
        _ => false,
    };

    /// <summary>Whether native code does local calls, and returns from them.</summary>
    /// <remarks>The validator proves them for each number of calls in progress.</remarks>
    public static bool HasNativeCalls(Profile profile) => profile.FramePointer is FramePointer.ReadOnly
        && profile.FrameLimit is > 1 and <= 16 && profile.FrameBytes is > 0 and <= 2048 && profile.FrameBytes % 64 == 0;

    /// <summary>
    /// Whether an access is to the frame of the function that runs, at a place that is known: the frame pointer is read-only,
    /// so it is where the frame ends.
    /// </summary>
    public static bool IsInFrame(Instruction instruction, Profile profile)
    {
        var bytes = instruction.Form.Width.Bytes;
        return instruction.Form.Operation is MemoryOperation operation
            && profile.FramePointer is FramePointer.ReadOnly
            && BaseOf(operation, instruction) == Register.Last
            && instruction.Offset >= -profile.FrameBytes && instruction.Offset + bytes <= 0
            && profile.FrameBytes <= 2048;
    }

    /// <summary>The number of the register that an access takes its address from.</summary>
    public static int BaseOf(MemoryOperation operation, Instruction instruction) =>
        operation.Base is Field.Source ? instruction.Source.Number : instruction.Destination.Number;

    private static bool IsNativeDivision(Instruction instruction, Profile profile) =>
        (instruction.Form.Operand is not SourceOperand.Immediate || instruction.Immediate != 0)
        && (profile.SignedOverflow is SignedOverflow.Wraps
            || instruction.Form.Operation is AluOperation.Division.Divide or AluOperation.Division.Modulo);

    private static bool IsNativeShift(Instruction instruction, Profile profile) => profile.LargeShift is LargeShift.Masked
        || (instruction.Form.Operand is SourceOperand.Immediate && (uint)instruction.Immediate < (uint)instruction.Form.Width.Bits);

    // Of the frame, native code knows only the one that runs.
    private static bool IsNativeAccess(MemoryOperation operation, Instruction instruction, Profile profile) =>
        profile.Alignment is Alignment.Any
        && (BaseOf(operation, instruction) != Register.Last
            || profile.FramePointer is FramePointer.Writable
            || IsInFrame(instruction, profile));
}

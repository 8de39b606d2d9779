using System.Runtime.InteropServices;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>One step of a predecoded program: an instruction, or a guard before one, as far as decoding can work it out.</summary>
/// <remarks>24 bytes on a 64-bit process.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PredecodedStep
{
    /// <summary>The code of the step; the <see langword="switch"/> machine reads it.</summary>
    public Code Code;

    /// <summary>Where the destination register is, in bytes from the start of the machine's state: 8 times its number.</summary>
    public byte Destination;

    /// <summary>Where the source register is, in bytes from the start of the machine's state: 8 times its number.</summary>
    public byte Source;

    /// <summary>
    /// Of memory operations, what is added to the address; of jumps and local calls, the distance from this step to the
    /// target's first, in bytes.
    /// </summary>
    public int Offset;

    /// <summary>The second operand, sign-extended to 64 bits; of some steps a number that decoding worked out.</summary>
    public ulong Immediate;

    /// <summary>The handler; the threaded machine calls it.</summary>
    public delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong> Handler;
}

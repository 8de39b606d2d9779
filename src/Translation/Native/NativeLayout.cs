namespace RbpfSpec.Translation.Native;

/// <summary>
/// Where native code finds the state of the machine: offsets in bytes from the start of <c>struct rbpf_machine</c>
/// (<c>device/rbpf.h</c>, with <c>RBPF_NATIVE</c>), as a Cortex-M compiler lays it out.
/// </summary>
public static class NativeLayout
{
    /// <summary>The registers, 8 bytes each.</summary>
    public const int Registers = 0;

    /// <summary>The slot of the instruction that the machine executes next.</summary>
    public const int ProgramCounter = 96;

    /// <summary>The address, as the program sees it, of the frame of the function that runs.</summary>
    public const int StackStart = 100;

    /// <summary>Where the bytes of that frame are on the device.</summary>
    public const int StackBytes = 108;

    /// <summary>The address of the frames of local calls in progress, <see cref="FrameSize"/> bytes each.</summary>
    public const int Frames = 132;

    /// <summary>How many local calls are in progress.</summary>
    public const int Depth = 136;

    /// <summary>How many functions can be active, with the one that a run begins with.</summary>
    public const int FrameLimit = 140;

    /// <summary>The bytes of a frame: r6 to r10 of the caller first.</summary>
    public const int FrameSize = 48;

    /// <summary>In a frame: the slot of the call.</summary>
    public const int ReturnTo = 40;

    /// <summary>How many branches may still be taken.</summary>
    public const int Branches = 144;

    /// <summary>The window that loads look at.</summary>
    public const int Readable = 160;

    /// <summary>The window that stores look at.</summary>
    public const int Writable = 188;

    /// <summary>The address of the function that divides words of 64 bits, of the compiler's library.</summary>
    public const int Divide = 216;

    /// <summary>The number of bytes of the whole.</summary>
    public const int Size = 224;

    /// <summary>
    /// In a window, for accesses of one byte and more: how many bytes of the region an access may begin at. The start
    /// stands twice, so that one load of two words yields it with any of the four limits.
    /// </summary>
    public const int Limit1 = 0;

    /// <summary>In a window: where the region starts, as the program sees it.</summary>
    public const int Start = 4;

    /// <summary>In a window: the limit of accesses of two bytes.</summary>
    public const int Limit2 = 8;

    /// <summary>In a window: the limit of accesses of four bytes.</summary>
    public const int Limit4 = 12;

    /// <summary>In a window: the start once more.</summary>
    public const int StartAgain = 16;

    /// <summary>In a window: the limit of accesses of eight bytes.</summary>
    public const int Limit8 = 20;

    /// <summary>In a window: where the bytes of the region are on the device.</summary>
    public const int Bytes = 24;

    /// <summary>No region of a window begins below this address, nor ends less than that many bytes before the last one.</summary>
    /// <remarks>An offset in an instruction cannot lead from one end of the 32-bit addresses into a region at the other.</remarks>
    public const uint Margin = 0x8000;

    /// <summary>Where a register is.</summary>
    /// <param name="register">Its number, 0 to 10.</param>
    public static int OfRegister(int register) => Registers + (8 * register);

    /// <summary>In a window: the limit of accesses of a number of bytes: 1, 2, 4 or 8.</summary>
    public static int LimitOf(int bytes) => bytes switch
    {
        1 => Limit1,
        2 => Limit2,
        4 => Limit4,
        8 => Limit8,
        _ => throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "accesses have 1, 2, 4 or 8 bytes"),
    };
}

using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>A window, as native code relies on it: of a region that is granted, or of none, with a length of zero.</summary>
/// <param name="Name">What the names of its variables begin with.</param>
internal sealed record WindowTerms(string Name)
{
    /// <summary>Where the region starts, as the program sees it.</summary>
    public Term Start { get; } = Make.Variable($"{Name}.start", 32);

    /// <summary>The number of its bytes.</summary>
    public Term Length { get; } = Make.Variable($"{Name}.length", 32);

    /// <summary>Where its bytes are on the device.</summary>
    public Term Bytes { get; } = Make.Variable($"{Name}.bytes", 32);

    /// <summary>How many bytes of the region an access of some bytes may begin at.</summary>
    public Term Limit(int bytes) =>
        Make.Choose(Length.Below((ulong)bytes), Make.Constant(0UL, 32), Length - (ulong)(bytes - 1));

    /// <summary>That the region keeps off both ends of the addresses.</summary>
    public IEnumerable<Term> Facts()
    {
        var end = Make.Constant((1UL << 32) - NativeLayout.Margin, 32);
        yield return !Start.Below(NativeLayout.Margin);
        yield return !end.Below(Start);
        yield return !(end - Start).Below(Length);
    }

    /// <summary>Whether some bytes that begin so far from the start lie in the region.</summary>
    public Term Contains(Term from, int bytes) => !Length.Below((ulong)bytes) & !(Length - (ulong)bytes).Below(from);
}

/// <summary>All that is unknown before some instructions: the values of a state, on which native code and rules are run.</summary>
internal static class Unknowns
{
    /// <summary>Where the state of the machine is, a multiple of four.</summary>
    public static Term Machine { get; } = Make.Concatenate(Make.Variable("machine", 30), Make.Constant(0UL, 2));

    /// <summary>The stack pointer of whoever called native code, a multiple of eight as at every call.</summary>
    public static Term CallerStack { get; } = Make.Concatenate(Make.Variable("sp", 29), Make.Constant(0UL, 3));

    /// <summary>The address of the function that divides words of 64 bits, of Thumb code.</summary>
    public static Term Divide { get; } = Make.Concatenate(Make.Variable("divide", 31), Make.Constant(1UL, 1));

    /// <summary>How many branches are left.</summary>
    public static Term Branches { get; } = Make.Variable("branches", 32);

    /// <summary>The window of loads.</summary>
    public static WindowTerms Readable { get; } = new("readable");

    /// <summary>The window of stores.</summary>
    public static WindowTerms Writable { get; } = new("writable");

    /// <summary>The start of the frame of the function that runs.</summary>
    public static Term StackStart { get; } = Make.Variable("frame.start", 32);

    /// <summary>Where that frame is on the device, a multiple of four.</summary>
    public static Term StackBytes { get; } = Make.Concatenate(Make.Variable("frame.bytes", 30), Make.Constant(0UL, 2));

    /// <summary>Where the device keeps the frames of local calls, a multiple of eight.</summary>
    public static Term Frames { get; } = Make.Concatenate(Make.Variable("frames", 29), Make.Constant(0UL, 3));

    /// <summary>How many functions can be active on this device: at most as many as the profile says.</summary>
    public static Term FrameLimit { get; } = Make.Variable("frame.limit", 32);

    /// <summary>How many local calls are in progress.</summary>
    public static Term Depth { get; } = Make.Variable("depth", 32);

    /// <summary>The value of a register of the caller; of the link register, with the bit that says that it is Thumb code.</summary>
    public static Term Caller(int register) => register == 14
        ? Make.Concatenate(Make.Variable("caller.lr", 31), Make.Constant(1UL, 1))
        : Make.Variable($"caller.r{register}", 32);

    /// <summary>Where a call of native code is to begin: an address of Thumb code.</summary>
    public static Term Target { get; } = Make.Concatenate(Make.Variable("target", 31), Make.Constant(1UL, 1));

    /// <summary>Half of a register of the program.</summary>
    public static Term Half(int register, bool isHigh) => Make.Variable($"r{register}.{(isHigh ? "high" : "low")}", 32);

    /// <summary>That the frame ends before the last address.</summary>
    public static IEnumerable<Term> FrameFacts(Profile profile)
    {
        yield return StackStart.Below((1UL << 32) - (ulong)profile.FrameBytes);
    }

    /// <summary>Both words of each register of the program.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="zeroHigh">Of which registers the high word is zero.</param>
    public static (Term Low, Term High)[] Registers(Profile profile, Sequence<int> zeroHigh)
    {
        var registers = new (Term Low, Term High)[Registers<Word>.Count];
        for (var i = 0; i < registers.Length; i++)
            registers[i] = (Half(i, isHigh: false), zeroHigh.Contains(i) ? Make.Constant(0UL, 32) : Half(i, isHigh: true));
        if (profile.FramePointer is FramePointer.ReadOnly)
            registers[^1] = (StackStart + (ulong)profile.FrameBytes, Make.Constant(0UL, 32));
        return registers;
    }
}

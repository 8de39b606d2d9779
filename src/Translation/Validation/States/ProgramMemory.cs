using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>The memory of the rules: the frame, what the windows show, and other regions of which nothing is known.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Bytes">The bytes of the regions.</param>
/// <param name="FrameStart">Where the frame of the function that runs starts, 64 bits.</param>
internal sealed record ProgramMemory(Profile Profile, GuestBytes Bytes, TermWord FrameStart) : IMemory<TermWord>
{
    /// <summary>Whether a region that no window shows grants an access.</summary>
    public static Term Elsewhere { get; } = Make.Variable("elsewhere", Sort.Truth);

    public Truth<TermWord> Grants(TermWord address, TermWord count, Access access)
    {
        var granted = TermTruths.Of(Elsewhere) | In(Unknowns.StackStart, Make.Constant((ulong)Profile.FrameBytes, 32), address, count);
        if (access is Access.Read) granted |= In(Unknowns.Readable.Start, Unknowns.Readable.Length, address, count);
        if (access is Access.Write) granted |= In(Unknowns.Writable.Start, Unknowns.Writable.Length, address, count);
        return granted;
    }

    public TermWord Read(TermWord address, Width width) => new(Bytes.Read(LinearSum.Of(address.Term).ToTerm(), width.Bytes));

    public IMemory<TermWord> Write(TermWord address, TermWord value, Truth<TermWord> when) =>
        when.IsKnown(out var holds) && holds
            ? this with { Bytes = Bytes.Write(LinearSum.Of(address.Term).ToTerm(), value.Term) }
            : throw Unasked();

    public IMemory<TermWord> Copy(IMemory<TermWord> target, TermWord to, TermWord from, ulong count, Truth<TermWord> when) =>
        throw Unasked();

    public TermWord RestOfRegion(TermWord address) => throw Unasked();

    // A fresh frame is zero; it is written in ascending order.
    public IMemory<TermWord> PushFrame()
    {
        var start = FrameStart - FrameBytes;
        var (low, bytes) = (LinearSum.Of(start.Term.Bits(0, 32)).ToTerm(), Bytes);
        for (var at = 0; at < Profile.FrameBytes; at += 4) bytes = bytes.Write(low + (ulong)at, Make.Constant(0UL, 32));
        return this with { Bytes = bytes, FrameStart = start };
    }

    public IMemory<TermWord> PopFrame() => this with { FrameStart = FrameStart + FrameBytes };

    private TermWord FrameBytes => TermWord.Constant((ulong)Profile.FrameBytes, Width.Bits64);

    private static Truth<TermWord> In(Term start, Term length, TermWord address, TermWord count)
    {
        var wide = new TermWord(length.ZeroExtended(64));
        var from = address - new TermWord(start.ZeroExtended(64));
        return !TermWord.LessUnsigned(wide, count) & !TermWord.LessUnsigned(wide - count, from);
    }

    private static InvalidOperationException Unasked() => new("no instruction that native code does asks this");
}

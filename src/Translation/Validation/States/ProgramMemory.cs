using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>The memory of the rules: the frame, what the windows show, and other regions of which nothing is known.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Bytes">The bytes of the regions.</param>
internal sealed record ProgramMemory(Profile Profile, GuestBytes Bytes) : IMemory<TermWord>
{
    /// <summary>Whether a region that no window shows grants an access.</summary>
    public static Term Elsewhere { get; } = Make.Variable("elsewhere", Sort.Truth);

    public TermWord FrameStart => throw Unasked();

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

    public IMemory<TermWord> PushFrame() => throw Unasked();

    public IMemory<TermWord> PopFrame() => throw Unasked();

    private static Truth<TermWord> In(Term start, Term length, TermWord address, TermWord count)
    {
        var wide = new TermWord(length.ZeroExtended(64));
        var from = address - new TermWord(start.ZeroExtended(64));
        return !TermWord.LessUnsigned(wide, count) & !TermWord.LessUnsigned(wide - count, from);
    }

    private static InvalidOperationException Unasked() => new("no instruction that native code does asks this");
}

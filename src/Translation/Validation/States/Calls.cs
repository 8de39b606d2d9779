using System.Collections.Immutable;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>Local calls in progress, on terms: a call and a return are proved for each number of them.</summary>
internal static class Calls
{
    private const int FirstKept = 6;

    /// <summary>The slot that the latest call is in.</summary>
    private static readonly Term ReturnTo = Make.Variable("kept.return", 32);

    /// <summary>The frames of so many calls, the latest last; of all but that one nothing is asked.</summary>
    public static Sequence<Frame<TermWord>> Frames(Profile profile, int depth)
    {
        var frame = new Frame<TermWord>(
            new(ReturnTo.ZeroExtended(64) + 1UL),
            [.. Enumerable.Range(FirstKept, 4).Select(register => Word(Half(register, isHigh: false), Half(register, isHigh: true))),
                Word(Unknowns.StackStart + (2 * (ulong)profile.FrameBytes), Make.Constant(0UL, 32))]);
        return Sequence.Generate(depth, _ => frame);
    }

    /// <summary>The words of a frame as the device keeps it, by their offsets from the first frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="index">How many there are before it.</param>
    public static IEnumerable<(int Offset, Term Value)> Words(Frame<TermWord> frame, int index)
    {
        var start = index * NativeLayout.FrameSize;
        for (var i = 0; i < frame.Saved.Count; i++)
        {
            yield return (start + (8 * i), frame.Saved[i].Term.Bits(0, 32));
            yield return (start + (8 * i) + 4, frame.Saved[i].Term.Bits(32, 32));
        }

        yield return (start + NativeLayout.ReturnTo, LinearSum.Of(frame.ReturnTo.Term.Bits(0, 32) - 1UL).ToTerm());
    }

    /// <summary>The facts on so many calls: the stacks of all functions have addresses, and calls are in the program.</summary>
    public static ImmutableList<Term> Facts(Profile profile, int depth, int slots)
    {
        var size = (ulong)profile.FrameBytes;
        var above = (ulong)(depth + 1) * size;
        return
        [
            !Unknowns.FrameLimit.Below((ulong)depth + 1),
            Unknowns.FrameLimit.Below((ulong)profile.FrameLimit + 1),
            !HasRoom(depth) | !Unknowns.StackStart.Below(size),
            Unknowns.StackStart.Below((1UL << 32) - above),
            .. (ReadOnlySpan<Term>)(depth > 0 ? [ReturnTo.Below((ulong)slots)] : []),
        ];
    }

    /// <summary>Whether there is a stack for one more function.</summary>
    public static Term HasRoom(int depth) => Make.Constant((ulong)depth + 1, 32).Below(Unknowns.FrameLimit);

    private static Term Half(int register, bool isHigh) => Make.Variable($"kept.r{register}.{(isHigh ? "high" : "low")}", 32);

    private static TermWord Word(Term low, Term high) => new(Make.Concatenate(high, low));
}

using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Running;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>
/// Values for where things are, as some device has them: counterexamples are looked for with these first, so that they can be run.
/// </summary>
internal static class OnDevice
{
    /// <summary>The most bytes that a window shows there.</summary>
    public const ulong MostBytes = 4096;

    /// <summary>Where native code returns to.</summary>
    public const uint ReturnAddress = 0x0000_1000;

    /// <summary>Where a call of native code is told to begin.</summary>
    public const uint TargetAddress = 0x0000_3000;

    private static readonly Term ReadableBytes = Make.Constant(0x2102_0003, 32);
    private static readonly Term WritableBytes = Make.Constant(0x2104_0001, 32);

    private static readonly Dictionary<Term, Term> Fixed = new(ReferenceEqualityComparer.Instance)
    {
        [Unknowns.Machine.First] = Make.Constant(0x2100_0000 >> 2, 30),
        [Unknowns.CallerStack.First] = Make.Constant(0x2000_8000 >> 3, 29),
        [Unknowns.Divide.First] = Make.Constant(NativeProcessor.DivideAddress >> 1, 31),
        [Unknowns.Caller(14).First] = Make.Constant(ReturnAddress >> 1, 31),
        [Unknowns.Target.First] = Make.Constant(TargetAddress >> 1, 31),
        [Unknowns.StackBytes.First] = Make.Constant(0x2101_0000 >> 2, 30),
        [Unknowns.Frames.First] = Make.Constant(0x2106_0000 >> 3, 29),
        [ProgramMemory.Elsewhere] = Make.False,
    };

    /// <summary>Values that are tried for what is not fixed.</summary>
    public static Sequence<(Term Variable, Term Value)> Suggested { get; } =
    [
        (Unknowns.FrameLimit, Make.Constant(8, 32)),
        (Unknowns.StackStart, Make.Constant(0x1000_0000, 32)),
        (Unknowns.Readable.Start, Make.Constant(0x2000_0000, 32)),
        (Unknowns.Readable.Length, Make.Constant(361, 32)),
        (Unknowns.Readable.Bytes, ReadableBytes),
        (Unknowns.Writable.Start, Make.Constant(0x3000_0000, 32)),
        (Unknowns.Writable.Length, Make.Constant(64, 32)),
        (Unknowns.Writable.Bytes, WritableBytes),
    ];

    /// <summary>A formula with those values in it.</summary>
    public static Term Of(Term formula) => Dag.Substitute(formula, Fixed);

    /// <summary>The facts on regions of a device: a window shows one that is apart from all others, or the frame.</summary>
    public static IEnumerable<Term> Facts(Profile profile)
    {
        var size = Make.Constant((ulong)profile.FrameBytes, 32);
        foreach (var fact in Unknowns.FrameFacts(profile)) yield return fact;
        foreach (var (window, bytes) in ((WindowTerms, Term)[])[(Unknowns.Readable, ReadableBytes), (Unknowns.Writable, WritableBytes)])
        {
            foreach (var fact in window.Facts()) yield return fact;
            yield return window.Length.Below(MostBytes + 1);
            yield return ShowsFrame(window, size) | (window.Bytes.EqualTo(bytes) & AreApart(
                window.Start, window.Length, Unknowns.StackStart, size));
        }

        yield return ShowsFrame(Unknowns.Readable, size) | ShowsFrame(Unknowns.Writable, size) | AreApart(
            Unknowns.Readable.Start, Unknowns.Readable.Length, Unknowns.Writable.Start, Unknowns.Writable.Length);
    }

    private static Term ShowsFrame(WindowTerms window, Term size) =>
        window.Start.EqualTo(Unknowns.StackStart) & window.Length.EqualTo(size) & Of(window.Bytes.EqualTo(Unknowns.StackBytes));

    private static Term AreApart(Term start, Term length, Term otherStart, Term otherLength) =>
        !(start + length).Above(otherStart) | !(otherStart + otherLength).Above(start);

    /// <summary>An assignment with the fixed values in it.</summary>
    public static Assignment With(Assignment values) => values with
    {
        Variable = variable => Fixed.TryGetValue(variable, out var value)
            ? (ulong)Assignment.Zero.Evaluate(value)
            : values.Variable(variable),
    };

    private static Term Above(this Term left, Term right) => right.Below(left);
}

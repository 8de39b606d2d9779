using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>Values for where things are, as some device has them: counterexamples are looked for with these first, so that they can be run.</summary>
internal static class OnDevice
{
    /// <summary>The most bytes that a window shows there.</summary>
    public const ulong MostBytes = 4096;

    /// <summary>Where native code returns to.</summary>
    public const uint ReturnAddress = 0x0000_1000;

    /// <summary>Where a call of native code is told to begin.</summary>
    public const uint TargetAddress = 0x0000_3000;

    private static readonly Dictionary<Term, Term> Fixed = new(ReferenceEqualityComparer.Instance)
    {
        [Unknowns.Machine.First] = Make.Constant(0x2100_0000 >> 2, 30),
        [Unknowns.CallerStack.First] = Make.Constant(0x2000_8000 >> 2, 30),
        [Unknowns.Caller(14).First] = Make.Constant(ReturnAddress >> 1, 31),
        [Unknowns.Target.First] = Make.Constant(TargetAddress >> 1, 31),
        [Unknowns.StackBytes.First] = Make.Constant(0x2101_0000 >> 2, 30),
        [Unknowns.Frames.First] = Make.Constant(0x2106_0000 >> 3, 29),
        [Unknowns.Readable.Bytes] = Make.Constant(0x2102_0003, 32),
        [Unknowns.Writable.Bytes] = Make.Constant(0x2104_0001, 32),
        [ProgramMemory.Elsewhere] = Make.False,
    };

    /// <summary>Values that are tried for what is not fixed.</summary>
    public static Sequence<(Term Variable, Term Value)> Suggested { get; } =
    [
        (Unknowns.StackStart, Make.Constant(0x1000_0000, 32)),
        (Unknowns.Readable.Start, Make.Constant(0x2000_0000, 32)),
        (Unknowns.Readable.Length, Make.Constant(361, 32)),
        (Unknowns.Writable.Start, Make.Constant(0x3000_0000, 32)),
        (Unknowns.Writable.Length, Make.Constant(64, 32)),
    ];

    /// <summary>A formula with those values in it.</summary>
    public static Term Of(Term formula) => Dag.Substitute(formula, Fixed);

    /// <summary>What regions of a device are like: within the addresses, and apart from each other.</summary>
    public static IEnumerable<Term> Facts(Profile profile)
    {
        (Term Start, Term Length)[] regions =
        [
            (Unknowns.StackStart, Make.Constant((ulong)profile.FrameBytes, 32)),
            (Unknowns.Readable.Start, Unknowns.Readable.Length),
            (Unknowns.Writable.Start, Unknowns.Writable.Length),
        ];
        foreach (var fact in Unknowns.FrameFacts(profile)) yield return fact;
        foreach (var window in (WindowTerms[])[Unknowns.Readable, Unknowns.Writable])
        {
            foreach (var fact in window.Facts()) yield return fact;
            yield return window.Length.Below(MostBytes + 1);
        }

        for (var i = 0; i < regions.Length; i++)
        {
            for (var other = 0; other < i; other++)
                yield return !(regions[other].Start + regions[other].Length).Above(regions[i].Start)
                    | !(regions[i].Start + regions[i].Length).Above(regions[other].Start);
        }
    }

    /// <summary>An assignment with the fixed values in it.</summary>
    public static Assignment With(Assignment values) => values with
    {
        Variable = variable => Fixed.TryGetValue(variable, out var value) ? (ulong)Assignment.Zero.Evaluate(value) : values.Variable(variable),
    };

    private static Term Above(this Term left, Term right) => right.Below(left);
}

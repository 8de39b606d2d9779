namespace RbpfSpec.Interp.Predecoded;

/// <summary>Steps in sequence that one handler does.</summary>
/// <remarks>
/// <para>
/// The handler stands at the first step and reads the others where they are. They stay what they were, so that a trap in
/// the middle is one at its own step, and so that a miss goes on from there.
/// </para>
/// <para>Which there are, <see cref="Table.EngineTable"/> says.</para>
/// </remarks>
/// <param name="Code">The code of the sequence.</param>
/// <param name="Condition">What must hold of its operands.</param>
/// <param name="Parts">The codes of the steps.</param>
internal sealed partial record Superinstruction(Code Code, Condition Condition, Code[] Parts)
{
    /// <summary>Every sequence; of two that begin the same, the longer first.</summary>
    public static Superinstruction[] All { get; } = Sequences();

    private static readonly Superinstruction[][] ByFirst =
        [.. Enum.GetValues<Code>().Select(code => All.Where(sequence => sequence.Parts[0] == code).ToArray())];

    /// <summary>Puts sequences in the place of their first steps, where no jump leads into them.</summary>
    /// <param name="steps">The steps of a program.</param>
    /// <param name="isTarget">Of each step whether a jump leads to it.</param>
    public static void Fuse(Span<PredecodedStep> steps, ReadOnlySpan<bool> isTarget)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            foreach (var sequence in ByFirst[(int)steps[i].Code])
            {
                if (!sequence.Fits(steps[i..], isTarget[i..])) continue;
                steps[i].Code = sequence.Code;
                i += sequence.Parts.Length - 1;
                break;
            }
        }
    }

    /// <summary>Whether the condition holds of steps with the codes of the parts.</summary>
    /// <param name="steps">As many steps as there are parts, or more.</param>
    public Truth<T> Holds<T>(ReadOnlySpan<Step<T>> steps)
        where T : IWord<T> => Condition switch
        {
            Condition.Any => Truth<T>.Of(true),
            Condition.OnOneRegister => IsOnOneRegister<T>(steps),
            Condition.OfLow32 => IsOnOneRegister<T>(steps)
                & Is32<T>(steps[Parts.Length - 2].Immediate) & Is32<T>(steps[Parts.Length - 1].Immediate),
            Condition.OfAddress => IsOfAddress<T>(steps),
        };

    private bool Fits(ReadOnlySpan<PredecodedStep> steps, ReadOnlySpan<bool> isTarget)
    {
        if (steps.Length < Parts.Length) return false;
        for (var i = 1; i < Parts.Length; i++)
        {
            if (steps[i].Code != Parts[i] || isTarget[i]) return false;
        }

        var words = new Step<Word>[Parts.Length];
        for (var i = 0; i < words.Length; i++) words[i] = Words(steps[i]);
        return Holds<Word>(words).Value;
    }

    private static Step<Word> Words(PredecodedStep step) => new(
        step.Code,
        Word.Wrap(step.Destination, Width.Bits8),
        Word.Wrap(step.Source, Width.Bits8),
        Word.Wrap((uint)step.Offset, Width.Bits32),
        Word.Of(step.Immediate));

    private static Truth<T> Is32<T>(T immediate)
        where T : IWord<T> => T.Same(immediate, T.Constant(32, Width.Bits64));

    // Each step but the first takes the destination of the first, and no other operand of it is that register.
    private Truth<T> IsOnOneRegister<T>(ReadOnlySpan<Step<T>> steps)
        where T : IWord<T>
    {
        var register = steps[0].Destination;
        var holds = Truth<T>.Of(true);
        for (var i = 1; i < Parts.Length; i++)
        {
            holds &= T.Same(steps[i].Destination, register);
            if (Codes.ReadsSource(Parts[i])) holds &= !T.Same(steps[i].Source, register);
        }

        return holds;
    }

    // The last step loads from the destination of those before, which make its address.
    private Truth<T> IsOfAddress<T>(ReadOnlySpan<Step<T>> steps)
        where T : IWord<T>
    {
        var register = steps[0].Destination;
        var holds = T.Same(steps[Parts.Length - 1].Source, register);
        for (var i = 1; i < Parts.Length - 1; i++)
            holds &= T.Same(steps[i].Destination, register) & !T.Same(steps[i].Source, register);
        return holds;
    }
}

/// <summary>A condition on the operands of a superinstruction.</summary>
internal enum Condition
{
    /// <summary>Nothing.</summary>
    Any,

    /// <summary>All steps have the destination of the first, and the later ones no other operand in that register.</summary>
    OnOneRegister,

    /// <summary>As <see cref="OnOneRegister"/>, and both shift amounts are 32.</summary>
    OfLow32,

    /// <summary>
    /// The steps before the last make the base of its address, without a second operand in that register after the first step.
    /// </summary>
    OfAddress,
}

using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Running;

/// <summary>The reply of a machine to a vector; that it crashes or hangs is a result, too.</summary>
public abstract record MachineReply
{
    private const int MostQuoted = 60;
    private const int MostExplained = 400;

    private MachineReply()
    {
    }

    /// <summary>The state that the machine says the program ended in; null if it says nothing of it.</summary>
    public ToldState? State { get; init; }

    /// <summary>The program ended with this value in r0.</summary>
    public sealed record Returned(ulong R0) : MachineReply;

    /// <summary>The program was rejected before it ran.</summary>
    /// <param name="Detail">What else the machine said.</param>
    public sealed record Rejected(string Detail) : MachineReply;

    /// <summary>The program was stopped.</summary>
    /// <param name="Kind">By which trap; null if the machine's word, as its user translates it, does not tell.</param>
    /// <param name="Slot">At which slot; null if that is not told.</param>
    /// <param name="Detail">What else the machine said.</param>
    public sealed record Trapped(Trap? Kind, ulong? Slot, string Detail) : MachineReply
    {
        /// <summary>The machine's own account of what happened, for people; perhaps empty. It is not judged.</summary>
        public string Explanation { get; init; } = "";
    }

    /// <summary>The machine has a word for it whose meaning nobody has told.</summary>
    /// <param name="Word">The word.</param>
    /// <param name="Detail">What else it said.</param>
    /// <param name="IsTaken">Whether the word is taken for whatever refusal is expected, because the user asked for that.</param>
    public sealed record Refused(string Word, string Detail, bool IsTaken = false) : MachineReply;

    /// <summary>
    /// The machine does not run the program, for a reason that need not be the program's fault: a verifier could not see that it is safe.
    /// </summary>
    /// <param name="Detail">Why.</param>
    public sealed record Declined(string Detail) : MachineReply;

    /// <summary>The machine says that the program does not end.</summary>
    public sealed record NoEnd(string Detail) : MachineReply;

    /// <summary>The machine itself ended.</summary>
    public sealed record Crashed(string Detail) : MachineReply;

    /// <summary>There is no such machine.</summary>
    public sealed record NotStarted(string Problem) : MachineReply;

    /// <summary>Nothing came in time.</summary>
    public sealed record TimedOut(TimeSpan After) : MachineReply;

    /// <summary>A reply that is no answer.</summary>
    public sealed record Nonsense(string Text) : MachineReply;

    /// <summary>The reply that an answer of the reference machine is.</summary>
    public static MachineReply Of(Answer answer) => answer switch
    {
        Answer.Returned(var r0) => new Returned(r0),
        Answer.Trapped(var trap, var pc) trapped => new Trapped(trap, pc, "") { Explanation = trapped.Report?.Text ?? "" },
        Answer.Rejected(var problems) => new Rejected(problems[0].ToString()),
    };

    /// <summary>Why a reply is not what a vector asks for, in words; null if it is.</summary>
    public string? Deviation(Vector vector) =>
        !Meets(vector.Expectation) ? $"expected {VectorRunner.Describe(vector.Expectation)}, got {Describe()}"
        : State is { } state && vector.After is { } after && state.Difference(after) is { } difference
            ? $"got {Describe()} as expected, but {difference}"
        : null;

    /// <summary>
    /// Whether a reply is what a vector expects: of a rejection that it is one, of a trap its kind, and its slot if that is
    /// told.
    /// </summary>
    public bool Meets(Expectation expectation) => (expectation, this) switch
    {
        (Expectation.Returns(var expected), Returned(var r0)) => expected == r0,
        (Expectation.Refuses, Rejected) => true,
        (Expectation.Traps(var trap, var pc), Trapped(var kind, var slot, _)) => (kind ?? trap) == trap && (slot ?? pc) == pc,
        (Expectation.Refuses or Expectation.Traps, Refused { IsTaken: true } or Declined) => true,
        _ => false,
    };

    /// <summary>The reply in words.</summary>
    public string Describe() => this switch
    {
        Returned(var r0) => $"r0 = 0x{r0:x}",
        Rejected(var detail) => With("a rejection", detail),
        Trapped(var kind, var slot, var detail) trapped => With(
            (kind is null ? "a trap" : $"trap {kind}") + (slot is null ? "" : $" at slot {slot}"),
            detail == $"at slot {slot}" ? "" : detail)
            + (trapped.Explanation == "" ? "" : $": {Short(trapped.Explanation, MostExplained)}"),
        Refused(var word, var detail, _) => With($"the word '{Short(word)}', which is none of the protocol's", detail),
        Declined(var detail) => detail,
        NoEnd(var detail) => With("that the program does not end", detail),
        Crashed(var detail) => With("a crash", detail),
        NotStarted(var problem) => With("no machine", problem),
        TimedOut(var after) => $"nothing within {after.TotalSeconds:0.#} s",
        Nonsense(var text) => text == "" ? "no answer" : $"no answer, but '{Short(text)}'",
    };

    private static string With(string what, string detail) => detail == "" ? what : $"{what}: {Short(detail)}";

    private static string Short(string text, int most = MostQuoted)
    {
        if (text.Length <= most) return text;

        // Not between the halves of a pair.
        return $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}…";
    }
}

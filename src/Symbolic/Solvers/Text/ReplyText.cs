namespace RbpfSpec.Symbolic.Solvers.Text;

/// <summary>Reads the output of a solver as a reply. Nothing counts as a verdict but a verdict alone.</summary>
internal static class ReplyText
{
    // Enough of a message to tell what it is about.
    private const int LongestQuote = 200;

    /// <summary>The reply to <c>check-sat</c>; a satisfiable script has no values yet.</summary>
    /// <param name="text">All that the solver printed.</param>
    /// <param name="solver">The solver, for messages.</param>
    public static Reply Verdict(string text, string solver) => text.Trim() switch
    {
        "sat" => new Reply.Satisfiable([]),
        "unsat" => new Reply.Unsatisfiable(),
        "unknown" => new Reply.Undecided($"{solver} answered unknown"),
        "timeout" => new Reply.Undecided($"{solver} ran out of time"),
        "" => new Reply.Failed($"{solver} gave no verdict"),
        var other => new Reply.Failed($"{solver} answered {Quote(other)} instead of one verdict"),
    };

    /// <summary>The reply to <c>get-value</c> after <c>sat</c>.</summary>
    /// <param name="text">All that the solver printed.</param>
    /// <param name="script">The script.</param>
    /// <param name="solver">The solver, for messages.</param>
    public static Reply Model(string text, Script script, string solver) => Values.Parse(text, script.Wanted) switch
    {
        ParsedValues.Complete(var values) => new Reply.Satisfiable(values),
        ParsedValues.Malformed(var problem) =>
            new Reply.Failed($"{solver} answered sat, but {problem}: {Quote(text)}"),
    };

    /// <summary>The command that asks for the values of all wanted terms.</summary>
    public static string GetValue(Script script) =>
        $"(get-value ({string.Join('\n', (IEnumerable<string>)script.Wanted)}\n))\n";

    /// <summary>The beginning of a text on one line.</summary>
    public static string Quote(string text)
    {
        var line = string.Join(' ', text.Split(['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : $"{line[..LongestQuote]}…";
    }
}

using System.Diagnostics;
using System.Globalization;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>What z3 tries on a script: two strategies in turn, in rounds of growing length.</summary>
/// <remarks>
/// Never plain <c>check-sat</c>: the solver that it makes costs more than a small script, and decides no more than the
/// general strategy does. Most scripts are decided by the first strategy in milliseconds; of the others some are decided
/// by one strategy only, and which one cannot be told beforehand.
/// </remarks>
internal static class Z3Strategies
{
    /// <summary>In z3's language of tactics, each with its share of a round's time.</summary>
    private static readonly (string Tactic, int Share)[] All =
    [
        // The general solver, which also knows arrays.
        ("smt", 1),

        // Conversion to bits at once: divisions by absolute values take it milliseconds, and the general solver minutes;
        // writes of memory that are compared byte by byte take it a third of the time. What the general solver has not
        // decided in a second, this one decides in three, as a rule.
        ("(then simplify propagate-values solve-eqs elim-uncnstr simplify max-bv-sharing ackermannize_bv bit-blast sat)", 3),
    ];

    private static readonly TimeSpan FirstRound = TimeSpan.FromSeconds(1);

    // So that what earlier rounds have wasted is little beside the last.
    private const int Growth = 4;

    /// <summary>Decides what the run has been told to assume.</summary>
    /// <param name="run">The run, which may be stopped meanwhile.</param>
    /// <param name="solver">The solver, for messages.</param>
    public static Reply Decide(Z3Run run, string solver)
    {
        List<string> reasons = [];
        List<(string Tactic, int Share)> left = [.. All];
        for (var round = FirstRound; left.Count > 0; round = Limits.Clamp(round * Growth))
        {
            foreach (var strategy in left.ToArray())
            {
                var limit = Limits.Clamp(round * strategy.Share);
                var started = Stopwatch.GetTimestamp();
                var reply = ReplyText.Verdict(run.Evaluate(Command(strategy.Tactic, limit)), solver);
                if (reply is not Reply.Undecided || run.Stopped.Length > 0) return reply;

                var reason = Reason(run.Evaluate("(get-info :reason-unknown)"));
                if (reason != "canceled")
                {
                    reasons.Add(reason);
                    left.Remove(strategy);
                }
                else if (Stopwatch.GetElapsedTime(started) < limit)
                {
                    // While it works, the library takes the interrupt key for itself.
                    return new Reply.Undecided("interrupted by a signal");
                }
            }
        }

        return new Reply.Undecided($"{solver} gave up: {string.Join(", ", reasons)}");
    }

    private static string Command(string strategy, TimeSpan limit) => string.Create(
        CultureInfo.InvariantCulture, $"(check-sat-using {strategy} :timeout {(uint)limit.TotalMilliseconds})");

    // (:reason-unknown "canceled")
    private static string Reason(string printed) =>
        SExpression.Read(printed) is SExpressions.Complete([{ Items: [_, { Text: { Length: > 0 } reason }] }])
            ? ReplyText.Quote(reason)
            : "without a reason";
}

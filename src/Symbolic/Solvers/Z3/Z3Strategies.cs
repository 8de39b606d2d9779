using System.Globalization;
using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Solvers.Z3;

/// <summary>The strategies that z3 tries on a script: two in turn, in rounds of growing length.</summary>
/// <remarks>
/// Never plain <c>check-sat</c>: the solver that it makes costs more than a small script, and decides no more than the
/// general strategy does. Most scripts are decided by the first strategy in milliseconds; of the others some are decided
/// by one strategy only, and which one cannot be told beforehand. Rounds are measured in the solver's own units of work,
/// some three million a second, so that on every computer the same strategy answers, with the same model.
/// </remarks>
internal static class Z3Strategies
{
    /// <summary>In z3's language of tactics, each with its share of a round.</summary>
    private static readonly (string Tactic, int Share)[] All =
    [
        // The general solver, which also knows arrays.
        ("smt", 1),

        // Conversion to bits at once: divisions by absolute values take it milliseconds, and the general solver minutes;
        // writes of memory that are compared byte by byte take it a third of the time. What the general solver has not
        // decided in one round, this one decides in three times as much, as a rule.
        ("(then simplify propagate-values solve-eqs elim-uncnstr simplify max-bv-sharing ackermannize_bv bit-blast sat)", 3),
    ];

    private const long FirstRound = 3_000_000;

    // So that what earlier rounds have wasted is little beside the last.
    private const int Growth = 4;

    private static readonly Lock Options = new();

    // The library counts in 32 bits.
    private const long Most = uint.MaxValue - 1;

    /// <summary>Decides what the run has been told to assume.</summary>
    /// <param name="run">The run, which may be stopped meanwhile.</param>
    /// <param name="solver">The solver, for messages.</param>
    public static Reply Decide(Z3Run run, string solver)
    {
        List<string> reasons = [];
        List<(string Tactic, int Share)> left = [.. All];
        for (var round = FirstRound; left.Count > 0; round = Math.Min(round * Growth, Most))
        {
            foreach (var strategy in left.ToArray())
            {
                var limit = Math.Min(round * strategy.Share, Most);
                var start = Work(run);
                Limit(run, limit);
                var reply = ReplyText.Verdict(run.Evaluate($"(check-sat-using {strategy.Tactic})"), solver);
                if (reply is not Reply.Undecided || run.Stopped.Length > 0) return reply;

                var reason = Reason(run.Evaluate("(get-info :reason-unknown)"));
                if (reason != "canceled")
                {
                    reasons.Add(reason);
                    left.Remove(strategy);
                }
                else if (Work(run) - start < limit)
                {
                    // While it works, the library takes the interrupt key for itself.
                    return new Reply.Undecided("interrupted by a signal");
                }
            }
        }

        return new Reply.Undecided($"{solver} gave up: {string.Join(", ", reasons)}");
    }

    // The library keeps options for the whole process, and copies them for the context that sets one.
    private static void Limit(Z3Run run, long units)
    {
        lock (Options) run.Evaluate(string.Create(CultureInfo.InvariantCulture, $"(set-option :rlimit {units})"));
    }

    // How much the library has done for this script: (:rlimit 4829254).
    private static long Work(Z3Run run) =>
        SExpression.Read(run.Evaluate("(get-info :rlimit)")) is SExpressions.Complete([{ Items: [_, { Text: var units }] }])
            ? long.Parse(units, CultureInfo.InvariantCulture)
            : 0;

    // (:reason-unknown "canceled")
    private static string Reason(string printed) =>
        SExpression.Read(printed) is SExpressions.Complete([{ Items: [_, { Text: { Length: > 0 } reason }] }])
            ? ReplyText.Quote(reason)
            : "without a reason";
}

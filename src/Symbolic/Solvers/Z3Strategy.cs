using RbpfSpec.Semantics;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>What z3 tries on a script, in this order.</summary>
/// <remarks>
/// <para>Never plain <c>check-sat</c>: it makes a solver that is rarely better and always dearer than a tactic.</para>
/// <para>
/// The tactic for the script's logic decides nearly all scripts, at once. Of those that are left, plain conversion to bits
/// decides divisions and shifts, and the general solver long chains of choices.
/// </para>
/// </remarks>
/// <param name="Tactic">An expression of z3's language of tactics.</param>
/// <param name="Limit">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as the script may take.</param>
internal readonly record struct Z3Strategy(string Tactic, TimeSpan Limit)
{
    private const string Bits =
        "(then simplify propagate-values solve-eqs elim-uncnstr reduce-bv-size simplify max-bv-sharing ackermannize_bv bit-blast sat)";

    /// <summary>The strategies for a script.</summary>
    public static Sequence<Z3Strategy> For(Script script)
    {
        var own = TacticOf(Logic(script.Text));
        return
        [
            new(own, TimeSpan.FromSeconds(2)),
            new(Bits, TimeSpan.FromSeconds(5)),
            new("smt", TimeSpan.FromSeconds(10)),
            new(own, Timeout.InfiniteTimeSpan),
        ];
    }

    /// <summary>The command that runs it.</summary>
    public string Command => Limit == Timeout.InfiniteTimeSpan
        ? $"(check-sat-using {Tactic})"
        : $"(check-sat-using {Tactic} :timeout {(int)Limit.TotalMilliseconds})";

    private static string TacticOf(string logic) => logic switch
    {
        "QF_BV" => "qfbv",
        "QF_UFBV" => "qfufbv",
        "QF_ABV" or "QF_AUFBV" => "qfaufbv",
        _ => "default",
    };

    // The logic is set before anything is declared.
    private static string Logic(string text)
    {
        var tokens = new SExpressionTokens(text);
        var isNext = false;
        while (tokens.Read() is not (TokenKind.End or TokenKind.Malformed))
        {
            if (isNext) return tokens.Content.ToString();
            if (tokens.Content.StartsWith("declare-", StringComparison.Ordinal)) break;
            isNext = tokens.Content is "set-logic";
        }

        return "";
    }
}

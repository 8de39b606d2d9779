using System.Globalization;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>Questions whose answers are known, put to a solver before it is asked anything else.</summary>
/// <remarks>
/// Each asks whether an equation with one solution has one below a bound. The numbers are drawn anew, and a satisfiable
/// question differs from one that is not in a single number: nothing that has a fixed answer, or that does not calculate,
/// gets all of them right but by chance.
/// </remarks>
public static class Canaries
{
    // Two of each kind, in an order that is drawn: who guesses passes one time in sixteen.
    private const int Pairs = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The mistake of a solver, one line; null if it makes none.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="random">Where the numbers come from.</param>
    public static string? Problem(ISolver solver, Random random)
    {
        var expected = Enumerable.Range(0, 2 * Pairs).Select(number => number % 2 == 0).ToArray();
        random.Shuffle(expected);
        foreach (var isSatisfiable in expected)
        {
            if (Problem(solver, random, isSatisfiable) is { } problem)
                return $"the solver '{solver.Name}' cannot be relied upon, and is asked nothing: {problem}";
        }

        return null;
    }

    private static string? Problem(ISolver solver, Random random, bool isSatisfiable)
    {
        var (script, solution) = Draw(random, isSatisfiable);
        var reply = solver.Solve(script, Limit);

        // A solver without values serves where none are needed.
        if (isSatisfiable && reply is Reply.Failed) reply = solver.Solve(script with { Wanted = [] }, Limit);
        return reply switch
        {
            Reply.Satisfiable when !isSatisfiable => "it answers sat to a question that is not satisfiable",
            Reply.Satisfiable(var values) => values.IsEmpty || values[0].Bits == solution
                ? null
                : $"to an equation with the solution {solution} it gives the solution {values[0].Bits}",
            Reply.Unsatisfiable => isSatisfiable ? "it answers unsat to a question that is satisfiable" : null,
            Reply.Undecided(var reason) => $"it does not decide a small question: {reason}",
            Reply.Failed(var reason) => $"a small question fails: {reason}",
        };
    }

    // x · factor + summand = product, where an odd factor has an inverse; and x < bound.
    private static (Script Script, uint Solution) Draw(Random random, bool isSatisfiable)
    {
        var solution = (uint)random.NextInt64(1, uint.MaxValue);
        var factor = (uint)random.NextInt64(uint.MaxValue) | 1;
        var summand = (uint)random.NextInt64(uint.MaxValue);
        var product = unchecked((solution * factor) + summand);
        var bound = isSatisfiable ? solution + 1 : solution;
        return (
            new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    (set-logic QF_BV)
                    (declare-fun x () (_ BitVec 32))
                    (assert (= (bvadd (bvmul x #x{factor:x8}) #x{summand:x8}) #x{product:x8}))
                    (assert (bvult x #x{bound:x8}))

                    """),
                ["x"]),
            solution);
    }
}

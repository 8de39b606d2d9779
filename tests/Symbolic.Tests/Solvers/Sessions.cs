using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Symbolic.Tests.Solvers;

/// <summary>Sessions with the solvers of this machine, and scripts for them.</summary>
internal static class Sessions
{
    /// <summary>Longer than any script here takes that is solved at all.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>Shorter than <see cref="Hard"/> takes.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    /// <summary>An arithmetic law of 64 bits, which takes z3 4.8.12 longer than anyone waits.</summary>
    public static readonly Script Hard = new(
        """
        (set-logic QF_BV)
        (declare-fun a () (_ BitVec 64))
        (declare-fun b () (_ BitVec 64))
        (assert (distinct b (_ bv0 64)))
        (assert (distinct a (bvadd (bvmul (bvudiv a b) b) (bvurem a b))))
        """,
        []);

    /// <summary>A script that is not satisfiable.</summary>
    public static readonly Script Contradiction = new(
        "(set-logic QF_BV) (declare-fun a () (_ BitVec 8)) (assert (distinct (bvadd a #x01) (bvsub a #xff)))", ["a"]);

    /// <summary>A script whose wanted terms can have one value each only.</summary>
    public static readonly Script Definite = new(
        """
        (set-logic QF_BV)
        (declare-fun a () (_ BitVec 8))
        (declare-fun |b c| () (_ BitVec 5))
        (declare-fun p () Bool)
        (assert (= a #x0f))
        (assert (= |b c| #b10001))
        (assert p)
        """,
        ["p", "|b c|", "(bvadd a #x01)", "(= a #x00)", "a"]);

    /// <summary>The reply to <see cref="Definite"/>.</summary>
    public static readonly Reply DefiniteReply =
        new Reply.Satisfiable([new(1, 0), new(0b10001, 5), new(0x10, 8), new(0, 0), new(0xf, 8)]);

    /// <summary>A session with libz3; where there is none, the test fails and says what to install.</summary>
    public static ISolver Z3() => Solver(Z3Solver.Open());

    /// <summary>The session that was opened; a failure that says why if none was.</summary>
    public static ISolver Solver(SolverSession session)
    {
        session.ShouldBeOfType<SolverSession.Opened>((session as SolverSession.Unavailable)?.Reason);
        return ((SolverSession.Opened)session).Solver;
    }
}

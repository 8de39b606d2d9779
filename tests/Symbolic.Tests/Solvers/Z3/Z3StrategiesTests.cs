using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Tests.Solvers.Z3;

[Trait("Needs", "solver")]
public sealed class Z3StrategiesTests
{
    [Fact]
    public void What_the_general_solver_cannot_decide_conversion_to_bits_can()
    {
        // The definition of bvsdiv by absolute values: SMT-LIB 2, logic QF_BV.
        const string Text = """
            (set-logic QF_BV)
            (declare-fun a () (_ BitVec 32))
            (declare-fun b () (_ BitVec 32))
            (define-fun m () (_ BitVec 32) (ite (bvslt a (_ bv0 32)) (bvneg a) a))
            (define-fun n () (_ BitVec 32) (ite (bvslt b (_ bv0 32)) (bvneg b) b))
            (define-fun same () Bool (= ((_ extract 31 31) a) ((_ extract 31 31) b)))
            (assert (distinct b (_ bv0 32)))
            (assert (distinct (bvsdiv a b) (ite same (bvudiv m n) (bvneg (bvudiv m n)))))
            """;
        using var solver = Sessions.Z3();

        solver.Solve(new(Text, []), Sessions.Long).ShouldBe(new Reply.Unsatisfiable());
    }

    [Fact]
    public void A_script_that_takes_several_rounds_has_the_same_answer_while_others_are_solved_beside_it()
    {
        // Factors of a product of two primes: about four rounds.
        const string Text = """
            (set-logic QF_BV)
            (declare-fun a () (_ BitVec 44))
            (declare-fun b () (_ BitVec 44))
            (assert (= (bvmul a b) (_ bv8796048982043 44)))
            (assert (bvult (_ bv1 44) a))
            (assert (bvult a b))
            (assert (bvult b (_ bv4194304 44)))
            """;
        using var first = Sessions.Z3();
        using var second = Sessions.Z3();
        Reply[] replies = [new Reply.Undecided("not asked"), new Reply.Undecided("not asked")];

        Parallel.Invoke(
            () => replies[0] = first.Solve(new(Text, ["a", "b"]), Sessions.Long),
            () => replies[1] = second.Solve(new(Text, ["a", "b"]), Sessions.Long));

        replies[0].ShouldBeOfType<Reply.Satisfiable>();
        replies[1].ToString().ShouldBe(replies[0].ToString());
    }
}

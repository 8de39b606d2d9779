using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying.Tests;

/// <summary>Text means what SMT-LIB says; what it says of each function is written here as numbers.</summary>
public sealed class ScriptReaderTests
{
    [Theory]
    [InlineData("(not false)", "true")]
    [InlineData("(and true true false)", "false")]
    [InlineData("(or false false true)", "true")]
    [InlineData("(=> true false)", "false")]
    [InlineData("(=> false false)", "true")]
    [InlineData("(= #x12 #x12)", "true")]
    [InlineData("(distinct #x12 #x12)", "false")]
    [InlineData("(ite true #x01 #x02)", "#x01")]
    [InlineData("(concat #xa #b0101)", "#xa5")]
    [InlineData("(_ bv13 4)", "#b1101")]
    [InlineData("((_ extract 6 3) #xa5)", "#b0100")]
    [InlineData("((_ zero_extend 4) #xa)", "#x0a")]
    [InlineData("((_ sign_extend 4) #xa)", "#xfa")]
    [InlineData("((_ repeat 3) #b10)", "#b101010")]
    [InlineData("(bvnot #xa5)", "#x5a")]
    [InlineData("(bvneg #x01)", "#xff")]
    [InlineData("(bvadd #xff #x03)", "#x02")]
    [InlineData("(bvsub #x05 #x07)", "#xfe")]
    [InlineData("(bvmul #x10 #x11)", "#x10")]
    [InlineData("(bvudiv #xf1 #x07)", "#x22")]
    [InlineData("(bvurem #xf1 #x07)", "#x03")]
    [InlineData("(bvsdiv #xf1 #x07)", "#xfe")]
    [InlineData("(bvsrem #xf1 #x07)", "#xff")]
    [InlineData("(bvand #xa5 #x0f)", "#x05")]
    [InlineData("(bvor #xa0 #x0f)", "#xaf")]
    [InlineData("(bvxor #xa5 #x0f)", "#xaa")]
    [InlineData("(bvshl #xa5 #x04)", "#x50")]
    [InlineData("(bvlshr #xa5 #x04)", "#x0a")]
    [InlineData("(bvashr #xa5 #x04)", "#xfa")]
    [InlineData("(bvult #x80 #x7f)", "false")]
    [InlineData("(bvugt #x80 #x7f)", "true")]
    [InlineData("(bvule #x80 #x7f)", "false")]
    [InlineData("(bvule #x80 #x80)", "true")]
    [InlineData("(bvuge #x80 #x7f)", "true")]
    [InlineData("(bvuge #x80 #x80)", "true")]
    [InlineData("(bvslt #x80 #x7f)", "true")]
    [InlineData("(bvsgt #x80 #x7f)", "false")]
    [InlineData("(bvsle #x80 #x7f)", "true")]
    [InlineData("(bvsle #x80 #x80)", "true")]
    [InlineData("(bvsge #x80 #x7f)", "false")]
    [InlineData("(bvsge #x80 #x80)", "true")]
    [InlineData("(select (store memory #x07 #x2a) #x07)", "#x2a")]
    [InlineData("(select (store (store memory #x07 #x2a) #x07 #x2b) #x07)", "#x2b")]
    [InlineData("(minus #x05 #x07)", "#xfe")]
    [InlineData("(|minus | #x05 #x07)", "#x02")]
    [InlineData("five", "#x05")]
    [InlineData("(more #x01)", "#x06")]
    [InlineData("(five2 #x01)", "#x01")]
    public void A_term_has_the_value_that_it_is_defined_to_have(string text, string value)
    {
        Holds($"(= {text} {value})").ShouldBeTrue();
        Holds($"(distinct {text} {value})").ShouldBeFalse();
    }

    [Fact]
    public void Assertions_stand_in_their_order_and_say_nothing_of_what_is_only_declared() =>
        ScriptReader.Assertions("(set-logic QF_BV)(declare-fun p () Bool)(declare-fun f (Bool) Bool)(assert p)(assert (not (f p)))")
            .Select(each => each.ToString()).ShouldBe(["p", "(not (f p))"]);

    [Theory]
    [InlineData("(assert (bvadd #x01 #x02))", "a (_ BitVec 8) stands where a Bool should")]
    [InlineData("(assert (= #x1 #x02))", "a (_ BitVec 8) stands where a (_ BitVec 4) should")]
    [InlineData("(assert (= (bvand true false) true))", "a Bool is no bit-vector")]
    [InlineData("(assert (= (minus #x1 #x2) #x3))", "a (_ BitVec 4) stands where a (_ BitVec 8) should")]
    [InlineData("(assert (minus #x01))", "minus has 1 operands")]
    [InlineData("(assert (= memory memory))", "arrays are not compared")]
    [InlineData("(assert p)", "p is not declared")]
    [InlineData("(assert x)", "x is not declared")]
    [InlineData("(assert (bvnand #x01 #x02))", "no function that is known: bvnand of 2")]
    [InlineData("(assert ((_ rotate_left 1) #x01))", "no function that is known: (_ rotate_left 1)")]
    [InlineData("(assert (= ((_ extract 8 0) #x01) #x01))", "there are no bits 8 to 0 in 8")]
    [InlineData("(assert (= (_ bv16 4) #x0))", "no number of 4 bits: (_ bv16 4)")]
    [InlineData("(assert (= ((_ repeat 17) #x01) #x00))", "136 bits")]
    [InlineData("(define-fun five () Bool true)", "five is there twice")]
    [InlineData("(define-fun six () Bool #x06)", "a (_ BitVec 8) stands where a Bool should")]
    [InlineData("(declare-fun real () Real)", "no sort that is known: Real")]
    [InlineData("(push 1)", "no command that is known: (push 1)")]
    [InlineData("(assert true", "position")]
    public void What_is_not_known_or_does_not_fit_is_an_error(string command, string problem) =>
        Should.Throw<FormatException>(() => ScriptReader.Assertions(Beginning + command)).Message.ShouldStartWith(problem);

    private const string Beginning =
        "(declare-fun memory () (Array (_ BitVec 8) (_ BitVec 8)))\n"
        + "(define-fun minus ((x (_ BitVec 8)) (y (_ BitVec 8))) (_ BitVec 8) (bvsub x y))\n"
        + "(define-fun |minus | ((y (_ BitVec 8)) (x (_ BitVec 8))) (_ BitVec 8) (minus x y))\n"
        + "(define-fun five () (_ BitVec 8) #x05)\n"
        + "(define-fun more ((x (_ BitVec 8))) (_ BitVec 8) (bvadd x five))\n"
        + "(define-fun five2 ((five (_ BitVec 8))) (_ BitVec 8) five)\n";

    private static bool Holds(string text) =>
        Assignment.Zero.Evaluate(ScriptReader.Assertions($"{Beginning}(assert {text})").Single()) == UInt128.One;
}

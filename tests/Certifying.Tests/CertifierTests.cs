using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying.Tests;

/// <summary>Facts are certified, and mistakes are not.</summary>
[Trait("Needs", "solver")]
public sealed class CertifierTests
{
    private static readonly Certifier Certifier = new(TimeSpan.FromMinutes(1));
    private static readonly Term X = Make.Variable("x", 64);
    private static readonly Term Y = Make.Variable("y", 64);
    private static readonly Term Quotient = Raw(Operator.DivideUnsigned, X, Y);
    private static readonly Term Memory = Make.Variable("memory", Sort.Bytes);

    public static TheoryData<string> True => [.. Facts.Keys];

    public static TheoryData<string> Wrong => [.. Mistakes.Keys];

    // Each is asked as it stands: what simplifies to a truth value by itself would be no question.
    private static readonly Dictionary<string, Term> Facts = new()
    {
        ["a sum in either order"] = Same(Raw(Operator.Add, X, Y), Raw(Operator.Add, Y, X)),
        ["a difference and back"] = Same(Raw(Operator.Add, Raw(Operator.Subtract, X, Y), Y), X),
        ["a shift to the left is a product"] =
            Same(Raw(Operator.ShiftLeft, X, Make.Constant(3, 64)), Raw(Operator.Multiply, X, Make.Constant(8, 64))),
        ["a product in either order"] = Same(
            Raw(Operator.Multiply, X, Raw(Operator.Add, Y, X)), Raw(Operator.Multiply, Raw(Operator.Add, X, Y), X)),
        ["equal operands have equal remainders"] = Make.Raw(
            Operator.Or,
            Sort.Truth,
            [Make.Not(Make.Equal(X, Y)), Same(Raw(Operator.RemainderSigned, X, Y), Raw(Operator.RemainderSigned, Y, X))]),
        ["a quotient is whatever it is"] =
            Same(Raw(Operator.BitwiseAnd, Quotient, Quotient), Quotient),
        ["what was stored is read"] = Same(
            Make.Raw(Operator.Select, Sort.Of(8), [Stored(X, 7), Y]),
            Make.Choose(Make.Equal(X, Y), Make.Constant(7, 8), Make.Select(Memory, Y))),
        ["equal addresses have equal bytes"] = Make.Raw(
            Operator.Or, Sort.Truth, [Make.Not(Make.Equal(X, Y)), Same(Make.Select(Memory, X), Make.Select(Memory, Y))]),
    };

    private static readonly Dictionary<string, Term> Mistakes = new()
    {
        ["a difference in either order"] = Same(Raw(Operator.Subtract, X, Y), Raw(Operator.Subtract, Y, X)),
        ["a sum is greater"] =
            Make.Raw(Operator.Not, Sort.Truth, [Make.Raw(Operator.LessUnsigned, Sort.Truth, [Raw(Operator.Add, X, Y), X])]),
        ["what was stored is read anywhere"] = Same(Make.Raw(Operator.Select, Sort.Of(8), [Stored(X, 7), Y]), Make.Constant(7, 8)),
        ["all bytes are equal"] = Same(Make.Select(Memory, X), Make.Select(Memory, Y)),
    };

    [Fact]
    public void The_solver_of_clauses_is_here() => Certifier.Missing.ShouldBeNull();

    [Theory]
    [MemberData(nameof(True))]
    public void A_fact_is_certified(string name) =>
        Certifier.Certify(Counterexample(Facts[name])).ShouldBeOfType<Certification.Checked>().ProofBytes.ShouldBeGreaterThanOrEqualTo(0);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_mistake_is_not(string name) =>
        Certifier.Certify(Counterexample(Mistakes[name])).ShouldBeOfType<Certification.Contradicted>();

    [Fact]
    public void What_simplification_decides_needs_no_proof() =>
        Certifier.Certify(new Question([Make.False])).ShouldBeOfType<Certification.Simplified>();

    // The facts are no less true, but not of any functions: nothing is said of them, and the solver is not contradicted.
    [Theory]
    [InlineData(Operator.Multiply, "products")]
    [InlineData(Operator.DivideUnsigned, "quotients")]
    [InlineData(Operator.RemainderUnsigned, "remainders")]
    public void What_is_known_of_products_quotients_and_remainders_alone_is_left_out(Operator @operator, string reason)
    {
        var zero = Make.Constant(0, 64);
        var isDefined = Make.Raw(Operator.Or, Sort.Truth, [Same(Y, zero), Same(Raw(@operator, X, Y), zero)]);
        var ofZero = Make.Raw(Operator.Or, Sort.Truth, [Make.Not(Same(X, zero)), isDefined]);

        Certifier.Certify(Counterexample(ofZero)).ShouldBe(new Certification.Excluded(reason));
    }

    public static TheoryData<string, string, Certification> Texts => new()
    {
        { "(bvsub x y)", "(bvsub x y)", new Certification.Checked(1, 0) },
        { "(bvsub x y)", "(bvsub y x)", new Certification.Contradicted() },
        { "(bvmul x y)", "(bvmul y x)", new Certification.Checked(1, 0) },
        { "(bvudiv x y)", "(bvudiv x y)", new Certification.Checked(1, 0) },
        { "(bvudiv x y)", "(bvudiv y x)", new Certification.Excluded("quotients") },
        { "(unknown x y)", "(bvsub y x)", new Certification.Failed("its text is not read: no function that is known: unknown of 2") },
    };

    // Whether a definition's text is what some terms say, which the text alone tells.
    [Theory]
    [MemberData(nameof(Texts))]
    public void What_rests_on_text_is_certified_by_the_text(string text, string read, Certification expected)
    {
        const string sort = "(_ BitVec 64)";
        var terms = new Definitions($"(define-fun read ((x {sort}) (y {sort})) {sort} {read})").Call("read", X, Y);
        var prelude = new Prelude(
            $"(define-fun f ((x {sort}) (y {sort})) {sort} {text})\n(declare-fun x () {sort})\n(declare-fun y () {sort})\n"
            + $"(define-fun text () {sort} (f x y))\n",
            new HashSet<string>(["f", "x", "y", "text"]));

        Certifier.Certify(new Question([Make.Differ(Make.Variable("text", 64), terms)], prelude)).ShouldBe(expected);
    }

    private static Question Counterexample(Term fact) => new([Make.Raw(Operator.Not, Sort.Truth, [fact])]);

    private static Term Raw(Operator @operator, Term left, Term right) => Make.Raw(@operator, left.Sort, [left, right]);

    private static Term Same(Term left, Term right) => Make.Raw(Operator.Equal, Sort.Truth, [left, right]);

    private static Term Stored(Term index, ulong value) =>
        Make.Raw(Operator.Store, Sort.Bytes, [Memory, index, Make.Constant(value, 8)]);
}

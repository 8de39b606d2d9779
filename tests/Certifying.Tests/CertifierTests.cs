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

    [Fact]
    public void A_product_of_unknowns_is_left_out() => Certifier
        .Certify(Counterexample(Same(
            Raw(Operator.Multiply, X, Raw(Operator.Add, Y, X)), Raw(Operator.Multiply, Raw(Operator.Add, X, Y), X))))
        .ShouldBe(new Certification.Excluded("products"));

    private static Question Counterexample(Term fact) => new([Make.Raw(Operator.Not, Sort.Truth, [fact])]);

    private static Term Raw(Operator @operator, Term left, Term right) => Make.Raw(@operator, left.Sort, [left, right]);

    private static Term Same(Term left, Term right) => Make.Raw(Operator.Equal, Sort.Truth, [left, right]);

    private static Term Stored(Term index, ulong value) =>
        Make.Raw(Operator.Store, Sort.Bytes, [Memory, index, Make.Constant(value, 8)]);
}

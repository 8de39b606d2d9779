using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Terms;

public sealed class DefinitionsTests
{
    private const string Text = """
        ; One.
        (define-fun one () (_ BitVec 8) #x01)
        (declare-fun |some:where| ((_ BitVec 8)) (_ BitVec 8))
        (define-fun unused () Bool
          true)
        (define-fun next ((x (_ BitVec 8))) (_ BitVec 8) ; not in the text
          (bvadd x one))
        (define-fun there ((x (_ BitVec 8))) (_ BitVec 8) (|some:where| (next x)))
        """;

    [Fact]
    public void The_text_of_a_definition_is_its_own_after_all_that_it_uses()
    {
        var prelude = new Definitions(Text).TextOf("there");

        prelude.Names.ShouldBe(["one", "some:where", "next", "there"], ignoreOrder: true);
        prelude.Text.ShouldBe("""
            (define-fun one () (_ BitVec 8) #x01)
            (declare-fun |some:where| ((_ BitVec 8)) (_ BitVec 8))
            (define-fun next ((x (_ BitVec 8))) (_ BitVec 8) ; not in the text
              (bvadd x one))
            (define-fun there ((x (_ BitVec 8))) (_ BitVec 8) (|some:where| (next x)))

            """);
    }

    [Fact]
    public void A_script_with_a_prelude_declares_nothing_again()
    {
        var (text, wanted) = Printer.Script(
            [Make.Equal(Make.Variable("x", 8), Make.Variable("y", 8))],
            [Make.Variable("x", 8)],
            new("(define-fun x () (_ BitVec 8) #x07)\n", new HashSet<string>(["x"])));

        text.ShouldStartWith("(set-logic QF_AUFBV)\n(define-fun x () (_ BitVec 8) #x07)\n(declare-fun y () (_ BitVec 8))\n(assert (= ");
        wanted.ShouldBe(["x"]);
    }
}

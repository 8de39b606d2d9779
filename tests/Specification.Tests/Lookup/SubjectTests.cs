using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class SubjectTests
{
    [Fact]
    public void Every_rule_is_found_by_its_id_its_mnemonic_and_its_opcode()
    {
        foreach (var form in OperationTable.Forms)
        {
            foreach (var text in (string[])[form.Id, form.Mnemonic, $"0x{form.Opcode:x2}"])
                Find(text).ShouldBeOfType<Subject.Encodings>(text).Forms.ShouldContain(form, text);
        }
    }

    [Theory]
    [InlineData("sdiv64", "alu/sdiv64-k alu/sdiv64-x")]
    [InlineData("call-local", "jmp/call-local")]
    [InlineData("be", "alu/be16 alu/be32 alu/be64")]
    [InlineData("LDXW", "mem/ldxw")]
    public void A_mnemonic_may_have_its_width(string text, string rules) =>
        Find(text).ShouldBeOfType<Subject.Encodings>().Forms.Select(form => form.Id).ShouldBe(rules.Split(' '));

    [Theory]
    [InlineData("DivisionByZero", Trap.DivisionByZero)]
    [InlineData("division by zero", Trap.DivisionByZero)]
    [InlineData("memory-access", Trap.MemoryAccess)]
    public void A_trap_is_found_however_its_words_are_joined(string text, Trap trap) =>
        Find(text).ShouldBe(new Subject.OfTrap(TrapTable.Of(trap)));

    [Fact]
    public void Every_check_and_every_deviation_is_found_by_its_number()
    {
        foreach (var id in Preflight.Checks.Select(check => check.Id).Append("entry").Append("length"))
            Find(id).ShouldBeOfType<Subject.OfRequirement>(id).Requirement.Id.ShouldBe($"preflight/{id}");
        foreach (var point in DecisionPoint.All) Find(point.Deviation.Number.ToLowerInvariant()).ShouldBe(new Subject.OfDeviation(point));
    }

    [Fact]
    public void A_requirement_is_found_by_its_id() =>
        Find("Memory/One-Region").ShouldBeOfType<Subject.OfRequirement>().Requirement.Id.ShouldBe("memory/one-region");

    [Fact]
    public void Words_are_found_wherever_they_are_said()
    {
        var hits = Find("zero divisor").ShouldBeOfType<Subject.Words>().Hits;

        hits.Select(hit => hit.Id).ShouldContain("D-01");
        hits.Select(hit => hit.Id).ShouldContain("alu/smod32-k");
        hits.Select(hit => hit.Id).ShouldNotContain("alu/add32-k");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x123")]
    [InlineData("no such words")]
    public void What_is_nothing_says_what_would_be_something(string text) =>
        Find(text).ShouldBeOfType<Subject.Nothing>().Problem.ShouldStartWith($"nothing is called '{text}', and no page has these words; expected a mnemonic such as div32");

    private static Subject Find(string text) => Subject.Find(text, Repository.Book);
}

using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class TopicTests
{
    [Fact]
    public void Every_rule_is_found_by_its_id_its_mnemonic_and_its_opcode()
    {
        foreach (var form in OperationTable.Forms)
        {
            foreach (var text in (string[])[form.Id, form.Mnemonic, $"0x{form.Opcode:x2}"])
                Find(text).ShouldBeOfType<Topic.Encodings>(text).Forms.ShouldContain(form, text);
        }
    }

    [Theory]
    [InlineData("sdiv64", "alu/sdiv64-k alu/sdiv64-x")]
    [InlineData("call-local", "jmp/call-local")]
    [InlineData("be", "alu/be16 alu/be32 alu/be64")]
    [InlineData("LDXW", "mem/ldxw")]
    public void A_mnemonic_may_have_its_width(string text, string rules) =>
        Find(text).ShouldBeOfType<Topic.Encodings>().Forms.Select(form => form.Id).ShouldBe(rules.Split(' '));

    [Theory]
    [InlineData("DivisionByZero", Trap.DivisionByZero)]
    [InlineData("division by zero", Trap.DivisionByZero)]
    [InlineData("memory-access", Trap.MemoryAccess)]
    public void A_trap_is_found_however_its_words_are_joined(string text, Trap trap) =>
        Find(text).ShouldBe(new Topic.OfTrap(TrapTable.Of(trap)));

    [Fact]
    public void Every_check_and_every_deviation_is_found_by_its_number()
    {
        foreach (var id in Preflight.Checks.Select(check => check.Id).Where(id => id != "helper").Append("entry").Append("length"))
            Find(id).ShouldBeOfType<Topic.OfRequirement>(id).Requirement.Id.ShouldBe($"preflight/{id}");
        foreach (var point in DecisionPoint.All) Find(point.Deviation.Number.ToLowerInvariant()).ShouldBe(new Topic.OfDeviation(point));
    }

    [Fact]
    public void A_requirement_is_found_by_its_id() =>
        Find("Memory/One-Region").ShouldBeOfType<Topic.OfRequirement>().Requirement.Id.ShouldBe("memory/one-region");

    [Fact]
    public void Words_are_found_wherever_they_are_said()
    {
        var hits = Find("zero divisor keeps").ShouldBeOfType<Topic.Words>().Hits;

        hits.Select(hit => hit.Id).ShouldContain("D-01");
        hits.Select(hit => hit.Id).ShouldContain("smod");
        hits.Select(hit => hit.Id).ShouldNotContain("add");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x123")]
    [InlineData("qqqq zzzz")]
    public void What_is_nothing_says_what_would_be_something(string text) =>
        Find(text).ShouldBeOfType<Topic.Nothing>().Problem.ShouldStartWith(
            $"nothing is called '{text}', and no page has these words, or near ones; expected a mnemonic such as div32");

    [Theory]
    [InlineData("r0 += r1", "alu/add64-x")]
    [InlineData("sub32 %r1, 5", "alu/sub32-k")]
    [InlineData("lock *(u64 *)(r1 + 0) += r2", "atomic/add64")]
    [InlineData("r1 = 5 ll", "imm/lddw")]
    [InlineData("call 1", "jmp/call-helper")]
    [InlineData("BPF_ALU64 | BPF_ADD | BPF_K", "alu/add64-k")]
    public void A_line_of_assembly_and_names_of_the_kernel_are_encodings(string text, string rule) =>
        Find(text).ShouldBeOfType<Topic.Encodings>().Forms.ShouldHaveSingleItem().Id.ShouldBe(rule);

    [Theory]
    [InlineData("printf", 1u)]
    [InlineData("0x1", 1u)]
    [InlineData("0x10", 16u)]
    [InlineData("helper 0x20", 32u)]
    [InlineData("bpf_fetch_local", 18u)]
    public void A_helper_is_found_by_name_and_id(string text, uint id) =>
        Find(text).ShouldBeOfType<Topic.OfHelpers>().Helpers.ShouldHaveSingleItem().Id.ShouldBe(id);

    [Fact]
    public void All_helpers_are_found_with_what_is_required_of_them()
    {
        var helpers = Find("helper").ShouldBeOfType<Topic.OfHelpers>();

        helpers.Helpers.ShouldBe(HelperCatalogue.Declarations);
        helpers.Requirements.Select(requirement => requirement.Id).ShouldContain("helpers/granted");
        helpers.Requirements.Select(requirement => requirement.Id).ShouldContain("preflight/helper");
    }

    [Theory]
    [InlineData("0x31", "saul_reg_find_type")]
    [InlineData("helper 0x30", "saul_reg_find_nth")]
    [InlineData("gcoap_resp_init", "gcoap_resp_init")]
    public void A_helper_of_a_device_is_found_with_what_is_required_of_it(string text, string name)
    {
        var found = Find(text).ShouldBeOfType<Topic.OfHelpers>();

        found.Helpers.ShouldHaveSingleItem().Name.ShouldBe(name);
        found.Requirements.ShouldHaveSingleItem().Tests.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_deviation_of_the_host_is_found_by_its_number() =>
        Find("d-22").ShouldBeOfType<Topic.OfHostDeviation>().Deviation.Name.ShouldBe("device handles");

    [Theory]
    [InlineData("hook", "Hooks")]
    [InlineData("container", "The host")]
    [InlineData("60-validity#jumps", "Jumps")]
    [InlineData("75-budget", "Budget and termination")]
    public void A_heading_is_found_by_chapter_and_anchor(string text, string heading) =>
        Find(text).ShouldBeOfType<Topic.OfSection>().Heading.Title.ShouldBe(heading);

    private static Topic Find(string text) => Topic.Find(text, Repository.Book);
}

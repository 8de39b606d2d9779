namespace RbpfSpec.Cli.Tests.Commands;

public class ExplainCommandTests
{
    [Fact]
    public void A_rule_is_explained_with_encoding_traps_source_and_deviations()
    {
        var output = Rbpf.Line("explain alu/div32-x").Holds();

        output.ShouldStartWith(
            """
            div: Divides the destination by the second operand, both unsigned.
            source      RFC 9669 §4.1
            page        spec/30-instructions/division.md
            rule         opcode  dst_reg  src_reg  offset  imm  next_imm  group
            alu/div32-x  0x3c    r0..r10  r0..r10  0       0    -         divmul32

            alu/div32-x under rbpf
              trap DivisionByZero if lo32(src) == 0
              dst = zx64(lo32(dst) /u lo32(src))

            trap        DivisionByZero: The divisor is zero. (Femto-Containers -9, CertrBPF -9)
            D-01        zero divisor: trap DivisionByZero. 
            """);
    }

    [Fact]
    public void The_rule_is_that_of_the_profile()
    {
        var output = Rbpf.Line("explain alu/div32-x --profile rfc9669").Holds();

        output.ShouldContain("  dst = zx64(lo32(src) == 0 ? 0 : (lo32(dst) /u lo32(src)))\n");
        output.ShouldContain("trap        DivisionByZero: The divisor is zero. Never under rfc9669.");
        output.ShouldContain("D-01        zero divisor: quotient 0, remainder the dividend. ");
    }

    [Theory]
    [InlineData("div32", "alu/div32-k alu/div32-x")]
    [InlineData("DIV32", "alu/div32-k alu/div32-x")]
    [InlineData("div32-x", "alu/div32-x")]
    [InlineData("alu/div32-x", "alu/div32-x")]
    [InlineData("div", "alu/div32-k alu/div32-x alu/div64-k alu/div64-x")]
    [InlineData("0x3c", "alu/div32-x alu/sdiv32-x")]
    [InlineData("3C", "alu/div32-x alu/sdiv32-x")]
    [InlineData("0xdb",
        "atomic/add64 atomic/and64 atomic/cmpxchg64 atomic/fetch-add64 atomic/fetch-and64 atomic/fetch-or64 atomic/fetch-xor64 "
        + "atomic/or64 atomic/xchg64 atomic/xor64")]
    [InlineData("3c10000000000000", "alu/div32-x")]
    [InlineData("3c10010000000000", "alu/sdiv32-x")]
    [InlineData("3c 10 00 00 00 00 00 00", "alu/div32-x")]
    [InlineData("18010000010000000000000002000000", "imm/lddw")]
    [InlineData("jmp/exit", "jmp/exit")]
    public void A_subject_is_a_mnemonic_an_opcode_a_slot_or_a_rule(string subject, string rules)
    {
        var json = JsonText.Object(Rbpf.Run(["explain", subject, "--json"]).Holds());

        json.GetProperty("forms").EnumerateArray().Select(form => form.Text("rule")).Order(StringComparer.Ordinal)
            .ShouldBe(rules.Split(' '));
    }

    [Fact]
    public void A_slot_is_shown_in_both_syntaxes_and_by_its_fields() =>
        Rbpf.Line("explain 6912feff00000000").Holds().ShouldStartWith(
            """
            ldxh %r2, [%r1-2]
            r2 = *(u16 *)(r1 - 2)
            opcode 0x69, dst_reg 2, src_reg 1, offset -2, imm 0 (0x0)


            """);

    [Theory]
    [InlineData("qqqq zzzz")]
    [InlineData("0x123")]
    public void What_is_nothing_of_these_is_refused(string subject) =>
        Rbpf.Run(["explain", subject]).IsUsage(
            $"nothing is called '{subject}', and no page has these words, or near ones; "
            + "expected a mnemonic such as div32, an opcode byte such as 0x3c, "
            + "a slot of 16 hexadecimal digits (32 of a wide instruction), a line of assembly such as 'r0 += r1', "
            + "a name of the kernel such as BPF_JEQ, "
            + "a rule id such as alu/div32-x, a trap such as DivisionByZero, a check such as reserved/imm, a deviation such as D-01, "
            + "or words");

    [Theory]
    [InlineData("BPF_JEQ", "jeq: ")]
    [InlineData("r0 += r1", "add %r0, %r1\n")]
    [InlineData("callx",
        "callx: a call through a register; not part of RFC 9669 (spec/60-validity.md#instructions-outside-rfc-9669)\nopcode      0x8d\n")]
    [InlineData("c31a000000010000", "load-acquire: an ordered load; not part of RFC 9669")]
    [InlineData("printf", "helper 0x1, printf (spec/70-calls.md#the-helpers-that-vectors-use)\n")]
    [InlineData("helper", "helper functions (spec/82-helpers.md)\n")]
    [InlineData("60-validity#jumps", "Jumps (spec/60-validity.md)\nThe target of a jump or local call is the slot after it")]
    [InlineData("30-instructions/division", "Division and modulo (spec/30-instructions/division.md)\n")]
    [InlineData("deviations", "Deviations (spec/81-deviations.md)\n")]
    [InlineData("verifer", "no page says 'verifer'; did you mean 'verifier'?\n\nexplain ")]
    public void What_people_arrive_with_is_explained(string subject, string text) =>
        Rbpf.Run(["explain", subject]).Holds().ShouldStartWith(text);

    [Fact]
    public void Words_need_no_quotation_and_the_first_place_is_shown_in_full()
    {
        var output = Rbpf.Line("explain what happens with the stack size").Holds();

        output.ShouldStartWith("explain ");
        output.ShouldContain("spec/81-deviations.md#d-12");
        output.ShouldContain("spec/20-state.md#statestack");
        output.ShouldMatch(@"\n[1-9]\d* vectors?: ");
    }

    [Fact]
    public void It_answers_in_any_folder()
    {
        var here = Rbpf.Run(["explain", "verifier"]).Holds();

        Rbpf.Captured(() =>
        {
            Environment.CurrentDirectory = Path.GetTempPath();
            return CommandLine.Run(["explain", "verifier"]);
        }).Holds().ShouldBe(here);
        here.ShouldContain("spec/60-validity.md");
    }

    [Theory]
    [InlineData("callx", "outside")]
    [InlineData("printf", "helpers")]
    [InlineData("stack size", "hits")]
    [InlineData("jeq", "forms")]
    public void What_is_a_list_is_one_in_JSON(string subject, string name) =>
        JsonText.Object(Rbpf.Run(["explain", subject, "--json"]).Holds()).GetProperty(name).GetArrayLength().ShouldBeGreaterThan(0);

    [Theory]
    [InlineData("ff", "opcode 0xff is not an instruction of RFC 9669")]
    [InlineData("b7000000070000009500000000000000", "alu/mov64-k takes one slot; expected 16 hexadecimal digits")]
    [InlineData("3c10030000000000", "opcode 0x3c with offset 0x3 is not an instruction, expected offset 0 or 1")]
    public void What_encodes_nothing_is_refused_with_the_reason(string subject, string problem) =>
        Rbpf.Run(["explain", subject]).IsUsage(problem);

    [Fact]
    public void An_encoding_comes_with_examples_vectors_and_claims()
    {
        var output = Rbpf.Line("explain alu/sdiv64-x").Holds();

        output.ShouldMatch(@"alu/sdiv64-x: \d+ vectors, \d+ claims");
        output.ShouldMatch(@"  example   sdiv %r\d, %r\d");
        output.ShouldContain("  claim     traps/alu/sdiv64-x@rbpf, @rbpf/DivisionByZero");
    }

    [Fact]
    public void A_trap_is_explained_with_the_rules_that_cause_it()
    {
        var output = Rbpf.Run(["explain", "division by zero"]).Holds();

        output.ShouldStartWith("trap DivisionByZero: The divisor is zero.\ncodes       Femto-Containers -9, CertrBPF -9\n");
        output.ShouldContain("alu/smod64-x  trap DivisionByZero if src == 0\n");
        output.ShouldContain("D-01        zero divisor: trap DivisionByZero.");
        output.ShouldContain(
            "trap/DivisionByZero (spec/50-traps.md)\nA division or modulo whose divisor is 0 at the width "
            + "of the operation MUST cause the trap DivisionByZero (D-01).\n");
    }

    [Theory]
    [InlineData("reserved/imm", "preflight/reserved/imm (spec/60-validity.md)\nAn imm that the encoding does not use MUST be 0.\n")]
    [InlineData("memory/one-region", "memory/one-region (spec/40-memory.md)\nA machine MUST grant an access if")]
    [InlineData("d-15",
        "D-15, signed overflow: What do signed division and modulo of the least number by -1 do?\npage        spec/81-deviations.md#d-15\n"
        + "settles     RFC 9669 §4.1\nrbpf        quotient the dividend, remainder 0\n")]
    [InlineData("zero divisor", "explain ")]
    public void A_check_a_requirement_a_deviation_and_words_are_explained(string subject, string text) =>
        Rbpf.Run(["explain", subject]).Holds().ShouldStartWith(text);

    [Theory]
    [InlineData("DivisionByZero", "trap", "DivisionByZero")]
    [InlineData("reserved/imm", "requirement", "preflight/reserved/imm")]
    [InlineData("D-01", "deviation", "D-01")]
    public void Each_of_them_is_JSON_too(string subject, string name, string value) =>
        JsonText.Object(Rbpf.Run(["explain", subject, "--json"]).Holds()).Text(name).ShouldBe(value);

    [Fact]
    public void Words_are_hits_in_JSON() =>
        JsonText.Object(Rbpf.Run(["explain", "zero divisor", "--json"]).Holds()).GetProperty("hits").EnumerateArray()
            .Select(hit => hit.Text("explain")).ShouldContain("D-01");

    [Fact]
    public void JSON_has_the_rule_as_text_and_the_fields()
    {
        var form = JsonText.Object(Rbpf.Line("explain alu/div32-k --json").Holds()).GetProperty("forms")[0];

        form.Text("opcode").ShouldBe("0x34");
        form.Text("group").ShouldBe("divmul32");
        form.GetProperty("fields").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"dst_reg":"r0..r10","src_reg":"0","offset":"0","imm":"any","next_imm":"-"}""");
        form.GetProperty("pseudocode").EnumerateArray().Select(line => line.GetString())
            .ShouldBe(["trap DivisionByZero if imm == 0", "dst = zx64(lo32(dst) /u imm)"]);
        form.GetProperty("traps").EnumerateArray().Select(trap => trap.GetString()).ShouldBe(["DivisionByZero"]);
        form.GetProperty("deviations").EnumerateArray().Select(number => number.GetString()).ShouldContain("D-01");
    }
}

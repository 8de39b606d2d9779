using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Validity;

public sealed class ProblemTests
{
    [Fact]
    public void A_problem_is_one_line_with_slot_reason_remedy_check_and_clause() =>
        new Problem(3, "opcode", Clause.Rfc("3.1"), "this", "that").ToString()
            .ShouldBe("slot 3: this; expected that [opcode, RFC 9669 §3.1]");

    [Theory]
    [InlineData("ff00000000000000", "opcode 0xff is not an instruction", "an opcode of RFC 9669")]
    [InlineData(
        "8d00000000000000",
        "opcode 0x8d, callx, a call through a register (LLVM, uBPF, sBPF): not part of RFC 9669",
        "helper or a local function (0x85)")]
    [InlineData("3700020001000000", "opcode 0x37 with offset 0x2 is not an instruction", "offset 0 or 1")]
    [InlineData("d700000008000000", "opcode 0xd7 with imm 0x8 is not an instruction", "imm 16 or 32 or 64")]
    [InlineData("bf01180000000000", "offset 0x18", "offset 0 or 8 or 16 or 32")]
    [InlineData("db01000002000000", "imm 0x2", "imm 0 or 1 or 64 or 0x41 or 0x50 or 0x51 or 0xa0 or 0xa1 or 0xe1 or 0xf1")]
    [InlineData("b7f0000001000000", "alu/mov64-k does not use src_reg, which is 0xf", "src_reg 0")]
    [InlineData("b70c000001000000", "dst_reg of alu/mov64-k names r12", "r0 to r10")]
    [InlineData("b70a000001000000", "alu/mov64-k writes r10", "another register in dst_reg")]
    [InlineData("0500feff00000000", "jmp/ja leads to slot -1, outside the program", "slot 0 to slot 1")]
    [InlineData("2000000000000000", "conformance group packet", "a group of the profile rbpf: base32, base64")]
    [InlineData("8500000011000000", "0x11, which is not granted", "one of 0x10")]
    [InlineData("18200000000000000000000000000000", "Maps", "a plain wide load (src_reg 0)")]
    public void It_says_what_was_found_and_what_would_be_right(string hex, string found, string expected)
    {
        var program = Samples.ProgramOf(hex + "9500000000000000");

        var problem = Preflight.Check(program, 0, Admission.Of(Profile.Rbpf, [0x10]))[0];

        problem.Found.ShouldContain(found);
        problem.Expected.ShouldContain(expected);
    }

    [Fact]
    public void A_program_that_runs_off_its_end_is_told_how_to_end()
    {
        var program = Samples.ProgramOf("b700000000000000");

        var normative = Preflight.Check(program, 0, Admission.Of(Profile.Rbpf, []))[0];
        var strict = Preflight.Check(Samples.ProgramOf("0500ffff00000000"), 0, Admission.Of(Samples.Contrary, []))[0];

        normative.Expected.ShouldBe("EXIT or an unconditional jump at the end");
        strict.Expected.ShouldBe("EXIT at the end");
        strict.Check.ShouldBe("end");
    }

    [Fact]
    public void Decoding_explains_a_slot_without_a_profile() =>
        Preflight.Decode(Samples.ProgramOf("1870000000000000 0000000000000000"), 0)
            .ShouldBeOfType<Decoded.Malformed>().Problems.Select(problem => problem.Check).ShouldBe(["encoding"]);
}

using RbpfSpec.Conformance.Generation.Programs;

namespace RbpfSpec.Conformance.Tests.Generation.Programs;

public sealed class ProgramFileTests
{
    [Fact]
    public void A_file_says_rule_purpose_setting_and_program()
    {
        var scenario = ProgramFile.Read("a.s", """
            # Rule: program/sum
            # Purpose: bytes are summed up
            # Memory: hex 0a ff, "ab\0\n\"\\\x80"
            # Memory: 3 bytes of 7, 4 bytes from 250 by 3, 2 bytes from 1 by -2
            # Region: low 0x40000000 read 2 bytes of 1
            # Region: high 0x40000010 read-write
            # Helpers: 0x01, 32
            # Branches: 5
            # Instructions: 0xffffffffffffffff

                mov %r0, 1 # one
            .rept 3
                add %r0, 2
            .endr
                exit
            """).ShouldHaveSingleItem();

        scenario.Rule.ShouldBe("program/sum");
        scenario.Purpose.ShouldBe("bytes are summed up");
        scenario.Memory.ShouldBe([0x0a, 0xff, .. "ab\0\n\"\\"u8, 0x80, 7, 7, 7, 250, 253, 0, 3, 1, 255]);
        scenario.Setting.Regions.ShouldBe(
            [new("low", 0x4000_0000, Permission.Read, [1, 1]), new("high", 0x4000_0010, Permission.ReadWrite, [])]);
        scenario.Setting.Helpers.ShouldBe([1u, 32u]);
        scenario.Setting.Branches.ShouldBe(5UL);
        scenario.Setting.Instructions.ShouldBe(ulong.MaxValue);
        scenario.Program.Select(instruction => instruction.Form.Id)
            .ShouldBe(["alu/mov64-k", "alu/add64-k", "alu/add64-k", "alu/add64-k", "jmp/exit"]);
    }

    [Fact]
    public void A_table_says_a_program_for_each_row()
    {
        var scenarios = ProgramFile.Read("a.s", """
            # Rule: program/{kind}
            # Purpose: {kind} {count} times
            # Memory: {count} bytes of 1, "{kind}"
            # Each: kind | count
            #       one  | 1
            #       two  | 2

                mov %r0, {count}
                exit
            """);

        scenarios.Select(scenario => scenario.Rule).ShouldBe(["program/one", "program/two"]);
        scenarios.Select(scenario => scenario.Purpose).ShouldBe(["one 1 times", "two 2 times"]);
        scenarios.Select(scenario => scenario.Memory.Count).ShouldBe([4, 5]);
        scenarios.Select(scenario => scenario.Program[0].Immediate).ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("# Purpose: b\n\nexit", 1, "found no Rule")]
    [InlineData("# Rule: a\n\nexit", 1, "found no Purpose")]
    [InlineData("exit", 1, "found no Rule")]
    [InlineData("# Rule: a\n# Rule: b\n# Purpose: b\n\nexit", 2, "found Rule a second time")]
    [InlineData("# Rule: a\n# Porpoise: b\n\nexit", 2, "found \"# Porpoise: b\"; expected \"# Key: value\"")]
    [InlineData("# Rule: a\n# Purpose:\n\nexit", 2, "found \"# Purpose:\"")]
    [InlineData("# Rule: a\n# Purpose: b\n# Memory: hex 0\n\nexit", 3, "found \"hex 0\"; expected hex and bytes of two digits")]
    [InlineData("# Rule: a\n# Purpose: b\n# Memory: hex 00,\n\nexit", 3, "found")]
    [InlineData("# Rule: a\n# Purpose: b\n# Memory: \"a\n\nexit", 3, "found \"\"a\"")]
    [InlineData("# Rule: a\n# Purpose: b\n# Memory: \"\\q\"\n\nexit", 3, "found")]
    [InlineData("# Rule: a\n# Purpose: b\n# Memory: 5 bytes from 1\n\nexit", 3, "found \"5 bytes from 1\"")]
    [InlineData("# Rule: a\n# Purpose: b\n# Region: low 4000 read hex 00\n\nexit", 3, "expected a name, 0x with an address")]
    [InlineData("# Rule: a\n# Purpose: b\n# Region: low 0x10 all hex 00\n\nexit", 3, "read, write or read-write")]
    [InlineData("# Rule: a\n# Purpose: b\n# Region: low 0x10000000000000000 read hex 00\n\nexit", 3, "a number up to 18446744073709551615")]
    [InlineData("# Rule: a\n# Purpose: b\n# Helpers: printf\n\nexit", 3, "found \"printf\"; expected a number up to 4294967295")]
    [InlineData("# Rule: a\n# Purpose: b\n# Branches: -1\n\nexit", 3, "found \"-1\"")]
    [InlineData("# Rule: a\n# Purpose: b\n# Each: c | d\n#  1\n\nexit {c} {d}", 4, "found a row of 1; expected a value for each of c, d")]
    [InlineData("# Rule: a\n# Purpose: b\n# Each: c\n\nexit {c}", 3, "found a table without rows")]
    [InlineData("# Rule: a\n# Purpose: b\n# Each: c\n# 1\n\nexit", 3, "found the column c, which nothing refers to")]
    [InlineData("# Rule: a\n# Purpose: b\n# Each: c\n# 1\n\nmov %r0, {c}\nmov %r1, {d}\nexit", 7, "found {d}; expected one of c")]
    [InlineData("# Rule: a\n# Purpose: {c}\n\nexit", 2, "found {c}; expected no braces")]
    [InlineData("# Rule: a\n# Purpose: b\n\nmov %r0, 1\nmove %r0, 1\nexit", 5, "found 'move'")]
    [InlineData("# Rule: a\n# Purpose: b\n\n.rept 9\nmov %r0, 1\n.endr\nja nowhere\nexit", 7, "nowhere")]
    [InlineData("# Rule: a\n# Purpose: b\n\n.rept 2\nexit", 4, "found .rept without an end")]
    public void What_is_wrong_is_one_error_that_names_file_and_line(string text, int line, string problem)
    {
        var message = Should.Throw<InvalidOperationException>(() => ProgramFile.Read("calls/a.s", text)).Message;

        message.ShouldStartWith($"calls/a.s, line {line}: found ");
        message.ShouldContain(problem);
        message.ShouldNotContain("\n");
    }
}

namespace RbpfSpec.Assembly.Tests.Objects;

public class SymbolTableTests
{
    private static string Text(string text, Syntax syntax = Syntax.Conformance) =>
        Disassembler.Text(Assembling.Program(text, syntax), syntax).TrimEnd('\n').Replace("\n", "; ");

    [Fact]
    public void A_label_stands_alone_or_before_an_instruction() =>
        Text("ja a\na:\nb: c: ja b\nja c\n").ShouldBe("ja +0; ja -1; ja -2");

    [Fact]
    public void A_wide_instruction_counts_as_two_slots() =>
        Text("jeq %r1, 0, end\nlddw %r0, 5\nend:\nexit").ShouldBe("jeq %r1, 0, +2; lddw %r0, 0x5; exit");

    [Fact]
    public void Jumps_and_local_calls_take_labels_in_both_directions()
    {
        Text("f: ja32 g\ncall local f\ng: exit").ShouldBe("ja32 +1; call local -2; exit");
        Text("f: gotol g\ncall local f\ng: if w1 s> 2 goto f", Syntax.Llvm)
            .ShouldBe("gotol +1; call local -2; if w1 s> 2 goto -3");
    }

    [Fact]
    public void A_label_may_be_called_as_a_mnemonic_is() => Text("add: exit\nja add").ShouldBe("exit; ja -2");

    [Fact]
    public void A_label_may_stand_at_the_very_end() =>
        Assembling.Success("ja end\nend:").Labels.ShouldBe([new Symbol("end", 1)]);

    /// <summary>As the assembler of bpf_conformance has it: the first of several.</summary>
    [Fact]
    public void The_label_exit_is_the_first_EXIT_where_the_text_defines_no_other()
    {
        Text("ja exit\nmov %r0, 1\nexit\nexit").ShouldBe("ja +1; mov %r0, 1; exit; exit");
        Text("exit\nja exit\nexit: exit").ShouldBe("exit; ja +0; exit");
    }

    [Fact]
    public void The_label_exit_needs_an_EXIT() =>
        Assembling.Errors("ja exit").ShouldHaveSingleItem().Kind.ShouldBe(AssemblyErrorKind.UndefinedLabel);

    [Fact]
    public void Labels_and_lines_are_kept()
    {
        var success = Assembling.Success("# a program\n\nf: g:\nlddw %r0, 1\nh: exit\n");

        success.Labels.ShouldBe([new Symbol("f", 0), new Symbol("g", 0), new Symbol("h", 2)]);
        success.Lines.ShouldBe((Sequence<int>)[4, 4, 5]);
    }

    [Theory]
    [InlineData("ja l\n.slot 0xb7\nl: exit", "0500010000000000 b700000000000000 9500000000000000")]
    [InlineData("ja l\nlddw %r1, 5\nl: exit", "0500020000000000 1801000005000000 0000000000000000 9500000000000000")]
    [InlineData("ja l\n.quad 0xb7, 1\nl: exit", "0500020000000000 b700000000000000 0100000000000000 9500000000000000")]
    public void A_label_counts_what_stands_before_it(string text, string bytes) => Assembling.Bytes(text).ShouldBe(bytes);

    [Fact]
    public void A_numeric_label_is_the_last_before_or_the_next_after() =>
        Assembling.Bytes("1: goto 1f\n1: goto 1b\ngoto 1f\n1:\nexit\ngoto 1b", Dialect.Llvm)
            .ShouldBe("0500000000000000 0500ffff00000000 0500000000000000 9500000000000000 0500feff00000000");

    [Theory]
    [InlineData("goto 1b\n1: exit", "'1b', which no line defines")]
    [InlineData("1: exit\ngoto 1f", "'1f', which no line defines")]
    public void A_numeric_label_is_defined_on_its_side(string text, string found) =>
        Assembling.Errors(text, Dialect.Llvm).ShouldHaveSingleItem().Found.ShouldBe(found);

    [Fact]
    public void Numeric_labels_are_no_names() => Assembling.Success("1: exit\nf: exit", Dialect.Llvm).Labels.ShouldBe([new Symbol("f", 1)]);

    [Fact]
    public void A_distance_may_be_a_label_and_bytes() =>
        Assembling.Bytes("goto f+8\nexit\nf: exit\nexit\ngoto f-8", Dialect.Llvm)
            .ShouldBe("0500020000000000 9500000000000000 9500000000000000 9500000000000000 0500fcff00000000");

    [Fact]
    public void A_distance_is_of_whole_slots() =>
        Assembling.Errors("goto f+4\nf: exit", Dialect.Llvm)[0].ToString()
            .ShouldBe("line 1, column 6: found 'f' at a distance of 4 bytes; expected a distance of whole slots of 8 bytes");
}

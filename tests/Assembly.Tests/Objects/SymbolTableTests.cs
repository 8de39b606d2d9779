using RbpfSpec.Semantics;

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
}

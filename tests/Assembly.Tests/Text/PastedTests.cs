namespace RbpfSpec.Assembly.Tests.Text;

public class PastedTests
{
    private const string Llvm = """

        x.o:	file format elf64-bpf

        Disassembly of section .text:

        0000000000000000 <f>:
               0:	b7 00 00 00 01 00 00 00	r0 = 1
               1:	18 01 00 00 05 00 00 00 00 00 00 00 00 00 00 00	r1 = 5 ll
               3:	15 00 01 00 01 00 00 00	if r0 == 1 goto +1 <LBB0_2>
               4:	85 10 00 00 ff ff ff ff	call -1

        0000000000000028 <LBB0_2>:
               5:	8d 01 00 00 00 00 00 00	<unknown>
               6:	95 00 00 00 00 00 00 00	exit
        """;

    private const string Gnu = """
        x.o:     file format elf64-bpfle

        0000000000000000 <f>:
           0:	b7 00 00 00 08 00 00 00 	mov %r0,8
           8:	18 01 00 00 05 00 00 00 	lddw %r1,5
          10:	00 00 00 00 00 00 00 00 
          18:	05 00 ff ff 00 00 00 00 	ja -1
        """;

    private const string Log = """
        func#0 @0
        0: R1=ctx(off=0,imm=0) R10=fp0
        ; int x = skb->len;
        0: (61) r2 = *(u32 *)(r1 +0)          ; R1=ctx(off=0,imm=0) R2_w=inv(id=0)
        1: (15) if r2 == 0x0 goto pc+2
         R1=ctx(off=0,imm=0) R2_w=inv(id=0)
        2: (18) r1 = 0x5
        4: (95) exit

        from 1 to 4: R1=ctx(off=0,imm=0)
        4: (95) exit
        processed 5 insns (limit 1000000) max_states_per_insn 0
        """;

    [Fact]
    public void A_listing_of_llvm_objdump_is_its_bytes() =>
        Assembling.Bytes(Llvm).ShouldBe(
            "b700000001000000 1801000005000000 0000000000000000 1500010001000000 85100000ffffffff 8d01000000000000 9500000000000000");

    [Fact]
    public void Its_names_are_labels() =>
        Assembling.Success(Llvm).Labels.ShouldBe([new Symbol("f", 0), new Symbol("LBB0_2", 5)]);

    [Fact]
    public void A_listing_of_GNU_objdump_is_its_bytes() =>
        Assembling.Bytes(Gnu).ShouldBe("b700000008000000 1801000005000000 0000000000000000 0500ffff00000000");

    [Fact]
    public void A_listing_without_bytes_is_its_text() =>
        Assembling.Bytes("       0:\tr0 = 1\n       1:\tr1 = 5 ll\n       3:\texit", Dialect.Objdump)
            .ShouldBe("b700000001000000 1801000005000000 0000000000000000 9500000000000000");

    [Fact]
    public void Its_jumps_may_name_its_labels() =>
        Assembling.Bytes("0000000000000000 <f>:\n0:\tgoto f\n1:\texit").ShouldBe("0500ffff00000000 9500000000000000");

    [Theory]
    [InlineData("0000000000000000 <f>:\n\n0:\tr0 := 1\n1:\texit", "line 3, column 8: found '='")]
    [InlineData("0000000000000000 <f>:\n0:\tr0 = 1\n0000000000000008 <f>:\n1:\texit", "line 3, column 1: found 'f' a second time")]
    [InlineData("0:\t95 00 00 00 00 00 00 00\t.globl f", "line 1, column 28: found '.globl f', whose bytes are ; "
        + "expected what the listing's bytes say, 9500000000000000")]
    [InlineData("0: (95) .globl f", "line 1, column 9: found '.globl f', which is no instruction; "
        + "expected an instruction of opcode 0x95, as the log says")]
    public void What_is_wrong_in_it_is_told_where_it_is(string text, string error) =>
        Assembling.Errors(text).ShouldHaveSingleItem().ToString().ShouldStartWith(error);

    // As llvm-objdump writes it with --no-show-raw-insn.
    [Theory]
    [InlineData("\nx.o:\tfile format elf64-bpf\n\nDisassembly of section .text:\n\n")]
    [InlineData("0000000000000000 <f>:\n")]
    [InlineData("Disassembly of section tc:\n")]
    public void It_is_known_by_what_stands_above_it(string above) =>
        Assembling.Bytes(
            above + "       0:\tr0 = 0x10\n       1:\tif r0 == 0x1 goto +0x0 <f+0x10>\n       2:\tcall local 0x0\n       3:\texit\n")
            .ShouldBe("b700000010000000 1500000001000000 8510000000000000 9500000000000000");

    [Theory]
    [InlineData("       0:\tcall 0x5")]
    [InlineData("       0:\tcall -0x2 <f>")]
    [InlineData("       0:  call 5")]
    public void Without_bytes_nobody_can_tell_which_kind_a_call_is_of(string call) =>
        Assembling.Errors($"0000000000000000 <f>:\n{call}\n       1:\texit\n").ShouldHaveSingleItem().ToString().ShouldBe(
            $"line 2, column {call.IndexOf("call", StringComparison.Ordinal) + 1}: "
            + $"found '{call[call.IndexOf("call", StringComparison.Ordinal)..]}'; "
            + "expected the bytes, too: the text does not tell a call of a helper from one of a function");

    [Fact]
    public void What_we_list_we_read()
    {
        var program = Assembling.Program(
            "f: r0 = 1\nr1 = -5 ll\nif r0 s> 5 goto f\nlock *(u64 *)(r1 + 8) += r0\ncall local f\ncall 3\nexit\n.slot 0x8d");
        var listing = Disassembler.Listing(program, [new Symbol("f", 0)]);

        Assembling.Program(listing).ShouldBe(program);
        Assembling.Program(listing, Dialect.Objdump).ShouldBe(program);
    }

    [Theory]
    [InlineData("r0 = 1", "r0 = 2", "line 7, column 35: found 'r0 = 2', whose bytes are b700000002000000; "
        + "expected what the listing's bytes say, b700000001000000; or only the text after the bytes")]
    [InlineData("       1:", "       2:", "line 8, column 1: found instruction '2'; expected instruction 1 next: "
        + "a listing or log that leaves none out, of one section")]
    [InlineData("r0 = 1", "r0 := 1", "line 7, column 39: found '='")]
    [InlineData("exit", "exit\n\t\t0000000000000000:  R_BPF_64_64\ttable", "line 15, column 3: found '0000000000000000: "
        + " R_BPF_64_64\ttable'; expected the object itself: a listing does not hold what its relocations refer to")]
    [InlineData("exit", "exit\n\t\t...", "line 15, column 3: found '...'; expected the zeros that it stands for (llvm-objdump -z)")]
    [InlineData("exit", "exit\nmore", "line 15, column 1: found 'more'; expected a line of a listing: "
        + "an address, bytes and an instruction")]
    public void A_listing_that_contradicts_itself_is_refused(string old, string changed, string error)
    {
        var at = Llvm.IndexOf(old, StringComparison.Ordinal);

        Assembling.Errors(Llvm.Remove(at, old.Length).Insert(at, changed)).ShouldHaveSingleItem().ToString().ShouldStartWith(error);
    }

    // What comes after the first contradiction may be wrong because of it.
    [Fact]
    public void Of_contradictions_the_first_is_told() =>
        Assembling.Errors(Llvm.Replace("r0 = 1", "r0 = 2", StringComparison.Ordinal).Replace("exit", "r9 = r9", StringComparison.Ordinal))
            .Map(error => (error.Kind, error.Line)).ShouldBe([(AssemblyErrorKind.Contradiction, 7)]);

    [Fact]
    public void A_line_that_is_wrong_hides_no_contradiction_of_another() =>
        Assembling.Errors(
            Llvm.Replace("r0 = 1", "r0 := 1", StringComparison.Ordinal).Replace("exit", "r9 = r9\nmore", StringComparison.Ordinal))
            .Map(error => (error.Kind, error.Line))
            .ShouldBe([(AssemblyErrorKind.Syntax, 7), (AssemblyErrorKind.Contradiction, 14), (AssemblyErrorKind.Syntax, 15)]);

    [Theory]
    [InlineData("0:\tb7 00 00 00 01 00 00 00\tr0 = 1\r\n1:\t95 00 00 00 00 00 00 00\texit\r", "b700000001000000 9500000000000000")]
    [InlineData("0:\tb700000001000000\tr0 = 1\n1:\t9500000000000000\texit", "b700000001000000 9500000000000000")]
    [InlineData("0:\t00 00 00 00 00 00 00 00\t<unknown>\n1:\t95 00 00 00 00 00 00 00\texit", "0000000000000000 9500000000000000")]
    [InlineData("0:\t00 00 00 00 00 00 00 00\n1:\t95 00 00 00 00 00 00 00\texit", "0000000000000000 9500000000000000")]
    [InlineData("0:\t85 10 00 00 00 00 00 00\tcall 0\n1:\t95 00 00 00 00 00 00 00\texit", "8510000000000000 9500000000000000")]
    [InlineData(
        "0000000000000000 <a b>:\n; int x = 5;\n# note\n0:\t95 00 00 00 00 00 00 00\texit\n\nf():\nIn archive x.a:\n", "9500000000000000")]
    [InlineData("0:\t18 01 00 00 05 00 00 00 07 00 00 00 08 00 00 00\t<unknown>", "1801000005000000 0700000008000000")]
    public void A_listing_may_be_written_so(string text, string bytes) => Assembling.Bytes(text).ShouldBe(bytes);

    [Fact]
    public void No_tool_writes_lines_so_long()
    {
        const string First = "0:\t95 00 00 00 00 00 00 00\texit";

        Assembling.Bytes(First + new string(' ', 4096 - First.Length)).ShouldBe("9500000000000000");
        Assembling.Errors(First + new string(' ', 4097 - First.Length)).ShouldHaveSingleItem().Expected.ShouldStartWith("an instruction, ");
        var error = Assembling.Errors($"{First}\n  {new string('x', 4095)}").ShouldHaveSingleItem();
        (error.Line, error.Column, error.Expected).ShouldBe((2, 3, "a line of a listing, of at most 4096 characters"));
    }

    [Fact]
    public void A_log_of_the_verifier_is_its_instructions() =>
        Assembling.Bytes(Log).ShouldBe("6112000000000000 1502020000000000 1801000005000000 0000000000000000 9500000000000000");

    [Fact]
    public void A_log_may_have_them_in_any_order() =>
        Assembling.Bytes("1: (95) exit\n0: (b7) r0 = 0\n1: (95) exit").ShouldBe("b700000000000000 9500000000000000");

    [Theory]
    [InlineData("0: (b7) r0 = 0\n2: (95) exit", "line 2, column 1: found instruction '2'; expected instruction 1 next")]
    [InlineData("0: (b7) r0 = 0\n0: (b7) r0 = 1", "line 2, column 9: found 'r0 = 1' as instruction 0; expected 'r0 = 0', as line 1 has it")]
    [InlineData("0: (b4) r0 = 0", "line 1, column 9: found 'r0 = 0', whose opcode is 0xb7; "
        + "expected an instruction of opcode 0xb4, as the log says")]
    [InlineData("0: (18) r1 = map[id:5]", "line 1, column 17: found '['")]
    [InlineData("0: (e5) may_goto pc+3", "line 1, column 9: found may_goto, ")]
    public void A_log_that_leaves_something_open_is_refused(string text, string error) =>
        Assembling.Errors(text).ShouldHaveSingleItem().ToString().ShouldStartWith(error);
}

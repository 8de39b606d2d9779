using RbpfSpec.Assembly.Objects;

namespace RbpfSpec.Assembly.Tests.Objects;

public partial class ObjectBuilderTests
{
    [Theory]
    [InlineData(".section .text.x", SectionFlags.Allocate | SectionFlags.Execute)]
    [InlineData(".section .init", SectionFlags.Allocate | SectionFlags.Execute)]
    [InlineData(".section .fini", SectionFlags.Allocate | SectionFlags.Execute)]
    [InlineData(".section .data.x.y", SectionFlags.Allocate | SectionFlags.Write)]
    [InlineData(".section .data1", SectionFlags.Allocate | SectionFlags.Write)]
    [InlineData(".section .bss.x", SectionFlags.Allocate | SectionFlags.Write)]
    [InlineData(".section .rodata.x", SectionFlags.Allocate)]
    [InlineData(".section .rodata1", SectionFlags.Allocate)]
    [InlineData(".section x,\"a\"", SectionFlags.Allocate)]
    [InlineData(".section x,\"wa\"", SectionFlags.Allocate | SectionFlags.Write)]
    [InlineData(".section x,\"xa\"", SectionFlags.Allocate | SectionFlags.Execute)]
    [InlineData(".section x,\"awx\"", SectionFlags.Allocate | SectionFlags.Write | SectionFlags.Execute)]
    [InlineData(".section .text.x,\"aw\"", SectionFlags.Allocate | SectionFlags.Write)]
    public void A_section_is_for_what_its_flags_say_or_else_its_name(string text, SectionFlags flags) =>
        Assembling.Object(text).Sections[1].Flags.ShouldBe(flags);

    [Theory]
    [InlineData("text")]
    [InlineData("x.text")]
    [InlineData(".texts")]
    [InlineData(".debug.data")]
    [InlineData("maps")]
    [InlineData(".text.x,\"\"")]
    [InlineData("x,\"w\"")]
    [InlineData("x,\"x\"")]
    public void Others_are_for_tools_only(string section) =>
        Assembling.Object($".section {section}\n.byte 1").Sections.Map(kept => kept.Name).ShouldBe([".text"]);

    [Theory]
    [InlineData(".section .bss", SectionType.Zeros)]
    [InlineData(".section .bss.x", SectionType.Zeros)]
    [InlineData(".section .bss,\"aw\"", SectionType.Zeros)]
    [InlineData(".section .bss,\"aw\",@progbits", SectionType.Bits)]
    [InlineData(".section .bss.x,\"aw\",@progbits", SectionType.Bits)]
    [InlineData(".section .bss.x,\"aw\",%nobits", SectionType.Zeros)]
    [InlineData(".section x,\"aw\",@nobits", SectionType.Zeros)]
    [InlineData(".section x,\"aw\",nobits", SectionType.Zeros)]
    [InlineData(".section .bssx,\"aw\"", SectionType.Bits)]
    [InlineData(".section x.bss.y,\"aw\"", SectionType.Bits)]
    public void A_section_holds_zeros_if_its_type_says_so_or_else_its_name(string text, SectionType type) =>
        Assembling.Object(text).Sections[1].Type.ShouldBe(type);

    [Fact]
    public void A_group_is_named_where_the_flags_have_one() =>
        Assembling.Object(".section .t,\"ax\",@progbits,f,comdat\nexit\n.section .t,\"ax\",@progbits,g,comdat\nexit\n.section .t,\"axG\"\n"
            + "exit\n.section .t,\"axG\",@progbits\nexit")
            .Sections.Map(section => (section.Name, section.Size)).ShouldBe([(".text", 0UL), (".t", 32UL)]);

    [Theory]
    [InlineData(".section .rodata,\"a\",@progbits\n.byte 1\n.rodata\n.byte 2", 2)]
    [InlineData(".section .data,\"aw\",@progbits\n.byte 1\n.data\n.byte 2", 2)]
    [InlineData(".section .bss,\"aw\",@nobits\n.zero 1\n.bss\n.zero 1", 2)]
    [InlineData(".section .bss,\"aw\",@nobits\n.zero 1\n.lcomm c, 1", 2)]
    public void A_section_has_one_name_however_it_is_gone_to(string text, int size) =>
        Assembling.Object(text).Sections.Skip(1).Select(section => section.Size).ShouldBe([(ulong)size]);

    [Fact]
    public void The_section_that_a_text_begins_in_has_a_name_too() =>
        Assembling.Object("exit\n.section .text,\"ax\",@progbits\nexit\n.text\nexit").Sections
            .Map(section => (section.Name, section.Size)).ShouldBe([(".text", 24UL)]);

    [Fact]
    public void A_common_symbol_is_as_it_was_said_to_be()
    {
        var symbols = Assembling.Object(".weak w\n.comm w, 4\n.globl g\n.lcomm g, 4\n.comm c, 4").Symbols;

        symbols.Single(symbol => symbol.Name == "w").ShouldSatisfyAllConditions(
            symbol => symbol.Binding.ShouldBe(SymbolBinding.Weak), symbol => symbol.IsCommon.ShouldBeTrue());
        symbols.Single(symbol => symbol.Name == "g").ShouldSatisfyAllConditions(
            symbol => symbol.Binding.ShouldBe(SymbolBinding.Global), symbol => symbol.IsCommon.ShouldBeFalse());
        symbols.Single(symbol => symbol.Name == "c").ShouldSatisfyAllConditions(
            symbol => symbol.Binding.ShouldBe(SymbolBinding.Global), symbol => symbol.IsCommon.ShouldBeTrue());
    }

    [Fact]
    public void An_instruction_among_zeros_is_one_error() =>
        Assembling.ObjectErrors(".bss\ngoto nowhere").ShouldHaveSingleItem().Line.ShouldBe(2);

    [Theory]
    [InlineData("@function", SymbolType.Function)]
    [InlineData("%function", SymbolType.Function)]
    [InlineData("#function", SymbolType.Function)]
    [InlineData("\"function\"", SymbolType.Function)]
    [InlineData("STT_FUNC", SymbolType.Function)]
    [InlineData("@object", SymbolType.Object)]
    [InlineData("%object", SymbolType.Object)]
    [InlineData("STT_OBJECT", SymbolType.Object)]
    [InlineData("@notype", SymbolType.None)]
    [InlineData("STT_NOTYPE", SymbolType.None)]
    public void A_type_is_written_in_some_ways(string written, SymbolType type)
    {
        // A comment starts at '#', so that what GNU as allows after it is no type here.
        if (written[0] == '#')
        {
            Assembling.ObjectErrors($"f: exit\n.type f,{written}").ShouldHaveSingleItem().Expected.ShouldBe("@function or @object");
            return;
        }

        Named(Assembling.Object($"f: exit\n.type f,{written}")).ShouldBe([new("f", 0, 0, 0, SymbolBinding.Local, type)]);
    }

    [Theory]
    [InlineData(".file \"x.c\"")]
    [InlineData(".loc 1 2 3")]
    [InlineData(".ident \"clang\"")]
    [InlineData(".addrsig")]
    [InlineData(".addrsig_sym f")]
    [InlineData(".hidden f")]
    [InlineData(".protected f")]
    [InlineData(".internal f")]
    [InlineData(".cg_profile f, g, 5")]
    [InlineData(".end")]
    [InlineData(".cfi_endproc")]
    public void What_tells_tools_only_changes_nothing(string text)
    {
        Assembling.Object($"exit\n{text}\nexit").ShouldBe(Assembling.Object("exit\nexit"));
        Assembler.ParseObject(text).ShouldBeOfType<AssembledObject.Success>().HasDirectives.ShouldBeTrue();
    }

    [Theory]
    [InlineData(".globl f, g", SymbolBinding.Global)]
    [InlineData(".global f, g", SymbolBinding.Global)]
    [InlineData(".weak f, g", SymbolBinding.Weak)]
    [InlineData(".globl f, g\n.local f, g", SymbolBinding.Local)]
    [InlineData(".globl \"f\"\n.weak \"g\"\n.globl g", SymbolBinding.Global)]
    public void Each_symbol_of_a_list_is_seen_by_whom_it_says(string text, SymbolBinding binding) =>
        Named(Assembling.Object($"{text}\nf: g: exit")).Map(symbol => (symbol.Name, symbol.Binding))
            .ShouldBe([("f", binding), ("g", binding)]);

    [Fact]
    public void A_local_symbol_that_is_not_defined_here_is_defined_elsewhere() =>
        Named(Assembling.Object(".local f\ncall f\ncall g\n.weak h\ncall h")).Map(symbol => (symbol.Name, symbol.Section, symbol.Binding))
            .ShouldBe([("f", -1, SymbolBinding.Global), ("h", -1, SymbolBinding.Weak), ("g", -1, SymbolBinding.Global)]);

    [Theory]
    [InlineData(".p2align 12", 4096)]
    [InlineData(".p2align 0", 1)]
    [InlineData(".balign 4096", 4096)]
    [InlineData(".balign 1", 1)]
    [InlineData(".balign 0", 1)]
    [InlineData(".align 16", 16)]
    [InlineData(".p2align 4, , 14", 1)]
    [InlineData(".p2align 4, , 15", 16)]
    [InlineData(".p2align 4, 0xff, 15", 16)]
    public void An_alignment_fills_up_to_its_multiple(string text, ulong alignment)
    {
        var section = Section($".data\n.byte 1\n{text}\n.byte 2", ".data");

        (section.Alignment, section.Size).ShouldBe((alignment, alignment + 1));
        section.Bytes[^1].ShouldBe((byte)2);
        if (section.Size > 2) section.Bytes[1].ShouldBe((byte)(text.Contains("0xff", StringComparison.Ordinal) ? 0xff : 0));
    }

    [Theory]
    [InlineData("exit\n.p2align 5\nexit", "9500000000000000 0000001500000000 0000001500000000 0000001500000000 9500000000000000")]
    [InlineData("exit\n.p2align 4, 0xff\nexit", "9500000000000000 ffffffffffffffff 9500000000000000")]
    [InlineData("exit\n.p2align 4, 0\nexit", "9500000000000000 0000000000000000 9500000000000000")]
    [InlineData("exit\n.p2align 4, , 7\nexit", "9500000000000000 9500000000000000")]
    public void Code_is_filled_with_slots_that_nothing_reaches(string text, string bytes) => Assembling.Bytes(text).ShouldBe(bytes);

    [Fact]
    public void A_common_symbol_that_is_local_has_its_place_in_zeros()
    {
        var file = Assembling.Object(".lcomm a,3\n.lcomm b,4,8\n.local c\n.comm c,1,2\n.globl d\n.comm d,2,2\n.lcomm e,1,4096");

        Named(file).Map(symbol => (symbol.Name, symbol.Section, symbol.Value, symbol.Size, symbol.IsCommon)).ShouldBe(
        [
            ("a", 1, 0UL, 3UL, false),
            ("b", 1, 8UL, 4UL, false),
            ("c", 1, 12UL, 1UL, false),
            ("e", 1, 4096UL, 1UL, false),
            ("d", -1, 2UL, 2UL, true),
        ]);
        (file.Sections[1].Size, file.Sections[1].Alignment, file.Sections[1].Flags)
            .ShouldBe((4097UL, 4096UL, SectionFlags.Allocate | SectionFlags.Write));
    }

    [Theory]
    [InlineData(".comm a,1\na: exit", 2, 1, "'a' a second time", "a new label")]
    [InlineData(".comm a,1\n.comm a,1", 2, 7, "'a'", "a new symbol")]
    [InlineData(".set a, 1\na: exit", 2, 1, "'a' a second time", "a new label")]
    [InlineData(".comm a,1,0", 1, 11, "'0'", "an alignment: a power of two up to 4096")]
    [InlineData(".lcomm a,16777216\n.lcomm b,1", 2, 1, "16777217 bytes in '.bss'", "at most 16777216")]
    [InlineData(".globl ,f", 1, 8, "nothing", "the name of a symbol")]
    [InlineData(".weak 5", 1, 7, "'5'", "the name of a symbol")]
    [InlineData(".section ,\"a\"", 1, 10, "nothing", "the name of a section")]
    [InlineData(".type", 1, 6, "the end of the line", "the name of a symbol")]
    [InlineData(".size", 1, 6, "the end of the line", "the name of a symbol")]
    [InlineData(".size f g, 1", 1, 7, "'fg'", "the name of a symbol")]
    [InlineData(".size f, 9223372036854775807", 1, 10, "'9223372036854775807'", "a size, such as .Lend-f")]
    [InlineData(".set", 1, 5, "the end of the line", "the name of a symbol")]
    [InlineData("a: .set x, a-y", 1, 12, "'a-y'", "a number, or a label that a line before defines")]
    [InlineData(".set x, 2-y", 1, 9, "'2-y'", "a number, or a label that a line before defines")]
    [InlineData("f: exit\n.data\n.set x, f-y", 3, 9, "'f-y'", "a number, or a label that a line before defines")]
    [InlineData(".balign 8192", 1, 9, "'8192'", "an alignment: a power of two up to 4096")]
    [InlineData(".balign 6", 1, 9, "'6'", "an alignment: a power of two up to 4096")]
    [InlineData(".balign", 1, 8, "the end of the line", "an alignment: a power of two up to 4096")]
    [InlineData(".p2align 3, x", 1, 13, "'x'", "a byte to fill with")]
    [InlineData(".p2align 3, , 16777217", 1, 15, "'16777217'", "the most bytes to add")]
    [InlineData(".data\n.zero 16777215\n.p2align 4\n.byte 1", 4, 1, "16777217 bytes in '.data'", "at most 16777216")]
    [InlineData(".data\n.fill 2097153, 8", 2, 1, "16777224 bytes in '.data'", "at most 16777216")]
    [InlineData(".fill 1, x", 1, 10, "'x'", "a number of bytes up to 8")]
    [InlineData(".zero 1, x", 1, 10, "'x'", "a byte to fill with")]
    [InlineData(".zero 0-1", 1, 7, "'0-1'", "a number of bytes up to 16777216")]
    [InlineData(".short 65536", 1, 8, "'65536'", "a number of 16 bits")]
    [InlineData(".short -32769", 1, 8, "'-32769'", "a number of 16 bits")]
    [InlineData(".quad -9223372036854775809", 1, 7, "'-9223372036854775809'", "a number of 64 bits")]
    [InlineData(".byte 1,,2", 1, 9, "nothing", "a number, or a label")]
    [InlineData(".ascii \"a\" \"b\"", 1, 8, "'\"a\"\"b\"'", "text in quotes")]
    [InlineData(".popsection", 1, 1, "'.popsection'", "'.pushsection' before it")]
    [InlineData(".pushsection .data\n.popsection\n .popsection", 3, 2, "'.popsection'", "'.pushsection' before it")]
    [InlineData(".pushsection", 1, 13, "the end of the line", "the name of a section")]
    [InlineData("  .bss; .ascii \"a\"", 1, 16, "'\"a\"'", "zeros: .bss holds nothing else")]
    [InlineData(".rodata\n.zero 16777216\n.ascii \"a\"", 3, 1, "16777217 bytes in '.rodata'", "at most 16777216")]
    [InlineData(".bss\n.quad f", 2, 7, "'f'", "zeros: .bss holds nothing else")]
    [InlineData(".bss\na: .zero 4\nb: .long b-a", 3, 10, "'b-a'", "zeros: .bss holds nothing else")]
    [InlineData(".data\n.zero 16777216\n.quad f", 3, 1, "16777224 bytes in '.data'", "at most 16777216")]
    [InlineData(
        "f: exit\n.set g, f+18446744073709551615", 2, 9, "'f+18446744073709551615'", "a place up to 16777216 bytes after the start "
            + "of .text")]
    [InlineData("f: exit\n.set g, f-8-1", 2, 9, "'f-8-1'", "a place up to 16777216 bytes after the start of .text")]
    [InlineData("f: exit\n.set g, f+16777217", 2, 9, "'f+16777217'", "a place up to 16777216 bytes after the start of .text")]
    [InlineData(
        "call f\n.section .debug,\"\"\nf: .byte 1", 1, 6, "'f', which lies in .debug", "a label of a section that is there "
            + "while the program runs")]
    [InlineData("r1 = f+1 ll\n.section .debug,\"\"\nf: .byte 1", 1, 6, "'f', which lies in .debug", "a label of a section "
        + "that is there while the program runs")]
    [InlineData(
        ".quad f\n.section .debug,\"\"\nf: .byte 1", 1, 7, "'f', which lies in .debug", "a label of a section that is there "
            + "while the program runs")]
    [InlineData("call f\n.set f, 5", 1, 6, "'f', which '.set' makes a number", "a label, or a number that a line before sets")]
    [InlineData(".quad f\n.set f, 5", 1, 7, "'f', which '.set' makes a number", "a label, or a number that a line before sets")]
    [InlineData(".rodata\n.zero 16777216\n.fill 1, 1", 3, 1, "16777217 bytes in '.rodata'", "at most 16777216")]
    public void What_a_directive_cannot_mean_is_told(string text, int line, int column, string found, string expected)
    {
        var error = Assembling.ObjectErrors(text, Dialect.Llvm).ShouldHaveSingleItem();

        (error.Line, error.Column, error.Found, error.Expected).ShouldBe((line, column, found, expected));
    }

    [Theory]
    [InlineData(".byte 255, -128", "ff80")]
    [InlineData(".short 65535, -32768", "ffff0080")]
    [InlineData(".quad -9223372036854775808", "0000000000000080")]
    [InlineData(".quad 18446744073709551615", "ffffffffffffffff")]
    [InlineData(".fill 1, 8, 18446744073709551615", "ffffffffffffffff")]
    [InlineData(".fill 3, 0, 5", "")]
    [InlineData(".fill 0", "")]
    [InlineData(".zero 0", "")]
    [InlineData(".zero 2, 255", "ffff")]
    [InlineData(".uleb128 18446744073709551615", "ffffffffffffffffff01")]
    [InlineData(".sleb128 -9223372036854775808", "8080808080808080807f")]
    [InlineData(".sleb128 -64, -63, 64, 127", "4041c000ff00")]
    [InlineData(".uleb128 b-a\n.zero 0", "02")]
    [InlineData(".equiv n, 3\n.byte n", "03")]
    [InlineData(".set n, 3\n.byte n\n.set n, 4\n.byte n", "0304")]
    [InlineData(".ascii \"\"", "")]
    [InlineData(".asciz \"\", \"a\"", "006100")]
    [InlineData(".byte \"b\"-a", "02")]
    public void Values_reach_to_the_ends_of_their_ranges(string text, string bytes) =>
        Convert.ToHexString(Section($".data\na: .short 0\nb: {text}", ".data").Bytes.AsSpan()[2..]).ToLowerInvariant().ShouldBe(bytes);

    [Fact]
    public void An_alias_may_be_of_any_place_and_has_the_size_and_type_of_it() =>
        Named(Assembling.Object(
            ".data\n.type d,@object\n.size d, 8\nd: .quad 1\n.set e, d\n.type g,@function\n.set g, d+4\n.set h, g-2\n.set n, 1\n"
            + ".size e, 3"))
                .ShouldBe(
        [
            new("d", 1, 0, 8, SymbolBinding.Local, SymbolType.Object),
            new("e", 1, 0, 3, SymbolBinding.Local, SymbolType.Object),
            new("g", 1, 4, 0, SymbolBinding.Local, SymbolType.Function),
            new("h", 1, 2, 0, SymbolBinding.Local, SymbolType.Function),
        ]);

    [Theory]
    [InlineData("call away", "85100000ffffffff", 2)]
    [InlineData("call away+16", "8510000001000000", 2)]
    [InlineData("call .Lf", "8510000001000000", 1)]
    [InlineData("call .Lf+8", "8510000002000000", 1)]
    [InlineData("r1 = .Lf ll", "18010000100000000000000000000000", 1)]
    [InlineData("r1 = .Lf+4 ll", "18010000140000000000000000000000", 1)]
    [InlineData("r1 = away+4 ll", "18010000040000000000000000000000", 2)]
    public void What_is_added_to_a_symbol_stands_in_the_instruction(string text, string bytes, int symbol)
    {
        var file = Assembling.Object($"{text}\n.section x,\"ax\"\nexit\nexit\n.Lf: exit", Dialect.Llvm);

        Convert.ToHexString(file.Sections[0].Bytes.AsSpan()).ToLowerInvariant().ShouldBe(bytes);
        file.Sections[0].Relocations.ShouldBe([new(0, text[0] == 'r' ? RelocationType.Load : RelocationType.Call, symbol)]);
    }

    [Fact]
    public void An_alias_may_lie_at_the_end_of_what_a_section_may_hold() =>
        Named(Assembling.Object("f: exit\n.set g, f+16777216\n.set h, g-16777216")).Map(symbol => (symbol.Name, symbol.Value))
            .ShouldBe([("f", 0UL), ("g", 16777216UL), ("h", 0UL)]);

    [Fact]
    public void A_numeric_label_in_a_size_is_the_one_next_to_the_directive() =>
        Named(Assembling.Object("f: exit\n1: .size f, 1b-f\nexit\n.size g, 1f-1b\n1: g: exit\n1:"))
            .Map(symbol => (symbol.Name, symbol.Size))
            .ShouldBe([("f", 8UL), ("g", 8UL)]);

    [Fact]
    public void Numeric_labels_may_stand_in_data()
    {
        var file = Assembling.Object(".data\n.byte 0\n1: .long 1f-1b\n1: .quad 1b\n.long 2f\n2:");

        Convert.ToHexString(file.Sections[1].Bytes.AsSpan()).ShouldBe("00" + "04000000" + "0500000000000000" + "11000000");
        file.Sections[1].Relocations.ShouldBe([new(5, RelocationType.Data64, 1), new(13, RelocationType.Data32, 1)]);
        Named(file).ShouldBeEmpty();
    }
}

using RbpfSpec.Assembly.Objects;

namespace RbpfSpec.Assembly.Tests.Objects;

public partial class ObjectBuilderTests
{
    // Bytes as llvm-mc writes them.
    [Theory]
    [InlineData(".byte 1, -1, 0xff, 'a'", "01ffff61")]
    [InlineData(".short 0x1234\n.hword -1\n.2byte 010", "3412ffff0800")]
    [InlineData(".long 1+2, 0xffffffff\n.int -2147483648\n.4byte 1", "03000000ffffffff0000008001000000")]
    [InlineData(".quad 0x1122334455667788\n.8byte -1", "8877665544332211ffffffffffffffff")]
    [InlineData(".ascii \"ab\", \"c\"", "616263")]
    [InlineData(".asciz \"ab\"\n.string \"c\"", "6162006300")]
    [InlineData(".ascii \"\\n\\t\\r\\b\\f\\\\\\\"\\001\\377\\x41\"", "0a090d080c5c2201ff41")]
    [InlineData(".ascii \"é\"", "c3a9")]
    [InlineData(".zero 3\n.skip 2, 0xff\n.space 1", "000000ffff00")]
    [InlineData(".fill 2, 3, 0x10203\n.fill 2", "0302010302010000")]
    [InlineData(".uleb128 0, 127, 128, 624485", "007f8001e58e26")]
    [InlineData(".sleb128 0, -1, 63, 64, -64, -65, -123456", "007f3fc00040bf7fc0bb78")]
    [InlineData(".byte 1\n.p2align 2\n.byte 2", "0100000002")]
    [InlineData(".byte 1\n.p2align 2, 0xcc\n.byte 2", "01cccccc02")]
    [InlineData(".byte 1\n.p2align 2, , 2\n.byte 2", "0102")]
    [InlineData(".byte 1\n.p2align 2, , 3\n.byte 2", "0100000002")]
    [InlineData(".byte 1\n.balign 2\n.byte 2\n.align 4\n.byte 3", "0100020003")]
    [InlineData("a: .byte 1\nb: .long b-a, a-b+2", "010100000001000000")]
    [InlineData(".long b-a\na: .zero 5\nb:", "050000000000000000")]
    [InlineData(".set n, 3\n.equ m, n*2\n.byte n, m\n.zero m-n, n", "0306030303")]
    public void Data_are_bytes(string text, string bytes) =>
        Convert.ToHexString(Section($".data\n{text}", ".data").Bytes.AsSpan()).ToLowerInvariant().ShouldBe(bytes);

    [Fact]
    public void Alignment_is_the_greatest_that_is_asked_for()
    {
        Section(".data\n.p2align 4\n.byte 1\n.p2align 2", ".data").Alignment.ShouldBe(16UL);
        Section(".data\n.byte 1", ".data").Alignment.ShouldBe(1UL);
        Section("exit", ".text").Alignment.ShouldBe(8UL);
    }

    [Theory]
    [InlineData(".section .rodata,\"a\",@progbits", ".rodata", SectionFlags.Allocate, SectionType.Bits)]
    [InlineData(".section maps,\"aw\",@progbits", "maps", SectionFlags.Allocate | SectionFlags.Write, SectionType.Bits)]
    [InlineData(".section tc/in-gress,\"ax\",@progbits", "tc/in-gress", SectionFlags.Allocate | SectionFlags.Execute, SectionType.Bits)]
    [InlineData(".section \"xdp\",\"ax\"", "xdp", SectionFlags.Allocate | SectionFlags.Execute, SectionType.Bits)]
    [InlineData(".section .rodata.str1.1,\"aMS\",@progbits,1", ".rodata.str1.1", SectionFlags.Allocate, SectionType.Bits)]
    [InlineData(".section .text.f,\"axG\",@progbits,f,comdat", ".text.f", SectionFlags.Allocate | SectionFlags.Execute, SectionType.Bits)]
    [InlineData(".section .bss.x,\"aw\",@nobits", ".bss.x", SectionFlags.Allocate | SectionFlags.Write, SectionType.Zeros)]
    [InlineData(".section .data.x", ".data.x", SectionFlags.Allocate | SectionFlags.Write, SectionType.Bits)]
    [InlineData(".section .rodata", ".rodata", SectionFlags.Allocate, SectionType.Bits)]
    [InlineData(".section .text.x", ".text.x", SectionFlags.Allocate | SectionFlags.Execute, SectionType.Bits)]
    [InlineData(".data", ".data", SectionFlags.Allocate | SectionFlags.Write, SectionType.Bits)]
    [InlineData(".rodata", ".rodata", SectionFlags.Allocate, SectionType.Bits)]
    [InlineData(".bss", ".bss", SectionFlags.Allocate | SectionFlags.Write, SectionType.Zeros)]
    [InlineData(".section .bss", ".bss", SectionFlags.Allocate | SectionFlags.Write, SectionType.Zeros)]
    public void A_section_is_what_its_flags_or_its_name_say(string text, string name, SectionFlags flags, SectionType type)
    {
        var section = Section(text + "\n.zero 8", name);

        (section.Flags, section.Type, section.Size).ShouldBe((flags, type, 8UL));
        section.Bytes.Count.ShouldBe(type is SectionType.Zeros ? 0 : 8);
    }

    [Fact]
    public void What_is_not_there_while_the_program_runs_is_gone_past() =>
        Assembling.Object(".section .debug_info,\"\",@progbits\n.long .Lnowhere\n.uleb128 x-y\n.byte 300\n.section .BTF\n.ascii \"x\"")
            .Sections.Map(section => section.Name).ShouldBe([".text"]);

    [Fact]
    public void Sections_are_gone_back_to() =>
        Assembling.Object(
            ".data\n.byte 1\n.text\nexit\n.previous\n.byte 2\n.pushsection .rodata\n.byte 9\n.popsection\n.byte 3\n.section .data\n.byte 4")
            .Sections.Map(section => (section.Name, Convert.ToHexString(section.Bytes.AsSpan())))
            .ShouldBe([(".text", "9500000000000000"), (".data", "01020304"), (".rodata", "09")]);

    [Fact]
    public void Sections_of_groups_are_sections_of_their_own() =>
        Assembling.Object(".section .t,\"axG\",@progbits,f,comdat\nexit\n.section .t,\"axG\",@progbits,g,comdat\nexit\n"
            + ".section .t,\"axG\",@progbits,f,comdat\nexit")
            .Sections.Map(section => section.Size).ShouldBe([0UL, 16UL, 8UL]);

    [Fact]
    public void Symbols_have_what_is_said_of_them() =>
        Named(Assembling.Object("""
            .globl f
            .type f,@function
            f: exit
            local: exit
            .Lend:
            .size f, .Lend-f
            .weak g
            .type g,%function
            g: exit
            .type d,@object
            .size d, 4
            .data
            .zero 4
            d: .long 5
            call_me = 1
            """.Replace("call_me = 1", ".globl away", StringComparison.Ordinal))).ShouldBe(
        [
            new("local", 0, 8, 0, SymbolBinding.Local, SymbolType.None),
            new("d", 1, 4, 4, SymbolBinding.Local, SymbolType.Object),
            new("f", 0, 0, 16, SymbolBinding.Global, SymbolType.Function),
            new("g", 0, 16, 0, SymbolBinding.Weak, SymbolType.Function),
            new("away", -1, 0, 0, SymbolBinding.Global, SymbolType.None),
        ]);

    [Fact]
    public void Common_symbols_are_common_unless_they_are_local()
    {
        var file = Assembling.Object(".comm a,8,4\n.local b\n.comm b,5,4\n.lcomm c,4,4\n.comm d,1");

        Named(file).ShouldBe(
        [
            new("b", 1, 0, 5, SymbolBinding.Local, SymbolType.Object),
            new("c", 1, 8, 4, SymbolBinding.Local, SymbolType.Object),
            new("a", -1, 4, 8, SymbolBinding.Global, SymbolType.Object, IsCommon: true),
            new("d", -1, 1, 1, SymbolBinding.Global, SymbolType.Object, IsCommon: true),
        ]);
        (file.Sections[1].Name, file.Sections[1].Size, file.Sections[1].Alignment).ShouldBe((".bss", 12UL, 4UL));
    }

    [Fact]
    public void An_alias_is_a_symbol_at_the_same_place() =>
        Named(Assembling.Object("f: exit\n.type f,@function\n.globl g\n.set g, f\n.set h, f+0\nexit")).ShouldBe(
        [
            new("f", 0, 0, 0, SymbolBinding.Local, SymbolType.Function),
            new("h", 0, 0, 0, SymbolBinding.Local, SymbolType.Function),
            new("g", 0, 0, 0, SymbolBinding.Global, SymbolType.Function),
        ]);

    [Fact]
    public void References_are_left_to_the_linker()
    {
        var file = Assembling.Object("""
            r1 = table+8 ll
            r2 = .Lhidden ll
            call away
            call other
            call near
            near: exit
            .data
            .long 1
            table: .quad table+2, away
            .long .Lhidden+1
            .Lhidden:
            .section other,"ax"
            nop: exit
            other: exit
            """);

        Named(file).Map(symbol => symbol.Name).ShouldBe(["near", "table", "nop", "other", "away"]);
        file.Sections[0].Relocations.ShouldBe(
        [
            new(0, RelocationType.Load, 3 + 1),
            new(16, RelocationType.Load, 1),
            new(32, RelocationType.Call, 3 + 4),
            new(40, RelocationType.Call, 3 + 3),
        ]);
        file.Sections[1].Relocations.ShouldBe(
            [new(4, RelocationType.Data64, 3 + 1), new(12, RelocationType.Data64, 3 + 4), new(20, RelocationType.Data32, 1)]);
        Convert.ToHexString(file.Sections[0].Bytes.AsSpan()).ToLowerInvariant().ShouldBe(
            "18010000080000000000000000000000" + "18020000180000000000000000000000"
            + "85100000ffffffff" + "85100000ffffffff" + "8510000000000000" + "9500000000000000");
        Convert.ToHexString(file.Sections[1].Bytes.AsSpan()).ToLowerInvariant()
            .ShouldBe("01000000" + "0200000000000000" + "0000000000000000" + "19000000");
    }

    [Theory]
    [InlineData("r1 = table ll\n.data\ntable: .byte 1", 1, 6, "'table', which lies in another section")]
    [InlineData("exit\n.data\n.byte 1", 3, 1, "a program of several sections (.text, .data)")]
    [InlineData("exit\n.quad f\nf:", 2, 7, "an address, 'f', in data")]
    public void Program_bytes_alone_do_not_hold_data(string text, int line, int column, string found)
    {
        var error = Assembling.Errors(text)[0];

        (error.Kind, error.Line, error.Column, error.Found).ShouldBe((AssemblyErrorKind.NeedsObject, line, column, found));
        error.Expected.ShouldBe("an object: 'rbpf asm --object' writes one, and 'rbpf run' reads the text itself");
    }

    [Fact]
    public void Program_bytes_are_those_of_the_one_section_of_code()
    {
        var success = Assembling.Success("# nothing\n.section xdp,\"ax\"\n.globl f\nf: r1 = 5 ll\n\nexit\n.quad 1\n.Lend:");

        success.Lines.ShouldBe([4, 4, 6, 7]);
        success.Labels.ShouldBe([new Symbol("f", 0), new Symbol(".Lend", 4)]);
        success.Program.Length.ShouldBe(4);
    }

    [Theory]
    [InlineData(".text\nexit", false)]
    [InlineData("f: exit", false)]
    [InlineData(".globl f\nf: exit", true)]
    public void It_tells_whether_the_text_says_more_than_instructions(string text, bool hasDirectives) =>
        Assembler.ParseObject(text).ShouldBeOfType<AssembledObject.Success>().HasDirectives.ShouldBe(hasDirectives);

    [Theory]
    [InlineData("exit\n.p2align 4\nexit", "9500000000000000 0000001500000000 9500000000000000")]
    [InlineData("exit\n.p2align 3\nexit", "9500000000000000 9500000000000000")]
    [InlineData(
        ".file \"x.c\"\n.cfi_startproc\n.loc 1 2 3 is_stmt 0\n.ident \"clang\"\n.addrsig\n.addrsig_sym f\nexit\n.cfi_endproc",
        "9500000000000000")]
    public void Code_is_left_as_it_is(string text, string bytes) => Assembling.Bytes(text).ShouldBe(bytes);

    [Theory]
    [InlineData(".nonsense 5", 1, "'.nonsense'", "a directive that clang writes, such as .text, .globl, .section, .p2align or .quad")]
    [InlineData(".section", 9, "the end of the line", "the name of a section")]
    [InlineData(".section x, ax", 13, "'ax'", "flags in quotes, such as \"aw\"")]
    [InlineData(".globl", 7, "the end of the line", "the name of a symbol")]
    [InlineData(".globl f, 5", 11, "'5'", "the name of a symbol")]
    [InlineData(".type f", 8, "the end of the line", "@function or @object")]
    [InlineData(".type f, @nonsense", 10, "'@nonsense'", "@function or @object")]
    [InlineData(".type 5, @object", 7, "'5'", "the name of a symbol")]
    [InlineData(".size f", 8, "the end of the line", "a size, such as .Lend-f")]
    [InlineData(".size f, a-b", 10, "'a-b'", "a size, such as .Lend-f")]
    [InlineData(".size f, 0-1", 10, "'0-1'", "a size, such as .Lend-f")]
    [InlineData(".size 5, 1", 7, "'5'", "the name of a symbol")]
    [InlineData(".comm a", 8, "the end of the line", "a number of bytes up to 16777216")]
    [InlineData(".comm a, 16777217", 10, "'16777217'", "a number of bytes up to 16777216")]
    [InlineData(".comm a, 8, 3", 13, "'3'", "an alignment: a power of two up to 4096")]
    [InlineData(".comm a, 8, 8192", 13, "'8192'", "an alignment: a power of two up to 4096")]
    [InlineData("a: .comm a, 8", 10, "'a'", "a new symbol")]
    [InlineData(".comm 5, 8", 7, "'5'", "the name of a symbol")]
    [InlineData(".set x", 7, "the end of the line", "a number, or a label that a line before defines")]
    [InlineData(".set x, y", 9, "'y'", "a number, or a label that a line before defines")]
    [InlineData(".set 5, 5", 6, "'5'", "the name of a symbol")]
    [InlineData(".p2align 13", 10, "'13'", "a power of two: its exponent, up to 12")]
    [InlineData(".p2align -1", 10, "'-1'", "a power of two: its exponent, up to 12")]
    [InlineData(".balign 3", 9, "'3'", "an alignment: a power of two up to 4096")]
    [InlineData(".p2align 3, 256", 13, "'256'", "a byte to fill with")]
    [InlineData(".p2align 3, 0, x", 16, "'x'", "the most bytes to add")]
    [InlineData(".byte 1; .p2align 3", 10, "code of 1 bytes", "a multiple of 8, as instructions have, or a byte to fill with")]
    [InlineData(".ascii", 7, "the end of the line", "text in quotes")]
    [InlineData(".ascii x", 8, "'x'", "text in quotes")]
    [InlineData(".ascii \"\\q\"", 8, "'\"\\q\"'", "text in quotes")]
    [InlineData(".ascii \"x\", ", 13, "nothing", "text in quotes")]
    [InlineData(".zero", 6, "the end of the line", "a number of bytes up to 16777216")]
    [InlineData(".zero 16777217", 7, "'16777217'", "a number of bytes up to 16777216")]
    [InlineData(".zero 1, 256", 10, "'256'", "a byte to fill with")]
    [InlineData(".zero x", 7, "'x'", "a number of bytes up to 16777216")]
    [InlineData(".zero 16777216; .byte 1", 17, "16777217 bytes in '.text'", "at most 16777216")]
    [InlineData(".fill 16777216, 8", 1, "134217728 bytes in '.text'", "at most 16777216")]
    [InlineData(".fill x", 7, "'x'", "a count up to 16777216")]
    [InlineData(".fill 1, 9", 10, "'9'", "a number of bytes up to 8")]
    [InlineData(".fill 1, 1, x", 13, "'x'", "a number of 64 bits")]
    [InlineData(".uleb128 -1", 10, "'-1'", "a number that is not negative")]
    [InlineData(".sleb128 x", 10, "'x'", "a number")]
    [InlineData(".byte", 6, "the end of the line", "a number, or a label")]
    [InlineData(".byte 256", 7, "'256'", "a number of 8 bits")]
    [InlineData(".byte 1, -129", 10, "'-129'", "a number of 8 bits")]
    [InlineData(".long 4294967296", 7, "'4294967296'", "a number of 32 bits")]
    [InlineData(".byte 1 2", 7, "'12'", "a number, or a label")]
    [InlineData(".short x", 8, "'x'", "a number; an address has 4 or 8 bytes")]
    [InlineData(".long x-y", 7, "'x-y'", "labels of one section, defined here")]
    [InlineData(".bss; .byte 1", 13, "'1'", "zeros: .bss holds nothing else")]
    [InlineData(".data; .popsection", 8, "'.popsection'", "'.pushsection' before it")]
    [InlineData(".bss; r0 = 1", 7, "an instruction in .bss", "instructions in a section that holds them, such as .text")]
    [InlineData(".section x; r0 = 1", 13, "an instruction in x", "instructions in a section that holds them, such as .text")]
    [InlineData("goto x; .data; x:", 6, "'x', which lies in another section", "a label of the same section")]
    public void A_directive_that_makes_no_sense_is_told(string text, int column, string found, string expected)
    {
        var error = Assembling.ObjectErrors(text, Dialect.Llvm)[0];

        (error.Line, error.Column, error.Found, error.Expected).ShouldBe((1, column, found, expected));
    }

    private static ObjectSection Section(string text, string name) =>
        Assembling.Object(text).Sections.Single(section => section.Name == name);

    private static Sequence<ObjectSymbol> Named(ObjectFile file) =>
        [.. file.Symbols.Where(symbol => symbol.Type is not SymbolType.Section)];
}

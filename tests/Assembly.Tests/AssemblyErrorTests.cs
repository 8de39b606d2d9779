namespace RbpfSpec.Assembly.Tests;

public class AssemblyErrorTests
{
    private const string Register = "a register from %r0 to %r10";
    private const string Number = "a number from -2147483648 to 4294967295";
    private const string Wide = "a number from -9223372036854775808 to 18446744073709551615";
    private const string Assignments = "'=', '+=', '-=', '*=', '/=', 's/=', '|=', '&=', '<<=', '>>=', '%=', 's%=', '^=' or 's>>='";
    private const string Conditions = "'==', '>', '>=', '&', '!=', 's>', 's>=', '<', '<=', 's<' or 's<='";
    private const string Start = "an instruction, a label, a directive or .slot";

    [Theory]
    [InlineData("\n\nmov32 %r12, 5", 3, 7, "'%r12'", Register)]
    [InlineData("mov %r01, 5", 1, 5, "'%r01'", Register)]
    [InlineData("mov %r, 5", 1, 5, "'%r'", Register)]
    [InlineData("mov %R0, 1", 1, 1, "'mov %R0, 1', which is the syntax of GNU as (xadddw [%fp+-8],%r1)", "'mov %r0, 1'")]
    [InlineData("call local", 1, 11, "the end of the line", "a label or a distance such as +3")]
    [InlineData(".set x, 5\nmov %r0, x y", 2, 10, "'x'", Number + " or " + Register)]
    [InlineData(".", 1, 1, "'.'", Start)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1, 1, "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'", Start)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 1, 1, "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'", Start)]
    [InlineData("mov %r0, 99999999999", 1, 10, "'99999999999'", Number)]
    [InlineData("mov %r0, -2147483649", 1, 10, "'-2147483649'", Number)]
    [InlineData("mov %r0, 5abc", 1, 10, "'5abc'", Number)]
    [InlineData("mov %r0 5", 1, 9, "'5'", "','")]
    [InlineData("add %r1, r2", 1, 1, "'add %r1, r2'", "'add %r1, %r2'")]
    [InlineData("  addd %r1, 5", 1, 3, "'addd'", Start)]
    [InlineData("addé %r1, 5", 1, 4, "'é'", Register)]
    [InlineData("  r1 += 5", 1, 3, "'r1 += 5', which is the syntax of LLVM (r0 = 7)", "'add %r1, 5'")]
    [InlineData("ldxw %r0, [%r1 4]", 1, 16, "'4'", "an offset such as +4 or ']'")]
    [InlineData("ldxw %r0, [%r1+32768]", 1, 16, "'32768'", "an offset from -32768 to +32767")]
    [InlineData("ldxw %r0, [%r1-32769]", 1, 15, "'-32769'", "an offset from -32768 to +32767")]
    [InlineData("ldxw %r0, [%r1+0xffff]", 1, 16, "'0xffff'", "an offset from -32768 to +32767")]
    [InlineData("ldxw %r0, [%r1", 1, 15, "the end of the line", "an offset such as +4 or ']'")]
    [InlineData("ja 3", 1, 1, "'ja 3', which is the syntax of GNU as (xadddw [%fp+-8],%r1)", "'ja +3'")]
    [InlineData("ja %r3", 1, 4, "'%r3'", "a label or a distance such as +3")]
    [InlineData("mov64 r0, 1", 1, 1, "'mov64 r0, 1', which is the syntax of rbpf and sBPF (mov64 r0, 7)", "'mov %r0, 1'")]
    [InlineData(
        "jeq r1, r2, out\nout: exit", 1, 1, "'jeq r1, r2, out', which is the syntax of rbpf and sBPF (mov64 r0, 7)", "'jeq %r1, %r2, out'")]
    [InlineData(
        "ldxw %r0, [%fp+-4]", 1, 1, "'ldxw %r0, [%fp+-4]', which is the syntax of GNU as (xadddw [%fp+-8],%r1)", "'ldxw %r0, [%r10-4]'")]
    [InlineData("mov %r0, 010 + 1", 1, 1, "'mov %r0, 010 + 1', which is the syntax of GNU as (xadddw [%fp+-8],%r1)", "'mov %r0, 9'")]
    [InlineData("ja +99999", 1, 5, "'99999'", "a distance from -32768 to +32767")]
    [InlineData("jeq %r1, %r2", 1, 13, "the end of the line", "','")]
    [InlineData("lddw %r1, 0x11112222333344445", 1, 11, "'0x11112222333344445'", Wide)]
    [InlineData("lock add [%r1], 5", 1, 17, "'5'", Register)]
    [InlineData(".slot 0x1ffffffffffffffff", 1, 7, "'0x1ffffffffffffffff'", Wide)]
    [InlineData("call", 1, 5, "the end of the line", Number + ", 'local', the label of a function or 'btf'")]
    [InlineData("exit 5", 1, 6, "'5'", "the end of the line")]
    public void An_error_says_where_what_and_what_would_be_right(
        string text, int line, int column, string found, string expected) =>
        Assembling.Errors(text, Syntax.Conformance)
            .ShouldBe([new AssemblyError(AssemblyErrorKind.Syntax, line, column, found, expected)]);

    [Theory]
    [InlineData("r12 = 5", 1, "'r12'", "a register from r0 to r10")]
    [InlineData("r1 = 5 lll", 8, "'lll'", "the end of the line or 'll'")]
    [InlineData("r1 = 5000000000", 16, "the end of the line", "'ll'")]
    [InlineData("w1 = w11", 6, "'w11'", "a register from w0 to w10")]
    [InlineData("r2 = be16 r3", 11, "'r3'", "'r2' again")]
    [InlineData("r2 = -r3", 7, "'r3'", "'r2' again")]
    [InlineData("*(u33 *)(r1 + 4) = r2", 3, "'u33'", "'u8', 'u16', 'u32' or 'u64'")]
    [InlineData("*(u64 *)(r1 + 4) = w2", 20, "'w2'", Number + " or a register from r0 to r10")]
    [InlineData("if r1 == 5 goto", 16, "the end of the line", "a label or a distance such as +3")]
    [InlineData("goto +3 <L", 11, "the end of the line", "'>'")]
    [InlineData("ld_pseudo r1, 1, 0x100000000", 18, "'0x100000000'", Number)]
    [InlineData("ld_pseudo r1, 7, 5", 15, "'7'", "'1', '2', '3', '4', '5' or '6'")]
    [InlineData("add %r1, 5", 1, "'add %r1, 5', which is the syntax of bpf_conformance (mov %r0, 7)", "'r1 += 5'")]
    [InlineData("r0 = 08", 6, "'08'", "digits from 0 to 7 after a leading zero, which makes a number octal, and at most 64 bits")]
    [InlineData("r0 = %r1", 1, "'r0 = %r1'", "'r0 = r1'")]
    [InlineData("%r1 = Data ll", 1, "'%r1 = Data ll'", "'r1 = Data ll'")]
    [InlineData("lddw %r1, data", 1, "'lddw %r1, data', which is the syntax of GNU as (xadddw [%fp+-8],%r1)", "'r1 = data ll'")]
    [InlineData("ld_pseudo %r1, 1, -5", 1, "'ld_pseudo %r1, 1, -5'", "'ld_pseudo r1, 1, 4294967291'")]
    [InlineData("r0 = 0x", 6, "'0x'", Number + " or " + Wide)]
    [InlineData("call local", 11, "the end of the line", "a label or a distance such as +3")]
    [InlineData("r0 s>= 1", 4, "'s>='", Assignments)]
    [InlineData("r0 == 1", 4, "'=='", Assignments)]
    [InlineData("if r0 += 1 goto +1", 7, "'+='", Conditions)]
    [InlineData("nonsense nonsense", 1, "'nonsense'", Start)]
    [InlineData("r0 = 1; nonsense", 9, "'nonsense'", Start)]
    public void Errors_of_the_other_syntax_do_too(string text, int column, string found, string expected) =>
        Assembling.Errors(text, Syntax.Llvm)
            .ShouldBe([new AssemblyError(AssemblyErrorKind.Syntax, 1, column, found, expected)]);

    [Theory]
    [InlineData("call %r2", Syntax.Conformance)]
    [InlineData("callx %r2", Syntax.Conformance)]
    [InlineData("call r2", Syntax.Llvm)]
    [InlineData("callx r2", Syntax.Llvm)]
    [InlineData("callx r2", null)]
    [InlineData("call r2", null)]
    [InlineData("call %r2", null)]
    public void A_call_through_a_register_is_outside_the_RFC(string text, Syntax? syntax)
    {
        var error = Assembling.Errors(text, syntax).ShouldHaveSingleItem();

        error.Kind.ShouldBe(AssemblyErrorKind.UnsupportedInstruction);
        error.ToString().ShouldBe(
            "line 1, column 1: found callx, a call through a register (LLVM, uBPF, sBPF): not part of RFC 9669; "
            + "expected a call of a helper or a local function (0x85)");
    }

    [Theory]
    [InlineData("r0 = load_acquire((u64 *)(r1 + 0))", "load-acquire")]
    [InlineData("store_release((u32 *)(r1 + 8), w2)", "store-release")]
    [InlineData("may_goto +3", "may_goto")]
    [InlineData("r1 = addr_space_cast(r2, 0, 1)", "addr_space_cast")]
    [InlineData("gotox r1", "gotox")]
    [InlineData("hor64 r1, 5", "hor64")]
    public void Instructions_outside_the_RFC_are_named(string text, string name)
    {
        foreach (var dialect in (Dialect[])[Dialect.Auto, Dialect.Llvm, Dialect.Gnu, Dialect.Rbpf, Dialect.Conformance])
        {
            var error = Assembling.Errors(text, dialect).ShouldHaveSingleItem();

            error.Kind.ShouldBe(AssemblyErrorKind.UnsupportedInstruction);
            error.Found.ShouldStartWith(name + ", ");
            error.Found.ShouldEndWith(": not part of RFC 9669");
            error.Column.ShouldBe(1);
        }
    }

    [Fact]
    public void What_is_quoted_is_cut_to_what_a_line_can_show()
    {
        var name = new string('x', 100_000);

        string[] texts =
        [
            name,
            $"mov {name}, 5",
            $"ja {name}",
            $"r0 = {name}",
            $"mov %r0, {new string('9', 100_000)}",
            $".{name}",
            $"r1 += 5 {name}",
            $"{name}: {name}: exit",
        ];
        foreach (var text in texts)
            Assembling.Errors(text).Max(error => error.ToString().Length).ShouldBeLessThan(800, text[..20]);
    }

    [Fact]
    public void A_label_is_defined_once() =>
        Assembling.Errors("a: exit\nb: a:").ShouldBe(
            [new AssemblyError(AssemblyErrorKind.DuplicateLabel, 2, 4, "'a' a second time", "a new label")]);

    [Fact]
    public void A_label_that_is_jumped_to_is_defined() =>
        Assembling.Errors("jeq %r1, 5, nowhere").ShouldBe(
        [
            new AssemblyError(
                AssemblyErrorKind.UndefinedLabel, 1, 13, "'nowhere', which no line defines", "a defined label"),
        ]);

    [Theory]
    [InlineData("call f", 6)]
    [InlineData("  call local f", 14)]
    public void A_call_of_an_unknown_function_says_what_may_be_called(string text, int column) =>
        Assembling.Errors(text).ShouldBe(
        [
            new AssemblyError(
                AssemblyErrorKind.UndefinedLabel,
                1,
                column,
                "'f', which no line defines",
                "the label of a function that a line defines ('call f', also written 'call local f'), a distance ('call local +3'), "
                + "or a helper by its number ('call 1')"),
        ]);

    [Theory]
    [InlineData("r1 = nowhere ll", 6)]
    [InlineData("lddw %r1, nowhere", 11)]
    public void An_address_that_nothing_has_says_what_has_one(string text, int column) =>
        Assembling.Errors(text).ShouldBe(
            [new AssemblyError(AssemblyErrorKind.UndefinedLabel, 1, column, "'nowhere', which no line defines", "a defined label")]);

    [Theory]
    [InlineData("goto l + 9223372036854775807", "9223372036854775799")]
    [InlineData("goto l - 9223372036854775808", "-9223372036854775816")]
    public void What_is_added_to_a_label_may_be_anything_of_64_bits(string text, string distance)
    {
        var error = Assembling.Errors($"l: {text}", Dialect.Llvm).ShouldHaveSingleItem();

        error.Kind.ShouldBe(AssemblyErrorKind.DistanceOutOfRange);
        error.Found.ShouldContain(distance.Length > 19 ? " slots" : $"of {distance} bytes");
    }

    // What a line is taken for decides what its message asks for.
    [Theory]
    [InlineData(Dialect.Auto, "aadd [%r1], 5", 1, Start)]
    [InlineData(Dialect.Auto, "mov %r0, 1 5", 12, "the end of the line")]
    [InlineData(Dialect.Auto, "ja 5 5", 4, "a label or a distance such as +3")]
    [InlineData(Dialect.Auto, "ldxw r0, [r1] 5", 6, Register)]
    [InlineData(Dialect.Auto, "call 5 5", 8, "the end of the line")]
    [InlineData(Dialect.Gnu, "aadd [%r1], 5", 13, Register)]
    [InlineData(Dialect.Gnu, "ldxw %r0, %r1", 11, "'['")]
    [InlineData(Dialect.Gnu, "if r1 goto 5", 7, Conditions)]
    [InlineData(Dialect.Objdump, "0: if r1 goto 5", 10, Conditions)]
    [InlineData(Dialect.Objdump, "0: aadd [%r1], 5", 4, Start)]
    [InlineData(Dialect.Objdump, "0: ldxw %r0, %r1", 4, Start)]
    [InlineData(Dialect.Verifier, "0: (55) if r1 goto 5", 15, Conditions)]
    [InlineData(Dialect.Verifier, "0: (db) r0 = atomic64_cmpxchg((u64 *)(r1 +8), r0, 5)", 51, "a register from r0 to r10")]
    public void What_is_asked_for_is_what_the_dialect_has(Dialect dialect, string text, int column, string expected)
    {
        var error = Assembling.Errors(text, dialect)[0];

        (error.Column, error.Expected).ShouldBe((column, expected));
    }

    [Fact]
    public void Undefined_labels_are_told_with_the_other_errors() =>
        Assembling.Errors("call f\nr0 = ,\nja g").Select(error => error.Line).ShouldBe([1, 2, 3]);

    [Theory]
    [InlineData("exit\n call 010", 7, "'010'")]
    [InlineData(" call btf 07", 11, "'07'")]
    [InlineData("call -010", 7, "'010'")]
    [InlineData(".slot 0777", 7, "'0777'")]
    public void A_number_that_two_syntaxes_read_otherwise_is_refused(string text, int column, string found)
    {
        var error = Assembling.Errors(text).ShouldHaveSingleItem();

        (error.Column, error.Found).ShouldBe((column, found));
        error.Expected.ShouldStartWith("a number without a leading zero, which would make it octal for LLVM");
    }

    [Fact]
    public void A_label_is_within_reach_of_the_field()
    {
        var most = string.Concat(Enumerable.Repeat("mov %r0, 0\n", 32767));

        Assembling.Program("ja end\n" + most + "end:").Slots[0].Offset.ShouldBe(short.MaxValue);
        Assembling.Program("start:\n" + most + "ja start").Slots[^1].Offset.ShouldBe(short.MinValue);
        Assembling.Program("ja32 end\nexit\n" + most + "end:").Slots[0].Immediate.ShouldBe(32768);
        Assembling.Errors("ja end\nexit\n" + most + "end:").ShouldBe(
        [
            new AssemblyError(
                AssemblyErrorKind.DistanceOutOfRange,
                1,
                4,
                "'end' at a distance of +32768 slots",
                "a distance from -32768 to +32767"),
        ]);
    }

    [Fact]
    public void Every_wrong_line_has_its_error() =>
        Assembling.Errors("mov %r11, 1\nexit\nja b\nb: b: c\n\nr1 = ,").Select(error => error.ToString()).ShouldBe(
        [
            "line 1, column 5: found '%r11'; expected a register from %r0 to %r10",
            "line 4, column 4: found 'b' a second time; expected a new label",
            "line 4, column 7: found 'c'; expected an instruction, a label, a directive or .slot",
            "line 6, column 6: found ','; expected '-', a register from w0 to w10, a number from -2147483648 to 4294967295, "
            + "a register from r0 to r10, '(', 'le16', 'le32', 'le64', 'be16', 'be32', 'be64', 'bswap16', 'bswap32', 'bswap64', '*', "
            + "'atomic_fetch_add', 'atomic_fetch_or', 'atomic_fetch_and', 'atomic_fetch_xor', 'xchg_64' or a number "
            + "from -9223372036854775808 to 18446744073709551615",
        ]);
}

namespace RbpfSpec.Assembly.Tests.Text;

public class CursorTests
{
    private const string Number = "a number from -2147483648 to 4294967295";
    private const string Octal = "digits from 0 to 7 after a leading zero, which makes a number octal, and at most 64 bits";

    [Theory]
    [InlineData("r0 = 5 + ,", Dialect.Llvm, 10, "','", Number)]
    [InlineData("r0 = 1 + 08", Dialect.Llvm, 10, "'08'", Octal)]
    [InlineData("r0 = 5 + y", Dialect.Llvm, 6, "'5+y'", Number)]
    [InlineData("r0 = 5 + -y", Dialect.Llvm, 11, "'y'", Number)]
    [InlineData("r0 = 5 + (1", Dialect.Llvm, 12, "the end of the line", Number)]
    [InlineData("w0 = 1 + 4294967296", Dialect.Llvm, 6, "'1+4294967296'", Number)]
    [InlineData("*(u32 *)(r1 + 0) = -1 - 2147483648", Dialect.Llvm, 20, "'-1-2147483648'", Number)]
    [InlineData("goto 1 + 32767", Dialect.Llvm, 6, "'1+32767'", "a distance from -32768 to +32767")]
    [InlineData("mov %r0, 09 + 1", Dialect.Gnu, 10, "'09'", Octal)]
    [InlineData("mov %r0, 1 + 09", Dialect.Gnu, 14, "'09'", Octal)]
    [InlineData("mov %r0, y", Dialect.Gnu, 10, "'y'", Number)]
    [InlineData("mov %r0, -", Dialect.Conformance, 10, "'-'", Number)]
    [InlineData("mov %r0, -x", Dialect.Conformance, 10, "'-'", Number)]
    [InlineData("mov %r0, - 99999999999", Dialect.Conformance, 10, "'-99999999999'", Number)]
    [InlineData("mov %r0, -4294967296", Dialect.Conformance, 10, "'-4294967296'", Number)]
    [InlineData(
        "call 5+010", Dialect.Auto, 8, "'010'", "a number without a leading zero, which would make it octal for LLVM and decimal "
            + "for bpf_conformance")]
    public void A_number_that_is_wrong_is_told_where_it_goes_wrong(string text, Dialect dialect, int column, string found, string expected)
    {
        var error = Assembling.Errors(text, dialect).ShouldHaveSingleItem();

        (error.Column, error.Found).ShouldBe((column, found));
        error.Expected.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("mov %r0, - 5", Dialect.Conformance, "b7000000fbffffff")]
    [InlineData("mov %r0, 4294967295", Dialect.Conformance, "b7000000ffffffff")]
    [InlineData("mov %r0, -2147483648", Dialect.Conformance, "b700000000000080")]
    [InlineData("mov %r0, +5", Dialect.Gnu, "b700000005000000")]
    [InlineData("ldxw %r0, [%r1+-4]", Dialect.Gnu, "6110fcff00000000")]
    [InlineData("ldxw %r0, [%r1++4]", Dialect.Gnu, "6110040000000000")]
    [InlineData("ldxw %r0, [%r1+32767]", Dialect.Conformance, "6110ff7f00000000")]
    [InlineData("r0 = +5", Dialect.Llvm, "b700000005000000")]
    [InlineData("goto 5-6", Dialect.Llvm, "0500ffff00000000")]
    [InlineData(".slot 5+5", Dialect.Auto, "0a00000000000000")]
    [InlineData(".set n, 5\nr0 = n\nr1 = n + 1 ll", Dialect.Llvm, "b700000005000000 1801000006000000 0000000000000000")]
    public void Signs_and_sums_are_read_where_the_dialect_has_them(string text, Dialect dialect, string bytes) =>
        Assembling.Bytes(text, dialect).ShouldBe(bytes);

    [Theory]
    [InlineData("r1 = a-2147483648 ll", "18010000000000800000000000000000")]
    [InlineData("r1 = a+2147483647 ll", "18010000ffffff7f0000000000000000")]
    [InlineData("r1 = a+9-1 ll", "18010000080000000000000000000000")]
    public void What_is_added_to_an_address_stands_in_its_place(string text, string bytes) =>
        Convert.ToHexString(Assembling.Object(text, Dialect.Llvm).Sections[0].Bytes.AsSpan()).ToLowerInvariant().ShouldBe(bytes);

    [Theory]
    [InlineData("r1 = a+9223372036854775808 ll")]
    [InlineData("r1 = a-9223372036854775809 ll")]
    [InlineData("r1 = a-b ll")]
    [InlineData("r1 = 5-b ll")]
    [InlineData("r1 = w2 ll")]
    public void Other_sums_are_no_address(string text) =>
        Assembling.ObjectErrors($"a: b: exit\n{text}", Dialect.Llvm).ShouldHaveSingleItem().Line.ShouldBe(2);

    [Theory]
    [InlineData("goto 1b", "1b")]
    [InlineData("goto 12f", "12f")]
    public void A_label_may_be_a_number(string text, string label) =>
        Assembling.Errors(text, Dialect.Llvm).ShouldHaveSingleItem().Found.ShouldBe($"'{label}', which no line defines");

    [Theory]
    [InlineData("goto 1g")]
    [InlineData("goto 0x1g")]
    [InlineData("goto f1f <")]
    [InlineData("goto r5")]
    public void Others_are_no_label(string text) =>
        Assembling.Errors($"f1f: exit\n{text}", Dialect.Llvm).ShouldHaveSingleItem().Kind.ShouldBe(AssemblyErrorKind.Syntax);
}

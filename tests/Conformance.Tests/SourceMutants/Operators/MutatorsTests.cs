using RbpfSpec.Conformance.SourceMutants.Operators;

namespace RbpfSpec.Conformance.Tests.SourceMutants.Operators;

public class MutatorsTests
{
    [Theory]
    [InlineData("x = a + b;", "operator", "x = a - b;")]
    [InlineData("x = a & b;", "operator", "x = a | b;|x = a ^ b;")]
    [InlineData("x = &a;", "operator", "")]
    [InlineData("x = *p;", "operator", "")]
    [InlineData("uint8_t *p;", "operator", "")]
    [InlineData("struct s *p;", "operator", "")]
    [InlineData("x = (uint8_t)-a;", "operator", "x = (uint8_t)a;")]
    [InlineData("x = (a) - b;", "operator", "x = (a) + b;")]
    [InlineData("x = v[0] << b;", "operator", "x = v[0] >> b;")]
    [InlineData("x = !a;", "operator", "x = a;")]
    [InlineData("return -a;", "operator", "return a;")]
    [InlineData("x = a <= b;", "operator", "x = a < b;|x = a >= b;|x = a > b;|x = a == b;")]
    [InlineData("x |= a;", "operator", "x &= a;|x ^= a;|x = a;")]
    [InlineData("x = 5;", "constant", "x = 6;|x = 4;|x = 0;")]
    [InlineData("x = 0;", "constant", "x = 1;")]
    [InlineData("x = 1u;", "constant", "x = 2u;|x = 0u;")]
    [InlineData("x = 0xffffffffULL;", "constant", "x = 0x100000000ULL;|x = 0xfffffffeULL;|x = 0x0ULL;|x = 0xffffULL;")]
    [InlineData("x = 64;", "constant", "x = 65;|x = 63;|x = 0;|x = 32;|x = 128;")]
    [InlineData("x = 010;", "constant", "x = 9;|x = 7;|x = 0;|x = 4;|x = 16;")]
    [InlineData("x = 1.5;", "constant", "")]
    [InlineData("x = 09;", "constant", "")]
    [InlineData("x = 1e5;", "constant", "")]
    [InlineData("x = 1f;", "constant", "")]
    [InlineData("x = 0b101;", "constant", "")]
    [InlineData("x = 0x1p3;", "constant", "")]
    [InlineData("x = 'd';", "constant", "x = 'e';|x = 'c';")]
    [InlineData("x = '\\n';", "constant", "")]
    [InlineData("x = (uint32_t)a;", "cast", "x = a;|x = (int32_t)a;|x = (uint16_t)a;|x = (uint64_t)a;")]
    [InlineData("return(int)a;", "cast", "return a;|return(unsigned)a;|return(short)a;")]
    [InlineData("x = (u64)a;", "cast", "x = a;|x = (s64)a;|x = (u32)a;")]
    [InlineData("x = sizeof(int);", "cast", "")]
    [InlineData("x = f(int8_t);", "cast", "")]
    [InlineData("x = (a)(b);", "cast", "")]
    [InlineData("int64_t x = a;", "type", "uint64_t x = a;|int32_t x = a;")]
    [InlineData("unsigned long x;", "type", "")]
    [InlineData("const uint8_t x = a;", "type", "const int8_t x = a;|const uint16_t x = a;")]
    [InlineData("x = r[s.dst];", "field", "x = r[s.src];")]
    [InlineData("x = i->src_reg;", "field", "x = i->dst_reg;")]
    [InlineData("x = GET_DST(i);", "field", "x = GET_SRC(i);")]
    [InlineData("x = s.imm;", "field", "x = s.offset;|x = s.off;")]
    [InlineData("x = imm;", "field", "")]
    [InlineData("x = a;", "statement", ";")]
    [InlineData("if (a) f(b);", "statement", "if (a) ;")]
    [InlineData("if (a) b = 1; else c = 2;", "statement", "if (a) ; else c = 2;|if (a) b = 1; else ;")]
    [InlineData("switch (a) { case 1: b = 2; break; }", "statement", "switch (a) { case 1: ; break; }|switch (a) { case 1: b = 2; ; }")]
    [InlineData("for (i = 0; i < n; i++) v[i] = (struct s){1};", "statement", "for (i = 0; i < n; i++) ;")]
    [InlineData("again: x = a ? b : c;", "statement", "again: ;")]
    [InlineData("uint8_t x = a; thing y;", "statement", "")]
    [InlineData("if (a < b) f();", "condition", "if (!(a < b)) f();|if (0) f();|if (1) f();")]
    [InlineData("while (a) f();", "condition", "while (!(a)) f();|while (0) f();")]
    [InlineData("for (i = 0; i < n; i++) f();", "condition", "for (i = 0; !(i < n); i++) f();|for (i = 0; 0; i++) f();")]
    [InlineData("x = a && f(b) ? c : d;", "condition", "x = !(a && f(b)) ? c : d;|x = 0 ? c : d;|x = 1 ? c : d;")]
    [InlineData(
        "return a ? b : c ? d : e;",
        "condition",
        "return !(a) ? b : c ? d : e;|return 0 ? b : c ? d : e;|return 1 ? b : c ? d : e;"
        + "|return a ? b : !(c) ? d : e;|return a ? b : 0 ? d : e;|return a ? b : 1 ? d : e;")]
    [InlineData("x = a && b || c;", "operand", "x = b || c;|x = a || c;|x = c;|x = a && b;")]
    [InlineData("return a || b || f(c, d);", "operand", "return b || f(c, d);|return a || f(c, d);|return a || b;")]
    public void Each_operator_changes_what_it_is_about(string statement, string name, string expected)
    {
        var changed = Mutators
            .Of("vm.c", $"void f(void)\n{{\n{statement}\n}}\n")
            .Where(mutant => mutant.Operator == name)
            .Select(mutant => mutant.After);

        string.Join('|', changed).ShouldBe(expected);
    }

    [Fact]
    public void A_mutant_is_the_file_with_one_change()
    {
        const string Source = "int f(int a)\n{\n    if (a\n        > 9) return 1; /* > */\n    return 0;\n}\n";

        var mutant = Mutators
            .Of("vm.c", Source)
            .Single(mutant => mutant is { Operator: "operator" } && mutant.After.Contains(">= 9", StringComparison.Ordinal));

        mutant.Text.ShouldBe(Source.Replace("> 9", ">= 9", StringComparison.Ordinal));
        mutant.ToString().ShouldBe("vm.c:4: > 9) return 1; /* > */ => >= 9) return 1; /* > */");
        mutant.Id.ShouldBe("vm.c:4:operator");
    }

    [Fact]
    public void A_statement_of_several_lines_is_told_as_one()
    {
        var mutant = Mutators.Of("vm.c", "void f(void)\n{\n    g(a,\n      b);\n}\n").Single(mutant => mutant.Operator == "statement");

        (mutant.Line, mutant.Before, mutant.After).ShouldBe((3, "g(a, b);", ";"));
    }

    [Fact]
    public void An_operand_is_left_out_up_to_where_the_next_line_begins()
    {
        var mutants = Mutators
            .Of("vm.c", "int x = a &&\nb;\n")
            .Where(mutant => mutant.Operator == "operand")
            .Select(mutant => (mutant.Before, mutant.After));

        mutants.ShouldBe([("int x = a && b;", "int x = b;"), ("int x = a && b;", "int x = a;")]);
    }

    [Fact]
    public void No_two_mutants_are_alike_and_all_operators_are_named()
    {
        var source = File.ReadAllText(CMachine.PathOf("vm.c"));

        var mutants = Mutators.Of("vm.c", source);

        mutants.Select(mutant => mutant.Text).Append(source).ShouldBeUnique();
        mutants.Select(mutant => mutant.Operator).Distinct().Order().ShouldBe(Mutators.Names.Order());
        mutants.Select(mutant => mutant.Line).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("")]
    [InlineData("#define A 1\n/* 2 */\n")]
    [InlineData(")}](")]
    [InlineData("if while ( for ( ? && case x :")]
    [InlineData("{ for (;;")]
    [InlineData("? :")]
    public void What_is_no_C_breaks_nothing(string text) => Mutators.Of("vm.c", text).ShouldAllBe(mutant => mutant.Text != text);

    // Any tokens in any order, and such as no C has.
    [Fact]
    public void No_text_ends_the_process()
    {
        string[] pieces =
        [
            "0", "1", "07", "09", "0x", "0xg", "0xffu", "1f", "1e5", "1e+", ".5", "12ab", "0b1", "1'0", "'a'", "''",
            "'",
            "\"",
            "\"s\"",
            "x", "uint32_t", "int", "u64", "sizeof", "if", "while", "for", "do", "else", "return", "case", "break", "(",
            ")", "[", "]", "{", "}", ";", ",", "?", ":", "+", "-", "*", "&", "&&", "|", "<<", ">>=", "==", "=", "!",
            "->", ".", "dst", "src", "#", "#define A \\\n", "//", "/*", "*/", "\\", "\n", "\0", "\u00e9", "@",
        ];
        const int seed = 20261128;
        var random = new Random(seed);
        for (var turn = 0; turn < 3000; turn++)
        {
            var text = string.Join(turn % 3 == 0 ? "" : " ", random.GetItems(pieces, random.Next(1, 30)));
            Should.NotThrow(() => Mutators.Of("x.c", text), $"seed {seed}, turn {turn}: {System.Text.Json.JsonSerializer.Serialize(text)}");
        }
    }
}

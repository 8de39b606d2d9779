using System.Text;

namespace RbpfSpec.Images.Tests.Compilers;

/// <summary>C programs by a seed: what a compiler for BPF makes sections, labels, relocations and directives of.</summary>
internal sealed class RandomC(int seed)
{
    private static readonly string[] Types =
        ["unsigned char", "unsigned short", "unsigned int", "unsigned long", "int", "long", "short", "signed char"];
    private static readonly string[] Strings =
        ["\"plain\"", "\"tab\\tquote\\\"back\\\\\"", "\"\\001\\377x\"", "\"# no comment // here /* or */ there;\"", "\"\""];

    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();
    private readonly List<string> functions = [];
    private int depth;

    /// <summary>The options to compile it with.</summary>
    public string[] Options =>
    [
        Pick("-O0", "-O1", "-O2", "-O2", "-Os"),
        Pick("-mcpu=v1", "-mcpu=v2", "-mcpu=v3"),
        .. Maybe("-g"),
        .. Maybe("-ffunction-sections"),
        .. Maybe("-fdata-sections"),
        .. Maybe("-fcommon"),
    ];

    /// <summary>The program; its function to run is <c>entry</c>.</summary>
    public string Text()
    {
        text.Append("struct s { unsigned char a; unsigned short b; unsigned int c; unsigned long d; };\n");
        text.Append($"static const unsigned char bytes[{random.Next(4, 40)}] = {{{Numbers(4, 255)}}};\n");
        var alignment = Pick("4", "8", "16", "32");
        text.Append(
            $"const unsigned int words[] __attribute__((aligned({alignment}))) = {{{Numbers(random.Next(1, 9), int.MaxValue)}}};\n");
        text.Append($"static {Type()} counter = {random.Next(1, 100)};\n");
        text.Append($"static {Type()} zeros[{random.Next(1, 20)}];\n");
        text.Append($"{Type()} shared{Pick("", " = 7", "[3]")};\n");
        text.Append($"static const char *const names[] = {{{Pick(Strings)}, {Pick(Strings)}, {Pick(Strings)}}};\n");
        text.Append("static const unsigned int *where = words;\nstatic unsigned long total;\n");
        for (var i = random.Next(0, 4); i > 0; i--) Function($"f{i}");
        Entry();
        return text.ToString();
    }

    private void Function(string name)
    {
        var where = Pick("static __attribute__((noinline))", "static __attribute__((noinline))", "__attribute__((noinline))",
            "__attribute__((weak, noinline))");
        text.Append($"{where} unsigned long {name}(unsigned long a, unsigned int b) {{\n");
        Body();
        text.Append("return a + b;\n}\n");
        functions.Add(name);
    }

    private void Entry()
    {
        var section = Pick("", "", "__attribute__((section(\"xdp\"))) ", "__attribute__((section(\"tc/ingress\"))) ");
        text.Append($"{section}unsigned long entry(struct s *ctx, unsigned long length) {{\n");
        text.Append("unsigned long a = length; unsigned int b = ctx->c; volatile unsigned char local[16] = {1, 2, 3};\n");
        text.Append("a += names[b & 1][0] + where[0] + (unsigned long)&shared + local[b & 15];\n");
        text.Append("zeros[0] += bytes[b & 3]; counter++; b += words[0] + zeros[0];\n");
        Body();
        text.Append("ctx->d = a; ctx->b = b;\n");
        foreach (var name in functions) text.Append($"a += {name}(a, b + {random.Next(9)});\n");
        text.Append("return a ^ b;\n}\n");
    }

    private void Body()
    {
        for (var i = random.Next(1, 6); i > 0; i--) Statement();
    }

    private void Statement()
    {
        depth++;
        switch (depth > 3 ? 0 : random.Next(8))
        {
            case 1:
                text.Append($"if ({Expression()} {Pick("<", ">", "==", "!=", ">=", "<=")} {Expression()}) {{\n");
                Statement();
                text.Append("} else {\n");
                Statement();
                text.Append("}\n");
                break;
            case 2:
                text.Append($"for (int i = 0; i < {random.Next(2, 12)}; i++) {{\n");
                Statement();
                text.Append("}\n");
                break;
            case 3:
                text.Append($"if ((long)a {Pick("<", ">", "<=", ">=")} {random.Next(-100, 100)}) b ^= {random.Next()}u;\n");
                break;
            case 4:
                text.Append($"((long (*)(const char *, ...))1)({Pick(Strings)}, a);\n");
                break;
            case 5 when functions.Count > 0:
                text.Append($"a += {functions[random.Next(functions.Count)]}(a, b);\n");
                break;
            case 6:
                text.Append(Pick("a = __builtin_bswap64(a);\n", "b = __builtin_bswap32(b);\n", "__sync_fetch_and_add(&total, a);\n"));
                break;
            default:
                text.Append($"{Pick("a", "b", "counter", "zeros[0]")} {Pick("+=", "-=", "^=", "|=", "&=", "=")} {Expression()};\n");
                break;
        }

        depth--;
    }

    private string Expression()
    {
        if (++depth > 6) return Done(Leaf());
        return Done(random.Next(7) switch
        {
            0 => $"({Expression()} {Pick("+", "-", "*", "&", "|", "^")} {Expression()})",
            1 => $"({Expression()} << {random.Next(31)})",
            2 => $"(({Type()}){Expression()} >> {random.Next(7)})",
            3 => $"((unsigned long){Expression()} {Pick("/", "%")} {random.Next(1, 1000)}u)",
            4 => $"(({Type()}){Expression()})",
            5 => $"({Expression()} ? {Leaf()} : {Leaf()})",
            _ => Leaf(),
        });
    }

    private string Leaf() => random.Next(8) switch
    {
        0 => random.Next(-1000, 1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
        1 => $"0x{random.NextInt64():x}ul",
        2 => "bytes[b & 3]",
        3 => "words[0]",
        4 => "counter",
        5 => "zeros[0]",
        6 => "b",
        _ => "a",
    };

    private string Done(string expression)
    {
        depth--;
        return expression;
    }

    private string Type() => Pick(Types);

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private string[] Maybe(string option) => random.Next(3) == 0 ? [option] : [];

    private string Numbers(int count, int below) => string.Join(", ", Enumerable.Range(0, count).Select(_ => random.Next(below)));
}

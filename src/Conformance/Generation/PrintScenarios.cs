namespace RbpfSpec.Conformance.Generation;

/// <summary>Programs about how many characters printf prints: each conversion around the numbers that need one digit more, fields, and what is no conversion.</summary>
internal static class PrintScenarios
{
    private const string Helper = "jmp/call-helper";
    private const ulong Far = 0x1_8000_0000;

    private static readonly string[] Signed = ["0 9 10 99", "100 -1 -9 -10", "-99 -100 0x7fffffff -0x80000000"];
    private static readonly string[] LongSigned = ["0 9 -9 -10", "9999999999 10000000000 -9999999999 -10000000000", "0x7fffffffffffffff 0x8000000000000000 999999999999999999 1000000000000000000"];
    private static readonly string[] Unsigned = ["0 9 10 99", "100 0xffffffff 999999999 1000000000"];
    private static readonly string[] LongUnsigned = ["0 9 10 0x100000000", "9999999999 10000000000 0xffffffffffffffff 0x8ac7230489e80000"];
    private static readonly string[] Hexadecimal = ["0 0xf 0x10 0xff", "0x100 0xffffffff 0xfffffff 0x10000000"];
    private static readonly string[] LongHexadecimal = ["0 0xf 0x10 0x100000000", "0xffffffff 0xffffffffffffffff 0xfffffffffffffff 0x1000000000000000"];

    /// <summary>The scenarios.</summary>
    public static IEnumerable<Scenario> All =>
    [
        .. from conversion in (IEnumerable<(string Text, string[] Rows)>)
           [
               ("%d", Signed), ("%i", Signed), ("%ld", LongSigned), ("%zi", LongSigned), ("%u", Unsigned), ("%lu", LongUnsigned),
               ("%x", Hexadecimal), ("%X", Hexadecimal), ("%lx", LongHexadecimal), ("%zX", LongHexadecimal), ("%p", LongHexadecimal), ("%lp", LongHexadecimal), ("%c", ["0 0xff 0x100 -1"]),
           ]
           from row in conversion.Rows
           select Print($"printf prints {conversion.Text} of {row.Replace(" ", ", ", StringComparison.Ordinal)}", string.Concat(Enumerable.Repeat(conversion.Text, 4)), row),
        .. from fields in (IEnumerable<string>)
           [
               "%9d%8i%7u%6x", "%5X%4p%3c%2d", "%12d%34i%56u%78x", "%90X%99ld", "%100d", "%101lu", "%09d%012x%010p%05c", "%012ld%9zx%8llu", "%0d%00d%007d", "%5%%012%%99%", "%1d%02x",
           ]
           select Print($"printf prints the fields of {fields}", fields, "7 7 7 7"),
        .. from fields in (IEnumerable<string>)["%3d%4d%5d%6d", "%3x%4x%5X%6X", "%5lu%6lu%7lu%8lu"]
           select Print($"printf prints {fields} of numbers about as long as their fields", fields, "-1234 12345 -12345 123456"),
        .. from text in (IEnumerable<string>)["%7d%12lx|", "%5c%9p|", "%99u%100i|", "%07X%zd|", "%5%%%|"]
           select Print($"printf leaves {text} as it stands, or a percent sign of it, as no number is left", $"%d%d%d%d{text}", "1 22 333 4444"),
        .. from text in (IEnumerable<string>)
           [
               "%b%e%h%j%k%o%q%t%v%w%y", "%W%Y%D%U%C%P%I%Z%L", "%#x% d%+d", "%'d%.5d%*d", "%/d%:d%;d", "%!d%&d%$d", "%l5d%z9u%5l7d", "%5s%ls%lls%12b", "abc%12", "abc%7l", "abc%z", "%~d%\u007fd%\u0001d",
           ]
           select Print($"printf leaves {Shown(text)}, which is no conversion or begins as none", text, "12345 12345 12345 12345"),
        .. from text in (IEnumerable<string>)["abc%", "abc%1", "abc%l", "abc%5l", "%", "a"]
           select new Scenario(Helper, $"the format of printf is {text}, without a zero byte", "mov %r2, 12345\ncall 1\nexit") { Memory = [.. text.Select(character => (byte)character)], Setting = new() { Helpers = [0x01] } },
        .. from distance in (IEnumerable<int>)[0, 1, 4, 5]
           select new Scenario(Helper, $"the format of printf is above 2^32, {distance} bytes from the start of its region", $"lddw %r1, 0x{Far + (ulong)distance:x}\nmov %r0, 7\ncall 1\nexit")
               { Setting = new() { Helpers = [0x01], Regions = [new("far", Far, Permission.Read, [.. "abcde"u8.ToArray()])] } },
        new(Helper, "the format of printf has an address with 2^32 added", "lddw %r3, 0x100000000\nmov %r0, 7\nadd %r1, %r3\ncall 1\nexit") { Memory = [.. "abc\0"u8.ToArray()], Setting = new() { Helpers = [0x01] } },
    ];

    private static Scenario Print(string text, string format, string numbers) =>
        new(Helper, text, $"{string.Concat(numbers.Split(' ').Select((number, index) => $"lddw %r{index + 2}, {number}\n"))}call 1\nexit")
        {
            Memory = [.. format.Select(character => (byte)character), 0],
            Setting = new() { Helpers = [0x01] },
        };

    private static string Shown(string text) => string.Concat(text.Select(character => char.IsControl(character) ? $"\\x{(int)character:x2}" : $"{character}"));
}

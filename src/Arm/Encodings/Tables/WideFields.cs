using RbpfSpec.Arm.Instructions;
using static RbpfSpec.Arm.Encodings.Tables.Registers;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>The 32-bit encodings that multiply, divide, extend, reverse, and move bits: A5.3.3, A5.3.12 to A5.3.17.</summary>
internal static class WideFields
{
    /// <summary>The rows.</summary>
    public static Row[] Rows { get; } =
    [
        Extraction("11110 _ 110100 nnnn 0 iii dddd ii _ wwwww", isSigned: true),
        Extraction("11110 _ 111100 nnnn 0 iii dddd ii _ wwwww", isSigned: false),
        Row.Of<InsertBits>(
            "11110 _ 110110 nnnn 0 iii dddd ii _ mmmmm",
            f => new(f['d'], f['n'], f['i'], f['m'] + 1 - f['i']) { Encoding = Encoding.T1 },
            x => new() { ['n'] = x.Source, ['d'] = x.Destination, ['i'] = x.Lowest, ['m'] = x.Lowest + x.Bits - 1 },
            x => NoSpPc(x.Destination) ?? If(x.Source == Sp, "SP where it must not be") ?? If(x.Bits < 1, "no bits")),
        Row.Of<Extend>(
            "11111010 0 oo u nnnn 1111 dddd 1 _ rr mmmm",
            f => f['o'] == 1 || f['o'] == 3
                ? null
                : new(f['u'] == 0, f['o'] == 0 ? 16 : 8, f['d'], f['m'], 8 * f['r'], f['n'])
                {
                    Encoding = f['n'] == None ? Encoding.T2 : Encoding.T1,
                },
            x => new()
            {
                ['o'] = x.Bits == 16 ? 0 : 2, ['u'] = x.IsSigned ? 0 : 1, ['n'] = x.Addend, ['d'] = x.Destination,
                ['r'] = x.Rotation / 8, ['m'] = x.Source,
            },
            x => NoSpPc(x.Destination, x.Source) ?? If(x.Addend == Sp, "SP where it must not be")),
        Reversal("111110101001 nnnn 1111 dddd 1000 mmmm", UnaryOperation.ReverseBytes, Encoding.T2),
        Reversal("111110101001 nnnn 1111 dddd 1001 mmmm", UnaryOperation.ReverseHalves, Encoding.T2),
        Reversal("111110101001 nnnn 1111 dddd 1010 mmmm", UnaryOperation.ReverseBits, Encoding.T1),
        Reversal("111110101001 nnnn 1111 dddd 1011 mmmm", UnaryOperation.ReverseSigned, Encoding.T2),
        Reversal("111110101011 nnnn 1111 dddd 1000 mmmm", UnaryOperation.LeadingZeros, Encoding.T1),
        Row.Of<Multiply>(
            "111110110000 nnnn aaaa dddd 000 o mmmm",
            ReadMultiply,
            x => new()
            {
                ['n'] = x.First, ['a'] = x.Addend, ['d'] = x.Destination, ['m'] = x.Second,
                ['o'] = x.Operation is MultiplyOperation.Subtract ? 1 : 0,
            },
            x => NoSpPc(x.Destination, x.First, x.Second)
                ?? If(x.Addend == Sp, "SP where it must not be")
                ?? If(x is { Operation: MultiplyOperation.Subtract, Addend: Pc }, "PC where it must not be")),
        Long("111110111000 nnnn llll hhhh 0000 mmmm", LongOperation.Signed),
        Long("111110111010 nnnn llll hhhh 0000 mmmm", LongOperation.Unsigned),
        Long("111110111100 nnnn llll hhhh 0000 mmmm", LongOperation.SignedAdd),
        Long("111110111110 nnnn llll hhhh 0000 mmmm", LongOperation.UnsignedAdd),
        Long("111110111110 nnnn llll hhhh 0110 mmmm", LongOperation.UnsignedAddBoth),
        Division("111110111001 nnnn ^^^^ dddd 1111 mmmm", isSigned: true),
        Division("111110111011 nnnn ^^^^ dddd 1111 mmmm", isSigned: false),
    ];

    private static Multiply ReadMultiply(Fields f) => new(
        f['o'] == 1 ? MultiplyOperation.Subtract : f['a'] == None ? MultiplyOperation.Multiply : MultiplyOperation.Add,
        FlagSetting.Kept, f['d'], f['n'], f['m'], f['a'])
    {
        Encoding = f['o'] == 0 && f['a'] == None ? Encoding.T2 : Encoding.T1,
    };

    private static Row Extraction(string pattern, bool isSigned) => Row.Of<ExtractBits>(
        pattern,
        f => new(isSigned, f['d'], f['n'], f['i'], f['w'] + 1) { Encoding = Encoding.T1 },
        x => new() { ['n'] = x.Source, ['d'] = x.Destination, ['i'] = x.Lowest, ['w'] = x.Bits - 1 },
        x => NoSpPc(x.Destination, x.Source) ?? If(x.Lowest + x.Bits > 32, "bits beyond the highest"));

    private static Row Reversal(string pattern, UnaryOperation operation, Encoding encoding) => Row.Of<Unary>(
        pattern,

        // The register stands in two places; where they differ, the row makes it SP, which is refused.
        f => new(operation, f['d'], f['n'] == f['m'] ? f['m'] : Sp) { Encoding = encoding },
        x => new() { ['n'] = x.Source, ['d'] = x.Destination, ['m'] = x.Source },
        x => If(NoSpPc(x.Destination, x.Source) is not null, "SP or PC where it must not be, or two different sources"));

    private static Row Long(string pattern, LongOperation operation) => Row.Of<MultiplyLong>(
        pattern,
        f => new(operation, f['l'], f['h'], f['n'], f['m']) { Encoding = Encoding.T1 },
        x => new() { ['n'] = x.First, ['l'] = x.Low, ['h'] = x.High, ['m'] = x.Second },
        x => NoSpPc(x.Low, x.High, x.First, x.Second) ?? If(x.Low == x.High, "one register for both halves"));

    private static Row Division(string pattern, bool isSigned) => Row.Of<Divide>(
        pattern,
        f => new(isSigned, f['d'], f['n'], f['m']) { Encoding = Encoding.T1 },
        x => new() { ['n'] = x.First, ['d'] = x.Destination, ['m'] = x.Second },
        x => NoSpPc(x.Destination, x.First, x.Second));
}

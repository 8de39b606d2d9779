using RbpfSpec.Host.Coap;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>The claims about the codec of CoAP: what is written of options and blocks is read, and nothing is said in two ways.</summary>
/// <remarks>About the compiled code of <see cref="OptionHeader"/> and <see cref="BlockValue"/>.</remarks>
public static class Codec
{
    private const int ValueBits = 24;
    private const int NumberBits = 20;

    private static readonly Term Value = Make.Variable("value", 32);
    private static readonly Term Nibble = Make.Variable("nibble", 4).ZeroExtended(32);
    private static readonly Term Behind = Make.Variable("behind", 16).ZeroExtended(32);

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
        ((Sequence<CodeClaim>)[Written, Read, Reserved, Block, Blocks, Offsets]).Select(claim => claim.ToClaim());

    private static CodeClaim Written => new(
        "host/coap/written",
        $"A number or length from 0 to {CoapOption.LongestValue} is said in 4 bits that are not reserved and as many bytes as these say, "
        + "and is read as it was.",
        new Clause("RFC 7252", "3.1"),
        [Value.Below(CoapOption.LongestValue + 1)],
        code =>
        {
            var nibble = Header(code, nameof(OptionHeader.Nibble), Value);
            var extension = Header(code, nameof(OptionHeader.Extension), Value);
            return Make.All(
                nibble.Below(15),
                extension.Below(Limit(Header(code, nameof(OptionHeader.ExtensionBytes), nibble))),
                Header(code, nameof(OptionHeader.Value), nibble, extension).EqualTo(Value));
        },
        [
            new("269 is said in one byte", nameof(OptionHeader.Nibble), (code, asked) => code([asked[0] - 1])),
            new("the least value of two bytes is 256", nameof(OptionHeader.Extension), (code, asked) =>
                Make.Choose(asked[0].Below(269), code(asked), asked[0] - 256)),
            new("the least value of one byte is not added", nameof(OptionHeader.Value), (code, asked) =>
                Make.Choose(asked[0].EqualTo(13), asked[1], code(asked))),
        ]);

    private static CodeClaim Read => new(
        "host/coap/read",
        "Of 4 bits that are not reserved and the bytes that they say, what is read is written as it was: no value is said in two ways.",
        new Clause("RFC 7252", "3.1"),
        [Nibble.Below(15)],
        code =>
        {
            var value = Header(code, nameof(OptionHeader.Value), Nibble, Behind);
            return Behind.Below(Limit(Header(code, nameof(OptionHeader.ExtensionBytes), Nibble))).Implies(Make.All(
                value.Below(CoapOption.LongestValue + 1),
                Header(code, nameof(OptionHeader.Nibble), value).EqualTo(Nibble),
                Header(code, nameof(OptionHeader.Extension), value).EqualTo(Behind)));
        },
        [
            new("two bytes begin where one byte does", nameof(OptionHeader.Value), (code, asked) =>
                Make.Choose(asked[0].EqualTo(14), asked[1] + 13, code(asked))),
            new("13 is said in 4 bits", nameof(OptionHeader.Nibble), (code, asked) =>
                Make.Choose(asked[0].EqualTo(13), asked[0], code(asked)) + Make.Choose(
                    asked[0].EqualTo(13), Make.Constant(1, 32), Make.Constant(0UL, 32))),
            new("a byte of extension is read as two", nameof(OptionHeader.ExtensionBytes), (code, asked) =>
                Make.Choose(asked[0].EqualTo(13), Make.Constant(2, 32), code(asked))),
        ]);

    private static CodeClaim Reserved => new(
        "host/coap/reserved",
        "The reserved value of 4 bits says more bytes than any datagram has; of the others none, one and two follow.",
        new Clause("RFC 7252", "3.1"),
        [],
        code => Header(code, nameof(OptionHeader.ExtensionBytes), Nibble).EqualTo(Make.Choose(
            Nibble.Below(13),
            Make.Constant(0UL, 32),
            Make.Choose(Nibble.EqualTo(13), Make.Constant(1, 32), Make.Choose(
                Nibble.EqualTo(14), Make.Constant(2, 32), Make.Constant(int.MaxValue, 32))))),
        [
            new("15 is taken as 14", nameof(OptionHeader.ExtensionBytes), (code, asked) =>
                code([Make.Choose(asked[0].EqualTo(15), Make.Constant(14, 32), asked[0])])),
            new("14 says one byte", nameof(OptionHeader.ExtensionBytes), (code, asked) =>
                code([Make.Choose(asked[0].EqualTo(14), Make.Constant(13, 32), asked[0])])),
            new("12 says one byte", nameof(OptionHeader.ExtensionBytes), (code, asked) =>
                Make.Choose(asked[0].EqualTo(12), Make.Constant(1, 32), code(asked))),
        ]);

    private static CodeClaim Block
    {
        get
        {
            var (number, more) = (Make.Variable("number", NumberBits).ZeroExtended(32), Make.Variable("more", 1).ZeroExtended(32));
            var exponent = Make.Variable("exponent", 3).ZeroExtended(32);
            return new(
                "host/coap/block",
                "A block's number below 2^20, whether more follow, and its exponent are a value of 24 bits, and are read as they were.",
                new Clause("RFC 7959", "2.2"),
                [],
                code =>
                {
                    var value = Bits(code, nameof(BlockValue.Of), number, more, exponent);
                    return Make.All(
                        value.Below(1UL << ValueBits),
                        Bits(code, nameof(BlockValue.NumberOf), value).EqualTo(number),
                        Bits(code, nameof(BlockValue.MoreOf), value).EqualTo(more),
                        Bits(code, nameof(BlockValue.ExponentOf), value).EqualTo(exponent));
                },
                [
                    new("the number begins a bit lower", nameof(BlockValue.NumberOf), (_, asked) => asked[0].Bits(3, 29).ZeroExtended(32)),
                    new("the last block is told as one that others follow", nameof(BlockValue.MoreOf), (_, _) => Make.Constant(1, 32)),
                    new("the exponent has two bits", nameof(BlockValue.ExponentOf), (_, asked) => asked[0].Bits(0, 2).ZeroExtended(32)),
                ]);
        }
    }

    private static CodeClaim Blocks
    {
        get
        {
            var value = Make.Variable("value", ValueBits).ZeroExtended(32);
            return new(
                "host/coap/blocks",
                "Of every value of 24 bits, what is read of a block is written as it was.",
                new Clause("RFC 7959", "2.2"),
                [],
                code => Bits(
                    code,
                    nameof(BlockValue.Of),
                    Bits(code, nameof(BlockValue.NumberOf), value),
                    Bits(code, nameof(BlockValue.MoreOf), value),
                    Bits(code, nameof(BlockValue.ExponentOf), value)).EqualTo(value),
                [
                    new("the number has 16 bits", nameof(BlockValue.NumberOf), (code, asked) => code(asked).Bits(0, 16).ZeroExtended(32)),
                    new("whether more follow is not written", nameof(BlockValue.Of), (code, asked) =>
                        code([asked[0], Make.Constant(0UL, 32), asked[2]])),
                    new("the exponent is that of the next size", nameof(BlockValue.ExponentOf), (code, asked) => code(asked) + 1),
                ]);
        }
    }

    private static CodeClaim Offsets
    {
        get
        {
            var (number, next) = (Make.Variable("number", NumberBits).ZeroExtended(32), Make.Variable("next", NumberBits).ZeroExtended(32));
            return new(
                "host/coap/offset",
                "Blocks of one size, of 16 to 1024 bytes, follow each other without a gap, and begin below 2^30.",
                new Clause("RFC 7959", "2.2"),
                [next.EqualTo(number + 1)],
                code => Make.All(Enumerable.Range(0, CoapBlock.GreatestExponent + 1).Select(exponent =>
                {
                    var known = Make.Constant((ulong)exponent, 32);
                    var size = Bits(code, nameof(BlockValue.Size), known);
                    var (start, after) = (
                        Bits(code, nameof(BlockValue.Offset), number, known), Bits(code, nameof(BlockValue.Offset), next, known));
                    return Make.All(
                        size.EqualTo(16UL << exponent), after.EqualTo(start + size.ZeroExtended(64)), start.Below(1UL << 30));
                })),
                [
                    new("blocks overlap by a byte", nameof(BlockValue.Offset), (code, asked) => code(asked) - asked[0].ZeroExtended(64)),
                    new("the size is that of the next exponent", nameof(BlockValue.Size), (code, asked) => code([asked[0] + 1])),
                    new("the offset has 16 bits", nameof(BlockValue.Offset), (code, asked) => code(asked).Bits(0, 16).ZeroExtended(64)),
                ])
            {
                Suggested = [(Make.Variable("next", NumberBits), Make.Variable("number", NumberBits) + 1)],
            };
        }
    }

    // How many values so many bytes have: of none, one.
    private static Term Limit(Term bytes) => Make.Choose(
        bytes.EqualTo(0),
        Make.Constant(1, 32),
        Make.Choose(bytes.EqualTo(1), Make.Constant(1UL << 8, 32), Make.Constant(1UL << 16, 32)));

    private static Term Header(CompiledCode code, string method, params Sequence<Term> arguments) =>
        code.Call(typeof(OptionHeader), method, arguments);

    private static Term Bits(CompiledCode code, string method, params Sequence<Term> arguments) =>
        code.Call(typeof(BlockValue), method, arguments);
}

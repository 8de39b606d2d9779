using RbpfSpec.Assembly;

namespace RbpfSpec.Conformance.Tests.Fixtures;

/// <summary>Programs for the tests.</summary>
internal static class Code
{
    /// <summary>The program bytes of assembly text.</summary>
    public static Sequence<byte> Of(string text) => Assembler.Parse(text) switch
    {
        Assembled.Success(var program, _, _) => Sequence.Of<byte>(program.ToBytes()),
        Assembled.Failure(var errors) => throw new ShouldAssertException($"{text}\n{string.Join('\n', errors)}"),
    };

    /// <summary>The same, in hexadecimal.</summary>
    public static string HexOf(string text) => Convert.ToHexStringLower(Of(text).AsSpan());
}

using RbpfSpec.Interp.Compact;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Tests.Compact;

/// <summary>Every encoding has a code, and every code a handler.</summary>
public sealed class CodesTests
{
    [Fact]
    public void Every_encoding_has_a_code() =>
        OperationTable.Forms.Select(Codes.Of).ShouldAllBe(code => Enum.IsDefined(code));

    [Fact]
    public void Codes_that_encodings_share_are_those_of_moves_byte_order_and_always() =>
        OperationTable.Forms
            .GroupBy(Codes.Of)
            .Where(forms => forms.Count() > 1)
            .Select(forms => string.Join(' ', forms.Select(form => form.Id)))
            .ShouldBe(
            [
                "alu/mov32-k alu/mov64-k imm/lddw imm/lddw-map-by-fd imm/lddw-map-val-by-fd imm/lddw-var-addr "
                    + "imm/lddw-code-addr imm/lddw-map-by-idx imm/lddw-map-val-by-idx",
                "alu/be16 alu/bswap16",
                "alu/be32 alu/bswap32",
                "alu/be64 alu/bswap64",
                "jmp/ja jmp/ja32",
                "packet/ldabsb packet/ldindb",
                "packet/ldabsh packet/ldindh",
                "packet/ldabsw packet/ldindw",
            ]);

    [Fact]
    public unsafe void Every_code_has_a_handler_of_its_own_but_for_those_of_helpers()
    {
        var handlers = Enum.GetValues<Code>().ToDictionary(code => code, code => (nint)HandlerTable.Of(code));

        handlers.Values.ShouldAllBe(handler => handler != 0);
        handlers.Values.Distinct().Count().ShouldBe(handlers.Count - 1);
        handlers[Code.CallHelper].ShouldBe(handlers[Code.CallBtf]);
    }
}

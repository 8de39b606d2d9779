using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>The table makes sense, and what is compiled in is what it says.</summary>
public sealed class EngineTableTests
{
    [Fact]
    public void It_makes_sense() => TableProblems.Of(EngineTable.Rows, OperationTable.Forms).ShouldBeEmpty();

    [Fact]
    public void Each_row_is_a_code_in_the_same_order() =>
        Enum.GetNames<Code>().ShouldBe(EngineTable.Rows.Select(row => row.Code));

    [Fact]
    public void Each_encoding_has_the_code_of_its_row() =>
        OperationTable.Forms.Select(form => $"{form.Id} {Codes.Of(form)}")
            .ShouldBe(OperationTable.Forms.Select(form =>
                $"{form.Id} {EngineTable.Rows.Single(row => row.Has?.Invoke(form) is true).Code}"));

    // By what the names of rules say, not by the table's own words.
    [Theory]
    [InlineData("alu/add32-k", "Add32K")]
    [InlineData("alu/smod64-x", "ModuloSigned64X")]
    [InlineData("alu/movsx16to32", "MoveSigned16To32")]
    [InlineData("alu/le32", "Keep32")]
    [InlineData("jmp/jsle32-x", "IfLessOrEqualSigned32X")]
    [InlineData("jmp/ja32", "Always")]
    [InlineData("mem/ldxsh", "LoadSigned2")]
    [InlineData("mem/stw", "Store4K")]
    [InlineData("mem/stxb", "Store1X")]
    [InlineData("atomic/fetch-xor64", "AtomicFetchXor8")]
    [InlineData("atomic/add32", "AtomicAdd4")]
    [InlineData("packet/ldindh", "Packet2")]
    public void An_encoding_has_the_code_that_its_name_says(string id, string code) =>
        $"{Codes.Of(OperationTable.Forms.Single(form => form.Id == id))}".ShouldBe(code);
}

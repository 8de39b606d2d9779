using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Tables;

namespace RbpfSpec.Specification.Tests.Tables;

public class OpcodeTableTests
{
    [Fact]
    public void A_row_says_what_selects_the_encoding()
    {
        var rows = OpcodeTable.Create().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        rows.Length.ShouldBe(1 + OperationTable.Forms.Count);
        rows.ShouldContain("0x3f\tr0..r10\tr0..r10\t1\t0\t-\talu/sdiv64-x\tsdiv\tALU64\t64\tdivmul64\tRFC 9669 §4.1");
        rows.ShouldAllBe(row => row.Split('\t').Length == 12);
    }
}

using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>The derived list of encodings.</summary>
public sealed class OperationTableTests
{
    [Fact]
    public void There_are_170_executable_encodings() => OperationTable.Forms.Count.ShouldBe(170);

    [Fact]
    public void Rule_ids_are_unique() =>
        OperationTable.Forms.Select(form => form.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(170);

    [Fact]
    public void A_form_is_found_by_its_rule_id_and_by_no_other()
    {
        OperationTable.Forms.ShouldAllBe(form => OperationTable.WithId(form.Id) == form);
        Should.Throw<InvalidOperationException>(() => OperationTable.WithId("alu/div32"));
    }

    [Fact]
    public void Encodings_use_125_opcode_bytes() =>
        Enumerable.Range(0, 256).Count(opcode => !OperationTable.WithOpcode((byte)opcode).IsEmpty).ShouldBe(125);

    [Theory]
    [InlineData(ConformanceGroup.Base32, 67)]
    [InlineData(ConformanceGroup.Base64, 57)]
    [InlineData(ConformanceGroup.Divmul32, 10)]
    [InlineData(ConformanceGroup.Divmul64, 10)]
    [InlineData(ConformanceGroup.Atomic32, 10)]
    [InlineData(ConformanceGroup.Atomic64, 10)]
    [InlineData(ConformanceGroup.Packet, 6)]
    public void Each_group_has_as_many_encodings_as_the_RFC_lists(ConformanceGroup group, int count) =>
        OperationTable.Forms.Count(form => form.Group == group).ShouldBe(count);
}

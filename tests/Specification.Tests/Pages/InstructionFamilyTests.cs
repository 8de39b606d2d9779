using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public class InstructionFamilyTests
{
    [Fact]
    public void Every_operation_is_in_one_family_and_no_family_is_empty()
    {
        OperationTable.All.Where(operation => InstructionFamily.All.Count(family => family.Has(operation)) != 1)
            .Select(operation => operation.Mnemonic).ShouldBeEmpty();
        InstructionFamily.All.Where(family => !OperationTable.All.Any(family.Has)).Select(family => family.File).ShouldBeEmpty();
    }
}

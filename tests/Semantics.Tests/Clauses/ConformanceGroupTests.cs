using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Semantics.Tests.Clauses;

public sealed class ConformanceGroupTests
{
    // RFC 9669 §2.4.
    [Fact]
    public void Groups_have_the_names_of_the_RFC() =>
        Enum.GetValues<ConformanceGroup>().Select(group => group.Name())
            .ShouldBe(["base32", "base64", "divmul32", "divmul64", "atomic32", "atomic64", "packet"]);
}

using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Semantics.Tests.Clauses;

public sealed class ClauseTests
{
    [Fact]
    public void A_clause_is_cited_by_document_and_section()
    {
        Clause.Rfc("4.1").ToString().ShouldBe("RFC 9669 §4.1");
        Clause.Abi("registers").ToString().ShouldBe("BPF ABI §registers");
        Clause.Spec("stack").ToString().ShouldBe("RbpfSpec §stack");
    }
}

using RbpfSpec.Proofs.Validity;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Tests.Validity;

public sealed class EncodingsTests
{
    [Fact]
    public void Every_opcode_and_every_encoding_has_its_claim()
    {
        var ids = Encodings.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        OperationTable.Forms.Select(form => $"encoding/slot/0x{form.Opcode:x2}").Append("encoding/slot/others").Except(ids).ShouldBeEmpty();
        OperationTable.Forms.Select(form => $"encoding/inverse/{form.Id}").Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public void Every_claim_has_a_mutant() => Encodings.Claims.ShouldAllBe(claim => !claim.Mutants.IsEmpty);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_check_left_out_lets_a_slot_be_neither_encoding_nor_problem()
    {
        var lines = Tried.Counterexample(Encodings.Claims, "encoding/slot/0x37", "the check encoding is left out");

        lines.ShouldContain(line => line.StartsWith("the decoder: slot 0: opcode 0x37 with offset", StringComparison.Ordinal));
        lines[^1].ShouldBe("of the checks asked, it breaks []; it is made of []");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_field_that_is_not_encoded_is_not_found_again() =>
        Tried.Counterexample(Encodings.Claims, "encoding/inverse/imm/lddw", "next_imm is not encoded")
            .ShouldContain(line => line.Contains("lddw", StringComparison.Ordinal));

    [Fact]
    [Trait("Needs", "solver")]
    public void A_field_taken_from_half_of_its_bits_is_seen() =>
        Tried.Try(Encodings.Claims, "encoding/fields").Mutants.Count.ShouldBe(3);
}

using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Proving.Tests.Ledgers;

public class ProofInputsTests : Scratch
{
    [Fact]
    public void A_ledger_is_known_to_who_noted_it_as_long_as_it_is_the_same()
    {
        var ledger = Write("ledger.json", "one");
        ProofInputs.Keep("aa", ledger);

        ProofInputs.Wrote("aa", ledger).ShouldBeTrue();
        ProofInputs.Wrote("bb", ledger).ShouldBeFalse();
        ProofInputs.Wrote(null, ledger).ShouldBeFalse();
        ProofInputs.Wrote("aa", At("none")).ShouldBeFalse();
        Write("ledger.json", "two");
        ProofInputs.Wrote("aa", ledger).ShouldBeFalse();
    }

    [Fact]
    public void Several_programs_can_note_a_ledger_and_what_is_of_others_goes()
    {
        var ledger = Write("ledger.json", "one");
        ProofInputs.Keep("aa", ledger);
        ProofInputs.Keep("bb", ledger);

        ProofInputs.Wrote("aa", ledger).ShouldBeTrue();
        ProofInputs.Wrote("bb", ledger).ShouldBeTrue();
        Write("ledger.json", "two");
        ProofInputs.Keep("cc", ledger);
        File.ReadAllLines(ledger + ".inputs").ShouldHaveSingleItem();
    }

    [Fact]
    public void The_notes_of_two_branches_go_together_line_by_line()
    {
        var ledger = Write("ledger.json", "one");
        ProofInputs.Keep("aa", ledger);
        var ours = File.ReadAllText(ledger + ".inputs");
        ProofInputs.Wrote("aa", Write("ledger.json", "one")).ShouldBeTrue();
        Write("ledger.json.inputs", $"program 12 ledger 34\n{ours}nonsense\n");

        ProofInputs.Wrote("aa", ledger).ShouldBeTrue();
        ProofInputs.Wrote("12", ledger).ShouldBeFalse();
    }
}

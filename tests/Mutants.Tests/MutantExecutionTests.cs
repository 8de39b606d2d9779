using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Mutants.Tests;

public sealed class MutantExecutionTests
{
    [Fact]
    public void Without_a_change_a_rule_does_on_mutant_words_what_it_does() =>
        Law.Holds(seed: 31, 5000, Draw, execution =>
            new MutantExecution<Word>(execution).Execute().From(execution.State)
                .ShouldBe(execution.Form.Operation.Execute(execution).From(execution.State)));

    [Fact]
    public void A_mutant_of_a_walk_is_wrong_about_every_region()
    {
        var form = Generators.FormOf("mem/ldxdw");
        var one = Operations(form, 1);

        one.ShouldNotBeEmpty();
        Operations(form, 3).ShouldBe(one);
        one.ShouldContain(changed => changed.Place.Walk == 2);
        ChangedOperation.InThisState(new MutantExecution<Word>(Execution(form, 3)).Execute).Count
            .ShouldBeGreaterThan(ChangedOperation.InThisState(new MutantExecution<Word>(Execution(form, 1)).Execute).Count);
    }

    [Fact]
    public void Bodies_of_helpers_go_wrong_only_if_they_are_given_over_mutant_words()
    {
        var call = Generators.FormOf("jmp/call-helper");
        var execution = Execution(call, 1) with { State = Execution(call, 1).State with { Host = Host.DefaultHost.Granting([0x10]) } };
        execution = execution with { Fields = execution.Fields with { Immediate = Word.Wrap(0x10, Width.Bits32) } };

        var ofRule = ChangedOperation.InThisState(new MutantExecution<Word>(execution).Execute);
        var withBody = ChangedOperation.InThisState(
            new MutantExecution<Word>(execution, Host.DefaultHost.StoreFunctions<MutantWord<Word>>()).Execute);

        // A choice is made in the body alone.
        ofRule.ShouldNotBeEmpty();
        ofRule.ShouldAllBe(changed => changed.Change.Kind != ChangeKind.SwappedBranches);
        withBody.ShouldContain(changed => changed.Change.Kind == ChangeKind.SwappedBranches);
    }

    private static Sequence<ChangedOperation> Operations(Form form, int regions) =>
        MutantRun.Changes(MutantScope.EveryState, new MutantExecution<Word>(Execution(form, regions)).Execute);

    private static Execution<Word> Execution(Form form, int regions)
    {
        var state = new Start(Profile.Rbpf).State();
        var region = state.Memory.Regions[0];
        return new(
            form,
            new(
                Word.Wrap(1, Width.Bits4),
                Word.Wrap(2, Width.Bits4),
                Word.Wrap(0, Width.Bits16),
                Word.Wrap(0, Width.Bits32),
                Word.Wrap(0, Width.Bits32)),
            state with { Memory = state.Memory.WithRegions(Sequence.Generate(regions, _ => region)) },
            Profile.Rbpf);
    }

    private static Execution<Word> Draw(Dice dice)
    {
        var instruction = dice.AnyInstruction();
        return new(instruction.Form, instruction.Fields<Word>(), dice.StateOf(Profile.Rbpf), Profile.Rbpf);
    }
}

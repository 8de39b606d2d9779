using RbpfSpec.Interp;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Fuzzing.Tests;

/// <summary>Programs are the same for a seed, and a machine with a bug is found out.</summary>
public sealed class FuzzerTests
{
    private static readonly Setting Rbpf = Setting.Of(Profile.Rbpf);

    /// <summary>A machine that takes 64-bit XOR of a register for OR.</summary>
    private static readonly ComparedMachine Mutant = new("mutant", (program, state, visits) =>
    {
        const byte xor = 0xaf;
        const byte or = 0x4f;
        var slots = program.Program.Slots.Map(slot => slot.Opcode == xor ? new Slot((slot.Bits & ~0xffUL) | or) : slot);
        var end = ComparedMachine.Reference.Run(Checked(new(slots)), state, visits);
        return end;
    });

    [Fact]
    public void A_seed_and_a_number_stand_for_one_program()
    {
        var first = FuzzCase.Draw(Rbpf, 7, 3, out _);

        FuzzCase.Draw(Rbpf, 7, 3, out _).ShouldBe(first);
        FuzzCase.Draw(Rbpf, 7, 4, out _).ShouldNotBe(first);
        FuzzCase.Draw(Rbpf, 8, 3, out _).ShouldNotBe(first);
    }

    [Fact]
    public void Threads_change_nothing_of_what_is_found()
    {
        var one = new Fuzzer(Rbpf, ComparedMachine.Of(Engine.Switch), ComparedMachine.Reference, 5).Run(2_000, null, 1);
        var two = new Fuzzer(Rbpf, ComparedMachine.Of(Engine.Switch), ComparedMachine.Reference, 5).Run(2_000, null, 2);

        one.Divergence.ShouldBeNull();
        two.Divergence.ShouldBeNull();
        one.Coverage.Programs.ShouldBe(2_000);
        two.Coverage.Executed.ShouldBe(one.Coverage.Executed);
        two.Coverage.Exits.ShouldBe(one.Coverage.Exits);
        new Fuzzer(Rbpf, Mutant, ComparedMachine.Reference, 5).Run(2_000, null, 2).Divergence
            .ShouldBe(new Fuzzer(Rbpf, Mutant, ComparedMachine.Reference, 5).Run(2_000, null, 1).Divergence);
    }

    [Fact]
    public void Every_rule_and_every_trap_of_the_profile_is_met_in_some_thousand_programs()
    {
        var coverage = new Fuzzer(Rbpf, ComparedMachine.Of(Engine.Auto), ComparedMachine.Reference, 1).Run(10_000, null, 2).Coverage;

        coverage.Executed.Where(rule => rule.Count == 0).Select(rule => rule.Form.Id).ShouldBeEmpty();
        Rbpf.Traps.Where(trap => coverage[trap] == 0).ShouldBeEmpty();
        coverage.Executed.Count()
            .ShouldBe(OperationTable.Forms.Count(form => Profile.Rbpf.Has(form.Group) && Profile.Rbpf.Grants(form.Needs)));
    }

    [Fact]
    public void A_mutant_is_found_and_made_small()
    {
        var fuzzer = new Fuzzer(Rbpf, Mutant, ComparedMachine.Reference, 1);
        var found = fuzzer.Run(10_000, null, 2).Divergence.ShouldNotBeNull();

        found.Case.Body.Select(instruction => instruction.Form.Id).ShouldBe(["alu/xor64-x", "jmp/exit"]);
        found.Case.Beginning.Context.ShouldAllBe(item => item == 0);
        var text = found.ToString();
        text.ShouldContain("  xor %r");
        text.ShouldContain("\nbudget     0 branches, any number of instructions\n");
        text.ShouldContain(", found 0x");
        fuzzer.RunOne(found.Number).Divergence.ShouldBe(found);
        fuzzer.Run(found.Number, null, 1).Divergence.ShouldBeNull();
    }

    [Fact]
    public void A_machine_that_throws_is_told_with_the_program()
    {
        var mutant = new ComparedMachine("mutant", (_, _, _) => throw new InvalidDataException("no such step"));
        var fuzzer = new Fuzzer(Rbpf, mutant, ComparedMachine.Reference, 6);

        Should.Throw<InvalidOperationException>(() => fuzzer.RunOne(12)).Message
            .ShouldBe("program 12 of seed 6 ends in an exception: no such step");
    }

    [Fact]
    public void What_differs_in_memory_is_told_by_its_bytes()
    {
        var mutant = new ComparedMachine("mutant", (program, state, visits) =>
        {
            var end = ComparedMachine.Reference.Run(program, state, visits);
            if (end is not Outcome<Word>.Exited exited) return end;
            var regions = exited.State.Memory.Regions;
            var stack = regions[0] with { Bytes = regions[0].Bytes.Write(Word.Of(510), Word.Wrap(9, Width.Bits8), Truth<Word>.Of(true)) };
            return new Outcome<Word>.Exited(exited.State with { Memory = exited.State.Memory.WithRegions(regions.With(0, stack)) });
        });

        var found = new Fuzzer(Rbpf, mutant, ComparedMachine.Reference, 1).Run(100, null, 1).Divergence.ShouldNotBeNull();

        found.ToString().ShouldStartWith("  exit\n");
        found.ToString().ShouldEndWith("stack+510  expected 00, found 09\n");
    }

    private static CheckedProgram Checked(Program program) => CheckedProgram.Check(program, 0, Rbpf.Rules, out _)!;
}

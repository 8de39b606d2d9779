using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Diagnosis;

public sealed class VectorStreamTests
{
    [Fact]
    public void A_seed_and_a_number_stand_for_one_vector()
    {
        var stream = new VectorStream(Profile.Rbpf, 7);

        new VectorStream(Profile.Rbpf, 7).Of(3).ShouldBe(stream.Of(3));
        stream.Of(4).ShouldNotBe(stream.Of(3));
        new VectorStream(Profile.Rbpf, 8).Of(3).Program.ShouldNotBe(stream.Of(3).Program);
    }

    // Whatever a machine may choose does not show; all instructions that need nothing of the harness do.
    [Fact]
    public void Vectors_need_nothing_and_meet_every_rule()
    {
        var profile = Profile.Rfc9669;
        var stream = new VectorStream(profile, 1);
        var machine = new VectorMachine(profile);
        var vectors = Enumerable.Range(0, 1200).AsParallel().Select(number => stream.Of((ulong)number)).ToList();

        vectors.Where(vector => !vector.Needs.IsEmpty || !Choices.AreNone(machine, vector)).ShouldBeEmpty();
        var rules = vectors.SelectMany(vector => Traits.RulesIn(((VectorProgram.Code)vector.Program).Bytes)).ToHashSet();
        OperationTable
            .Forms.Where(form =>
                profile.Has(form.Group)
                && profile.Grants(form.Needs)
                && form.Operation is not (CallOperation.ByHelperId or CallOperation.ByBtfId or PacketLoad))
            .Select(form => form.Id).Where(id => !rules.Contains(id)).ShouldBeEmpty();
        vectors.Count(vector => vector.Expectation is Expectation.Traps).ShouldBeInRange(20, 600);
    }

    [Fact]
    public void A_program_that_shows_what_a_machine_may_choose_is_told_from_one_that_does_not()
    {
        var machine = new VectorMachine(Profile.Rfc9669);

        foreach (var (text, isPortable) in (ReadOnlySpan<(string, bool)>)
        [
            ("mov %r0, 7\nexit", true),
            ("mov %r0, %r2\nexit", true),
            ("mov %r0, %r1\nsub %r0, %r1\nexit", true),
            ("ldxdw %r0, [%r1]\nexit", true),
            ("mov %r0, %r1\nexit", false),
            ("mov %r0, %r10\nand %r0, 31\nexit", false),
            ("mov %r0, %r3\nexit", false),
            ("exit", false),
            ("ldxdw %r0, [%r10-8]\nexit", false),
            ("stdw [%r10-8], 1\nldxdw %r0, [%r10-8]\nexit", true),
            ("call local f\nexit\nf:\nldxdw %r0, [%r10-8]\nexit", false),
        ])
        {
            var plain = Fuzzing.PlainCase.Of(Code.Of(text).AsSpan(), [1, 2, 3, 4, 5, 6, 7, 8]).ShouldNotBeNull();
            Choices.AreNone(machine, ProgramVector.Of(machine, plain, "sample", out _).ShouldNotBeNull()).ShouldBe(isPortable, text);
        }
    }

    [Fact]
    public void A_machine_of_ours_deviates_on_none_and_as_many_are_run_as_are_asked_for()
    {
        var outcome = MachineFuzz.Run(new MachineUnderTest.Own(Profile.Rbpf), new(Profile.Rbpf, 3), 0, 300, null, 2);

        outcome.Programs.ShouldBe(300);
        outcome.Results.Where(result => result.IsDeviation).ShouldBeEmpty();
    }

    [Fact]
    public void A_machine_that_does_not_start_ends_the_run()
    {
        var outcome = MachineFuzz.Run(
            new MachineUnderTest.Batch("/no/such/machine", TimeSpan.FromSeconds(20), []),
            new(Profile.Rbpf, 3),
            0, null, null, 2);

        outcome.Results.ShouldContain(result => result.Reply is MachineReply.NotStarted);
    }
}

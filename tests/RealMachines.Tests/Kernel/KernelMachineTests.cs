using RbpfSpec.Assembly;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.RealMachines.Kernel;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.RealMachines.Tests.Kernel;

/// <summary>The kernel of this computer, where it can be asked; elsewhere, that the reason is told.</summary>
public sealed class KernelMachineTests
{
    [Fact]
    public void Where_it_cannot_be_had_one_line_says_why_and_what_is_expected()
    {
        var machine = KernelMachine.Create(out var problem);

        (machine is null).ShouldBe(problem != "");
        if (machine is null) problem.ShouldContain("; expected ");
        problem.ShouldNotContain('\n');
    }

    // Of each: what came out, or null where the verifier does not take it.
    [Theory]
    [InlineData("mov %r0, 7\nexit", "", 7UL)]
    [InlineData("lddw %r0, 0x1122334455667788\nexit", "", 0x1122334455667788UL)]
    [InlineData("mov %r0, -1\nexit", "", ulong.MaxValue)]
    [InlineData("ldxb %r0, [%r1+1]\nadd %r0, %r2\nexit", "0a0b0c", 14UL)]
    [InlineData("ldxdw %r0, [%r10-8]\nexit", "", 0UL)]
    [InlineData("mov %r0, 1\njeq %r0, 1, +1\nexit\nmov %r0, 2\nexit", "", 2UL)]
    [InlineData("mov %r1, 3\ncall local +1\nexit\nmov %r0, %r1\nexit", "", 3UL)]
    [InlineData("ldxb %r0, [%r1+3]\nexit", "0a0b0c", null)]
    [InlineData("mov %r0, 7", "", null)]
    public void It_runs_programs_and_refuses_those_that_are_not_safe(string text, string memory, ulong? r0)
    {
        if (KernelMachine.Create(out _) is not { } machine) return;

        var reply = Replies(machine, Given(text, memory)).Single();

        if (r0 is { } value) reply.ShouldBe(new MachineReply.Returned(value));
        else reply.ShouldBeOfType<MachineReply.Declined>().Detail.ShouldStartWith("the verifier refuses it: ");
    }

    [Fact]
    public void One_program_runs_on_many_memories_each_from_its_own_beginning()
    {
        if (KernelMachine.Create(out _) is not { } machine) return;
        const string text = "ldxb %r0, [%r1]\nstb [%r1], 0\nexit";

        Replies(machine, Given(text, "05"), Given(text, "05"), Given(text, "07"), Given(text, "0907"))
            .ShouldBe(((ulong[])[5, 5, 7, 9]).Select(value => new MachineReply.Returned(value)));
    }

    [Fact]
    public void A_refusal_is_right_for_what_must_not_run_and_says_nothing_of_what_may()
    {
        if (KernelMachine.Create(out _) is not { } machine) return;
        List<string> logs = [];
        machine = KernelMachine.Create(out _, logs.Add)!;
        var bad = Given("ldxb %r0, [%r1+3]\nexit", "0a0b0c");
        var expectations = (Expectation[])
            [new Expectation.Traps(Trap.MemoryAccess, 0), new Expectation.Refuses(), new Expectation.Returns(0)];

        TestRun.Of(machine, [.. expectations.Select(each => bad with { Expectation = each })], jobs: 1)
            .Select(result => result.Status)
            .ShouldBe([TestStatus.Passed, TestStatus.Passed, TestStatus.Unsupported]);
        logs.ShouldHaveSingleItem().ShouldContain("invalid access to map value");
    }

    [Fact]
    public void Generated_programs_do_there_what_they_do_here()
    {
        if (KernelMachine.Create(out _) is not { } machine) return;

        var outcome = MachineFuzz.Run(machine, new VectorStream(Profile.Rfc9669, seed: 17), first: 0, programs: 100, time: null, jobs: 1);

        outcome.Programs.ShouldBe(100);
        outcome.Results.Where(result => result.IsDeviation).Select(result => $"{result.Vector.Name}: {result.Reason}").ShouldBeEmpty();
        outcome.Results.Count(result => result.Status is TestStatus.Passed).ShouldBeGreaterThan(50);
        (outcome.Results.Count + outcome.Declined.Count).ShouldBe(100);
    }

    private static IReadOnlyList<MachineReply> Replies(MachineUnderTest machine, params Vector[] vectors)
    {
        using var session = machine.Open(new());
        return session.Run(vectors);
    }

    private static Vector Given(string text, string memory) => new(
        text,
        new VectorProgram.Code(
        [
            .. Assembler.Parse(text, Syntax.Conformance).ShouldBeOfType<Assembled.Success>().Program.Slots
                .SelectMany(slot => Convert.FromHexString(slot.ToString())),
        ]),
        [.. Convert.FromHexString(memory)],
        new Expectation.Returns(0));
}

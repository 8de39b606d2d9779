using RbpfSpec.Host;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Serving.Tests;

/// <summary>The machine makes of a container what the reference machine makes of it: all that a device keeps and tells.</summary>
public sealed class ContainerMachineTests
{
    private const int Programs = 600;

    private static readonly Region<Word> Table = Region.Of("data", 0x3000_0000, [1, 2, 3, 4, 5, 6, 7, 8], Permission.ReadWrite);

    private static readonly Sequence<Sensor> Sensors =
        [new("lamp", 0x42, null, IsActuator: true), new("thermometer", 0x82, Reading.Of(-305, Reading.Celsius, -1))];

    [Theory]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(300)]
    public void A_budget_ends_a_run_at_the_same_instruction(int turns)
    {
        var container = Admitted($"r0 = 0\nr1 = {turns}\nnext:\nr0 += 3\nr1 -= 1\nif r1 != 0 goto next\nexit");

        Ran(container).Container.Fault?.Trap.ShouldBe(Trap.BranchBudget);
        Ran(container).Container.IsStarted.ShouldBe(turns <= 201);
    }

    [Fact]
    public void What_a_program_brings_along_is_new_at_each_run()
    {
        var container = Admitted("r1 = 0x30000000 ll\nr0 = *(u64 *)(r1 + 0)\nr2 = 0\n*(u64 *)(r1 + 0) = r2\nexit");
        var machine = Kept();

        for (var i = 0; i < 3; i++)
        {
            var run = ContainerRun.Of(container, Shared, Handed.Nothing, 0, machine);
            run.ShouldBe(ContainerRun.Of(container, Shared, Handed.Nothing, 0, Reference));
            run.Container.Result.ShouldBe(0x0807_0605_0403_0201ul);
        }
    }

    [Fact]
    public void Copies_and_writes_of_helpers_stay_within_their_views()
    {
        // memcpy within the stack, whose ranges overlap; then one that ends beyond it.
        const string Copy = "r6 = 0x1122334455667788 ll\n*(u64 *)(r10 - 16) = r6\nr1 = r10\nr1 += -12\nr2 = r10\nr2 += -16\nr3 = 8\n"
            + "call 0x02\nr0 = *(u64 *)(r10 - 8)\nr1 = r10\nr1 += -4\nr2 = r10\nr2 += -16\nr3 = 8\ncall 0x02\nexit";

        Ran(Admitted(Copy)).Container.Fault.ShouldNotBeNull().Trap.ShouldBe(Trap.MemoryAccess);
    }

    /// <summary>Programs that call helpers with all sorts of arguments, several times each, with and without a request.</summary>
    [Fact]
    public void Drawn_programs_do_the_same()
    {
        var (ended, faulted) = (0, 0);
        for (var seed = 1ul; seed <= Programs; seed++)
        {
            var dice = new Dice(seed);
            var container = Admitted(Drawn(dice));
            var (machine, other, shared) = (Kept(), container, Shared);
            for (var turn = 0; turn < 3; turn++)
            {
                var handed = HandedBy(dice);
                var now = (ulong)dice.Between(0, 5_000_000);
                var expected = ContainerRun.Of(other, shared, handed, now, Reference);

                ContainerRun.Of(other, shared, handed, now, machine).ShouldBe(expected, $"seed {seed}");

                (other, shared) = (expected.Container with { IsStarted = true, Fault = null }, expected.Shared);
                if (expected.Container.Fault is null) ended++;
                else faulted++;
            }
        }

        ended.ShouldBeGreaterThan(Programs / 2);
        faulted.ShouldBeGreaterThan(Programs / 10);
    }

    private static Shared Shared => new(Store<Word>.Empty(Store<Word>.DefaultCapacity), Sensors);

    private static IMachine Reference(Semantics.Validity.CheckedProgram program) => new ConcreteMachine(program);

    private static Func<Semantics.Validity.CheckedProgram, IMachine> Kept() => Machines.Kept(program => new ContainerMachine(program));

    private static ContainerRun Ran(Container container)
    {
        var run = ContainerRun.Of(container, Shared, Handed.Nothing, 0, Kept());
        run.ShouldBe(ContainerRun.Of(container, Shared, Handed.Nothing, 0, Reference));
        return run;
    }

    private static Container Admitted(string text)
    {
        Manifest manifest = new(Profile.Rbpf, BudgetClass.Snippet, HelperCatalogue.Ids);
        return Container.Of(Application.Admit(manifest, RunningServer.Program(text), out var problem, entry: 0, [Table])
            .ShouldNotBeNull(problem));
    }

    private static Handed HandedBy(Dice dice) => dice.Between(0, 3) switch
    {
        0 => Handed.Nothing,
        1 => Handed.Nothing with { Context = Sequence.Of<byte>(dice.Bytes(dice.Between(1, 70))) },
        _ => new(
            Sequence.Of<byte>(dice.Bytes(Reply.ContextSize)), Sequence.Of<byte>(dice.Bytes(Reply.BufferSize)), new(dice.Between(0, 8))),
    };

    // r6 is the context, r7 the last result; each call is followed by one whose arguments may come of it.
    private static string Drawn(Dice dice)
    {
        List<string> lines = ["r6 = r1", "r7 = 0", "*(u64 *)(r10 - 8) = r7", "*(u64 *)(r10 - 64) = r10"];
        for (var calls = dice.Between(1, 8); calls > 0; calls--)
        {
            for (var register = 1; register <= 5; register++) lines.AddRange(Argument(dice, $"r{register}"));
            lines.Add($"call 0x{HelperCatalogue.Ids[dice.Between(0, HelperCatalogue.Ids.Count - 1)]:x}");
            lines.Add("r7 = r0");
            if (dice.Between(0, 3) == 0) lines.Add($"*(u64 *)(r10 - {8 * dice.Between(1, 64)}) = r0");
        }

        return string.Join('\n', [.. lines, "r0 = r7", "exit"]);
    }

    private static string[] Argument(Dice dice, string register) => dice.Between(0, 7) switch
    {
        0 => [$"{register} = r7"],
        1 => [$"{register} = r6"],
        2 or 3 => [$"{register} = r10", $"{register} += -{dice.Pick(1, 4, 8, 9, 16, 40, 64, 512)}"],
        4 => [$"{register} = 0x{Reply.BufferAddress + (ulong)dice.Between(0, 520):x} ll"],
        5 => [$"{register} = 0x{0x3000_0000 + dice.Between(0, 8):x} ll"],
        6 => [$"{register} = {dice.Pick(0, 1, 2, 4, 7, 8, 69, 132, -1, -2, 1000)}"],
        _ => [$"{register} = {dice.Between(0, 64)}"],
    };
}

using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests.Containers;

public sealed class ContainerRunTests
{
    // The storage sample of RIOT: A += 1, B = (B + 1) * 2, C = A + B, under the keys 5, 15 and 3.
    private const string Storage =
        """
        r2 = r10
        r2 += -8
        r1 = 5
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 5
        r2 = r6
        call 0x10
        r2 = r10
        r2 += -8
        r1 = 15
        call 0x12
        r7 = *(u32 *)(r10 - 8)
        r7 += 1
        r7 *= 2
        r1 = 15
        r2 = r7
        call 0x10
        r6 += r7
        r1 = 3
        r2 = r6
        call 0x10
        exit
        """;

    [Fact]
    public void Values_are_kept_between_runs_of_the_storage_sample()
    {
        var device = Devices.Empty.With(0, Storage);

        device = device.Run(0).Device;
        Values(device, 0).ShouldBe([(5, 1), (15, 2), (3, 3)]);
        device = device.Run(0).Device;
        Values(device, 0).ShouldBe([(5, 2), (15, 6), (3, 8)]);
        device.Global.ShouldBe(Devices.Empty.Global);
    }

    // The thread log: the context is {previous, next}, and the global value of the next thread counts up.
    [Fact]
    public void What_is_stored_for_all_is_seen_by_all()
    {
        const string Log = "r6 = *(u64 *)(r1 + 8)\nif r6 == 0 goto end\nr1 = r6\nr2 = r10\nr2 += -8\ncall 0x13\nr2 = *(u32 *)(r10 - 8)\n"
            + "r2 += 1\nr1 = r6\ncall 0x11\nend: r0 = 0\nexit";
        byte[] context = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
        var device = Devices.Empty.With(0, Log).With(1, Log);

        device = device.Run(0, context).Device.Run(1, context).Device.Run(0, context).Device;

        device.Global.Fetch(Word.Wrap(2, Width.Bits32)).Value.ShouldBe(3UL);
    }

    [Fact]
    public void Stores_of_containers_are_apart()
    {
        var device = Devices.Empty.With(0, Devices.Counter).With(1, Devices.Counter);

        device = device.Run(0).Device.Run(0).Device.Run(1).Device;

        Values(device, 0).ShouldBe([(1, 2)]);
        Values(device, 1).ShouldBe([(1, 1)]);
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(BudgetClass.Snippet)]
    [InlineData(BudgetClass.Logic)]
    public void Every_run_ends_at_the_budget_of_its_class_whatever_the_profile(BudgetClass budget)
    {
        foreach (var profile in Profile.All)
        {
            Trap TrapOf(string text) => Devices.Empty.After(new DeviceEvent.Install(0, Application.Admit(
                    new(profile, budget, HelperCatalogue.Ids), Devices.Program(text), out _)!))
                .Run(0).Effects.OfType<DeviceEffect.Stopped>().ShouldHaveSingleItem().Fault.Trap;

            TrapOf(Devices.Endless).ShouldBe(Trap.BranchBudget);

            // More instructions between two branches than there are for each.
            var straight = Enumerable.Repeat("r0 = 1", (int)(budget.Instructions() / budget.Branches()) + 1);
            TrapOf($"loop: {string.Join('\n', straight)}\ngoto loop\nexit").ShouldBe(Trap.InstructionBudget);
        }
    }

    [Fact]
    public void Data_begin_each_run_as_they_were_installed()
    {
        var data = Region.Of("data", AddressSpace.Image, [5, 0, 0, 0], Permission.ReadWrite);
        var application = Application.Admit(
            Manifest.Least, Devices.Program("r1 = 0x30000000 ll\nr0 = *(u32 *)(r1 + 0)\nr0 += 1\n*(u32 *)(r1 + 0) = r0\nexit"), out _,
            regions: [data]);
        var device = Devices.Empty.After(new DeviceEvent.Install(0, application!));

        device.Run(0).Result().ShouldBe(6UL);
        device.Run(0).Device.Run(0).Result().ShouldBe(6UL);
    }

    [Fact]
    public void A_fault_leaves_stores_actuators_and_handles_as_they_were()
    {
        const string Program = "r1 = 1\nr2 = 2\ncall 0x10\nr1 = 3\nr2 = 4\ncall 0x11\nr1 = 1\ncall 0x30\n*(u64 *)(r10 - 8) = 5\nr1 = r0\n"
            + "r2 = r10\nr2 += -8\ncall 0x33\nr1 = 0\nr0 = *(u8 *)(r1 + 0)\nexit";
        var device = Devices.Empty.With(0, Program);

        var step = device.Run(0);

        step.Effects.ShouldBe([new DeviceEffect.Stopped(0, new(Trap.MemoryAccess, 14))]);
        step.Device.ShouldBe(device with
        {
            Slots = device.Slots.With(
                0, device.At(0)! with { IsStarted = false, Runs = 1, Used = new(0, 14), Fault = new(Trap.MemoryAccess, 14) }),
        });
    }

    [Theory]
    [InlineData("r0 = 1\nexit", BudgetClass.Snippet, 0, 2)]
    [InlineData("r0 = 1\ngoto end\nend: exit", BudgetClass.Snippet, 1, 3)]
    [InlineData("r0 = 1 ll\nexit", BudgetClass.Logic, 0, 2)]
    [InlineData(Devices.Endless, BudgetClass.Snippet, 200, 200)]
    public void What_the_latest_run_used_of_its_budget_is_kept(string program, BudgetClass budget, int branches, int instructions)
    {
        var device = Devices.Empty.After(new DeviceEvent.Install(0, Devices.Application(program, budget)));
        device.At(0)!.Used.ShouldBeNull();

        device.Run(0).Device.At(0)!.Used.ShouldBe(new((ulong)branches, (ulong)instructions));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "a.c:3: x / y")]
    [InlineData(2, "a.c:3: x / y")]
    [InlineData(3, "")]
    [InlineData(4, "b.c:1")]
    public void A_fault_has_the_line_of_source_if_it_is_known(int slot, string expected)
    {
        var lines = new ProgramLine[] { new(1, "a.c:3: x / y"), new(3, ""), new(4, "b.c:1") };
        var program = string.Concat(Enumerable.Repeat("r0 = 0\n", slot)) + "r0 /= r9\nr0 = 0\nexit";
        var application = Devices.Application(program).With(Sequence.Of<ProgramLine>(lines));

        var fault = Devices.Empty.After(new DeviceEvent.Install(0, application)).Run(0).Device.At(0)!.Fault.ShouldNotBeNull();

        fault.Source.ShouldBe(expected);
        fault.ToString().ShouldBe($"trap DivisionByZero at slot {slot}{(expected == "" ? "" : $", {expected}")}");
        application.ShouldBe(Devices.Application(program));
    }

    [Fact]
    public void A_machine_can_be_given()
    {
        var settings = Devices.Settings with { Machine = program => new Semantics.Running.ReferenceMachine(program) };

        Device.Of(settings).With(0, Devices.Counter).Run(0).Result().ShouldBe(1UL);
    }

    private static (ulong Key, ulong Value)[] Values(Device device, int slot) =>
        [.. device.At(slot)!.Local.Entries.Where(entry => entry.Used.Value).Select(entry => (entry.Key.Value, entry.Value.Value))];
}

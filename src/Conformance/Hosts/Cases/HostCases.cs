using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Semantics.Profiles;
using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of <c>spec/85-host.md</c>.</summary>
internal static class HostCases
{
    private const string Endless = "loop: goto loop\nexit";

    // Writes 9 to its data, and yields what was there.
    private const string Data = "r1 = 0x30000000 ll\nr0 = *(u8 *)(r1 + 0)\nr2 = 9\n*(u8 *)(r1 + 0) = r2\nexit";

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All =>
        [.. Isolation, .. Granted, .. Regions, .. Installed, .. Budgets, .. Faults, .. Persisted];

    private static IEnumerable<HostScenario> Isolation =>
    [
        Of("host/isolation", "two containers count, each for itself, under the same key",
            Install(0, Counter), Install(1, Counter), Run(0), Run(0), Run(1), Run(0)),
        Of("host/isolation", "a container that stores for itself changes no value of another, and no value of all",
            Install(0, Counter), Install(1, "r1 = 1\nr2 = r10\nr2 += -8\ncall 0x12\nr0 = *(u32 *)(r10 - 8)\nexit"), Run(0), Run(1)),
        Of("host/isolation", "a fault of one container leaves the other started, with its values",
            Install(0, Counter), Run(0), Install(1, Faulty), Run(1), Run(0)),
        Of("host/isolation", "a container has the stack of no run before it",
            Install(0, "r1 = 7\n*(u64 *)(r10 - 8) = r1\nr0 = 0\nexit"), Install(1, "r0 = *(u64 *)(r10 - 8)\nexit"), Run(0), Run(1)),
    ];

    private static IEnumerable<HostScenario> Granted =>
    [
        Of("host/granted", "a program that calls a helper which it is not granted is refused",
            Install(0, Counter, [0x10])),
        Of("host/granted", "it is refused under a profile, too, that lets programs call what is not there",
            Install(0, "r1 = 0\ncall 0x30\nexit", [0x10, 0x12], Profile.Rfc9669)),
        Of("host/granted", "it is installed if it is granted the helpers that it calls, and no others",
            Install(0, Counter, [0x10, 0x12]), Run(0)),
        Of("host/granted", "a helper that no device has cannot be granted",
            Install(0, Yields(1), [0x99])),
        Of("host/granted", "an upload that calls what it is not granted is refused, and the slot stays as it was",
            Install(0, Yields(1)), Put("app/0?helpers=10", 1, Program(Counter)), Run(0)),
    ];

    private static IEnumerable<HostScenario> Regions =>
    [
        Of("host/regions", "a region where the stack will be is refused",
            Install(0, Yields(1), [], regions: Region(AddressSpace.Stack))),
        Of("host/regions", "a region where a context will be is refused, though no context is there yet",
            Install(0, Yields(1), [], regions: Region(AddressSpace.Context))),
        Of("host/regions", "a region in the last bytes of the longest context is refused",
            Install(0, Yields(1), [], regions: Region(AddressSpace.Context + 0xfff8))),
        Of("host/regions", "two regions in one place are refused",
            Install(0, Yields(1), [], regions: [Region(AddressSpace.Image), Region(AddressSpace.Image + 4)])),
        Of("host/regions", "a region elsewhere is there in a run",
            Install(0, Data, [], regions: Region(AddressSpace.Image)), Run(0)),
    ];

    private static IEnumerable<HostScenario> Installed =>
    [
        Of("host/data", "what a run writes to its data is not there in the next",
            Install(0, Data, [], regions: Region(AddressSpace.Image)), Run(0), Run(0)),
        Of("host/replaced", "the values of an application that is replaced are gone",
            Install(0, Counter), Run(0), Run(0), Install(0, Counter), Run(0)),
        Of("host/replaced", "an application that is replaced stays at its hooks, with its policy",
            Install(0, Yields(1)), Install(1, Yields(5)), Attach(Packets, 1), Attach(Packets, 0, Policy.Single), Install(0, Yields(2)),
            Packet(1)),
        Of("host/replaced", "one that comes by an upload, too, leaves no values and stays at its hooks",
            Install(0, Counter), Attach(Packets, 0), Run(0), Put("app/0", 1, Program(Counter)), Packet(1)),
        Of("host/removed", "a container that is removed is at no hook",
            Install(0, Yields(1)), Install(1, Yields(2)), Attach(Packets, 0), Attach(Packets, 1), Attach(Ticks, 1), Remove(1), Packet(1),
            Clock(1000)),
        Of("host/removed", "one that comes into the slot of a removed one is at none of its hooks, and finds none of its values",
            Install(1, Counter), Attach(Packets, 1), Run(1), Remove(1), Install(1, Counter), Packet(1), Run(1)),
        Of("host/removed", "a removal over the network is one, too",
            Install(1, Yields(2)), Attach(Packets, 1), Delete("app/1", 1), Packet(1), Get("c/1", 2)),
        Of("host/removed", "a slot that is free, or none, has nothing to remove", Remove(0), Remove(3)),
    ];

    private static IEnumerable<HostScenario> Budgets =>
    [
        Of("host/budget", "a snippet takes 200 branches and ends well",
            Install(0, Loop(199)), Run(0)),
        Of("host/budget", "a snippet that takes a branch more is stopped by a trap",
            Install(0, Loop(201)), Run(0)),
        Of("host/budget", "logic takes as many, and more",
            Install(0, Loop(201), BudgetClass.Logic), Run(0)),
        Of("host/budget", "logic takes 20,000 branches, and no more",
            Install(0, Loop(20_001), BudgetClass.Logic), Run(0)),
        Of("host/budget", "a run without end ends under a profile that bounds no branches, too",
            Install(0, Endless, [], Profile.Rfc9669), Run(0)),
        Of("host/output", "a run that prints 66 numbers prints 64, and is told the length of each",
            Install(0, Printing), Run(0)),
    ];

    // Prints "%d" of 0 to 65, and yields the sum of the lengths.
    private const string Printing =
        """
        r2 = 0x6425
        *(u64 *)(r10 - 8) = r2
        r6 = 0
        r7 = 0
        next: r1 = r10
        r1 += -8
        r2 = r6
        call 0x01
        r7 += r0
        r6 += 1
        if r6 < 66 goto next
        r0 = r7
        exit
        """;

    private static IEnumerable<HostScenario> Faults =>
    [
        Of("host/fault", "what a run stored before its trap, for itself and for all, is not there",
            Install(1, Faulty), Run(1)),
        Of("host/fault", "an actuator that it set stays as it was",
            Install(1, "r1 = 1\ncall 0x30\nr1 = r0\nr2 = 7\n*(u64 *)(r10 - 8) = r2\nr2 = r10\nr2 += -8\ncall 0x33\nr1 = 0\nr0 = "
                + "*(u64 *)(r1 + 0)\nexit"),
            Run(1)),
        Of("host/fault", "a packet that it changed goes to the next as it was",
            Install(0, "r2 = *(u8 *)(r1 + 0)\nr0 = r2\nexit"),
            Install(1, "r2 = 9\n*(u8 *)(r1 + 0) = r2\nr1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit"),
            Attach(Packets, 0), Attach(Packets, 1), Packet(4)),
        Of("host/fault", "the response that it began is not sent",
            Install(1, "r2 = 69\ncall 0x40\nr1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit"), Get("c/1", 1)),
        Of("host/stopped", "a container with a fault does not run at its hooks",
            Install(0, Yields(3)), Install(1, Faulty), Attach(Packets, 0), Attach(Packets, 1), Run(1), Packet(1)),
        Of("host/stopped", "it does not run when it is asked for, by its owner or over the network",
            Install(1, Faulty), Run(1), Run(1), Get("c/1", 1)),
        Of("host/stopped", "when it is started, its fault is forgotten, and it runs",
            Install(1, Faulty), Run(1), Start(1), Run(1)),
        Of("host/stopped", "it is started over the network",
            Install(1, "r0 = *(u64 *)(r1 + 0)\nexit"), Run(1), Post("app/1", 1, "start"), Run(1, 1, 0, 0, 0, 0, 0, 0, 0)),
        Of("host/stopped", "one that its owner stopped runs at no hook, whichever slot it has",
            Install(0, Counter), Attach(Packets, 0), Stop(0), Packet(1), Start(0), Packet(1)),
    ];

    private static IEnumerable<HostScenario> Persisted =>
    [
        Of("host/persisted", "applications, values, hooks with their policies and their order survive a loss of power",
            Install(0, Counter), Install(1, Yields(-1)), Attach(Packets, 0), Attach(Packets, 1, Policy.AbortOnNegative), Run(0), Restart(),
            Packet(1), Run(0)),
        Of("host/persisted", "the values of all survive a loss of power",
            Install(0, "r1 = 4\nr2 = 44\ncall 0x11\nexit"), Run(0), Restart()),
        Of("host/persisted", "one that is stopped is stopped after it, and one that is started is started",
            Install(0, Yields(1)), Install(1, Yields(2)), Stop(0), Restart(), Run(0), Run(1)),
        Of("host/persisted", "one that a trap stopped is stopped after it",
            Install(1, Faulty), Run(1), Restart(), Run(1)),
        Of("host/persisted", "after it, an upload that was not complete is none",
            [.. Blocks("app/0", 1, Program(Constant(2)))[..2], Restart(), Blocks("app/0", 1, Program(Constant(2)))[2]]),
    ];

    // So many branches that are taken, and then the end.
    private static string Loop(int branches) => $"r0 = {branches + 1}\nloop: r0 += -1\nif r0 != 0 goto loop\nexit";

    private static Region<Word> Region(ulong start) =>
        RbpfSpec.Words.Region.Of("data", start, [5, 0, 0, 0, 0, 0, 0, 0], Permission.ReadWrite);

    private static HostScenario Of(string rule, string because, params Sequence<HostEvent> events) => new(rule, because, Open, events);
}

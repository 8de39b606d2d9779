using RbpfSpec.Host.Hooks;
using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of <c>spec/86-hooks.md</c>.</summary>
internal static class HookCases
{
    // Yields the second number of the context of a timer.
    private const string Times = "r0 = *(u64 *)(r1 + 8)\nexit";

    private const string Fault = "r1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit";

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All => [.. Triggers, .. Order, .. Policies, .. Results];

    private static IEnumerable<HostScenario> Triggers =>
    [
        Of("hooks/timer", "a timer comes at its period, and not a microsecond before",
            Install(0, Times), Attach(Ticks, 0), Clock(999), Clock(1000), Clock(1999), Clock(2000)),
        Of("hooks/timer", "it comes once for all that were missed, and next at the first multiple that is to come",
            Install(0, Times), Attach(Ticks, 0), Clock(4500), Clock(4999), Clock(5000)),
        Of("hooks/timer", "its context is the time, and how often it came",
            Install(0, "r0 = *(u64 *)(r1 + 0)\nr0 <<= 8\nr3 = *(u64 *)(r1 + 8)\nr0 |= r3\nr0 <<= 8\nr0 |= r2\nexit"), Attach(Ticks, 0),
            Clock(1000), Clock(2345)),
        Of("hooks/timer", "a time before the latest changes nothing",
            Install(0, Times), Attach(Ticks, 0), Clock(1000), Clock(900), Clock(1100)),
        Of("hooks/timer", "time and count begin anew with the device",
            Install(0, Times), Attach(Ticks, 0), Clock(5000), Restart(), Clock(999), Clock(1000)),
        Of("hooks/threshold", "a value beyond the limit comes once, until one is within again",
            Install(0, Yields(1)), Attach(Hot, 0), Sample(3000), Sample(3001), Sample(3500), Sample(3000), Sample(3001)),
        Of("hooks/threshold", "one below a lower limit comes, and one at it does not",
            Install(0, Yields(1)), Attach(Cold, 0), Sample(0), Sample(-1), Sample(-2), Sample(5), Sample(-1)),
        Of("hooks/threshold", "a value beyond the limit comes from a sensor that failed",
            Install(0, Yields(1)), Attach(Hot, 0), Sample(3001), Fails(0), Sample(3002)),
        Of("hooks/threshold", "its context is the reading, then the place of the sensor",
            Install(0, "r0 = *(u16 *)(r1 + 0)\nr0 <<= 8\nr3 = *(u8 *)(r1 + 7)\nr0 |= r3\nr0 <<= 8\nr3 = *(u32 *)(r1 + 8)\nr0 |= r3\nexit"),
            Attach(Hot, 0), Sample(0x1234)),
        Of("hooks/threshold", "another sensor does not bring it",
            Install(0, Yields(1)), Attach(Hot, 0), Sample(5000, sensor: 1)),
    ];

    private static IEnumerable<HostScenario> Order =>
    [
        Of("hooks/front", "the last that was attached runs first",
            Install(0, Yields(1)), Install(1, Yields(2)), Attach(Packets, 0), Attach(Packets, 1), Packet(1)),
        Of("hooks/front", "one that is attached again goes to the front, is there once, and has the new policy",
            Install(0, Yields(1)), Install(1, Yields(2)), Attach(Packets, 0), Attach(Packets, 1), Attach(Packets, 0, Policy.Single),
            Packet(1)),
        Of("hooks/front", "one that is detached runs no more, and the others do",
            Install(0, Yields(1)), Install(1, Yields(2)), Attach(Packets, 0), Attach(Packets, 1), Detach(Packets, 1), Packet(1)),
        Of("hooks/front", "a hook or a slot that is not there is refused",
            Install(0, Yields(1)), Attach("nothing", 0), Attach(Packets, 1), Attach(Packets, 7)),
        Of("hooks/started", "one that is stopped is passed over, and its policy with it",
            Install(0, Yields(1)), Install(1, Yields(2)), Attach(Packets, 0), Attach(Packets, 1, Policy.Single), Stop(1), Packet(1)),
        Of("hooks/started", "a hook without one that is started has no result, and lets the packet pass",
            Install(0, Yields(-5)), Attach(Packets, 0), Stop(0), Packet(1, 2)),
        Of("hooks/handed", "the second of a list finds what the first left of the packet",
            Install(0, Increment), Install(1, Increment), Attach(Packets, 0), Attach(Packets, 1), Packet(4)),
        Of("hooks/handed", "so does that of the next hook of packets",
            Install(0, Increment), Install(1, Increment), Attach(Packets, 0), Attach(Later, 1), Packet(4)),
        Of("hooks/handed", "the second of a request finds the response that the first began",
            Install(0, "r1 = r1\nr2 = 1\ncall 0x41\nexit"), Install(1, "r2 = 69\ncall 0x40\nr0 = 0\nexit"), Attach(Requests, 0),
            Attach(Requests, 1), Get("all", 1)),
    ];

    // Two are at a hook of packets: does the second run?
    private static IEnumerable<HostScenario> Policies =>
        from policy in Enum.GetValues<Policy>()
        from result in (long[])[-1, 0, 1, long.MinValue]
        select Of(
            "hooks/policy", $"after one with the policy {HostJson.NameOf(policy)} whose result is {result}, the next "
                + (policy.Stops(result) ? "does not run" : "runs"),
            Install(0, Yields(7)),
            Install(1, result == long.MinValue ? "r0 = 1\nr0 <<= 63\nexit" : Yields(result)),
            Attach(Packets, 0), Attach(Packets, 1, policy), Packet(1));

    private static IEnumerable<HostScenario> Results =>
    [
        .. from policy in Enum.GetValues<Policy>()
           select Of(
               "hooks/fault", $"one with the policy {HostJson.NameOf(policy)} that a trap stops ends no list",
               Install(0, Yields(7)), Install(1, Fault), Attach(Packets, 0), Attach(Packets, 1, policy), Packet(1)),
        Of("hooks/fault", "one that a trap stops leaves those behind it started",
            Install(0, Counter), Install(1, Fault), Install(2, Fault), Attach(Packets, 0), Attach(Packets, 1), Attach(Packets, 2),
            Packet(1), Packet(2)),
        Of("hooks/result", "the result of a hook is that of the last that ran, not of the last in the list",
            Install(0, Yields(7)), Install(1, Yields(-3)), Attach(Packets, 0), Attach(Packets, 1, Policy.AbortOnNegative), Packet(1)),
        Of("hooks/result", "of a request, the last that ran answers",
            Install(0, Yields(7)), Install(1, Yields(3)), Attach(Requests, 0), Attach(Requests, 1), Get("all", 1)),
    ];

    private const string Increment = "r0 = *(u8 *)(r1 + 0)\nr0 += 1\n*(u8 *)(r1 + 0) = r0\nexit";

    private static HostScenario Of(string rule, string because, params Sequence<HostEvent> events) => new(rule, because, Open, events);
}

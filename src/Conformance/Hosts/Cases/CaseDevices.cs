using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Updates;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>The devices and programs of scenarios.</summary>
internal static class CaseDevices
{
    /// <summary>A hook of packets.</summary>
    public const string Packets = "packets";

    /// <summary>Another hook of packets, behind that one.</summary>
    public const string Later = "later";

    /// <summary>A hook of a timer.</summary>
    public const string Ticks = "ticks";

    /// <summary>A hook of the first sensor, beyond 3000.</summary>
    public const string Hot = "hot";

    /// <summary>A hook of the first sensor, below 0.</summary>
    public const string Cold = "cold";

    /// <summary>A hook of requests for its path.</summary>
    public const string Requests = "requests";

    /// <summary>Counts up a value of its own under the key 1, and yields it.</summary>
    public const string Counter =
        """
        r1 = 1
        r2 = r10
        r2 += -8
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 1
        r2 = r6
        call 0x10
        r0 = r6
        exit
        """;

    /// <summary>Stores under keys 2 and 3, of its own and of all, and then reads what it is not granted.</summary>
    public const string Faulty =
        """
        r1 = 2
        r2 = 5
        call 0x10
        r1 = 3
        r2 = 6
        call 0x11
        r1 = 0
        r0 = *(u64 *)(r1 + 0)
        exit
        """;

    /// <summary>A device that takes every program.</summary>
    public static HostDevice Open { get; } = new(
        "open",
        new()
        {
            Slots = 3,
            LargestProgram = 512,
            Transfers = 2,
            Remembered = 4,
            Observers = 2,
            Updates = new UpdatePolicy.Unsigned(),
            Default = new(Profile.Rbpf, BudgetClass.Snippet, HelperCatalogue.Ids),
            Hooks =
            [
                new(Packets, new Trigger.Packet(), []),
                new(Later, new Trigger.Packet(), []),
                new(Ticks, new Trigger.Timer(1000), []),
                new(Hot, new Trigger.Threshold(0, 3000, Above: true), []),
                new(Cold, new Trigger.Threshold(0, 0, Above: false), []),
                new(Requests, new Trigger.Request("all"), []),
            ],
            Sensors =
            [
                new("temperature", 0x82, Reading.Of(2716, Reading.Celsius, -2)),
                new("lamp", 0x42, Reading.Of(0, 1, 0), IsActuator: true),
                new("broken", 0x83, null),
                new("acceleration", 0x84, new Reading(3, -12, 3, 998, 9, -3)),
            ],
        },
        []);

    /// <summary>A device that takes signed updates.</summary>
    public static HostDevice Signed { get; } = new(
        "signed",
        Open.Settings with
        {
            Updates = new UpdatePolicy.Signed(Envelope.Verifier([TestAuthor.Known.Key])),
            Default = Manifest.Least,
            Hooks = [new(Packets, new Trigger.Packet(), []), new(Requests, new Trigger.Request("all"), [])],
        },
        [TestAuthor.Known.Point]);

    /// <summary>A device that takes no updates.</summary>
    public static HostDevice Closed { get; } = new("closed", Open.Settings with { Updates = new UpdatePolicy.Refuse() }, []);

    /// <summary>A program that yields a number, in slots of which no two are the same: so many as make blocks.</summary>
    public static string Constant(int number, int slots = 6) =>
        $"{string.Concat(Enumerable.Range(0, slots - 1).Select(at => $"r0 = {number + (10 * (slots - 2 - at))}\n"))}exit";

    /// <summary>A program that yields a number.</summary>
    public static string Yields(long number) => $"r0 = {number}\nexit";
}

using static RbpfSpec.Conformance.Hosts.Cases.CaseDevices;
using static RbpfSpec.Conformance.Hosts.Cases.Happening;

namespace RbpfSpec.Conformance.Hosts.Cases;

/// <summary>Scenarios of <c>spec/87-bindings.md</c> but for messages: stores, sensors, texts, time and responses.</summary>
internal static class BindingCases
{
    // Finds the sensor at the place that the context begins with.
    private const string Find = "r1 = *(u8 *)(r1 + 0)\ncall 0x30\nexit";

    // Reads what has the handle 1, whoever found it.
    private const string ReadHandle = "r1 = 1\nr2 = r10\nr2 += -8\ncall 0x32\nexit";

    // If the context begins with 0, it finds a sensor, and else reads what has the handle 1.
    private const string FindOrRead =
        "r1 = *(u8 *)(r1 + 0)\nif r1 == 0 goto find\nr2 = r10\nr2 += -8\ncall 0x32\nexit\nfind: call 0x30\nexit";

    // The time that the next wakeup is for is kept under the key 0.
    private const string Periodic =
        """
        r1 = 0
        r2 = r10
        r2 += -8
        call 0x12
        r1 = r10
        r1 += -8
        r2 = 1000
        call 0x61
        r1 = 0
        r2 = *(u32 *)(r10 - 8)
        call 0x10
        r0 = *(u32 *)(r10 - 8)
        exit
        """;

    private const string Begin = "r6 = r1\nr2 = 69\ncall 0x40\n";

    private const string Hi = "*(u8 *)(r8 + 0) = 104\n*(u8 *)(r8 + 1) = 105\nr0 = r7\nr0 += 2\nexit";

    /// <summary>All of them.</summary>
    public static IEnumerable<HostScenario> All => [.. Stores, .. Sensors, .. Texts, .. Times, .. Responses];

    private static IEnumerable<HostScenario> Stores =>
    [
        Of("stores/kept", "a value of a run is found by the next", Install(0, Counter), Run(0), Run(0), Run(0)),
        Of("stores/kept", "a store has room for 16 keys, and refuses the next; a key that it has, it takes",
            Install(0, "r1 = *(u32 *)(r1 + 0)\nr2 = 3\ncall 0x10\nexit"),
            [.. Enumerable.Range(0, 17).Select(key => Run(0, (byte)key, 0, 0, 0)), Run(0, 5, 0, 0, 0)]),
        Of("stores/local", "a key of one container is none of another", Install(0, Store(0x10, 1, 7)), Install(1, Fetch(0x12, 1)), Run(0),
            Run(1)),
        Of("stores/local", "a full store of one takes no room from another",
            Install(0, "r1 = *(u32 *)(r1 + 0)\nr2 = 3\ncall 0x10\nexit"), Install(1, Counter),
            [.. Enumerable.Range(0, 16).Select(key => Run(0, (byte)key, 0, 0, 0)), Run(1)]),
        Of("stores/global", "a value for all is seen by another container", Install(0, Store(0x11, 4, 44)), Install(1, Fetch(0x13, 4)),
            Run(0), Run(1)),
        Of("stores/global", "it is no value of its own of either", Install(0, Store(0x11, 1, 44)), Install(1, Fetch(0x12, 1)), Run(0),
            Run(1)),
        Of("stores/readable", "a value is read by its key, and all at once, without a run",
            Install(0, Store(0x10, 8, 80)), Install(1, Store(0x11, 9, 90)), Run(0), Run(1), Get("kv/0/8", 1), Get("kv/global/9", 2),
            Get("kv/0", 3), Get("kv/global", 4)),
        Of("stores/readable", "a key that it has not, and the store of a free slot, are not found",
            Install(0, Store(0x10, 8, 80)), Run(0), Get("kv/0/9", 1), Get("kv/1", 2)),
    ];

    private static IEnumerable<HostScenario> Sensors =>
    [
        Of("bindings/handles", "a handle of another container means nothing",
            Install(0, Find), Install(1, ReadHandle), Run(0, 0), Run(1)),
        Of("bindings/handles", "the same sensor has the same handle, and another one another",
            Install(0, Find), Run(0, 0), Run(0, 1), Run(0, 0)),
        Of("bindings/handles", "0, and a number that no handle is, are answered with -19",
            Install(0, "r1 = 0\nr2 = r10\nr2 += -8\ncall 0x32\nexit"),
            Install(1, "r1 = -1\nr2 = r10\nr2 += -8\ncall 0x32\nexit"), Run(0), Run(1)),
        Of("bindings/handles", "after a loss of power no handle is left",
            Install(0, FindOrRead), Run(0, 0), Run(0, 1), Restart(), Run(0, 1)),
        Of("bindings/find", "a sensor is found by its place, and one that is not there is not",
            Install(0, Find), Run(0, 3), Run(0, 4), Run(0, 255)),
        Of("bindings/find", "the first of a type is found by the low 8 bits",
            Install(0, "r1 = 0x184\ncall 0x31\nr1 = r0\nr2 = r10\nr2 += -8\ncall 0x32\nr0 = *(u64 *)(r10 - 8)\nexit"), Run(0)),
        Of("bindings/read", "three values, the unit and the scale are written",
            Install(0, Reading(3, "r0 = *(u64 *)(r10 - 8)")), Run(0)),
        Of("bindings/read", "the result is how many values count",
            Install(0, Reading(3, "")), Install(1, Reading(0, "")), Run(0), Run(1)),
        Of("bindings/read", "of a sensor without a reading nothing is written, and the result is -140",
            Install(0, Reading(2, "")), Install(1, Reading(2, "r0 = *(u64 *)(r10 - 8)")), Run(0), Run(1)),
        Of("bindings/read", "the first value comes with its sign in 32 bits",
            Install(0, "r1 = 3\ncall 0x30\nr1 = r0\nr2 = r10\nr2 += -8\ncall 0x34\nr0 = *(u32 *)(r10 - 8)\nexit"), Run(0)),
        Of("bindings/read", "a new value of the sensor is there for the next run",
            Install(0, Reading(0, "r0 = *(u16 *)(r10 - 8)")), Run(0), Sample(1234), Run(0)),
        Of("bindings/write", "an actuator is set, and the others stay",
            Install(0, Setting(1)), Run(0)),
        Of("bindings/write", "a sensor cannot be set: the result is -95",
            Install(0, Setting(0)), Run(0)),
    ];

    private static IEnumerable<HostScenario> Texts =>
    [
        .. from written in ((int Value, int Power, int Room)[])
               [(2150, -2, 8), (-5, -2, 8), (0, -1, 8), (-32768, 2, 8), (7, 0, 8), (2150, -2, 5), (2150, -2, 4), (1, 8, 16), (1, -8, 16)]
           select Of("bindings/decimal", $"{written.Value} times ten to the {written.Power}, where there is room for {written.Room} bytes",
               Install(0, $"r2 = {written.Value}\nr3 = {written.Power}\ncall 0x50\nexit"), Attach(Packets, 0),
               Packet(new byte[written.Room])),
        Of("bindings/decimal", "the low 32 bits as a number without a sign",
            Install(0, "r2 = -1\ncall 0x51\nexit"), Attach(Packets, 0), Packet(new byte[12])),
        Of("bindings/decimal", "a number that does not fit is not written",
            Install(0, "r2 = -1\ncall 0x51\nexit"), Attach(Packets, 0), Packet(new byte[9])),
        Of("bindings/strlen", "a text ends before the first zero byte", Install(0, "call 0x52\nexit"), Run(0, 97, 98, 0, 99)),
        Of("bindings/strlen", "a text without one ends with its region", Install(0, "call 0x52\nexit"), Run(0, 97, 98, 99)),
        Of("bindings/strlen", "a text can be empty", Install(0, "call 0x52\nexit"), Run(0, 0)),
    ];

    private static IEnumerable<HostScenario> Times =>
    [
        Of("bindings/clock", "microseconds and milliseconds are of one clock",
            Install(0, "call 0x60\nexit"), Install(1, "call 0x20\nexit"), Clock(1_234_567), Run(0), Run(1)),
        Of("bindings/clock", "both are cut to 32 bits",
            Install(0, "call 0x60\nexit"), Install(1, "call 0x20\nexit"), Clock(0x7_8000_1234_5678), Run(0), Run(1)),
        Of("bindings/clock", "it stands still during a run",
            Install(0, "call 0x60\nr6 = r0\nr7 = 90\nl: r7 += -1\nif r7 != 0 goto l\ncall 0x60\nr0 -= r6\nexit"), Clock(5), Run(0)),
        Of("bindings/wakeup", "a container is run again when the time has come, and not before",
            Install(0, Periodic), Run(0), Clock(999), Clock(1000), Clock(2000)),
        Of("bindings/wakeup", "a time that is past comes at once",
            Install(0, Periodic), Clock(50_000), Run(0), Clock(50_000)),
        Of("bindings/wakeup", "one that is stopped meanwhile is not run",
            Install(0, Periodic), Run(0), Stop(0), Clock(1000), Start(0), Clock(2000)),
        Of("bindings/wakeup", "the run goes on behind the call, and its result is that of its end",
            Install(0, "r1 = r10\nr1 += -8\nr2 = 5\ncall 0x61\nr0 += 3\nexit"), Run(0)),
    ];

    private static IEnumerable<HostScenario> Responses =>
    [
        Of("bindings/response", "a text with its content format is the answer",
            Install(0, $"{Begin}r1 = r6\nr2 = 0\ncall 0x42\nr1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\nr1 = r6\ncall 0x43\nr8 = r0\n{Hi}"),
            Get("c/0", 1)),
        Of("bindings/response", "what the context says does not matter",
            Install(0, $"{Begin}*(u64 *)(r6 + 0) = 0\n*(u64 *)(r6 + 8) = 0\n*(u64 *)(r6 + 24) = 0\nr1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\n"
                + $"r1 = r6\ncall 0x43\nr8 = r0\n{Hi}"),
            Get("c/0", 1)),
        Of("bindings/response", "the view of the message says where the payload goes",
            Install(0, $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\nr8 = *(u32 *)(r6 + 32)\n{Hi}"), Get("c/0", 1)),
        .. from each in ((string Because, string Program)[])
            [
                ("begun, and the result is the length so far", $"{Begin}r1 = r6\nr2 = 0\ncall 0x41\nr0 = -r0\nr0 += -1000\nexit"),
                ("with a format of one byte", $"{Begin}r1 = r6\nr2 = 42\ncall 0x42\nr0 = -r0\nr0 += -1000\nexit"),
                ("ended before it was begun", "r2 = 69\ncall 0x41\nexit"),
                ("begun with a code of no response", "r2 = 1\ncall 0x40\nexit"),
                ("with a second format", $"{Begin}r1 = r6\nr2 = 0\ncall 0x42\nr1 = r6\nr2 = 0\ncall 0x42\nexit"),
                ("with a format behind its options", $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr1 = r6\nr2 = 0\ncall 0x42\nexit"),
                ("whose payload is asked for before its options end", $"{Begin}r1 = r6\ncall 0x43\nexit"),
            ]
           select Of("bindings/response", $"a response {each.Because}", Install(0, each.Program), Get("c/0", 1)),
        Of("bindings/response", "without a request there is none to build",
            Install(0, "r2 = 69\ncall 0x40\nexit"), Run(0, new byte[40])),
        Of("bindings/header", "a header that the program writes is not sent",
            Install(0, $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\nr1 = r6\ncall 0x43\nr8 = r0\nr2 = *(u64 *)(r6 + 8)\n"
                + $"*(u64 *)(r2 + 0) = -1\n{Hi}"),
            Get("c/0", 1)),
        Of("bindings/result", "of a program that builds no response, the result is the answer",
            Install(0, Yields(27)), Install(1, Yields(-1000)), Get("c/0", 1), Get("c/1", 2)),
        Of("bindings/result", "minus the code of an error is that error",
            Install(0, Yields(-0x84)), Install(1, Yields(-0xa0)), Get("c/0", 1), Get("c/1", 2)),
        Of("bindings/result", "minus a code that is no error's is a number",
            Install(0, Yields(-0x45)), Install(1, Yields(-1)), Get("c/0", 1), Get("c/1", 2)),
        Of("bindings/result", "the length of the response cuts its payload",
            Install(0, $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\nr1 = r6\ncall 0x43\nr8 = r0\n*(u8 *)(r8 + 0) = 104\n"
                + "*(u8 *)(r8 + 1) = 105\nr0 = r7\nr0 += 1\nexit"),
            Get("c/0", 1)),
        Of("bindings/result", "a length beyond the buffer, or within the header, is an error",
            Install(0, $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr0 = 513\nexit"),
            Install(1, $"{Begin}r1 = r6\nr2 = 1\ncall 0x41\nr0 += -1\nexit"),
            Get("c/0", 1), Get("c/1", 2)),
        Of("bindings/result", "a program finds the payload of the request, and answers with its first byte",
            Install(0, "r2 = *(u32 *)(r1 + 32)\nr0 = *(u8 *)(r2 + 0)\nexit"), Post("c/0", 1, "A")),
    ];

    private static string Store(int helper, int key, int value) => $"r1 = {key}\nr2 = {value}\ncall {helper}\nexit";

    private static string Fetch(int helper, int key) =>
        $"r1 = {key}\nr2 = r10\nr2 += -8\ncall {helper}\nr0 = *(u32 *)(r10 - 8)\nexit";

    private static string Reading(int sensor, string result) =>
        $"r1 = {sensor}\ncall 0x30\nr1 = r0\nr2 = r10\nr2 += -8\ncall 0x32\n{result}\nexit";

    private static string Setting(int sensor) =>
        $"r1 = {sensor}\ncall 0x30\nr1 = r0\nr2 = 7\n*(u64 *)(r10 - 8) = r2\nr2 = r10\nr2 += -8\ncall 0x33\nexit";

    private static HostScenario Of(string rule, string because, params Sequence<HostEvent> events) => new(rule, because, Open, events);

    private static HostScenario Of(string rule, string because, HostEvent first, Sequence<HostEvent> others) =>
        Of(rule, because, [first, .. others]);

    private static HostScenario Of(string rule, string because, HostEvent first, HostEvent second, Sequence<HostEvent> others) =>
        Of(rule, because, [first, second, .. others]);
}

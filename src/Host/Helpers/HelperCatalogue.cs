using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>Every helper that a device has, with its meaning, in the order of the ids.</summary>
/// <remarks>
/// The ids are those of the published systems, 0x01 to 0x61. Those that drive parts which a computer does not have (pins, displays,
/// keypads from 0x70 on) are left out.
/// </remarks>
public static class HelperCatalogue
{
    private const string Prefix = "bpf_";

    private static readonly Sequence<HostHelper<Word>> Helpers =
    [
        MemoryHelpers.PrintNumber, MemoryHelpers.Length,
        ClockHelpers.Microseconds, ClockHelpers.PeriodicWakeup,
        SensorHelpers.FindNth, SensorHelpers.FindType, SensorHelpers.Read, SensorHelpers.Write, SensorHelpers.ReadFirst,
        CoapHelpers.Begin, CoapHelpers.Finish, CoapHelpers.AddFormat, CoapHelpers.Payload,
        TextHelpers.FixedPoint, TextHelpers.Unsigned,
        .. DefaultHost.Helpers,
    ];

    /// <summary>The helpers, each kept to its parts.</summary>
    public static Sequence<HelperFunction<Word>> All { get; } =
        Helpers.Map(helper => helper.Kept).OrderBy(function => function.Declaration.Id).ToSequence();

    /// <summary>Their declarations.</summary>
    public static Sequence<Helper> Declarations { get; } = All.Map(function => function.Declaration);

    /// <summary>Their ids.</summary>
    public static Sequence<uint> Ids { get; } = Declarations.Map(helper => helper.Id);

    /// <summary>The declarations of those that a device alone has; <see cref="DefaultHost"/> has the others.</summary>
    public static Sequence<Helper> OfDevice { get; } =
        Declarations.Where(helper => !DefaultHost.Ids.Contains(helper.Id)).ToSequence();

    /// <summary>
    /// Whether a helper is called by a name in C: its own or, as headers of the published systems have it, with bpf_ before it.
    /// </summary>
    public static bool IsCalled(this Helper helper, string name)
    {
        ArgumentNullException.ThrowIfNull(helper);
        ArgumentNullException.ThrowIfNull(name);
        return name == helper.Name || name == Prefix + helper.Name;
    }

    /// <summary>The parts of the host that a helper may change.</summary>
    /// <param name="id">The helper's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">No helper has it.</exception>
    public static HostParts PartsOf(uint id) => Helpers.FirstOrDefault(helper => helper.Function.Declaration.Id == id)?.Parts
        ?? throw new ArgumentOutOfRangeException(nameof(id), id, "no helper has this id");

    /// <summary>The helpers of some ids; an id that none has is passed over.</summary>
    public static Sequence<HelperFunction<Word>> Of(Sequence<uint> ids) =>
        All.Where(function => ids.Contains(function.Declaration.Id)).ToSequence();
}

using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>Where the fields of the C structures of <c>device/rbpf.h</c> lie on the device; a test compares them with the header.</summary>
internal static class MachineFields
{
    /// <summary>The bytes of <c>registers</c>, the first field of <c>struct rbpf_machine</c>.</summary>
    public const int RegisterBytes = 88;

    /// <summary>The bytes of <c>struct rbpf_region</c>.</summary>
    public const int RegionBytes = 16;

    /// <summary>The bytes of <c>struct rbpf_helper</c>.</summary>
    public const int HelperBytes = 8;

    /// <summary>The bytes of <c>struct rbpf_frame</c>.</summary>
    public const int FrameBytes = 48;

    /// <summary>The bytes of <c>struct rbpf_slot</c>.</summary>
    public const int SlotBytes = 8;

    /// <summary>The other fields of <c>struct rbpf_machine</c>, in both builds, by their distances in bytes.</summary>
    public static IReadOnlyDictionary<string, int> Machine { get; } = new Dictionary<string, int>
    {
        ["program"] = 88,
        ["length"] = 92,
        ["pc"] = 96,
        ["stack.start"] = 100,
        ["stack.length"] = 104,
        ["stack.bytes"] = 108,
        ["stack.permission"] = 112,
        ["regions"] = 116,
        ["region_count"] = 120,
        ["helpers"] = 124,
        ["helper_count"] = 128,
        ["frames"] = 132,
        ["depth"] = 136,
        ["frame_limit"] = 140,
        ["branches"] = 144,
    };

    /// <summary>The fields that only the fast build has.</summary>
    public static IReadOnlyDictionary<string, int> Fast { get; } = new Dictionary<string, int>
    {
        ["recent_load"] = 148,
        ["recent_store"] = 152,
    };

    /// <summary>The number of a trap in <c>enum rbpf_trap</c>, in which 0 is none.</summary>
    public static uint NumberOf(Trap trap) => (uint)trap + 1;
}

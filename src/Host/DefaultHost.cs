using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host;

/// <summary>
/// The helpers of a machine without a device around it: key/value store, printf, clock, memcpy, with the ids of RIOT's machines.
/// </summary>
/// <remarks>Those of <see cref="HelperCatalogue"/> that need no device; what <c>run</c> grants and vectors call.</remarks>
public static class DefaultHost
{
    /// <summary>The helpers on concrete words, with the parts of the host that each may change.</summary>
    internal static Sequence<HostHelper<Word>> Helpers { get; } = [MemoryHelpers.Print, MemoryHelpers.Copy, .. Stores<Word>.Helpers];

    /// <summary>The helpers on concrete words.</summary>
    public static Sequence<HelperFunction<Word>> Functions { get; } = Helpers.Map(helper => helper.Kept);

    /// <summary>The static ids of <see cref="Functions"/>.</summary>
    public static Sequence<uint> Ids => Functions.Map(function => function.Declaration.Id);

    /// <summary>The host with the given helpers granted, its stores empty.</summary>
    /// <param name="ids">The static ids granted; one that no helper has is passed over.</param>
    public static HostState<Word> Granting(Sequence<uint> ids) => HostState<Word>.Bare with
    {
        Helpers = [.. Functions.Where(function => ids.Contains(function.Declaration.Id))],
        Known = Functions.Map(function => function.Declaration),
        Data = HostData<Word>.Empty,
    };

    /// <summary>The helpers whose meaning is stated over any domain of words: the key/value store and the clock.</summary>
    public static Sequence<HelperFunction<T>> StoreFunctions<T>()
        where T : IWord<T> => Stores<T>.Functions;

    // Made once for a domain, so that two hosts with them are equal.
    private static class Stores<T>
        where T : IWord<T>
    {
        public static Sequence<HostHelper<T>> Helpers { get; } = [.. StoreHelpers.Of<T>(), ClockHelpers.Milliseconds<T>()];

        public static Sequence<HelperFunction<T>> Functions { get; } = Helpers.Map(helper => helper.Kept);
    }
}

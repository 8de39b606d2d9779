using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host;

/// <summary>The state that the helpers work on: two key/value stores, the time, and what was printed.</summary>
/// <param name="Local">The key/value store of this program.</param>
/// <param name="Global">The key/value store that all programs share.</param>
/// <param name="Milliseconds">The time of the run, 64 bits: a run takes no time in these semantics.</param>
/// <param name="Output">What the program has printed, in order.</param>
public sealed record HostData<T>(Store<T> Local, Store<T> Global, T Milliseconds, Sequence<string> Output) : IHostData<T>
    where T : IWord<T>
{
    /// <summary>The things that a device puts behind the helpers of sensors, network and timers; without a device, none of it.</summary>
    public Facilities Facilities { get; init; } = Facilities.None;

    /// <summary>Stores without pairs, time zero, nothing printed.</summary>
    public static HostData<T> Empty { get; } = new(
        Store<T>.Empty(Store<T>.DefaultCapacity), Store<T>.Empty(Store<T>.DefaultCapacity), T.Zero(Width.Bits64), []);

    public IHostData<TOther> Map<TOther>(Func<T, TOther> word, Func<Truth<T>, Truth<TOther>> truth)
        where TOther : IWord<TOther> =>
        new HostData<TOther>(Local.Map(word, truth), Global.Map(word, truth), word(Milliseconds), Output) { Facilities = Facilities };

    /// <summary>This data where a condition holds and another elsewhere; null if they are too unlike to be one.</summary>
    /// <remarks>Alike are those of one time, that have printed the same, with stores of one capacity, and with the same device.</remarks>
    public IHostData<T>? Choose(Truth<T> condition, IHostData<T> otherwise) =>
        otherwise is HostData<T> other
        && EqualityComparer<T>.Default.Equals(Milliseconds, other.Milliseconds)
        && Output == other.Output
        && Facilities == other.Facilities
        && Local.Entries.Count == other.Local.Entries.Count
        && Global.Entries.Count == other.Global.Entries.Count
            ? this with { Local = Local.Choose(condition, other.Local), Global = Global.Choose(condition, other.Global) }
            : null;
}

/// <summary>Reads what a host keeps as <see cref="HostData{T}"/>; of a host that keeps nothing, it is empty.</summary>
public static class HostDataOf
{
    /// <summary>The most texts that a run prints; what it prints beyond is lost. Deviation D-31.</summary>
    public const int MostOutput = 64;

    extension<T>(HostState<T> host)
        where T : IWord<T>
    {
        /// <summary>The key/value store of this program.</summary>
        public Store<T> Local => Of(host).Local;

        /// <summary>The key/value store that all programs share.</summary>
        public Store<T> Global => Of(host).Global;

        /// <summary>The time of the run, 64 bits.</summary>
        public T Milliseconds => Of(host).Milliseconds;

        /// <summary>The texts that the program has printed, in order.</summary>
        public Sequence<string> Output => Of(host).Output;

        /// <summary>The things that a device puts behind the helpers of sensors, network and timers.</summary>
        public Facilities Facilities => Of(host).Facilities;

        /// <summary>The host with other facilities.</summary>
        public HostState<T> WithFacilities(Facilities facilities) => host with { Data = Of(host) with { Facilities = facilities } };

        /// <summary>The host with another store of this program.</summary>
        public HostState<T> WithLocal(Store<T> store) => host with { Data = Of(host) with { Local = store } };

        /// <summary>The host with another store that all programs share.</summary>
        public HostState<T> WithGlobal(Store<T> store) => host with { Data = Of(host) with { Global = store } };

        /// <summary>The host at another time, 64 bits.</summary>
        public HostState<T> WithMilliseconds(T milliseconds) => host with { Data = Of(host) with { Milliseconds = milliseconds } };

        /// <summary>The host after one more text was printed, if it is not too many.</summary>
        public HostState<T> Printed(string text) =>
            host.Output.Count < MostOutput ? host.WithOutput(host.Output.Add(text)) : host;

        /// <summary>The host after other texts were printed.</summary>
        public HostState<T> WithOutput(Sequence<string> output) => host with { Data = Of(host) with { Output = output } };
    }

    private static HostData<T> Of<T>(HostState<T> host)
        where T : IWord<T> => host.Data switch
        {
            null => HostData<T>.Empty,
            HostData<T> data => data,
            var other => throw new ArgumentException(
                $"a host that keeps {other.GetType().Name} instead of {nameof(HostData<T>)}", nameof(host)),
        };
}

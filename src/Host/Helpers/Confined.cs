using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>Keeps helpers to the parts of the host that they declare, whatever they do: as views keep them to bytes.</summary>
public static class Confined
{
    /// <summary>A helper of which only some parts are taken over.</summary>
    /// <param name="function">The helper.</param>
    /// <param name="parts">What it may change.</param>
    public static HelperFunction<T> To<T>(HelperFunction<T> function, HostParts parts)
        where T : IWord<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return function with
        {
            Body = call =>
            {
                var result = function.Body(call);
                var taken = Taken(call.State, result.State, parts);
                return ReferenceEquals(taken, result.State) ? result : result with { State = taken };
            },
        };
    }

    /// <summary>The state of a host with some parts as they are in another.</summary>
    /// <param name="before">The state.</param>
    /// <param name="after">The other.</param>
    /// <param name="parts">The parts.</param>
    public static HostState<T> Taken<T>(HostState<T> before, HostState<T> after, HostParts parts)
        where T : IWord<T>
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (IsWithin(before, after, parts)) return after;
        var state = before;
        if (parts.HasFlag(HostParts.Output)) state = state.WithOutput(after.Output);
        if (parts.HasFlag(HostParts.Local)) state = state.WithLocal(after.Local);
        if (parts.HasFlag(HostParts.Global)) state = state.WithGlobal(after.Global);
        if (parts < HostParts.Handles) return state;
        var (facilities, left) = (before.Facilities, after.Facilities);
        return state.WithFacilities(facilities with
        {
            Handles = parts.HasFlag(HostParts.Handles) ? left.Handles : facilities.Handles,
            Sensors = parts.HasFlag(HostParts.Sensors) ? left.Sensors : facilities.Sensors,
            Reply = parts.HasFlag(HostParts.Reply) ? left.Reply : facilities.Reply,
            Wakeup = parts.HasFlag(HostParts.Wakeup) ? left.Wakeup : facilities.Wakeup,
        });
    }

    // Quick, and the usual case: nothing but those parts was touched, so that no state has to be made of two.
    private static bool IsWithin<T>(HostState<T> before, HostState<T> after, HostParts parts)
        where T : IWord<T>
    {
        if (ReferenceEquals(before, after)) return true;
        if (before.Data is not HostData<T> old || after.Data is not HostData<T> data) return false;
        return before.Helpers.IsSame(after.Helpers)
            && before.BtfFunctions.IsSame(after.BtfFunctions)
            && before.Known.IsSame(after.Known)
            && ReferenceEquals(before.Platform, after.Platform)
            && EqualityComparer<T>.Default.Equals(old.Milliseconds, data.Milliseconds)
            && (parts.HasFlag(HostParts.Output) || old.Output.IsSame(data.Output))
            && (parts.HasFlag(HostParts.Local) || ReferenceEquals(old.Local, data.Local))
            && (parts.HasFlag(HostParts.Global) || ReferenceEquals(old.Global, data.Global))
            && IsWithin(old.Facilities, data.Facilities, parts);
    }

    private static bool IsWithin(Facilities before, Facilities after, HostParts parts) =>
        ReferenceEquals(before, after)
        || (before.Microseconds == after.Microseconds
            && (parts.HasFlag(HostParts.Handles) || ReferenceEquals(before.Handles, after.Handles))
            && (parts.HasFlag(HostParts.Sensors) || before.Sensors.IsSame(after.Sensors))
            && (parts.HasFlag(HostParts.Reply) || ReferenceEquals(before.Reply, after.Reply))
            && (parts.HasFlag(HostParts.Wakeup) || before.Wakeup == after.Wakeup));
}

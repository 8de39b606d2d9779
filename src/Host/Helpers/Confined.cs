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
                return result with { State = Taken(call.State, result.State, parts) };
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
}

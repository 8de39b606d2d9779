using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Host.Containers;

/// <summary>The things that a run leaves to those after it.</summary>
public static class RunEnd
{
    /// <summary>The data of the host after a run: of one that a trap ended, those before it but for what it printed.</summary>
    /// <param name="before">The data that it began with.</param>
    /// <param name="outcome">How it ended.</param>
    /// <exception cref="ArgumentException">It has not ended.</exception>
    public static HostData<T> Left<T>(HostData<T> before, Outcome<T> outcome)
        where T : IWord<T>
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(outcome);
        return Left(before, (HostData<T>)outcome.State.Host.Data!, outcome switch
        {
            Outcome<T>.Exited => false,
            Outcome<T>.Trapped => true,
            Outcome<T>.Next => throw new ArgumentException("the run goes on", nameof(outcome)),
        });
    }

    /// <summary>The data of the host after a run.</summary>
    /// <param name="before">The data that it began with.</param>
    /// <param name="after">The data that the last helper left.</param>
    /// <param name="isTrapped">Whether a trap ended it: then they are those before it but for what it printed.</param>
    internal static HostData<T> Left<T>(HostData<T> before, HostData<T> after, bool isTrapped)
        where T : IWord<T> => isTrapped ? before with { Output = after.Output } : after;
}

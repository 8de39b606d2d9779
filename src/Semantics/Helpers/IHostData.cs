namespace RbpfSpec.Semantics.Helpers;

/// <summary>The data that a host keeps for its helper functions: the machine hands it from call to call, and never looks into it.</summary>
/// <remarks>A persistent value, compared by what it holds.</remarks>
public interface IHostData<T>
    where T : IWord<T>
{
    /// <summary>The same over another domain of words.</summary>
    /// <param name="word">Each word there.</param>
    /// <param name="truth">Each truth value there.</param>
    IHostData<TOther> Map<TOther>(Func<T, TOther> word, Func<Truth<T>, Truth<TOther>> truth)
        where TOther : IWord<TOther>;

    /// <summary>The data that is this where a condition holds and another elsewhere; null if they are too unlike to be one.</summary>
    IHostData<T>? Choose(Truth<T> condition, IHostData<T> otherwise);
}

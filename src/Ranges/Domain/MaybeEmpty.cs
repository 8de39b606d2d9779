namespace RbpfSpec.Ranges.Domain;

/// <summary>A set of words, or none: sets themselves are never empty.</summary>
/// <param name="Set">The set; meaningless where <paramref name="IsEmpty"/> holds.</param>
/// <param name="IsEmpty">Whether there is no word at all.</param>
/// <typeparam name="TSet">The set of words.</typeparam>
/// <typeparam name="T">The word.</typeparam>
public readonly record struct MaybeEmpty<TSet, T>(TSet Set, Truth<T> IsEmpty)
    where T : IWord<T>;

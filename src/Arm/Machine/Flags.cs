namespace RbpfSpec.Arm.Machine;

/// <summary>The condition flags N, Z, C and V.</summary>
/// <param name="Negative">N: the highest bit of the result.</param>
/// <param name="Zero">Z: whether the result is zero.</param>
/// <param name="Carry">C: of an addition the carry, of a subtraction that there was no borrow, of a shift the last bit shifted out.</param>
/// <param name="Overflow">V: whether the signed result does not fit.</param>
public readonly record struct Flags<T>(Truth<T> Negative, Truth<T> Zero, Truth<T> Carry, Truth<T> Overflow)
    where T : IWord<T>
{
    /// <summary>These flags with N and Z of a result.</summary>
    public Flags<T> Of(T result) => this with { Negative = Arithmetic<T>.Sign(result), Zero = T.IsZero(result) };

    /// <summary>These flags where a condition holds, else others.</summary>
    public Flags<T> Or(Truth<T> when, Flags<T> otherwise) => new(
        Choose(when, Negative, otherwise.Negative),
        Choose(when, Zero, otherwise.Zero),
        Choose(when, Carry, otherwise.Carry),
        Choose(when, Overflow, otherwise.Overflow));

    private static Truth<T> Choose(Truth<T> when, Truth<T> then, Truth<T> otherwise) => (when & then) | (!when & otherwise);
}

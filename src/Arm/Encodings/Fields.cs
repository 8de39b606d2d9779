namespace RbpfSpec.Arm.Encodings;

/// <summary>The fields of an encoding: small numbers by the letters of its pattern.</summary>
internal sealed class Fields
{
    private const int First = 'a';

    private readonly int[] values = new int['z' - First + 1];

    /// <summary>Whether every field holds zero.</summary>
    public bool IsZero => values.AsSpan().IndexOfAnyExcept(0) < 0;

    /// <summary>The number in a field.</summary>
    /// <param name="letter">The letter that stands for it in the pattern, <c>a</c> to <c>z</c>.</param>
    public int this[char letter]
    {
        get => values[letter - First];
        set => values[letter - First] = value;
    }
}

namespace RbpfSpec.Assembly.Text;

/// <summary>Where the readings of a line that got furthest stopped, and what would have let them go on.</summary>
/// <remarks>
/// A line is held against every pattern. Those that got furthest know best what its writer meant; among them, those
/// that met the right sort of token with a wrong value in it.
/// </remarks>
internal sealed class Expectations
{
    private readonly List<string> expected = [];
    private (int Position, bool IsNear) best = (-1, false);

    /// <summary>The index of the token where they stopped.</summary>
    public int Position => best.Position;

    /// <summary>Whether the token was of a sort that is right, but for its value.</summary>
    public bool IsNear => best.IsNear;

    /// <summary>The column where they stopped.</summary>
    public int Column { get; private set; }

    /// <summary>The text that stands there.</summary>
    public string Found { get; private set; } = "";

    /// <summary>The texts that would have been right, in words.</summary>
    public string Expected => expected is [.. var all, var last] && all.Count > 0
        ? $"{string.Join(", ", all)} or {last}"
        : expected[0];

    /// <summary>Notes that a reading stopped.</summary>
    /// <param name="position">The index of the token.</param>
    /// <param name="isNear">Whether the token is of the right sort.</param>
    /// <param name="column">The token's column.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="wanted">What would have been right, in words.</param>
    public void Add(int position, bool isNear, int column, string found, string wanted)
    {
        var order = (position, isNear).CompareTo(best);
        if (order < 0) return;
        if (order > 0)
        {
            best = (position, isNear);
            (Column, Found) = (column, found);
            expected.Clear();
        }

        if (!expected.Contains(wanted)) expected.Add(wanted);
    }
}

namespace RbpfSpec.Conformance.Formats;

/// <summary>The state in which most vectors of a suite start, so that it need be written only once.</summary>
/// <param name="State">The state of a vector without memory that needs nothing of the harness.</param>
/// <param name="Context">The address of the memory, where there is any.</param>
public sealed record CommonStart(Snapshot State, ulong Context)
{
    private const string RegionName = "context";

    /// <summary>That of some vectors; null if there is none, or nothing is said of how one of them starts.</summary>
    public static CommonStart? Of(IReadOnlyList<Vector> vectors)
    {
        var running = vectors.Where(vector => vector.Expectation is not Expectation.Refuses).ToList();
        if (running.Exists(vector => vector.Before is null)) return null;
        var state = running.FirstOrDefault(vector => vector.Memory.IsEmpty && vector.Needs.IsEmpty)?.Before;
        var context = running.SelectMany(vector => vector.Before!.Memory).FirstOrDefault(region => region.Name == RegionName);
        return state is null ? null : new(state, context?.Address ?? 0);
    }

    /// <summary>The state in which a vector starts of which nothing else is said; null if it does not start.</summary>
    public Snapshot? Before(Vector vector) => vector switch
    {
        { Expectation: Expectation.Refuses } => null,
        { Memory.IsEmpty: true } => State,
        _ => State with
        {
            Registers =
            [
                .. State.Registers.Select(
                    (value, number) => number switch
                    {
                        1 => Context,
                        2 => (ulong)vector.Memory.Count,
                        _ => value,
                    }),
            ],
            Memory = [.. State.Memory, new(RegionName, Context, Permission.ReadWrite, vector.Memory)],
        },
    };
}

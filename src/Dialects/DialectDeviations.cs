using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects;

/// <summary>The normative machine, changed by some deviations together, over any domain of words.</summary>
/// <remarks>Without deviations each of these is the normative one.</remarks>
public static class DialectDeviations
{
    /// <summary>The checks of the preflight: the normative ones but for those dropped, and those added.</summary>
    public static Sequence<Check> Checks(this Sequence<DialectDeviation> deviations) =>
    [
        .. Preflight.Checks.Where(check => !deviations.Drop(check)),
        .. deviations.Added(CheckTime.Preflight),
    ];

    /// <summary>The checks that a taken jump must pass when it is taken.</summary>
    public static Sequence<Check> ChecksOfTakenJumps(this Sequence<DialectDeviation> deviations) =>
        deviations.Added(CheckTime.TakenJump).ToSequence();

    /// <summary>The encodings unknown to RFC 9669 that exist.</summary>
    public static Sequence<Form> Encodings(this Sequence<DialectDeviation> deviations) =>
        deviations.OfType<DialectDeviation.CheckDeviation>().SelectMany(deviation => deviation.Encodings).Distinct().ToSequence();

    /// <summary>The encodings that a slot may be: those of its opcode if that is known, else all.</summary>
    public static Sequence<Form> Candidates<T>(
        this Sequence<DialectDeviation> deviations, Slot<T> slot)
        where T : IWord<T> =>
    [
        .. Decoder.Candidates(slot),
        .. deviations.Encodings().Where(form => !slot.Opcode.IsKnown(out var opcode) || opcode == form.Opcode),
    ];

    /// <summary>The rule of an instruction: that of the last deviation that concerns its encoding, else the normative one.</summary>
    public static Effect<T> Execute<T>(
        this Sequence<DialectDeviation> deviations, in Execution<T> execution)
        where T : IWord<T>
    {
        for (var i = deviations.Count - 1; i >= 0; i--)
        {
            if (deviations[i] is DialectDeviation.RuleDeviation rule && rule.Concerns(execution.Form))
                return rule.Execute(execution);
        }

        return execution.Form.Operation.Execute(execution);
    }

    /// <summary>Whether some region is taken to grant an access of <paramref name="count"/> bytes (64 bits) at an address.</summary>
    public static Truth<T> Grants<T>(
        this Sequence<DialectDeviation> deviations, IMemory<T> memory, T address, T count, Access access)
        where T : IWord<T>
    {
        var granted = Truth<T>.Of(false);
        foreach (var region in memory.Regions)
            granted |= deviations.Contains(region, address, count) & region.Permits(access);
        return granted;
    }

    /// <summary>Whether a region is taken to contain <paramref name="count"/> bytes (64 bits) from an address on.</summary>
    /// <remarks>Several deviations see the address one through the other, and all must take it to be inside.</remarks>
    public static Truth<T> Contains<T>(
        this Sequence<DialectDeviation> deviations, Region<T> region, T address, T count)
        where T : IWord<T>
    {
        Sequence<DialectDeviation.AccessDeviation> accesses = [.. deviations.OfType<DialectDeviation.AccessDeviation>()];
        if (accesses.IsEmpty) return region.Contains(address, count);
        var seen = address;
        foreach (var deviation in accesses) seen = deviation.Seen<T>(region.Start, seen);
        var contains = Truth<T>.Of(true);
        foreach (var deviation in accesses)
            contains &= deviation.Contains<T>(region.Start, region.Length, seen, count);
        return contains;
    }

    private static bool Drop(this Sequence<DialectDeviation> deviations, Check check) => deviations
        .OfType<DialectDeviation.CheckDeviation>()
        .Any(deviation => deviation.Drops.Contains(check.Id));

    private static IEnumerable<Check> Added(this Sequence<DialectDeviation> deviations, CheckTime time) => deviations
        .OfType<DialectDeviation.CheckDeviation>()
        .Where(deviation => deviation.Time == time)
        .SelectMany(deviation => deviation.Adds)
        .Distinct();
}

using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Relations;

namespace RbpfSpec.Ranges.Findings;

/// <summary>How often a loop can begin anew, each time that it is entered.</summary>
/// <param name="Slot">The slot of the loop's head.</param>
/// <param name="Rounds">The most; null if there is no bound that means anything.</param>
/// <param name="InLength">A multiple, and a form in the length of the context that bounds as many times the rounds, or null.</param>
public sealed record LoopFinding(int Slot, ulong? Rounds, (int Multiple, LinearForm Form)? InLength)
{
    // No run takes more steps than a computer makes in some hundred years.
    private const ulong Meaningless = 1UL << 62;

    /// <summary>As in <c>at most 31</c> or <c>at most (length - 5)/4</c>.</summary>
    public string Text => InLength is var (multiple, form)
        ? $"at most {(multiple == 1 ? form.ToString(static _ => "length") : $"({form.ToString(static _ => "length")})/{multiple}")}"
            + (Rounds is { } most ? FormattableString.Invariant($", {most}") : "")
        : Rounds is { } rounds ? FormattableString.Invariant($"at most {rounds}") : "not bounded";

    /// <summary>The facts about a loop.</summary>
    public static LoopFinding Of(CheckedCase.True confirmed, FlowLoop loop)
    {
        var slot = confirmed.Flow.Nodes[loop.Head].Slot;
        if (!confirmed.Visits.TryGetValue(loop.Head, out var visited)) return new(slot, 0, null);
        var state = visited.State;
        if (Places.Word(state, Places.Counter(loop.Head), Width.Bits64) is not { } word) return new(slot, null, null);
        if (state.Relations.FormOf(word) is not { } count) return new(slot, null, null);
        var most = state.Relations.GreatestOf(count, 0);
        var rounds = most < Meaningless ? (ulong?)(ulong)Int128.Max(most, 0) : null;
        (int, LinearForm)? best = null;
        foreach (var multiple in (int[])[8, 4, 2, 1])
        {
            if (LinearForm.Combine(count, multiple, LinearForm.Of(0), 0) is not { IsConstant: false } scaled) continue;
            foreach (var bound in state.Relations.UpperBoundsIn(AnalysedProgram.LengthValue, scaled))
            {
                if (bound.FactorOf(AnalysedProgram.LengthValue) != 1) continue;
                if (best is not var (known, form) || (known == multiple && bound.Constant < form.Constant)) best = (multiple, bound);
            }
        }

        return new(slot, rounds, best);
    }

    /// <summary>The facts about a loop of which either this or another finding holds, as it is come to in more than one way.</summary>
    /// <param name="other">The other.</param>
    /// <param name="leastLength">The least length of a context that either is about.</param>
    public LoopFinding Or(LoopFinding other, int leastLength)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rounds is not { } here || other.Rounds is not { } there) return this with { Rounds = null, InLength = null };
        var rounds = Math.Max(here, there);
        var multiple = Math.Min(InLength?.Multiple ?? int.MaxValue, other.InLength?.Multiple ?? int.MaxValue);
        if (multiple == int.MaxValue) return this with { Rounds = rounds };
        var beyond = Int128.Max(Beyond(multiple, leastLength), other.Beyond(multiple, leastLength));

        // Of no length would the form say more than the number.
        return this with
        {
            Rounds = rounds,
            InLength = leastLength + beyond < (Int128)rounds * multiple
                ? (multiple, LinearForm.Of(AnalysedProgram.LengthValue, 1, beyond))
                : null,
        };
    }

    // By how much so many times the rounds are more than the length, at most.
    private Int128 Beyond(int multiple, int leastLength)
    {
        var always = ((Int128)Rounds!.Value * multiple) - leastLength;
        return InLength is var (times, form) && times >= multiple ? Int128.Min(form.Constant, always) : always;
    }
}

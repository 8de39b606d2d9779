using RbpfSpec.Arm.Encodings;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Proofs.Device.Runs;

/// <summary>The formulas of a claim about some code.</summary>
/// <param name="Proposition">The formulas.</param>
/// <param name="Met">The instructions that it meets.</param>
/// <param name="Experiment">Of values that are a counterexample, how they are tried on a device; null if they cannot be.</param>
internal sealed record Reading(
    Proposition Proposition, IReadOnlyCollection<uint> Met, Func<Assignment, Experiment?> Experiment);

/// <summary>Mutants of a binary: one bit of an instruction that a claim meets is another, and the decoder still knows it.</summary>
internal static class BitFlips
{
    /// <summary>How many a claim has.</summary>
    public const int Each = 2;

    /// <summary>A claim with mutants of the code that it is about.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="code">The code.</param>
    /// <param name="about">The formulas of the claim about any code.</param>
    public static Claim With(Claim claim, ThumbCode code, Func<ThumbCode, Reading> about) => claim with
    {
        Mutants = Sequence.Generate(Each, index => new Mutant(
            $"one bit of the binary is another ({index + 1} of {Each})", () => Find(code, about, index).Reading.Proposition)),
    };

    /// <summary>A mutant of a claim as an experiment; null if no values that were tried show it, or they cannot be tried on a device.</summary>
    public static Experiment? Experiment(ThumbCode code, Func<ThumbCode, Reading> about, int index) =>
        Find(code, about, index) is var (reading, sample) && sample is not null ? reading.Experiment(sample) : null;

    // Which bit it is, is found when the mutant is asked for: most show on the first values tried.
    private static (Reading Reading, Assignment? Sample) Find(ThumbCode code, Func<ThumbCode, Reading> about, int index)
    {
        var reading = about(code);
        uint[] all = [.. reading.Met];
        for (var i = 0; i < all.Length * 16; i++)
        {
            var place = all[(i + (index * all.Length / Each) + (i / all.Length)) % all.Length];
            var bit = ((i * 7) + (index * 5) + (i / all.Length)) % 16;
            var flipped = code.Flipped(place + (uint)(bit / 8), bit % 8);
            if (flipped.At(place) is not Decoded.Allowed(_, var length) || length != ((Decoded.Allowed)code.At(place)).Length) continue;
            reading = about(flipped);
            if (reading.Proposition.Question(ClaimKind.Always).Sample() is { } sample && reading.Proposition.Replay(sample) is Replay.Shown)
                return (reading, sample);
        }

        return (reading, null);
    }
}

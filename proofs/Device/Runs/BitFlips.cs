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

    private const int Tries = 4;

    /// <summary>A claim with mutants of the code that it is about.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="code">The code.</param>
    /// <param name="about">The formulas of the claim about any code.</param>
    public static Claim With(Claim claim, ThumbCode code, Func<ThumbCode, Reading> about) => claim with
    {
        Mutants = Sequence.Generate(Each, index => new Mutant(
            $"one bit of the binary is another ({index + 1} of {Each})", () => Find(code, about, index).Proposition)),
    };

    /// <summary>A mutant of a claim as an experiment; null if none of the first ones that values show can be one.</summary>
    /// <param name="code">The code.</param>
    /// <param name="about">The formulas of the claim about any code.</param>
    /// <param name="index">Where to begin: below <see cref="Each"/>.</param>
    /// <param name="isPossible">Whether the device can run it.</param>
    public static Experiment? Experiment(
        ThumbCode code, Func<ThumbCode, Reading> about, int index, Func<Experiment, bool> isPossible) =>
        Shown(code, about, index).Take(Tries).Select(shown => shown.Reading.Experiment(shown.Sample))
            .FirstOrDefault(experiment => experiment is not null && isPossible(experiment));

    // Which bit it is, is found when the mutant is asked for: most show on the first values tried.
    private static Reading Find(ThumbCode code, Func<ThumbCode, Reading> about, int index) =>
        Shown(code, about, index).Select(shown => shown.Reading).FirstOrDefault() ?? about(code);

    private static IEnumerable<(Reading Reading, Assignment Sample)> Shown(ThumbCode code, Func<ThumbCode, Reading> about, int index)
    {
        uint[] all = [.. about(code).Met];
        for (var i = 0; i < all.Length * 16; i++)
        {
            var place = all[(i + (index * all.Length / Each) + (i / all.Length)) % all.Length];
            var bit = ((i * 7) + (index * 5) + (i / all.Length)) % 16;
            var flipped = code.Flipped(place + (uint)(bit / 8), bit % 8);
            if (flipped.At(place) is not Decoded.Allowed(_, var length) || length != ((Decoded.Allowed)code.At(place)).Length) continue;
            var reading = about(flipped);
            if (reading.Proposition.Question(ClaimKind.Always).Sample() is { } sample && reading.Proposition.Replay(sample) is Replay.Shown)
                yield return (reading, sample);
        }
    }
}

using RbpfSpec.Arm.Encodings;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Proofs.Device.Runs;

/// <summary>Mutants of a binary: one bit of an instruction that a claim meets is another, and the decoder still knows it.</summary>
internal static class BitFlips
{
    private const int Each = 2;

    /// <summary>A claim with mutants of the code that it is about.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="code">The code.</param>
    /// <param name="about">The formulas of the claim about any code, and the instructions that it meets.</param>
    public static Claim With(
        Claim claim, ThumbCode code, Func<ThumbCode, (Proposition Proposition, IReadOnlyCollection<uint> Met)> about) => claim with
        {
            Mutants = Sequence.Generate(Each, index => new Mutant(
                $"one bit of the binary is another ({index + 1} of {Each})", () => Find(code, about, index))),
        };

    // Which bit it is, is found when the mutant is asked for: most show on the first values tried.
    private static Proposition Find(
        ThumbCode code, Func<ThumbCode, (Proposition Proposition, IReadOnlyCollection<uint> Met)> about, int index)
    {
        var (proposition, met) = about(code);
        uint[] all = [.. met];
        for (var i = 0; i < all.Length * 16; i++)
        {
            var place = all[(i + (index * all.Length / Each) + (i / all.Length)) % all.Length];
            var bit = ((i * 7) + (index * 5) + (i / all.Length)) % 16;
            var flipped = code.Flipped(place + (uint)(bit / 8), bit % 8);
            if (flipped.At(place) is not Decoded.Allowed(_, var length) || length != ((Decoded.Allowed)code.At(place)).Length) continue;
            proposition = about(flipped).Proposition;
            if (proposition.Question(ClaimKind.Always).Sample() is { } sample && proposition.Replay(sample) is Replay.Shown) break;
        }

        return proposition;
    }
}

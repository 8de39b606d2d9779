using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>One place of a program at which an instruction starts: all that a check may look at.</summary>
/// <remarks>
/// Whole-program facts enter only as <paramref name="StartsInstruction"/>, so that the prover can leave the program an
/// unknown function of the index, of any length.
/// </remarks>
/// <param name="Slot">The slot.</param>
/// <param name="Next">The slot after it; meaningless where there is none.</param>
/// <param name="HasNext">Whether there is a slot after it.</param>
/// <param name="Index">The index of the slot, 64 bits.</param>
/// <param name="Length">The number of slots in the program, 64 bits.</param>
/// <param name="StartsInstruction">Whether an instruction starts at an index, which lies in the program.</param>
/// <param name="Candidates">The encodings that the slot may be.</param>
/// <param name="Rules">What the program is checked against.</param>
public sealed record Site<T>(
    Slot<T> Slot,
    Slot<T> Next,
    Truth<T> HasNext,
    T Index,
    T Length,
    Func<T, Truth<T>> StartsInstruction,
    Sequence<Form> Candidates,
    Admission Rules)
    where T : IWord<T>;

/// <summary>The rules that programs are checked against.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Helpers">The static ids of the helpers that the program may call.</param>
/// <param name="BtfFunctions">The BTF ids of the functions that the program may call.</param>
public sealed record Admission(Profile Profile, Sequence<uint> Helpers, Sequence<uint> BtfFunctions)
{
    /// <summary>A profile with helpers called by static id, and no functions called by BTF id.</summary>
    public static Admission Of(Profile profile, Sequence<uint> helpers) => new(profile, helpers, []);
}

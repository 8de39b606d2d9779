using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Host.Helpers;

/// <summary>A helper that a program calls.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null if no helper of <see cref="HelperCatalogue"/> has the id.</param>
/// <param name="Slots">The slots of the calls, in order.</param>
public sealed record Import(uint Id, string? Name, Sequence<int> Slots);

/// <summary>Lists the helpers that a program can reach: those named in its calls, since no call computes its target.</summary>
public static class Imports
{
    /// <summary>The helpers called by static id, in the order of the ids.</summary>
    /// <param name="program">The program; what is no instruction of the profile calls nothing.</param>
    /// <param name="profile">The machine variant.</param>
    public static Sequence<Import> Of(Program program, Profile profile)
    {
        SortedDictionary<uint, List<int>> calls = [];
        var starts = Preflight.Starts(program);
        for (var slot = 0; slot < program.Length; slot++)
        {
            if (!starts[slot] || Preflight.Decode(program, slot) is not Decoded.Valid(var instruction)) continue;
            if (instruction.Form.Operation is not CallOperation.ByHelperId || !profile.Has(instruction.Form.Group)) continue;
            var id = (uint)instruction.Immediate;
            if (!calls.TryGetValue(id, out var slots)) calls[id] = slots = [];
            slots.Add(slot);
        }

        return calls
            .Select(call => new Import(
                call.Key, HelperCatalogue.Declarations.FirstOrDefault(helper => helper.Id == call.Key)?.Name, call.Value.ToSequence()))
            .ToSequence();
    }
}

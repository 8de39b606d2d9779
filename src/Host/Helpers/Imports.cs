using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
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
    private static readonly Form Call = OperationTable.Forms.Single(form => form.Operation is CallOperation.ByHelperId);

    private static readonly Sequence<byte> Wide =
        OperationTable.Forms.Where(form => form.Layout.IsWide).Select(form => form.Opcode).Distinct().ToSequence();

    /// <summary>The helpers called by static id, in the order of the ids.</summary>
    /// <param name="program">The program; what is no instruction of the profile calls nothing.</param>
    /// <param name="profile">The machine variant.</param>
    public static Sequence<Import> Of(Program program, Profile profile)
    {
        SortedDictionary<uint, List<int>> calls = [];
        var fields = program.Slots.Map(slot => slot.Fields);
        var isCall = Calls(fields, profile);
        for (var slot = 0; slot < program.Length; slot++)
        {
            if (!isCall[slot].Value) continue;
            var id = (uint)fields[slot].Immediate.Value;
            if (!calls.TryGetValue(id, out var slots)) calls[id] = slots = [];
            slots.Add(slot);
        }

        return calls
            .Select(call => new Import(
                call.Key, HelperCatalogue.Declarations.FirstOrDefault(helper => helper.Id == call.Key)?.Name, call.Value.ToSequence()))
            .ToSequence();
    }

    /// <summary>For each slot of a program whether an instruction starts there that calls a helper by its static id.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="profile">The machine variant.</param>
    public static Sequence<Truth<T>> Calls<T>(Sequence<Slot<T>> slots, Profile profile)
        where T : IWord<T>
    {
        var rules = Admission.Of(profile, []);
        var starts = Truth<T>.Of(true);
        var calls = new Truth<T>[slots.Count];
        for (var i = 0; i < calls.Length; i++)
        {
            var slot = slots[i];
            calls[i] = starts & IsCall(slot, rules);

            // The second slot of a wide instruction starts none.
            var isWide = Truth<T>.Of(false);
            foreach (var opcode in Wide) isWide |= T.Same(slot.Opcode, T.Constant(opcode, Width.Bits8));
            starts = !(starts & isWide);
        }

        return Sequence.Of<Truth<T>>(calls);
    }

    // Whether a slot is that instruction and breaks no check of its encoding, nor of what the profile has.
    private static Truth<T> IsCall<T>(Slot<T> slot, Admission rules)
        where T : IWord<T>
    {
        var zero = T.Zero(Width.Bits64);
        var site = new Site<T>(slot, slot, Truth<T>.Of(false), zero, zero, _ => Truth<T>.Of(false), [Call], rules);
        var isCall = Decoder.Matches(Call, slot);
        foreach (var check in Preflight.Checks)
        {
            if (check.Scope is CheckScope.Encoding or CheckScope.Admission) isCall &= !check.Violated(site);
        }

        return isCall;
    }
}

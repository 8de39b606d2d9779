using RbpfSpec.Dialects;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Programs;

/// <summary>A program of a few slots, any of them unknown, as a machine with some deviations checks it and takes its first step.</summary>
/// <param name="Slots">The slots, 64-bit little-endian words; those from the length on are no part of the program.</param>
/// <param name="Length">The number of slots in the program, 64 bits.</param>
/// <param name="Profile">What it is checked against; no function is granted.</param>
/// <param name="Deviations">What the machine does otherwise than the normative one.</param>
public sealed record ShortProgram<T>(
    Sequence<T> Slots, T Length, Profile Profile, Sequence<DialectDeviation> Deviations)
    where T : IWord<T>
{
    // Every check of every site asks for these, and words of the prover are dear to make.
    private readonly Dictionary<int, Truth<T>> knownStarts = [];
    private readonly Dictionary<int, Sequence<Form>> knownCandidates = [];

    /// <summary>Whether no check of the machine is broken at any instruction.</summary>
    public Truth<T> IsAccepted
    {
        get
        {
            var accepted = IsFirstAccepted;
            for (var index = 1; index < Slots.Count; index++)
                accepted &= !(T.LessUnsigned(Number(index), Length) & Starts(index)) | IsAcceptedAt(SiteAt(index));
            return accepted;
        }
    }

    /// <summary>Whether no check of the machine is broken at the first instruction.</summary>
    public Truth<T> IsFirstAccepted => IsAcceptedAt(SiteAt(0));

    /// <summary>
    /// The harms that the preflight is there to exclude from the first step, each with the condition under which it does
    /// them.
    /// </summary>
    /// <param name="state">The state before, at slot 0.</param>
    /// <param name="encodings">The encodings that are meant to exist.</param>
    public IEnumerable<(string Harm, Truth<T> When)> Harms(State<T> state, Sequence<Form> encodings)
    {
        var site = SiteAt(0);
        var isKnown = Truth<T>.Of(false);
        foreach (var form in encodings.Where(Has)) isKnown |= Decoder.Matches(form, site.Slot);

        // What the profile does not have is harm enough as no instruction.
        var (missing, kept, outside, inside) = (Truth<T>.Of(false), Truth<T>.Of(false), Truth<T>.Of(false), Truth<T>.Of(false));
        foreach (var form in site.Candidates.Where(Has))
        {
            var isHere = Decoder.Matches(form, site.Slot);
            missing |= isHere & NamesNoRegister(form, site.Slot);
            kept |= isHere & WritesFramePointer(form, site.Slot);

            // No function is granted, and no deviation keeps a machine from asking for that.
            if (form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId) continue;
            var (goesOn, target) = Leads(form, site, state);
            outside |= isHere & goesOn & !T.LessUnsigned(target, Length);
            inside |= isHere & goesOn & T.LessUnsigned(target, Length) & !site.StartsInstruction(target);
        }

        return
        [
            ("the first slot is no instruction", !isKnown),
            ("the first instruction names a register that does not exist", missing),
            ("the first instruction writes r10", kept),
            ("the first instruction leads outside the program", outside),
            ("the first instruction leads inside a wide instruction", inside),
        ];
    }

    private Truth<T> IsAcceptedAt(Site<T> site)
    {
        var accepted = Truth<T>.Of(true);
        foreach (var check in Deviations.Checks()) accepted &= !check.Violated(site);
        return accepted;
    }

    // What the profile does not have is rejected, by the check of groups or as unknown: where both are made, the
    // encodings that it has are enough to look at.
    private Sequence<Form> CandidatesAt(int index)
    {
        if (knownCandidates.TryGetValue(index, out var known)) return known;
        var checks = Deviations.Checks();
        var all = Deviations.Candidates(Slot<T>.Of(Slots[index]));
        return knownCandidates[index] = checks.Any(check => check is GroupExists) && checks.Any(check => check is OpcodeExists)
            ? [.. all.Where(Has)]
            : all;
    }

    private bool Has(Form form) => Profile.Has(form.Group) && Profile.Grants(form.Needs);

    private static Truth<T> NamesNoRegister(Form form, Slot<T> slot)
    {
        var none = Truth<T>.Of(false);
        foreach (var field in (Sequence<Field>)[Field.Destination, Field.Source])
        {
            if (form.Layout[field] is FieldUse.NamesRegister)
                none |= T.LessUnsigned(T.Constant(Register.Last, Width.Bits4), slot[field]);
        }

        return none;
    }

    private Truth<T> WritesFramePointer(Form form, Slot<T> slot)
    {
        var last = T.Constant(Register.Last, Width.Bits4);
        return Profile.FramePointer is FramePointer.Writable
            ? Truth<T>.Of(false)
            : form.Writes switch
            {
                WrittenRegister.None or WrittenRegister.R0 => Truth<T>.Of(false),
                WrittenRegister.Destination => T.Same(slot.Destination, last),
                WrittenRegister.Source => T.Same(slot.Source, last),
            };
    }

    // Whether the instruction neither ends the run nor is stopped, and where it then leads.
    private (Truth<T> GoesOn, T Target) Leads(Form form, Site<T> site, State<T> state)
    {
        var execution = new Execution<T>(form, Decoder.Fields(site.Slot, site.Next), state, Profile);
        var effect = Deviations.Execute(execution);
        if (effect.Value is not Outcome<T>.Next) return (Truth<T>.Of(false), site.Index);
        var target = effect.Value.State.ProgramCounter;
        var goesOn = Truth<T>.Of(true);
        foreach (var guard in effect.Guards) goesOn &= !guard.When;
        if (!form.Displacement.IsEmpty)
        {
            var isTaken = !T.Same(target, execution.Advanced.ProgramCounter);
            foreach (var check in Deviations.ChecksOfTakenJumps()) goesOn &= !(isTaken & check.Violated(site));
        }

        return (goesOn, target);
    }

    private Truth<T> Starts(int index)
    {
        if (index == 0) return Truth<T>.Of(true);
        if (!knownStarts.TryGetValue(index, out var isStart)) knownStarts[index] = isStart = !(Starts(index - 1) & IsWide(index - 1));
        return isStart;
    }

    private Truth<T> IsWide(int index)
    {
        var (isWide, code) = (Truth<T>.Of(false), Slot<T>.Of(Slots[index]).Opcode);
        foreach (var opcode in CandidatesAt(index).Where(form => form.Layout.IsWide).Select(form => form.Opcode).Distinct())
            isWide |= T.Same(code, T.Constant(opcode, Width.Bits8));
        return isWide;
    }

    private Site<T> SiteAt(int index)
    {
        var slot = Slot<T>.Of(Slots[index]);
        return new(
            slot,
            Slot<T>.Of(index + 1 < Slots.Count ? Slots[index + 1] : Number(0)),
            T.LessUnsigned(Number(index + 1), Length),
            Number(index),
            Length,
            target =>
            {
                var starts = Truth<T>.Of(false);
                for (var i = 0; i < Slots.Count; i++) starts |= T.Same(target, Number(i)) & Starts(i);
                return starts;
            },
            CandidatesAt(index),
            Admission.Of(Profile, []));
    }

    private static T Number(int value) => T.Constant((ulong)value, Width.Bits64);
}

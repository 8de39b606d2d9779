using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Dialects;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Scenes;

/// <summary>A program of a few slots, any of them unknown, as a machine with some deviations checks it and takes its first step.</summary>
/// <param name="Slots">The slots, 64-bit little-endian words; those from the length on are no part of the program.</param>
/// <param name="Length">The number of slots in the program, 64 bits.</param>
/// <param name="Profile">What it is checked against; no function is granted.</param>
/// <param name="Deviations">What the machine does otherwise than the normative one.</param>
public sealed record ShortProgram<TWord, TBit>(
    Sequence<TWord> Slots, TWord Length, Profile Profile, Sequence<DialectDeviation> Deviations)
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    // Every check of every site asks for these, and words of the prover are dear to make.
    private readonly Dictionary<int, TBit> knownStarts = [];
    private readonly Dictionary<int, Sequence<Form>> knownCandidates = [];

    /// <summary>Whether no check of the machine is broken at any instruction.</summary>
    public TBit IsAccepted
    {
        get
        {
            var accepted = IsFirstAccepted;
            for (var index = 1; index < Slots.Count; index++)
                accepted &= !(TWord.LessUnsigned(Number(index), Length) & Starts(index)) | IsAcceptedAt(SiteAt(index));
            return accepted;
        }
    }

    /// <summary>Whether no check of the machine is broken at the first instruction.</summary>
    public TBit IsFirstAccepted => IsAcceptedAt(SiteAt(0));

    /// <summary>What the first step may do that the preflight check is there to exclude, each with when it does.</summary>
    /// <param name="state">The state before, at slot 0.</param>
    /// <param name="encodings">The encodings that are meant to exist.</param>
    public IEnumerable<(string Harm, TBit When)> Harms(State<TWord, TBit> state, Sequence<Form> encodings)
    {
        var site = SiteAt(0);
        var isKnown = TBit.Of(false);
        foreach (var form in encodings.Where(Has)) isKnown |= Decoder.Matches(form, site.Slot);

        // What the profile does not have is harm enough as no instruction.
        var (missing, kept, outside, inside) = (TBit.Of(false), TBit.Of(false), TBit.Of(false), TBit.Of(false));
        foreach (var form in site.Candidates.Where(Has))
        {
            var isHere = Decoder.Matches(form, site.Slot);
            missing |= isHere & NamesNoRegister(form, site.Slot);
            kept |= isHere & WritesFramePointer(form, site.Slot);

            // No function is granted, and no deviation keeps a machine from asking for that.
            if (form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId) continue;
            var (goesOn, target) = Leads(form, site, state);
            outside |= isHere & goesOn & !TWord.LessUnsigned(target, Length);
            inside |= isHere & goesOn & TWord.LessUnsigned(target, Length) & !site.StartsInstruction(target);
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

    private TBit IsAcceptedAt(Site<TWord, TBit> site)
    {
        var accepted = TBit.Of(true);
        foreach (var check in Deviations.Checks()) accepted &= !check.Violated(site);
        return accepted;
    }

    // What the profile does not have is rejected, by the check of groups or as unknown: where both are made, the
    // encodings that it has are enough to look at.
    private Sequence<Form> CandidatesAt(int index)
    {
        if (knownCandidates.TryGetValue(index, out var known)) return known;
        var checks = Deviations.Checks();
        var all = Deviations.Candidates(Slot<TWord, TBit>.Of(Slots[index]));
        return knownCandidates[index] = checks.Any(check => check is GroupExists) && checks.Any(check => check is OpcodeExists)
            ? [.. all.Where(Has)]
            : all;
    }

    private bool Has(Form form) => Profile.Has(form.Group) && Profile.Grants(form.Needs);

    private static TBit NamesNoRegister(Form form, Slot<TWord, TBit> slot)
    {
        var none = TBit.Of(false);
        foreach (var field in (Sequence<Field>)[Field.Destination, Field.Source])
        {
            if (form.Layout[field] is FieldUse.NamesRegister)
                none |= TWord.LessUnsigned(TWord.Constant(Register.Last, Width.Bits4), slot[field]);
        }

        return none;
    }

    private TBit WritesFramePointer(Form form, Slot<TWord, TBit> slot)
    {
        var last = TWord.Constant(Register.Last, Width.Bits4);
        return Profile.FramePointer is FramePointer.Writable
            ? TBit.Of(false)
            : form.Writes switch
            {
                WrittenRegister.None or WrittenRegister.R0 => TBit.Of(false),
                WrittenRegister.Destination => TWord.Same(slot.Destination, last),
                WrittenRegister.Source => TWord.Same(slot.Source, last),
            };
    }

    // Whether the instruction neither ends the run nor is stopped, and where it then leads.
    private (TBit GoesOn, TWord Target) Leads(Form form, Site<TWord, TBit> site, State<TWord, TBit> state)
    {
        var execution = new Execution<TWord, TBit>(form, Decoder.Fields(site.Slot, site.Next), state, Profile);
        var effect = Deviations.Execute(execution);
        if (effect.Value is not Outcome<TWord, TBit>.Next) return (TBit.Of(false), site.Index);
        var target = effect.Value.State.ProgramCounter;
        var goesOn = TBit.Of(true);
        foreach (var guard in effect.Guards) goesOn &= !guard.When;
        if (!form.Displacement.IsEmpty)
        {
            var isTaken = !TWord.Same(target, execution.Advanced.ProgramCounter);
            foreach (var check in Deviations.ChecksOfTakenJumps()) goesOn &= !(isTaken & check.Violated(site));
        }

        return (goesOn, target);
    }

    private TBit Starts(int index)
    {
        if (index == 0) return TBit.Of(true);
        if (!knownStarts.TryGetValue(index, out var isStart)) knownStarts[index] = isStart = !(Starts(index - 1) & IsWide(index - 1));
        return isStart;
    }

    private TBit IsWide(int index)
    {
        var (isWide, code) = (TBit.Of(false), Slot<TWord, TBit>.Of(Slots[index]).Opcode);
        foreach (var opcode in CandidatesAt(index).Where(form => form.Layout.IsWide).Select(form => form.Opcode).Distinct())
            isWide |= TWord.Same(code, TWord.Constant(opcode, Width.Bits8));
        return isWide;
    }

    private Site<TWord, TBit> SiteAt(int index)
    {
        var slot = Slot<TWord, TBit>.Of(Slots[index]);
        return new(
            slot,
            Slot<TWord, TBit>.Of(index + 1 < Slots.Count ? Slots[index + 1] : Number(0)),
            TWord.LessUnsigned(Number(index + 1), Length),
            Number(index),
            Length,
            target =>
            {
                var starts = TBit.Of(false);
                for (var i = 0; i < Slots.Count; i++) starts |= TWord.Same(target, Number(i)) & Starts(i);
                return starts;
            },
            CandidatesAt(index),
            Rules.Of(Profile, []));
    }

    private static TWord Number(int value) => TWord.Constant((ulong)value, Width.Bits64);
}

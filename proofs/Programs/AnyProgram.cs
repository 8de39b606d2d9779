using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Programs;

/// <summary>A program of any length with an instruction of a known opcode about to execute.</summary>
/// <remarks>
/// The program is an unknown function from index to slot. A step reads it at the program counter and right after, so these
/// two slots are variables; where instructions start is an unknown function too, but for what <see cref="Preflight.Starts"/>
/// makes of these slots: the instruction's second slot starts none, and the slot after the instruction does. A property
/// test holds that function to the same equations. A length below 2^61 slots is one whose bytes 64 bits can count.
/// </remarks>
public static class AnyProgram
{
    private const int Longest = 4;

    /// <summary>The number of slots.</summary>
    public static TermWord Length { get; } = TermWord.Variable("length", Width.Bits64);

    /// <summary>The index of the instruction about to execute, which setups know as their program counter.</summary>
    public static TermWord Index { get; } = TermWord.Variable("pc", Width.Bits64);

    /// <summary>The slot there, of any opcode.</summary>
    public static TermWord Slot { get; } = TermWord.Variable("slot", Width.Bits64);

    /// <summary>The slot after it.</summary>
    public static TermWord Next { get; } = TermWord.Variable("next", Width.Bits64);

    private static Term Marks { get; } = Make.Variable("starts", new Sort.Array(64, 1));

    private static Term Bound { get; } = Make.Constant(1UL << 61, 64);

    private static ulong Exit { get; } =
        Encoder.Encode(Instruction.Of(OperationTable.Forms.Single(form => form.Operation is CallOperation.Exit)))[0].Bits;

    /// <summary>The slot there, of a known opcode.</summary>
    public static TermWord SlotOf(byte opcode) => new(Make.Concatenate(Make.Variable("slot.rest", 56), Make.Constant(opcode, 8)));

    /// <summary>The index some slots further.</summary>
    public static TermWord After(int slots) => Index + TermWord.Constant((ulong)slots, Width.Bits64);

    /// <summary>Whether an index is one of a slot of the program.</summary>
    public static Truth<TermWord> IsInside(TermWord index) => Each(index, place => TermWord.LessUnsigned(place, Length));

    /// <summary>Whether an instruction starts at an index of the program, with this slot about to execute.</summary>
    public static Func<TermWord, Truth<TermWord>> StartsAround(TermWord slot) => index => Each(index, place => TermTruths.Of(Make.Choose(
        TermWord.Same(place, Index).Term,
        Make.True,
        Make.Choose(
            TermWord.Same(place, After(1)).Term,
            !IsWide(slot),
            (IsWide(slot) & TermWord.Same(place, After(2)).Term) | Marks[place.Term].EqualTo(1)))));

    /// <summary>The hypotheses about the program and the index.</summary>
    public static Sequence<Term> Hypotheses => [Length.Term.Below(Bound), IsInside(Index).Term];

    /// <summary>That the slot some slots further is one of the program, and further indeed.</summary>
    public static Term GoesOn(int slots) => IsInside(After(slots)).Term & TermWord.LessUnsigned(Index, After(slots)).Term;

    /// <summary>The invariant: an instruction of the program starts at an index.</summary>
    public static Term IsInstruction(TermWord index, TermWord slot) => IsInside(index).Term & StartsAround(slot)(index).Term;

    /// <summary>The place of the instruction about to execute, as checks see it.</summary>
    public static Site<TermWord> SiteOf(TermWord slot, Admission rules)
    {
        var fields = Slot<TermWord>.Of(slot);
        return new(
            fields,
            Slot<TermWord>.Of(Next),
            IsInside(After(1)),
            Index,
            Length,
            StartsAround(slot),
            Decoder.Candidates(fields),
            rules);
    }

    /// <summary>
    /// That the program is a short one that begins with this instruction, and all the rest is EXIT, so that a counterexample can
    /// be run.
    /// </summary>
    public static IEnumerable<Term> IsShort(TermWord slot)
    {
        yield return !Make.Constant(Longest, 64).Below(Length.Term);
        yield return Index.Term.EqualTo(0);
        yield return Make.Any(IsWide(slot), Next.Term.EqualTo(Make.Constant(Exit, 64)));
        for (ulong i = 0; i < Longest; i++)
        {
            var index = TermWord.Constant(i, Width.Bits64);
            var isSecond = IsWide(slot) & TermWord.Same(index, After(1)).Term;
            yield return IsInside(index).Term.Implies(StartsAround(slot)(index).Term.EqualTo(!isSecond));
        }
    }

    /// <summary>The program that a model gives, if it is a short one.</summary>
    public static Program? Concrete(TermWord slot, Assignment assignment)
    {
        var length = (ulong)assignment.Evaluate(Length.Term);
        if (length > Longest) return null;
        var at = (int)assignment.Evaluate(Index.Term);
        return new(Sequence.Generate((int)length, index => new Slot(
            index == at ? (ulong)assignment.Evaluate(slot.Term)
            : index == at + 1 ? (ulong)assignment.Evaluate(Next.Term)
            : Exit)));
    }

    /// <summary>Whether a slot begins a wide instruction.</summary>
    internal static Term IsWide(TermWord slot) => Make.Any(OperationTable.Forms
        .Where(form => form.Layout.IsWide)
        .Select(form => form.Opcode)
        .Distinct()
        .Select(opcode => (Slot<TermWord>.Of(slot).Opcode.Term).EqualTo(Make.Constant(opcode, 8))));

    // Of one of two places, each: so that what is known of a place is found again as it stands.
    private static Truth<TermWord> Each(TermWord index, Func<TermWord, Truth<TermWord>> property) => index.Term.Operator is Operator.Choose
        ? TermTruths.Of(
            Make.Choose(index.Term.First, Each(new(index.Term.Second), property).Term, Each(new(index.Term.Third), property).Term))
        : property(index);
}

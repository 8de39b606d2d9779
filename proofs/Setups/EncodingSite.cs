using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>A slot and the one after it, anywhere in any program: what the checks of the encoding look at.</summary>
/// <param name="Site">The site.</param>
/// <param name="First">The 64 bits of the slot.</param>
/// <param name="Second">The 64 bits of the slot after it.</param>
public sealed record EncodingSite(Site<TermWord> Site, TermWord First, TermWord Second)
{
    /// <summary>Any slot.</summary>
    public static TermWord AnySlot { get; } = TermWord.Variable("slot", Width.Bits64);

    /// <summary>Any slot after it.</summary>
    public static TermWord AnyNext { get; } = TermWord.Variable("next", Width.Bits64);

    // The profile decides of an encoding only whether reserved fields must be zero; in all of ours they must.
    private static Admission Rules { get; } = Admission.Of(Profile.Rfc9669, []);

    /// <summary>The fields of a slot.</summary>
    public static Slot<TermWord> Taken(TermWord slot) => Slot<TermWord>.Of(slot);

    /// <summary>A slot with any slot after it, or none.</summary>
    public static EncodingSite Of(TermWord slot) =>
        Of(slot, AnyNext, TermTruths.Of(Make.Variable("has-next", Sort.Truth)), Decoder.Candidates(Taken(slot)));

    /// <summary>The slot or, if the encoding is wide, the two slots of an instruction.</summary>
    public static EncodingSite Of(TermWord slot, TermWord next, Form form) => Of(
        slot,
        next,
        form.Layout.IsWide ? Truth<TermWord>.Of(true) : TermTruths.Of(Make.Variable("has-next", Sort.Truth)),
        OperationTable.WithOpcode(form.Opcode));

    /// <summary>The fields found in the slots.</summary>
    public FieldWords<TermWord> Fields => Decoder.Fields(Site.Slot, Site.Next);

    /// <summary>
    /// Whether the encoder makes these slots of an encoding with the fields found in them, which name registers that exist.
    /// </summary>
    public Term IsMadeOf(Form form)
    {
        var (first, second) = Encoder.Slots<TermWord>(form, Fields);
        return Make.All(
            first.Term.EqualTo(First.Term),
            form.Layout.IsWide ? Site.HasNext.Term & second.Term.EqualTo(Second.Term) : Make.True,
            Make.All(((Sequence<Field>)[Field.Destination, Field.Source])
                .Where(field => form.Layout[field] is FieldUse.NamesRegister)
                .Select(field => Fields[field].Term.Below(Make.Constant(Register.Last + 1, 4)))));
    }

    // No check of the encoding asks where in the program the slot is, nor where instructions start.
    private static EncodingSite Of(TermWord slot, TermWord next, Truth<TermWord> hasNext, Sequence<Form> candidates) => new(
        new(
            Taken(slot),
            Taken(next),
            hasNext,
            TermWord.Variable("index", Width.Bits64),
            TermWord.Variable("length", Width.Bits64),
            _ => Truth<TermWord>.Of(false),
            candidates,
            Rules),
        slot,
        next);
}

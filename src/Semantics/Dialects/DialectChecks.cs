using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Dialects;

/// <summary>A jump leads into the program, if its distance were counted from its own slot instead of the next.</summary>
/// <remarks>The C machines ask this of every instruction of the class, EXIT and CALL among them.</remarks>
/// <param name="Source">The machine that asks.</param>
public sealed record DistanceIsInside(Clause Source) : FormCheck
{
    /// <inheritdoc/>
    public override string Id => "jump/distance";

    /// <inheritdoc/>
    public override CheckScope Scope => CheckScope.Flow;

    /// <inheritdoc/>
    public override Clause Clause => Source;

    internal override bool Concerns(Form form) => form.Class is InstructionClass.Jmp || !form.Displacement.IsEmpty;

    internal override TBit Breaks<TWord, TBit>(Form form, Site<TWord, TBit> site) =>
        !TWord.LessUnsigned(Of(form, site), site.Length);

    private protected override (string Found, string Expected) Explain(Form form, Site<Word, Bit> site) => (
        $"{form.Id} has a distance that leads from its own slot to {Of(form, site).Signed}, outside the program",
        $"a distance that leads from its own slot to one from 0 to {site.Length.Value - 1}");

    private static TWord Of<TWord, TBit>(Form form, Site<TWord, TBit> site)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        site.Index + site.Slot[form.Displacement.IsEmpty ? Field.Offset : form.Displacement[0]].SignExtend(Width.Bits64);
}


using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects;

/// <summary>A jump leads into the program, if its distance were counted from its own slot instead of the next.</summary>
/// <remarks>The C machines ask this of every instruction of the class, EXIT and CALL among them.</remarks>
/// <param name="Source">The machine that asks.</param>
public sealed record DistanceIsInside(Clause Source) : FormCheck
{
    public override string Id => "jump/distance";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Source;

    internal override bool Concerns(Form form) => form.Class is InstructionClass.Jmp || !form.Displacement.IsEmpty;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        !T.LessUnsigned(Of(form, site), site.Length);

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} has a distance that leads from its own slot to {Of(form, site).Signed}, outside the program",
        $"a distance that leads from its own slot to one from 0 to {site.Length.Value - 1}");

    private static T Of<T>(Form form, Site<T> site)
        where T : IWord<T> =>
        site.Index + site.Slot[form.Displacement.IsEmpty ? Field.Offset : form.Displacement[0]].SignExtend(Width.Bits64);
}

/// <summary>The last slot of the program holds the opcode of EXIT, whatever instruction the slot belongs to.</summary>
/// <param name="Source">The machine that asks.</param>
public sealed record LastSlotIsExit(Clause Source) : Check
{
    private const byte Exit = 0x95;

    public override string Id => "end/slot";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Source;

    public override Truth<T> Violated<T>(Site<T> site)
    {
        var isWide = Any(site, form => Truth<T>.Of(form.Layout.IsWide) & Decoder.Matches(form, site.Slot));
        return (Ends(site, 1) & IsOther<T>(site.Slot.Opcode))
            | (isWide & Ends(site, 2) & IsOther<T>(site.Next.Opcode));
    }

    public override (string Found, string Expected) Explain(Site<Word> site) => (
        $"the last slot has opcode {Hex(Ends(site, 1).Value ? site.Slot.Opcode : site.Next.Opcode)}",
        $"opcode 0x{Exit:x} there");

    private static Truth<T> Ends<T>(Site<T> site, ulong slots)
        where T : IWord<T> =>
        T.Same(site.Index + T.Constant(slots, Width.Bits64), site.Length);

    private static Truth<T> IsOther<T>(T opcode)
        where T : IWord<T> => !T.Same(opcode, T.Constant(Exit, Width.Bits8));
}

/// <summary>The second slot of a wide instruction other than 0x18 has the registers and the distance of an instruction.</summary>
/// <param name="Source">The machine that asks.</param>
public sealed record SecondSlotIsInstruction(Clause Source) : FormCheck
{
    public override string Id => "wide/instruction";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Source;

    internal override bool Concerns(Form form) => form.Layout.IsWide && form.Operation is not WideLoad;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site)
    {
        var next = site.Next;
        var distance = site.Index + T.Constant(1, Width.Bits64) + next.Offset.SignExtend(Width.Bits64);
        var jumps = T.Same(
            next.Opcode & T.Constant(7, Width.Bits8),
            T.Constant((ulong)InstructionClass.Jmp, Width.Bits8));
        return site.HasNext
            & (IsNone<T>(next.Destination)
                | IsNone<T>(next.Source)
                | (jumps & !T.LessUnsigned(distance, site.Length)));
    }

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"the second slot of {form.Id} has opcode {Hex(site.Next.Opcode)}, dst_reg {Hex(site.Next.Destination)}, "
        + $"src_reg {Hex(site.Next.Source)} and offset {Hex(site.Next.Offset)}",
        "registers that exist and, if the opcode is one of a jump, an offset that leads into the program");

    private static Truth<T> IsNone<T>(T register)
        where T : IWord<T> => T.LessUnsigned(T.Constant(Register.Last, Width.Bits4), register);
}

/// <summary>A jump leads into the program but not to slot 0.</summary>
/// <remarks>The distance from the jump's own slot is compared with the index of the last slot but one, as unsigned.</remarks>
/// <param name="Source">The machine that asks.</param>
public sealed record TargetIsPastStart(Clause Source) : FormCheck
{
    public override string Id => "jump/start";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Source;

    internal override bool Concerns(Form form) => !form.Displacement.IsEmpty;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) => !T.AtMost(
        TargetIsInside.Of(form, site) - T.Constant(1, Width.Bits64),
        site.Length - T.Constant(2, Width.Bits64));

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} leads to slot {TargetIsInside.Of(form, site).Signed}",
        $"a target from slot 1 to slot {site.Length.Value - 1}");
}

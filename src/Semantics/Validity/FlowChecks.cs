using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>A jump or local call leads into the program.</summary>
public sealed record TargetIsInside : FormCheck
{
    public override string Id => "jump/inside";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Clause.Rfc("4.3");

    internal override bool Concerns(Form form) => !form.Displacement.IsEmpty;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        !T.LessUnsigned(Of(form, site), site.Length);

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} leads to slot {Of(form, site).Signed}, outside the program",
        $"a target from slot 0 to slot {site.Length.Value - 1}");

    /// <summary>The slot that a jump or local call leads to: the one after it, plus the distance. 64 bits.</summary>
    /// <remarks>RFC 9669 §4.3. Below zero it is a large number, so one comparison excludes both sides.</remarks>
    public static T Of<T>(Form form, Site<T> site)
        where T : IWord<T> =>
        site.Index
        + T.Constant((ulong)form.Layout.Slots, Width.Bits64)
        + site.Slot[form.Displacement[0]].SignExtend(Width.Bits64);
}

/// <summary>A jump or local call leads to an instruction, not to the second slot of one.</summary>
public sealed record TargetIsInstruction : FormCheck
{
    public override string Id => "jump/instruction";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Clause.Rfc("4.3");

    internal override bool Concerns(Form form) => !form.Displacement.IsEmpty;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site)
    {
        var target = TargetIsInside.Of(form, site);
        return site.Rules.Profile.JumpTarget switch
        {
            JumpTarget.Instruction =>
                T.LessUnsigned(target, site.Length) & !site.StartsInstruction(target),
        };
    }

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} leads to slot {TargetIsInside.Of(form, site).Value}, the second slot of a wide instruction",
        "a slot at which an instruction starts");
}

/// <summary>The last instruction does not let execution run off the end.</summary>
public sealed record EndIsClosed : FormCheck
{
    public override string Id => "end";

    public override CheckScope Scope => CheckScope.Flow;

    public override Clause Clause => Clause.Spec("end of program");

    internal override bool Concerns(Form form) => true;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site)
    {
        var closes = site.Rules.Profile.LastInstruction switch
        {
            LastInstruction.ExitOrJump => form.Operation is CallOperation.Exit or JumpOperation.Always,
            LastInstruction.Exit => form.Operation is CallOperation.Exit,
        };
        var after = site.Index + T.Constant((ulong)form.Layout.Slots, Width.Bits64);
        return Truth<T>.Of(!closes) & T.Same(after, site.Length);
    }

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"the last instruction is {form.Id}, after which execution would leave the program",
        site.Rules.Profile.LastInstruction switch
        {
            LastInstruction.ExitOrJump => "EXIT or an unconditional jump at the end",
            LastInstruction.Exit => "EXIT at the end",
        });
}

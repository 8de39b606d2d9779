using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>The profile has the conformance group of the encoding.</summary>
public sealed record GroupExists : FormCheck
{
    public override string Id => "group";

    public override CheckScope Scope => CheckScope.Admission;

    public override Clause Clause => Clause.Rfc("2.4");

    internal override bool Concerns(Form form) => true;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        Truth<T>.Of(!site.Rules.Profile.Has(form.Group));

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} belongs to the conformance group {form.Group.Name()}",
        $"a group of the profile {site.Rules.Profile.Name}: {string.Join(", ", site.Rules.Profile.Groups.Select(group => group.Name()))}");
}

/// <summary>The profile grants an encoding whose meaning is the platform's.</summary>
public sealed record PlatformGrants : FormCheck
{
    public override string Id => "platform";

    public override CheckScope Scope => CheckScope.Admission;

    public override Clause Clause => Clause.Rfc("5.4");

    internal override bool Concerns(Form form) => !form.Needs.IsEmpty;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        Truth<T>.Of(!site.Rules.Profile.Grants(form.Needs));

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) => (
        $"{form.Id} needs what a platform may grant and the profile {site.Rules.Profile.Name} does not: {string.Join(", ", form.Needs)}",
        form.Class is InstructionClass.Ld ? "a plain wide load (src_reg 0)" : "a call of a helper (src_reg 0) "
            + "or a local function (src_reg 1)");
}

/// <summary>r10 is not written.</summary>
public sealed record FramePointerIsKept : FormCheck
{
    public override string Id => "frame-pointer";

    public override CheckScope Scope => CheckScope.Admission;

    public override Clause Clause => Clause.Abi("registers");

    internal override bool Concerns(Form form) =>
        form.Writes is WrittenRegister.Destination or WrittenRegister.Source;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        site.Rules.Profile.FramePointer switch
        {
            FramePointer.ReadOnly => T.Same(
                site.Slot[Written(form)], T.Constant(Register.Last, Width.Bits4)),
            FramePointer.Writable => Truth<T>.Of(false),
        };

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"{form.Id} writes r10, the frame pointer, which is read-only", $"another register in {Written(form).Name()}");

    private static Field Written(Form form) =>
        form.Writes is WrittenRegister.Source ? Field.Source : Field.Destination;
}

/// <summary>A call names a function that the program may call.</summary>
public sealed record FunctionIsGranted : FormCheck
{
    public override string Id => "helper";

    public override CheckScope Scope => CheckScope.Capability;

    public override Clause Clause => Clause.Rfc("4.3.1");

    internal override bool Concerns(Form form) =>
        form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site)
    {
        var granted = Truth<T>.Of(false);
        foreach (var id in Granted(form, site.Rules))
            granted |= T.Same(site.Slot.Immediate, T.Constant(id, Width.Bits32));
        return !granted;
    }

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site)
    {
        var granted = Granted(form, site.Rules);
        return (
            $"{form.Id} names the function {Hex(site.Slot.Immediate)}, which is not granted to this program",
            granted.IsEmpty ? "no call: no function is granted" : $"one of {string.Join(", ", granted.Select(id => $"0x{id:x}"))}");
    }

    private static Sequence<uint> Granted(Form form, Admission rules) =>
        form.Operation is CallOperation.ByBtfId ? rules.BtfFunctions : rules.Helpers;
}

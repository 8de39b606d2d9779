using System.Globalization;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>The opcode byte is one that exists.</summary>
public sealed record OpcodeExists : Check
{
    public override string Id => "opcode";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.1");

    public override Truth<T> Violated<T>(Site<T> site) => !Any(
        site, form => T.Same(site.Slot.Opcode, T.Constant(form.Opcode, Width.Bits8)));

    public override (string Found, string Expected) Explain(Site<Word> site) => OutsideRfc.Of(site.Slot) is { } known
        ? ($"opcode 0x{site.Slot.Opcode.Value:x2}, {known}", known.Instead)
        : ($"opcode 0x{site.Slot.Opcode.Value:x2} is not an instruction", "an opcode of RFC 9669");
}

/// <summary>The fields that tell encodings of one opcode apart hold a value that is one of them.</summary>
public sealed record EncodingExists : Check
{
    public override string Id => "encoding";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.1");

    public override Truth<T> Violated<T>(Site<T> site) =>
        Any(site, form => T.Same(site.Slot.Opcode, T.Constant(form.Opcode, Width.Bits8)))
        & !Any(site, form => Decoder.Matches(form, site.Slot));

    public override (string Found, string Expected) Explain(Site<Word> site)
    {
        var selecting = Decoder.InSlot
            .Where(field => site.Candidates.Any(form => form.Layout[field] is FieldUse.Selects))
            .ToList();
        var fields = $"opcode 0x{site.Slot.Opcode.Value:x2} with "
            + $"{string.Join(", ", selecting.Select(field => $"{field.Name()} {Hex(site.Slot[field])}"))}";
        if (OutsideRfc.Of(site.Slot) is { } known) return ($"{fields}, {known}", known.Instead);
        return (
            $"{fields} is not an instruction",
            string.Join(" and ", selecting.Select(field => $"{field.Name()} {string.Join(" or ", Values(site, field))}")));
    }

    private static IEnumerable<string> Values(Site<Word> site, Field field) => site.Candidates
        .Select(form => form.Layout[field])
        .OfType<FieldUse.Selects>()
        .Select(use => use.Value)
        .Distinct()
        .Order()
        .Select(value => field is Field.Immediate && value > 64
            ? $"0x{value:x}"
            : value.ToString(CultureInfo.InvariantCulture));
}

/// <summary>A field that the encoding does not use is zero.</summary>
public sealed record ReservedIsZero(Field Field) : FormCheck
{
    public override string Id => $"reserved/{Field.Name()}";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.1");

    internal override bool Concerns(Form form) => form.Layout[Field] is FieldUse.Reserved;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        site.Rules.Profile.ReservedFields switch
        {
            ReservedFields.MustBeZero => !T.IsZero(site.Slot[Field]),
            ReservedFields.Ignored => Truth<T>.Of(false),
        };

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"{form.Id} does not use {Field.Name()}, which is {Hex(site.Slot[Field])}", $"{Field.Name()} 0");
}

/// <summary>A field that names a register names one that exists.</summary>
public sealed record RegisterExists(Field Field) : FormCheck
{
    public override string Id => $"register/{Field.Name()}";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.1");

    internal override bool Concerns(Form form) => form.Layout[Field] is FieldUse.NamesRegister;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        T.LessUnsigned(T.Constant(Register.Last, Width.Bits4), site.Slot[Field]);

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"{Field.Name()} of {form.Id} names r{site.Slot[Field].Value}", "a register from r0 to r10");
}

/// <summary>A wide instruction has a second slot.</summary>
public sealed record WideIsWhole : FormCheck
{
    public override string Id => "wide/whole";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.2");

    internal override bool Concerns(Form form) => form.Layout.IsWide;

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) => !site.HasNext;

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"{form.Id} is the program's last slot", "a second slot that holds next_imm");
}

/// <summary>
/// The second slot of a wide instruction is zero in its opcode, registers and offset and, where it is not used, its immediate.
/// </summary>
/// <param name="Part">Which part.</param>
public sealed record SecondSlotIsZero(SecondSlotPart Part) : FormCheck
{
    public override string Id => $"wide/{Name}";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Clause.Rfc("3.2");

    private string Name => Part switch
    {
        SecondSlotPart.Opcode => "opcode",
        SecondSlotPart.Destination => Field.Destination.Name(),
        SecondSlotPart.Source => Field.Source.Name(),
        SecondSlotPart.Offset => Field.Offset.Name(),
        SecondSlotPart.Immediate => Field.NextImmediate.Name(),
    };

    internal override bool Concerns(Form form) => form.Layout.IsWide
        && (Part is not SecondSlotPart.Immediate || form.Layout.NextImmediate is FieldUse.Reserved);

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) =>
        Part is not SecondSlotPart.Opcode && site.Rules.Profile.ReservedFields is ReservedFields.Ignored
            ? Truth<T>.Of(false)
            : site.HasNext & !T.IsZero(Of(site.Next));

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"the second slot of {form.Id} has {Name} {Hex(Of(site.Next))}", $"{Name} 0 there");

    private T Of<T>(Slot<T> slot)
        where T : IWord<T> => Part switch
        {
            SecondSlotPart.Opcode => slot.Opcode,
            SecondSlotPart.Destination => slot.Destination,
            SecondSlotPart.Source => slot.Source,
            SecondSlotPart.Offset => slot.Offset,
            SecondSlotPart.Immediate => slot.Immediate,
        };
}

/// <summary>A part of a wide instruction's second slot.</summary>
public enum SecondSlotPart
{
    /// <summary>The opcode byte.</summary>
    Opcode,

    /// <summary>The dst_reg field.</summary>
    Destination,

    /// <summary>The src_reg field.</summary>
    Source,

    /// <summary>The offset field.</summary>
    Offset,

    /// <summary>The imm field, next_imm of the whole.</summary>
    Immediate,
}

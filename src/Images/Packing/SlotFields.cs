namespace RbpfSpec.Images.Packing;

/// <summary>The fields of a slot that follow its opcode in packed form, in this order.</summary>
[Flags]
internal enum SlotFields
{
    None = 0,
    Registers = 1,
    Offset = 2,
    Immediate = 4,
    All = Registers | Offset | Immediate,
}

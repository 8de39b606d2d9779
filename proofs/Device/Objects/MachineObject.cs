using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>The structure of the machine in memory: its registers, then its other fields.</summary>
/// <param name="Registers">The registers.</param>
/// <param name="Fields">The other fields, by their distances.</param>
internal sealed record MachineObject(DeviceRegisters Registers, WordCells Fields) : IMemoryObject
{
    public Truth<TermWord> Grants(TermWord offset, Width width, bool isWrite) =>
        RegisterAt(offset.Term) is { } register
            ? TermTruths.Of(Make.Truth(width == Width.Bits32 || !isWrite) & register.Lies & register.Number.Below(11))
            : Fields.Grants(offset, width, isWrite);

    public TermWord Read(TermWord offset, Width width) => RegisterAt(offset.Term) is { } register
        ? new TermWord((register.IsHigh ? Registers.High : Registers.Low)[register.Number]).Low(width)
        : Fields.Read(offset, width);

    public IMemoryObject Write(TermWord offset, TermWord value, Truth<TermWord> when)
    {
        if (RegisterAt(offset.Term) is not { } register) return this with { Fields = (WordCells)Fields.Write(offset, value, when) };
        return this with
        {
            Registers = register.IsHigh
                ? Registers with { High = Stored(Registers.High) }
                : Registers with { Low = Stored(Registers.Low) },
        };

        Term Stored(Term array) =>
            Make.Store(array, register.Number, Make.Choose(when.Term, value.Term, array[register.Number]));
    }

    // The word of a register that a distance leads to, and when it does; null if the distance is that of a field.
    private static (Term Number, bool IsHigh, Term Lies)? RegisterAt(Term offset)
    {
        if (offset.IsConstant)
        {
            return offset.Value < MachineFields.RegisterBytes
                ? (Make.Constant(offset.Value / 8, 4), (offset.Value & 4) != 0, Make.Truth(offset.Value % 4 == 0))
                : null;
        }

        var constant = offset.Operator is Operator.Add && offset.Second.IsConstant ? (ulong)offset.Second.Value : 0;
        var rest = offset - constant;
        var number = rest is { Operator: Operator.ShiftLeft, First: { Operator: Operator.ZeroExtend, First.Width: 4 } }
            && rest.Second.Is(3UL)
            ? rest.First.First
            : rest.Bits(3, 4);
        return (
            number,
            constant == 4,
            Make.Truth(constant is 0 or 4) & rest.EqualTo(Make.Binary(Operator.ShiftLeft, number.ZeroExtended(32), Make.Constant(3, 32))));
    }
}

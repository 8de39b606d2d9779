using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Fuzzing;

/// <summary>A sequence of encodings that the fast machine does as one, if its operands fit.</summary>
internal sealed record Idiom(Form[] Forms, bool ShiftsBy32)
{
    /// <summary>Every sequence that becomes a superinstruction.</summary>
    public static Idiom[] All { get; } =
        [.. Superinstruction.All.Select(
            sequence => new Idiom(Array.ConvertAll(sequence.Parts, FormOf), sequence.Condition is Condition.OfLow32))];

    /// <summary>The sequence with operands that fit: one register through all of it, and others beside it.</summary>
    /// <remarks>Jumps are given their targets later.</remarks>
    public IEnumerable<Instruction> Fitting(Dice dice)
    {
        var register = dice.Between(0, 3);
        foreach (var form in Forms)
        {
            var other = (byte)((register + dice.Between(1, 9)) % 10);
            var isLoad = form.Operation is MemoryOperation;
            yield return Instruction.Of(
                form,
                new(isLoad ? other : (byte)register),
                new(isLoad ? (byte)register : other),
                (short)dice.Between(-2, 2),
                ShiftsBy32 ? 32 : dice.AnyImmediate());
        }
    }

    private static Form FormOf(Code code) => OperationTable.Forms.First(form => Codes.Of(form) == code);
}

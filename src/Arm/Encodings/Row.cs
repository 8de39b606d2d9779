using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Encodings;

/// <summary>One encoding: its bits, and how they and an instruction say the same.</summary>
internal abstract class Row(string pattern)
{
    /// <summary>The bits.</summary>
    public Pattern Pattern { get; } = new(pattern);

    /// <summary>The type of the instructions that the row is for.</summary>
    public abstract Type Instruction { get; }

    /// <summary>The instruction that fields stand for; null where they belong to another row, or to none.</summary>
    public abstract Instruction? Read(Fields fields);

    /// <summary>The fields that may stand for an instruction: right if reading them yields it; null if none do.</summary>
    public abstract Fields? Write(Instruction instruction);

    /// <summary>Why the manual leaves open what an instruction in this encoding does; null if it does not.</summary>
    public abstract string? Unpredictable(Instruction instruction);

    /// <summary>A row of a table.</summary>
    /// <param name="pattern">The bits.</param>
    /// <param name="read">The instruction that fields stand for; null where they belong to another row, or to none.</param>
    /// <param name="write">Fields that may stand for an instruction, without asking whether it is one of this row.</param>
    /// <param name="unpredictable">Why it is UNPREDICTABLE; null if it is not.</param>
    public static Row Of<TInstruction>(
        string pattern,
        Func<Fields, TInstruction?> read,
        Func<TInstruction, Fields> write,
        Func<TInstruction, string?>? unpredictable = null)
        where TInstruction : Instruction => new Typed<TInstruction>(pattern, read, write, unpredictable);

    private sealed class Typed<TInstruction>(
        string pattern,
        Func<Fields, TInstruction?> read,
        Func<TInstruction, Fields> write,
        Func<TInstruction, string?>? unpredictable)
        : Row(pattern)
        where TInstruction : Instruction
    {
        public override Type Instruction => typeof(TInstruction);

        public override Instruction? Read(Fields fields) => read(fields);

        public override Fields? Write(Instruction instruction) => instruction is TInstruction own ? write(own) : null;

        public override string? Unpredictable(Instruction instruction) => unpredictable?.Invoke((TInstruction)instruction);
    }
}

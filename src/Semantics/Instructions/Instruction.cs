namespace RbpfSpec.Semantics.Instructions;

/// <summary>A decoded instruction: an encoding and the values of the fields that it uses; all other fields are zero.</summary>
public sealed record Instruction
{
    private Instruction(Form form) => Form = form;

    /// <summary>The encoding.</summary>
    public Form Form { get; }

    /// <summary>The destination register, where the encoding has one.</summary>
    public Register Destination { get; private init; }

    /// <summary>The source register, where the encoding has one.</summary>
    public Register Source { get; private init; }

    /// <summary>The offset, where the encoding holds a value there; else zero.</summary>
    public short Offset { get; private init; }

    /// <summary>The immediate, where the encoding holds a value there; else zero.</summary>
    public int Immediate { get; private init; }

    /// <summary>The second slot's immediate, where the encoding holds a value there; else zero.</summary>
    public int NextImmediate { get; private init; }

    /// <summary>The 64-bit value of both immediates.</summary>
    public ulong WideImmediate => ((ulong)(uint)NextImmediate << 32) | (uint)Immediate;

    /// <summary>The instruction of an encoding with the given fields; those that the encoding does not hold are dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A register's number is above 10.</exception>
    public static Instruction Of(
        Form form,
        Register destination = default,
        Register source = default,
        short offset = 0,
        int immediate = 0,
        int nextImmediate = 0)
    {
        var layout = form.Layout;
        return new(form)
        {
            Destination = layout.Destination is FieldUse.NamesRegister ? Existing(destination) : default,
            Source = layout.Source is FieldUse.NamesRegister ? Existing(source) : default,
            Offset = layout.Offset is FieldUse.HoldsValue ? offset : (short)0,
            Immediate = layout.Immediate is FieldUse.HoldsValue ? immediate : 0,
            NextImmediate = layout.NextImmediate is FieldUse.HoldsValue ? nextImmediate : 0,
        };
    }

    /// <summary>The fields as words that a rule reads; those that select the encoding read as zero.</summary>
    public FieldWords<T> Fields<T>()
        where T : IWord<T> => new(
            T.Constant(Destination.Number, Width.Bits4),
            T.Constant(Source.Number, Width.Bits4),
            T.Constant((ulong)Offset, Width.Bits16),
            T.Constant((ulong)Immediate, Width.Bits32),
            T.Constant((ulong)NextImmediate, Width.Bits32));

    private static Register Existing(Register register) => register.Number <= Register.Last
        ? register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "registers are r0 to r10");
}

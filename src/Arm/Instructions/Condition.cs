using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>A condition on the flags; the numbers are those of the encodings.</summary>
public enum Condition
{
    /// <summary>EQ: equal.</summary>
    Equal,

    /// <summary>NE: not equal.</summary>
    NotEqual,

    /// <summary>CS, HS: carry set; unsigned at least.</summary>
    CarrySet,

    /// <summary>CC, LO: carry clear; unsigned less.</summary>
    CarryClear,

    /// <summary>MI: negative.</summary>
    Minus,

    /// <summary>PL: zero or positive.</summary>
    Plus,

    /// <summary>VS: overflow.</summary>
    OverflowSet,

    /// <summary>VC: no overflow.</summary>
    OverflowClear,

    /// <summary>HI: unsigned greater.</summary>
    Higher,

    /// <summary>LS: unsigned at most.</summary>
    LowerOrSame,

    /// <summary>GE: signed at least.</summary>
    GreaterOrEqual,

    /// <summary>LT: signed less.</summary>
    Less,

    /// <summary>GT: signed greater.</summary>
    Greater,

    /// <summary>LE: signed at most.</summary>
    LessOrEqual,

    /// <summary>AL: always.</summary>
    Always,
}

/// <summary>The meaning of conditions.</summary>
public static class Conditions
{
    /// <summary>Whether a condition holds of flags.</summary>
    public static Truth<T> Holds<T>(this Condition condition, Flags<T> flags)
        where T : IWord<T> => condition switch
        {
            Condition.Equal => flags.Zero,
            Condition.NotEqual => !flags.Zero,
            Condition.CarrySet => flags.Carry,
            Condition.CarryClear => !flags.Carry,
            Condition.Minus => flags.Negative,
            Condition.Plus => !flags.Negative,
            Condition.OverflowSet => flags.Overflow,
            Condition.OverflowClear => !flags.Overflow,
            Condition.Higher => flags.Carry & !flags.Zero,
            Condition.LowerOrSame => !flags.Carry | flags.Zero,
            Condition.GreaterOrEqual => Arithmetic<T>.Iff(flags.Negative, flags.Overflow),
            Condition.Less => !Arithmetic<T>.Iff(flags.Negative, flags.Overflow),
            Condition.Greater => !flags.Zero & Arithmetic<T>.Iff(flags.Negative, flags.Overflow),
            Condition.LessOrEqual => flags.Zero | !Arithmetic<T>.Iff(flags.Negative, flags.Overflow),
            Condition.Always => Truth<T>.Of(true),
        };

    /// <summary>The condition that holds exactly where another does not; <see cref="Condition.Always"/> has none.</summary>
    public static Condition Opposite(this Condition condition) => condition is Condition.Always
        ? throw new ArgumentOutOfRangeException(nameof(condition), condition, "it always holds")
        : (Condition)((int)condition ^ 1);
}

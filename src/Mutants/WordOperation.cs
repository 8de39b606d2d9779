namespace RbpfSpec.Mutants;

/// <summary>The operations of words and truth values that can go wrong.</summary>
public enum WordOperation
{
    /// <summary>A constant of a rule.</summary>
    Constant,

    /// <summary>Negation of a truth value.</summary>
    Not,

    /// <summary>Conjunction.</summary>
    And,

    /// <summary>Disjunction.</summary>
    Or,

    /// <summary>Equality of words.</summary>
    Equal,

    /// <summary>One of two words.</summary>
    Choose,

    /// <summary>Below, both read as unsigned.</summary>
    LessUnsigned,

    /// <summary>Below, both read as two's complement.</summary>
    LessSigned,

    /// <summary>Sum.</summary>
    Add,

    /// <summary>Difference.</summary>
    Subtract,

    /// <summary>Product.</summary>
    Multiply,

    /// <summary>Unsigned quotient.</summary>
    DivideUnsigned,

    /// <summary>Unsigned remainder.</summary>
    RemainderUnsigned,

    /// <summary>Signed quotient.</summary>
    DivideSigned,

    /// <summary>Signed remainder.</summary>
    RemainderSigned,

    /// <summary>Bitwise and.</summary>
    BitwiseAnd,

    /// <summary>Bitwise or.</summary>
    BitwiseOr,

    /// <summary>Bitwise exclusive or.</summary>
    BitwiseXor,

    /// <summary>Shift towards the high bits.</summary>
    ShiftLeft,

    /// <summary>Shift towards the low bits, zeros in.</summary>
    ShiftRightLogical,

    /// <summary>Shift towards the low bits, copies of the sign in.</summary>
    ShiftRightArithmetic,

    /// <summary>Some of the bits, at least 8 and not all of them.</summary>
    Slice,

    /// <summary>A slice of all bits, or of a register number: nothing can go wrong with it.</summary>
    WholeSlice,

    /// <summary>The same unsigned value in more bits.</summary>
    ZeroExtend,

    /// <summary>The same two's complement value in more bits.</summary>
    SignExtend,

    /// <summary>The bytes in reverse order.</summary>
    ReverseBytes,
}

/// <summary>Facts about word operations.</summary>
public static class WordOperations
{
    /// <summary>The name in SMT-LIB, by which the names of mutants call it.</summary>
    public static string Name(this WordOperation operation) => operation switch
    {
        WordOperation.Constant => "constant",
        WordOperation.Not => "not",
        WordOperation.And => "and",
        WordOperation.Or => "or",
        WordOperation.Equal => "=",
        WordOperation.Choose => "ite",
        WordOperation.LessUnsigned => "bvult",
        WordOperation.LessSigned => "bvslt",
        WordOperation.Add => "bvadd",
        WordOperation.Subtract => "bvsub",
        WordOperation.Multiply => "bvmul",
        WordOperation.DivideUnsigned => "bvudiv",
        WordOperation.RemainderUnsigned => "bvurem",
        WordOperation.DivideSigned => "bvsdiv",
        WordOperation.RemainderSigned => "bvsrem",
        WordOperation.BitwiseAnd => "bvand",
        WordOperation.BitwiseOr => "bvor",
        WordOperation.BitwiseXor => "bvxor",
        WordOperation.ShiftLeft => "bvshl",
        WordOperation.ShiftRightLogical => "bvlshr",
        WordOperation.ShiftRightArithmetic => "bvashr",
        WordOperation.Slice or WordOperation.WholeSlice => "extract",
        WordOperation.ZeroExtend => "zero_extend",
        WordOperation.SignExtend => "sign_extend",
        WordOperation.ReverseBytes => "reverse",
    };
}

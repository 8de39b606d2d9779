namespace RbpfSpec.Symbolic.Terms;

/// <summary>The operator that a term is built by; the operators are those of SMT-LIB 2, with its meaning for all operands.</summary>
public enum Operator
{
    /// <summary>A number or a truth value.</summary>
    Constant,

    /// <summary>A free variable of any sort.</summary>
    Variable,

    /// <summary>An uninterpreted function applied to bit-vectors.</summary>
    Apply,

    /// <summary><c>not</c>.</summary>
    Not,

    /// <summary><c>and</c> of two.</summary>
    And,

    /// <summary><c>or</c> of two.</summary>
    Or,

    /// <summary><c>=</c>, of truth values or bit-vectors; never of arrays.</summary>
    Equal,

    /// <summary><c>ite</c>, of any sort.</summary>
    Choose,

    /// <summary><c>bvult</c>.</summary>
    LessUnsigned,

    /// <summary><c>bvslt</c>.</summary>
    LessSigned,

    /// <summary><c>bvadd</c>.</summary>
    Add,

    /// <summary><c>bvsub</c>.</summary>
    Subtract,

    /// <summary><c>bvmul</c>.</summary>
    Multiply,

    /// <summary><c>bvudiv</c>.</summary>
    DivideUnsigned,

    /// <summary><c>bvurem</c>.</summary>
    RemainderUnsigned,

    /// <summary><c>bvsdiv</c>.</summary>
    DivideSigned,

    /// <summary><c>bvsrem</c>.</summary>
    RemainderSigned,

    /// <summary><c>bvand</c>.</summary>
    BitwiseAnd,

    /// <summary><c>bvor</c>.</summary>
    BitwiseOr,

    /// <summary><c>bvxor</c>.</summary>
    BitwiseXor,

    /// <summary><c>bvshl</c>.</summary>
    ShiftLeft,

    /// <summary><c>bvlshr</c>.</summary>
    ShiftRightLogical,

    /// <summary><c>bvashr</c>.</summary>
    ShiftRightArithmetic,

    /// <summary><c>concat</c>, the high part first.</summary>
    Concatenate,

    /// <summary><c>extract</c>; the term says the lowest bit.</summary>
    Extract,

    /// <summary><c>zero_extend</c>.</summary>
    ZeroExtend,

    /// <summary><c>sign_extend</c>.</summary>
    SignExtend,

    /// <summary><c>select</c>.</summary>
    Select,

    /// <summary><c>store</c>.</summary>
    Store,
}

/// <summary>Facts about operators.</summary>
public static class Operators
{
    /// <summary>The name in SMT-LIB; of those without a name of their own, empty.</summary>
    public static string Name(this Operator @operator) => @operator switch
    {
        Operator.Constant or Operator.Variable or Operator.Apply => "",
        Operator.Not => "not",
        Operator.And => "and",
        Operator.Or => "or",
        Operator.Equal => "=",
        Operator.Choose => "ite",
        Operator.LessUnsigned => "bvult",
        Operator.LessSigned => "bvslt",
        Operator.Add => "bvadd",
        Operator.Subtract => "bvsub",
        Operator.Multiply => "bvmul",
        Operator.DivideUnsigned => "bvudiv",
        Operator.RemainderUnsigned => "bvurem",
        Operator.DivideSigned => "bvsdiv",
        Operator.RemainderSigned => "bvsrem",
        Operator.BitwiseAnd => "bvand",
        Operator.BitwiseOr => "bvor",
        Operator.BitwiseXor => "bvxor",
        Operator.ShiftLeft => "bvshl",
        Operator.ShiftRightLogical => "bvlshr",
        Operator.ShiftRightArithmetic => "bvashr",
        Operator.Concatenate => "concat",
        Operator.Extract => "extract",
        Operator.ZeroExtend => "zero_extend",
        Operator.SignExtend => "sign_extend",
        Operator.Select => "select",
        Operator.Store => "store",
    };

    /// <summary>Whether the two operands may change places.</summary>
    public static bool IsCommutative(this Operator @operator) => @operator
        is Operator.And or Operator.Or or Operator.Equal or Operator.Add or Operator.Multiply
        or Operator.BitwiseAnd or Operator.BitwiseOr or Operator.BitwiseXor;

    /// <summary>Whether it takes two bit-vectors of one width and yields that width.</summary>
    public static bool IsArithmetic(this Operator @operator) => @operator is >= Operator.Add and <= Operator.ShiftRightArithmetic;
}

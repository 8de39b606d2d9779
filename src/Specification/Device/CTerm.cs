namespace RbpfSpec.Specification.Device;

/// <summary>An expression of C, before it is text.</summary>
internal abstract record CTerm
{
    private CTerm()
    {
    }

    /// <summary>A number that is known when the text is written.</summary>
    internal sealed record Number(ulong Value) : CTerm;

    /// <summary>A truth value that is known when the text is written.</summary>
    internal sealed record Truth(bool Value) : CTerm;

    /// <summary>A parameter of the function.</summary>
    internal sealed record Name(string Text) : CTerm;

    /// <summary>An operation on terms.</summary>
    /// <param name="Shape">Its text, with <c>{0}</c> and so on for the operands.</param>
    /// <param name="Operands">The operands.</param>
    internal sealed record Apply(string Shape, Sequence<CTerm> Operands) : CTerm;

    /// <summary>A quotient or remainder, which C has for a divisor alone that is not zero.</summary>
    /// <param name="Shape">Its text.</param>
    /// <param name="Dividend">The dividend.</param>
    /// <param name="Divisor">The divisor.</param>
    internal sealed record Division(string Shape, CTerm Dividend, CTerm Divisor) : CTerm;

    /// <summary>One of two terms.</summary>
    internal sealed record Choice(CTerm Condition, CTerm Then, CTerm Otherwise) : CTerm;

    /// <summary>A negated truth value.</summary>
    internal sealed record Not(CTerm Operand) : CTerm;

    /// <summary>Whether two terms are equal.</summary>
    internal sealed record Same(CTerm Left, CTerm Right) : CTerm;
}

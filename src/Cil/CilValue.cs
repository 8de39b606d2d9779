using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>A value of compiled code: on the evaluation stack, in a local variable, or in memory.</summary>
public abstract record CilValue
{
    private CilValue()
    {
    }

    /// <summary>A number of 32 or 64 bits, in memory also of 8 or 16.</summary>
    /// <param name="Term">The bits; their sign is a matter of the operations.</param>
    public sealed record Number(Term Term) : CilValue
    {
        /// <summary>A known number.</summary>
        public static Number Of(ulong value, int width) => new(Make.Constant(value, width));
    }

    /// <summary>A pointer into something that lies apart from everything else.</summary>
    /// <param name="Place">The name of what it points into.</param>
    /// <param name="Offset">The distance from its first byte, 64 bits.</param>
    public sealed record Pointer(string Place, Term Offset) : CilValue
    {
        /// <summary>A pointer at a known distance.</summary>
        public static Pointer To(string place, ulong offset = 0) => new(place, Make.Constant(offset, 64));

        /// <summary>The pointer some bytes further.</summary>
        public Pointer Plus(Term bytes) => this with { Offset = Offset + bytes };

        /// <summary>The pointer some bytes further.</summary>
        public Pointer Plus(ulong bytes) => Plus(Make.Constant(bytes, 64));
    }

    /// <summary>A pointer to code that is known by where it was read from.</summary>
    /// <param name="Of">What the code belongs to.</param>
    public sealed record Function(Pointer Of) : CilValue;
}

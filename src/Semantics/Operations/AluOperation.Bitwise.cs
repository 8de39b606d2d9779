using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>OR</c>: bitwise or.</summary>
    public sealed record Or() : AluOperation(
        0x4, "or", "|=", "Sets the bits of the destination that are set in the second operand.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst | src;
    }

    /// <summary><c>AND</c>: bitwise and.</summary>
    public sealed record And() : AluOperation(
        0x5, "and", "&=", "Clears the bits of the destination that are clear in the second operand.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst & src;
    }

    /// <summary><c>XOR</c>: bitwise exclusive or.</summary>
    public sealed record Xor() : AluOperation(
        0xa, "xor", "^=", "Flips the bits of the destination that are set in the second operand.")
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => dst ^ src;
    }
}

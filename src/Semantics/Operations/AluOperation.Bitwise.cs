using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>OR</c>: bitwise or.</summary>
    public sealed record Or : AluOperation
    {
        public override byte Code => 0x4;

        public override string Mnemonic => "or";

        public override string Operator => "|=";

        public override string Summary => "Sets the bits of the destination that are set in the second operand.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination | source);
    }

    /// <summary><c>AND</c>: bitwise and.</summary>
    public sealed record And : AluOperation
    {
        public override byte Code => 0x5;

        public override string Mnemonic => "and";

        public override string Operator => "&=";

        public override string Summary => "Clears the bits of the destination that are clear in the second operand.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination & source);
    }

    /// <summary><c>XOR</c>: bitwise exclusive or.</summary>
    public sealed record Xor : AluOperation
    {
        public override byte Code => 0xa;

        public override string Mnemonic => "xor";

        public override string Operator => "^=";

        public override string Summary => "Flips the bits of the destination that are set in the second operand.";

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            Guarded<T>.Of(destination ^ source);
    }
}

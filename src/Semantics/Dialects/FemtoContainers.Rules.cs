using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Dialects;

public static partial class FemtoContainers
{
    /// <summary>FC-10.</summary>
    public sealed record WideLoadSignExtends() : ResultDeviation(
        "FC-10",
        Name,
        "A wide load sign-extends its low half and ors the high half in, which a set bit 31 of imm so makes all ones.",
        Interpreter)
    {
        /// <inheritdoc/>
        public override bool Concerns(Form form) => form.Operation is WideLoad.Plain;

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Result<TWord, TBit>(in Execution<TWord, TBit> execution) => Guarded<TBit>.Of(
            execution.Fields.Immediate.SignExtend(Width.Bits64)
            | DialectWords.HighHalf<TWord, TBit>(execution.Fields.NextImmediate));
    }
}

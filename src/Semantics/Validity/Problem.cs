using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Semantics.Validity;

/// <summary>Why a program is rejected.</summary>
/// <param name="Slot">The slot index of the instruction, or 0 for the program as a whole.</param>
/// <param name="Check">The id of the check that failed, such as <c>reserved/imm</c>.</param>
/// <param name="Clause">Where it is specified.</param>
/// <param name="Found">What was found there.</param>
/// <param name="Expected">What would be right.</param>
public sealed record Problem(int Slot, string Check, Clause Clause, string Found, string Expected)
{
    /// <summary>The problem in one line.</summary>
    public override string ToString() => $"slot {Slot}: {Found}; expected {Expected} [{Check}, {Clause}]";
}

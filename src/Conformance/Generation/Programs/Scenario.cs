using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Programs;

/// <summary>A program written out, about one thing that a few instructions of a pattern would not show.</summary>
/// <param name="Rule">The rule id, or <c>program/</c> and a name.</param>
/// <param name="Purpose">What it is about, a clause after "where".</param>
/// <param name="Program">The instructions.</param>
internal sealed record Scenario(string Rule, string Purpose, Sequence<Instruction> Program)
{
    /// <summary>The context.</summary>
    public Sequence<byte> Memory { get; init; } = [];

    /// <summary>The rest of the setting that the harness provides.</summary>
    public Setting Setting { get; init; } = Setting.Plain;

    /// <summary>The scenario as a candidate.</summary>
    /// <param name="isWide">Whether there are instructions of 64 bits; else those of 32 take their place where there are any.</param>
    public Candidate ToCandidate(bool isWide) => new(isWide ? Program : Program.Map(Narrow), Memory, Setting, [Class.Wanted(Purpose)]);

    private static Instruction Narrow(Instruction instruction)
    {
        var form = instruction.Form;
        var isNarrowed = form is { Operation: AluOperation or JumpOperation, Width.Bits: 64, Group: ConformanceGroup.Base64 }
            && form.Operand is not SourceOperand.None;
        if (!isNarrowed) return instruction;
        var narrow = SupportCode.Form(form.Id.Replace("64", "32", StringComparison.Ordinal));
        return Instruction.Of(narrow, instruction.Destination, instruction.Source, instruction.Offset, instruction.Immediate);
    }
}

using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation;

/// <summary>A program written out, about one thing that a few instructions of a pattern would not show.</summary>
/// <param name="Rule">The rule id, or <c>program/</c> and a name.</param>
/// <param name="Class">What it is about, a clause after "where".</param>
/// <param name="Text">Assembly text.</param>
internal sealed record Scenario(string Rule, string Class, string Text)
{
    /// <summary>The context.</summary>
    public Sequence<byte> Memory { get; init; } = [];

    /// <summary>The rest of what the harness provides.</summary>
    public Setting Setting { get; init; } = Setting.Plain;

    /// <summary>The scenario as a candidate.</summary>
    /// <param name="isWide">Whether there are instructions of 64 bits; else those of 32 take their place where there are any.</param>
    /// <exception cref="InvalidOperationException">The text is no program.</exception>
    public Candidate ToCandidate(bool isWide) =>
        new(isWide ? Instructions() : Instructions().Map(Narrow), Memory, Setting, [Generation.Class.Wanted(Class)]);

    private static Instruction Narrow(Instruction instruction) =>
        instruction.Form is { Operation: AluOperation or JumpOperation, Width.Bits: 64, Group: ConformanceGroup.Base64, Operand: not SourceOperand.None } form
            ? Instruction.Of(
                Palette.Form(form.Id.Replace("64", "32", StringComparison.Ordinal)),
                instruction.Destination, instruction.Source, instruction.Offset, instruction.Immediate)
            : instruction;

    private Sequence<Instruction> Instructions()
    {
        if (Assembler.Parse(Text, Syntax.Conformance) is not Assembled.Success(var program, _, _))
            throw new InvalidOperationException($"the program of {Rule} where {Class} does not assemble");
        List<Instruction> instructions = [];
        for (var index = 0; index < program.Length;)
        {
            if (Decoder.Decode(program, index) is not Decoded.Valid(var instruction))
                throw new InvalidOperationException($"slot {index} of {Rule} where {Class} is no instruction");
            instructions.Add(instruction);
            index += instruction.Form.Layout.Slots;
        }

        return instructions.ToSequence();
    }
}

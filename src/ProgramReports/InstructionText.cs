using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.ProgramReports;

/// <summary>Instructions of programs as text.</summary>
public static class InstructionText
{
    /// <summary>The instruction at a program counter, as text, or what stands in its place.</summary>
    public static string At(ReferenceMachine machine, Word programCounter)
    {
        if (programCounter.Value >= (ulong)machine.Program.Length) return "outside the program";
        return machine.At((int)programCounter.Value) switch
        {
            Decoded.Valid(var instruction) => Disassembler.Print(instruction, Syntax.Conformance),
            Decoded.Malformed(var problems) => problems[0].Found,
        };
    }
}

using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>The instructions that a machine does not have, found by asking it for each of them once.</summary>
/// <param name="Runs">Whether it runs even the program that only returns a number.</param>
/// <param name="Rules">The rule ids of the instructions that it refuses.</param>
/// <param name="Names">The same for people: conformance groups that are refused as a whole, then single rules.</param>
public sealed record Lacking(bool Runs, IReadOnlySet<string> Rules, Sequence<string> Names);

/// <summary>Asks a machine for each instruction of a profile, in a program that does nothing else.</summary>
public static class Probe
{
    private const int Seven = 7;
    private const int MemorySize = 16;

    private static readonly Form Move = OperationTable.WithId("alu/mov64-k");
    private static readonly Form Exit = OperationTable.WithId("jmp/exit");

    /// <summary>Asks.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="profile">The variant whose instructions are asked for.</param>
    public static Lacking Of(MachineUnderTest machine, Profile profile)
    {
        var right = new VectorMachine(profile);
        List<(Form Form, Vector Vector)> questions = [];
        foreach (var form in OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs)))
        {
            if (ProgramOf(form) is { } body
                && ProgramVector.Of(right, new(body, Sequence.Generate(MemorySize, _ => (byte)0)), $"probe {form.Id}", out _)
                    is { Expectation: Expectation.Returns(Seven) } vector)
            {
                questions.Add((form, vector with { After = null }));
            }
        }

        var answers = TestRun.Of(machine, [.. questions.Select(question => question.Vector)], 1);
        var refused = questions
            .Zip(answers)
            .Where(pair => pair.Second.Reply is MachineReply.Rejected or MachineReply.Refused or MachineReply.Trapped)
            .Select(pair => pair.First.Form).ToHashSet();
        if (refused.Contains(Move)) return new(false, new HashSet<string>(), []);
        var groups = questions
            .GroupBy(question => question.Form.Group)
            .Where(group => group.All(question => refused.Contains(question.Form)))
            .Select(group => group.Key).ToHashSet();
        return new(
            true,
            refused.Select(form => form.Id).ToHashSet(),
            [
                .. groups.Select(group => $"group {group.Name()}"),
                .. refused.Where(form => !groups.Contains(form.Group)).Select(form => form.Id),
            ]);
    }

    /// <summary>Vectors that have an instruction that a machine lacks are not put to it; yields the reason, or null.</summary>
    public static string? Excuse(Lacking lacking, Vector vector) =>
        vector.Program is VectorProgram.Code(var code) && Traits.RulesIn(code).FirstOrDefault(lacking.Rules.Contains) is { } rule
            ? $"the machine lacks {rule}"
            : null;

    // r0 is 7 at the end, whatever the instruction does: it works on r2 and r3, reads and writes the memory at r1, and jumps to
    // what follows.
    private static Sequence<Instruction>? ProgramOf(Form form)
    {
        var seven = Instruction.Of(Move, new(0), default, 0, Seven);
        var one = Instruction.Of(Move, new(2), default, 0, 1);
        var other = Instruction.Of(Move, new(3), default, 0, 1);
        var end = Instruction.Of(Exit);
        return form.Operation switch
        {
            CallOperation.Exit => null,
            CallOperation.Local => [seven, Instruction.Of(form, default, default, 0, 1), end, end],
            CallOperation or PacketLoad => null,
            MemoryOperation { Kind: Access.Read } => [Instruction.Of(form, new(3), new(1)), seven, end],
            MemoryOperation or AtomicOperation => [one, Instruction.Of(form, new(1), new(2), 0, 1), seven, end],
            JumpOperation or AluOperation =>
            [
                one, other,
                Instruction.Of(form, new(3), new(2), 0, form.Displacement.IsEmpty || form.Displacement[0] is Field.Offset ? 1 : 0),
                seven, end,
            ],
            _ => [Instruction.Of(form, new(3), default, 0, 1), seven, end],
        };
    }

}

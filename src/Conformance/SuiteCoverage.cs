using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance;

/// <summary>Something that a run has shown of a rule, or a rejection of a check.</summary>
/// <param name="Rule">The rule id, or <c>preflight/</c> and the id of a check.</param>
/// <param name="What">Which guard held or did not, whether a jump was taken, which fields were alike, and the like.</param>
public readonly record struct CoveragePoint(string Rule, string What);

/// <summary>The coverage of vectors: each is executed on the reference machine, whatever it expects.</summary>
public static class SuiteCoverage
{
    /// <summary>The points that some vectors cover, each with the name of the first that shows it.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="profile">The machine variant.</param>
    public static IReadOnlyDictionary<CoveragePoint, string> Of(IReadOnlyList<Vector> vectors, Profile profile)
    {
        var machine = new VectorMachine(profile);
        var shown = vectors.AsParallel().AsOrdered().Select(vector => (vector.Name, Points: PointsOf(vector, machine))).ToList();
        Dictionary<CoveragePoint, string> first = [];
        foreach (var (name, points) in shown)
        {
            foreach (var point in points) first.TryAdd(point, name);
        }

        return first;
    }

    /// <summary>The points that one vector executes.</summary>
    internal static HashSet<CoveragePoint> PointsOf(Vector vector, VectorMachine machine)
    {
        HashSet<CoveragePoint> points = [];
        if (vector.Program is not VectorProgram.Code(var code)) return points;
        var problems = machine.Problems(code, vector.Setting);
        foreach (var problem in problems) points.Add(new($"preflight/{problem.Check}", "rejects"));
        if (!problems.IsEmpty) return points;
        var run = new ReferenceMachine(Program.Of(code.AsSpan()), machine.Profile);
        var state = machine.Start(vector.Memory, vector.Setting);
        foreach (var outcome in run.Trace(state).Take(VectorMachine.Steps))
        {
            if (run.At((int)state.ProgramCounter.Value) is Decoded.Valid(var instruction))
            {
                points.UnionWith(
                    OfStep(instruction, state, outcome, machine.Profile).Select(what => new CoveragePoint(instruction.Form.Id, what)));
            }

            state = outcome.State;
        }

        return points;
    }

    private static IEnumerable<string> OfStep(Instruction instruction, State<Word> state, Outcome<Word> after, Profile profile)
    {
        var form = instruction.Form;
        var layout = form.Layout;
        yield return "executed";
        var guards = form.Operation.Execute(new Execution<Word>(form, instruction.Fields<Word>(), state, profile)).Guards;
        foreach (var (guard, index) in guards.Select((guard, index) => (guard, index)))
            yield return $"guard {index}, {guard.Trap}, {(guard.When.Value ? "holds" : "does not hold")}";
        if (layout.Destination is FieldUse.NamesRegister && layout.Source is FieldUse.NamesRegister)
            yield return instruction.Destination == instruction.Source ? "dst_reg is src_reg" : "dst_reg is not src_reg";
        if (layout.Destination is FieldUse.NamesRegister && instruction.Destination == Register.FramePointer) yield return "dst_reg is r10";
        if (layout.Source is FieldUse.NamesRegister && instruction.Source == Register.FramePointer) yield return "src_reg is r10";
        if (layout.Offset is FieldUse.HoldsValue) yield return $"the offset is {Sign(instruction.Offset)}";
        if (layout.Immediate is FieldUse.HoldsValue && form.Operation is not CallOperation.ByHelperId)
            yield return $"imm is {Sign(instruction.Immediate)}";
        if (after is Outcome<Word>.Trapped) yield break;
        if (form.Operation is JumpOperation operation and not JumpOperation.Always)
            yield return IsTaken(operation, instruction, state) ? "the jump is taken" : "the jump is not taken";
        if (form.Operation is CallOperation.Exit) yield return state.Frames.IsEmpty ? "the program ends" : "a function returns";
        if (form.Operation is CallOperation.ByHelperId) yield return $"helper {instruction.Immediate} is called";
        if (form.Operation is AtomicOperation.CompareExchange)
            yield return $"memory {(IsWritten(state, after.State) ? "changes" : "stays as it was")}";
    }

    private static bool IsTaken(JumpOperation operation, Instruction instruction, State<Word> state)
    {
        var form = instruction.Form;
        var fields = instruction.Fields<Word>();
        var second = form.Operand is SourceOperand.Register
            ? state.Registers.Read(fields.Source)
            : fields.Immediate.SignExtend(Width.Bits64);
        return operation.Holds<Word>(state.Registers.Read(fields.Destination).Low(form.Width), second.Low(form.Width)).Value;
    }

    private static bool IsWritten(State<Word> before, State<Word> after) => before.Memory.Regions != after.Memory.Regions;

    private static string Sign(int value) => value switch
    {
        < 0 => "negative",
        0 => "zero",
        > 0 => "positive",
    };
}

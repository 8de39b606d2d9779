using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;
using Effect = RbpfSpec.Proofs.Setups.Effect;

namespace RbpfSpec.Proofs.Device.Runs;

/// <summary>Models of what the binary does, run on the concrete rules of ARM.</summary>
internal static class DeviceReplay
{
    /// <summary>Replays a model in which some code does not do what a rule does.</summary>
    public static Replay Of(DeviceStep step, ThumbCode code, Effect effect, Sequence<ThumbPath> paths, Assignment model)
    {
        var values = Placed(model);
        var setup = step.Setup;
        var fields = Concretise.Fields(setup.Fields, values);
        var state = DeviceRun.Concrete(step.AtHead(code), code, step.Access?.Table ?? [], values);
        var run = DeviceRun.Of(state, code, step.Build.Head, new HashSet<uint> { step.Build.Head }, values);
        if (paths.FirstOrDefault(path => path.Condition.All(Holds)) is not { } path)
            return new Replay.NotShown("no way through the code has these values");
        var wrong = step.Agrees(path, effect).FirstOrDefault(part => !Holds(part.Holds)).What;
        if (wrong is null) return new Replay.NotShown("with addresses of the device, the code does what the rule does");
        if (run.Difference(path, step.IsKept, values) is { } difference)
            return new Replay.NotShown($"run on numbers, the code differs from its reading: {difference}");
        return new Replay.Shown(
        [
            $"instruction: {SetupReplay.Text(setup.Form, fields)}",
            $"before: dst = {(ulong)values.Evaluate(setup.Destination):x}, src = {(ulong)values.Evaluate(setup.Source):x}, "
                + $"{(ulong)values.Evaluate(DeviceBuild.BranchesLeft)} branches left",
            $"the rule: {Text(effect, values)}",
            $"the machine code: {run.Text}; otherwise is {wrong}",
            .. code == step.Build.Code ? (ReadOnlySpan<string>)[] : [$"changed: {Changed(step.Build.Code, code)}"],
        ]);

        bool Holds(Term term) => values.Evaluate(term) == UInt128.One;
    }

    /// <summary>A counterexample as an experiment.</summary>
    public static Experiment? Experiment(DeviceStep step, ThumbCode code, Assignment model) => Runs.Experiment.Of(
        step.Build.Code,
        code,
        step.AtHead(code),
        step.Build.Head,
        new HashSet<uint> { step.Build.Head },
        step.Access?.Table ?? [],
        Placed(model),
        step.IsKept);

    // Objects lie where they do on the device.
    internal static Assignment Placed(Assignment model) => model with
    {
        Variable = variable => DeviceRun.PlaceOf(variable) ?? model.Variable(variable),
    };

    private static string Text(Effect effect, Assignment values)
    {
        foreach (var (trap, when) in effect.Traps)
        {
            if (values.Evaluate(when) == UInt128.One) return $"trap {trap}";
        }

        return effect.Outcome is Outcome<TermWord>.Exited ? "exit"
            : $"dst = {(ulong)values.Evaluate(effect.Destination):x}, pc = {(ulong)values.Evaluate(effect.After.ProgramCounter.Term)}";
    }

    internal static string Changed(ThumbCode code, ThumbCode other)
    {
        var index = Enumerable.Range(0, code.Bytes.Count).First(at => code.Bytes[at] != other.Bytes[at]);
        return $"the byte at {code.Start + (uint)index:x} is {other.Bytes[index]:x2} instead of {code.Bytes[index]:x2}";
    }
}

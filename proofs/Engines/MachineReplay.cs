using RbpfSpec.Cil;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Engines;

/// <summary>
/// Models of what an engine's compiled code does, run: by the rule on numbers and, where its regions can be laid out, by the code
/// itself.
/// </summary>
internal static class MachineReplay
{
    /// <summary>Replays a model in which the reading of some code does not agree with the rule.</summary>
    /// <param name="code">The code, or a mutant of it.</param>
    /// <param name="ways">The ways that its reading has.</param>
    /// <param name="assignment">The model.</param>
    /// <param name="demands">What must hold for it to be defined.</param>
    public static Replay Of(EngineCode code, IReadOnlyList<MachineWay> ways, IReadOnlyList<CilDemand> demands, Assignment assignment)
    {
        if (demands.FirstOrDefault(demand => !Holds(demand.Holds)) is { } broken)
        {
            return new Replay.Shown(
                [$"not defined: {broken.What}", .. code.Mutant is { } change ? (ReadOnlySpan<string>)[$"mutated: {change}"] : []]);
        }

        var wrong = ways.FirstOrDefault(way => Holds(way.Condition) && !Holds(way.Agrees));
        if (wrong is null) return new Replay.NotShown("no way of the reading differs from the rule");
        var machine = wrong.Correspondence.Setup;
        var setup = machine.Setup;
        var fields = Concretise.Fields(setup.Fields, assignment);
        var state = Concretise.State(setup.State, assignment, SetupReplay.Host(setup, assignment));
        var step = ReferenceMachine.Execute(new Execution<Word>(setup.Form, fields, state, setup.Profile));
        var effect = setup.Of(ReferenceMachine.Execute(setup.Execution));
        var (happened, said) = (SetupReplay.Happened(step), SetupReplay.Said(effect, assignment));
        if (happened != said) return new Replay.NotShown($"the concrete rule comes to '{happened}', its terms to '{said}'");
        ulong? address = setup.Form.Operation is MemoryOperation or AtomicOperation or PacketLoad
            ? (ulong)assignment.Evaluate(Traps.Address(setup))
            : null;
        var rule = Ending.OfRule(machine, step, state, address);
        var reading = Ending.OfReading(wrong, address, assignment);
        var run = NativeRun.Of(code, wrong, state, address, assignment);
        if (code.Mutant is null && run is not null && run == rule)
            return new Replay.NotShown($"the compiled code comes to '{run}' as the rule does, its reading to '{reading}'");
        var touched = SetupReplay.Touched(setup.Form, fields);
        return new Replay.Shown(
        [
            $"instruction: {SetupReplay.Text(setup.Form, fields)}",
            $"before: {SetupReplay.Before(setup.Form, fields, state)}{Cache(machine)}",
            $"the rule: {rule.Text(state, touched)}",
            .. run is null ? (ReadOnlySpan<string>)[] : [$"the compiled code, run: {run.Text(state, touched)}"],
            .. code.Mutant is null && run == reading ? (ReadOnlySpan<string>)[]
                : [$"{(code.Mutant is null ? "the compiled code, as its CIL is read" : "the mutant")}: {reading.Text(state, touched)}"],
            .. code.Mutant is { } mutant ? (ReadOnlySpan<string>)[$"mutated: {mutant}"] : [],
        ]);

        bool Holds(Term term) => assignment.Evaluate(term) == UInt128.One;
    }

    // Of the region that the fast machine remembers from the access before.
    private static string Cache(RefinementSetup machine) => machine.Cached switch
    {
        Cached.Anything => "",
        Cached.Nothing => "; the machine remembers no region",
        Cached.AnyRegion => $"; the machine remembers the region {machine.Setup.State.Memory.Regions[0].Name}",
        Cached.StackFrame => "; the machine remembers the stack frame",
    };
}

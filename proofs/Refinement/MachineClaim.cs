using RbpfSpec.Interp.Compact;
using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Cil;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Refinement;

/// <summary>What is claimed of an engine's compiled code in one scene of the semantics.</summary>
/// <param name="Scene">The scene, as the semantics has it.</param>
/// <param name="Machines">The same, as the fast machine may have it.</param>
internal sealed record MachineClaim(Scene Scene, Sequence<MachineScene> Machines)
{
    /// <summary>The claim's scene with every case of what is cached.</summary>
    public static MachineClaim Of(Scene scene, MachineLayout layout) => new(scene, [.. MachineScene.Of(scene, layout)]);

    /// <summary>That the steps of the instruction do what its rule does.</summary>
    /// <param name="code">The engine.</param>
    /// <param name="more">Further hypotheses, such as that a counterexample can be run.</param>
    public Obligation About(EngineCode code, params IEnumerable<Term> more)
    {
        List<Term> conclusion = [];
        List<MachineWay> all = [];
        List<CilDemand> defined = [];
        foreach (var machine in Machines)
        {
            var effect = machine.Scene.Of(ReferenceMachine.Execute(machine.Scene.Execution));
            foreach (var (when, steps) in Variants(machine.Steps))
            {
                switch (MachineRun.Of(code, steps, machine.Begin(steps), machine.Layout))
                {
                    case MachineRun.Unknown(var reason):
                        return new([], Make.False, _ => new Replay.NotShown(reason));
                    case MachineRun.Known(var ways, var demands):
                        var correspondence = new Correspondence(machine, steps.Count);
                        conclusion.AddRange(demands.Select(demand => Simplified(machine, when, demand.Holds)));
                        defined.AddRange(demands.Select(demand => demand with { Holds = Make.Implies(when, demand.Holds) }));
                        foreach (var (condition, end) in ways)
                        {
                            var led = Make.And(when, condition);
                            var agrees = correspondence.Agrees(end, effect);
                            conclusion.Add(Simplified(machine, led, agrees));
                            all.Add(new(correspondence, steps, led, end, agrees));
                        }

                        break;
                }
            }
        }

        return new([.. Machines[0].Hypotheses, .. more], Make.All(conclusion), assignment => MachineReplay.Of(code, all, defined, assignment));
    }

    // What leads there, put into what is claimed of it: most claims then need no solver.
    private static Term Simplified(MachineScene machine, Term when, Term holds)
    {
        var led = Dag.Substitute(when, machine.Checks);
        var (_, simplified) = Known.Simplify([led, .. machine.Hypotheses], Dag.Substitute(holds, machine.Checks));
        return Make.Implies(led, simplified);
    }

    // Guards that depend on an immediate stand there or not.
    private static IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)> Variants(Sequence<GuardStep<TermWord>> steps)
    {
        IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)> variants = [(Make.True, [])];
        foreach (var (when, step) in steps)
        {
            variants = variants.SelectMany(variant => (IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)>)
            [
                (Make.And(variant.When, when.Term), variant.Steps.Add(step)),
                (Make.And(variant.When, Make.Not(when.Term)), variant.Steps),
            ]);
        }

        return variants.Where(variant => !variant.When.IsFalse);
    }
}

/// <summary>One way that the steps of an instruction can go.</summary>
/// <param name="Correspondence">What it is compared by.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Condition">What leads along it.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Agrees">That the rule comes to the same.</param>
internal sealed record MachineWay(
    Correspondence Correspondence, Sequence<Step<TermWord>> Steps, Term Condition, EngineEnd End, Term Agrees);

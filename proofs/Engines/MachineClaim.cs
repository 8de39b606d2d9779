using RbpfSpec.Cil;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The claim about an engine's compiled code in one setup of the semantics.</summary>
/// <param name="Setup">The setup, as the semantics has it.</param>
/// <param name="Machines">The same, as the fast machine may have it.</param>
internal sealed record MachineClaim(Setup Setup, Sequence<RefinementSetup> Machines)
{
    private readonly Sequence<(Term Variable, Term Value)> suggested = NearAccess.Of(Machines[0].Setup);

    private readonly Sequence<PreparedMachine> prepared = [.. Machines.SelectMany(Prepared)];

    /// <summary>The claim's setup with every case of what is cached.</summary>
    public static MachineClaim Of(Setup setup, MachineLayout layout) => new(setup, [.. RefinementSetup.Of(setup, layout)]);

    /// <summary>That the steps of the instruction do what its rule does.</summary>
    /// <param name="code">The engine.</param>
    /// <param name="more">Further hypotheses, such as that a counterexample can be run.</param>
    public Proposition About(EngineCode code, params IEnumerable<Term> more)
    {
        List<Term> conclusion = [];
        List<MachineWay> all = [];
        List<CilDemand> defined = [];
        foreach (var machine in prepared)
        {
            switch (MachineRun.Of(code, machine.Steps, machine.Begin, machine.Correspondence.Setup.Layout))
            {
                case MachineRun.Unknown(var reason):
                    return new([], Make.False, _ => new Replay.NotShown(reason));
                case MachineRun.Known(var ways, var demands):
                    conclusion.AddRange(demands.Select(demand => machine.Simplified(machine.When, demand.Holds)));
                    defined.AddRange(demands.Select(demand => demand with { Holds = machine.When.Implies(demand.Holds) }));
                    foreach (var (condition, end) in ways)
                    {
                        var led = machine.When & condition;
                        var agrees = machine.Correspondence.Agrees(end, machine.Effect);
                        conclusion.Add(machine.Simplified(led, agrees));
                        all.Add(new(machine.Correspondence, machine.Steps, led, end, agrees));
                    }

                    break;
            }
        }

        return new([.. Machines[0].Hypotheses, .. more], Make.All(conclusion), assignment =>
            MachineReplay.Of(code, all, defined, assignment))
        {
            Suggested = suggested,
        };
    }

    private static IEnumerable<PreparedMachine> Prepared(RefinementSetup machine)
    {
        var effect = machine.Setup.Of(ReferenceMachine.Execute(machine.Setup.Execution));
        var (checks, hypotheses) = (machine.Checks, machine.Hypotheses);
        return Variants(machine.Steps).Select(variant => new PreparedMachine(
            new(machine, variant.Steps.Count), effect, checks, hypotheses, variant.When, variant.Steps, machine.Begin(variant.Steps)));
    }

    // Guards that depend on an immediate stand there or not.
    private static IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)> Variants(Sequence<GuardStep<TermWord>> steps)
    {
        IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)> variants = [(Make.True, [])];
        foreach (var (when, step) in steps)
        {
            variants = variants.SelectMany(variant => (IEnumerable<(Term When, Sequence<Step<TermWord>> Steps)>)
            [
                (variant.When & when.Term, variant.Steps.Add(step)),
                (variant.When & !when.Term, variant.Steps),
            ]);
        }

        return variants.Where(variant => !variant.When.IsFalse);
    }

    /// <summary>
    /// A setup of the fast machine with what is the same whatever code is read in it: that is made once, and read many times.
    /// </summary>
    /// <param name="Correspondence">What ends are compared by.</param>
    /// <param name="Effect">The effect of the rule.</param>
    /// <param name="Checks">Comparisons with reaches, and the access checks that they stand for.</param>
    /// <param name="Hypotheses">What is known.</param>
    /// <param name="When">Where the instruction has these steps.</param>
    /// <param name="Steps">The steps.</param>
    /// <param name="Begin">The state before the first.</param>
    private sealed record PreparedMachine(
        Correspondence Correspondence,
        Effect Effect,
        IReadOnlyDictionary<Term, Term> Checks,
        Sequence<Term> Hypotheses,
        Term When,
        Sequence<Step<TermWord>> Steps,
        EngineState Begin)
    {
        /// <summary>The claim for one place that is led to, with that place put into it: most claims then need no solver.</summary>
        public Term Simplified(Term when, Term holds)
        {
            var (led, claimed) = (Dag.Substitute(when, Checks), Dag.Substitute(holds, Checks));
            if (led.IsFalse || claimed.IsTrue) return Make.True;
            return led.Implies(ContextualSimplifier.Simplify([led, .. Hypotheses], claimed).Conclusion);
        }
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

using RbpfSpec.Cil;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The result of running an engine's compiled code on some steps, over terms.</summary>
internal abstract record MachineRun
{
    private MachineRun()
    {
    }

    /// <summary>The ways, each with its condition, and what must hold for the code to be defined.</summary>
    public sealed record Known(Sequence<(Term Condition, EngineEnd End)> Ways, Sequence<CilDemand> Demands) : MachineRun;

    /// <summary>The code of a step is not understood.</summary>
    public sealed record Unknown(string Reason) : MachineRun;

    /// <summary>Does steps one after the other, as long as each goes on to the next.</summary>
    /// <param name="code">The engine.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="begin">The state before the first.</param>
    /// <param name="layout">Where fields lie.</param>
    public static MachineRun Of(EngineCode code, Sequence<Step<TermWord>> steps, EngineState begin, MachineLayout layout)
    {
        List<(Term Condition, EngineEnd End)> ways = [];
        List<CilDemand> demands = [];
        Stack<(int Index, Term Condition, EngineState State)> open = new([(0, Make.True, begin)]);
        while (open.TryPop(out var at))
        {
            if (code.Step(steps[at.Index].Code, at.State) is not EngineStep.Known step)
                return new Unknown(((EngineStep.Unknown)code.Step(steps[at.Index].Code, at.State)).Reason);
            demands.AddRange(step.Demands.Select(demand => demand with { Holds = at.Condition.Implies(demand.Holds) }));
            foreach (var (condition, end) in step.Ways)
            {
                var led = at.Condition & condition;
                if (led.IsFalse) continue;
                if (end is EngineEnd.GoesOn(var state) && at.Index + 1 < steps.Count && IsAt(state, at.Index + 1, layout))
                {
                    open.Push((at.Index + 1, led, state));
                }
                else
                {
                    ways.Add((led, end));
                }
            }
        }

        return new Known(ways.ToSequence(), demands.ToSequence());
    }

    private static bool IsAt(EngineState state, int index, MachineLayout layout) =>
        state.Now == CilValue.Pointer.To(MachineMemory.Steps, (ulong)index * layout.StepBytes);
}

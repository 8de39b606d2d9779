using RbpfSpec.Cil;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>A program compiled to CIL, and the proof, instruction by instruction, that the CIL does what the rules do.</summary>
public sealed class CompiledValidation
{
    private readonly CheckedProgram program;
    private readonly CompiledAssembly assembly;

    /// <summary>A program, compiled as a machine with a context compiles it before its first run.</summary>
    /// <param name="program">The program.</param>
    public CompiledValidation(CheckedProgram program)
    {
        this.program = program;
        assembly = CompiledAssembly.Of(program);
    }

    /// <summary>The assembly that was written: of the type <c>Program</c> the method <c>Run</c>.</summary>
    public Sequence<byte> Assembly => assembly.Bytes;

    /// <summary>Of each compiled instruction the slot, and where its CIL begins: several times if it is in several rounds.</summary>
    public Sequence<(int Slot, int Offset)> Places => assembly.Body.Cuts.Map(cut => (cut.Slot, cut.Offset));

    /// <summary>Reads the assembly again, and proves it.</summary>
    /// <param name="solver">The session.</param>
    /// <param name="limit">The time for one question.</param>
    public CompiledVerdict Validate(ISolver solver, TimeSpan limit)
    {
        if (CompiledCode.ProblemOf(assembly.Body) is { } problem) return new CompiledVerdict.NotCompiled(problem);
        var method = CilAssembly.Of(assembly.Bytes.AsSpan()).Method(CompiledAssembly.Type, CompiledAssembly.Method);
        var instructions = assembly.Body.Cuts.Select(cut => cut.Slot).Distinct().Count();
        return Validate(new CompiledProof(program, assembly, method).Obligations(), instructions, solver, limit);
    }

    /// <summary>The verdict on obligations.</summary>
    internal static CompiledVerdict Validate(IEnumerable<Obligation> obligations, int instructions, ISolver solver, TimeSpan limit)
    {
        var (count, questions) = (0, 0);
        foreach (var obligation in obligations)
        {
            count++;
            var (known, goal) = ContextualSimplifier.Simplify(obligation.Given, obligation.Holds);
            if (goal.IsTrue || known.Any(fact => fact.IsFalse)) continue;
            var question = new Question([.. known, !goal]);
            if (question.Sample() is not null) return new CompiledVerdict.Refuted(obligation.Slot, obligation.What);
            questions++;
            switch (solver.Solve(question.Script, limit))
            {
                case Reply.Unsatisfiable:
                    break;
                case Reply.Satisfiable:
                    return new CompiledVerdict.Refuted(obligation.Slot, obligation.What);
                case Reply.Undecided(var reason):
                    return new CompiledVerdict.Undecided(obligation.Slot, $"{obligation.What}: {reason}");
                case Reply.Failed(var reason):
                    return new CompiledVerdict.Undecided(obligation.Slot, $"{obligation.What}: {reason}");
            }
        }

        return new CompiledVerdict.Proved(instructions, count, questions);
    }
}

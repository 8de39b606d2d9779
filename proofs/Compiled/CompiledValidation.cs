using RbpfSpec.Cil;
using RbpfSpec.Interp;
using RbpfSpec.Interp.Certified;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>A program compiled to CIL, and the proof, instruction by instruction, that the CIL does what the rules do.</summary>
public sealed class CompiledValidation
{
    private readonly CheckedProgram program;
    private readonly CompiledAssembly assembly;

    // The same for runs that all begin alike.
    private readonly CompiledAssembly? alike;

    /// <summary>
    /// A program, compiled as a machine with a context compiles it before its first run, and once more for runs that all begin alike.
    /// </summary>
    /// <param name="program">The program.</param>
    public CompiledValidation(CheckedProgram program)
        : this(program, null)
    {
    }

    private CompiledValidation(CheckedProgram program, RunFacts? facts)
    {
        this.program = program;
        assembly = CompiledAssembly.Of(program, facts);
        alike = CompiledAssembly.OfAlike(program, facts);
    }

    /// <summary>
    /// The program compiled with the facts of a certificate, for each case that it distinguishes; nothing, and a reason, if it is not
    /// confirmed.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="certificate">The certificate, as <c>rbpf analyze --certificate</c> writes it, of runs with nothing mapped.</param>
    /// <param name="helpers">The helpers that the program may call.</param>
    /// <param name="problem">The reason; null if it is confirmed.</param>
    public static IReadOnlyList<(string Contexts, CompiledValidation Compiled)> WithCertificate(
        CheckedProgram program, ReadOnlyMemory<byte> certificate, Sequence<Helper> helpers, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(program);
        problem = CertifiedRuns.ProblemOf(program, isCompiled: true);
        if (problem is not null) return [];
        var limit = program.Rules.Profile.BranchLimit is Allowance<ulong>.Remaining(var count) ? count : ulong.MaxValue;
        return CertifiedRuns.Confirm(certificate, program, [], helpers, out problem) is { } confirmed
            ? [.. confirmed.Cases.Select(one => ($"contexts of {one.Context} bytes", new CompiledValidation(
                program, one.Facts.MostBranches > limit ? one.Facts.WithoutBranches() : one.Facts)))]
            : [];
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
        var verdict = Validate(assembly, solver, limit);
        if (alike is null || verdict is not CompiledVerdict.Proved first || CompiledCode.ProblemOf(alike.Body) is not null) return verdict;
        return Validate(alike, solver, limit) is var other && other is CompiledVerdict.Proved second
            ? first with { Obligations = first.Obligations + second.Obligations, Questions = first.Questions + second.Questions }
            : other;
    }

    private CompiledVerdict Validate(CompiledAssembly written, ISolver solver, TimeSpan limit)
    {
        var method = CilAssembly.Of(written.Bytes.AsSpan()).Method(CompiledAssembly.Type, CompiledAssembly.Method);
        var instructions = written.Body.Cuts.Select(cut => cut.Slot).Distinct().Count();
        return Validate(new CompiledProof(program, written, method).Obligations(), instructions, solver, limit);
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

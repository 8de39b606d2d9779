using System.Reflection;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;
using Xunit.Abstractions;

namespace RbpfSpec.Proofs.Tests.Engines;

public sealed unsafe class MachineClaimTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (MethodInfo Method, MutantAttribute Mutant)> Handlers = typeof(MutantHandlers)
        .GetMethods()
        .Where(method => method.GetCustomAttribute<MutantAttribute>() is not null)
        .ToDictionary(method => method.Name, method => (method, method.GetCustomAttribute<MutantAttribute>()!));

    public static TheoryData<string> Mutant => [.. Handlers.Keys];

    [Fact]
    public void There_are_thirty_mutants_of_handlers_at_least() => Handlers.Count.ShouldBeGreaterThanOrEqualTo(30);

    [Theory]
    [Trait("Needs", "solver")]
    [MemberData(nameof(Mutant))]
    public void A_mutant_of_a_handler_is_refuted_and_shows_in_its_compiled_code(string name)
    {
        var (method, mutant) = Handlers[name];
        var code = new ThreadedCode(Assembly(), other => other == mutant.Code ? method : HandlerTable.MethodOf(other));

        Shows(Claim(mutant.Setup), code, mutant.Bug);
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("alu/sub64-x@rbpf", "the next instruction is skipped")]
    [InlineData("alu/or32-x@rbpf", "the upper half is not cleared")]
    [InlineData("jmp/ja@rbpf", "it stops at another step")]
    [InlineData("jmp/jlt64-x@rbpf", "the budget is not looked at")]
    [InlineData("mem/ldxw@rbpf", "the host's pointer is not that of the region cached")]
    public void A_mutant_of_the_loop_is_refuted_and_shows_in_its_compiled_code(string setup, string bug) => Shows(
        Claim(setup),
        new SwitchCode(Assembly().Method(typeof(MutantLoop).FullName!, nameof(MutantLoop.Run)), &MutantLoop.Run),
        bug);

    private static CilAssembly Assembly() => CilAssembly.Of(typeof(MutantHandlers), typeof(PredecodedStep));

    private static MachineClaim Claim(string setup) => Refinements.Of(setup);

    // Regions so short that the code can be run on them.
    private void Shows(MachineClaim claim, EngineCode code, string bug)
    {
        output.WriteLine(bug);
        var proposition = claim.About(code, claim.Machines[0].Setup.State.Memory.Regions
            .Where(region => !region.Length.Term.IsConstant)
            .Select(region => region.Length.Term.Below(32)));
        using var solver = Z3Solver.Open().ShouldBeOfType<SolverSession.Opened>().Solver;

        var verdict = new Prover(solver, TimeSpan.FromSeconds(60)).Ask(
            proposition.Question(ClaimKind.Always), proposition, ClaimKind.Always, isLikely: true);

        var lines = verdict.ShouldBeOfType<Verdict.Refuted>(verdict.ToString()).Counterexample;
        foreach (var line in lines) output.WriteLine(line);
        if (lines[0].StartsWith("not defined: ", StringComparison.Ordinal)) return;
        var (rule, run) = (After(lines, "the rule: "), After(lines, "the compiled code, run: "));
        run.ShouldNotBe(rule);

        // The reading is shown where it is another: of one step, which the code then does again.
        lines.Where(line => line.StartsWith("the compiled code, as its CIL is read: ", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains(": does the step again"));
    }

    private static string After(Sequence<string> lines, string start) =>
        lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
}

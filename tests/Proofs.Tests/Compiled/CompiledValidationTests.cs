using RbpfSpec.Assembly;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Certified;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Proofs.Compiled;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Tests.Compiled;

/// <summary>Compiled programs are proved, and each wrong instruction in one is found.</summary>
[Trait("Needs", "solver")]
public sealed class CompiledValidationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // All that the CIL is made of: checks of two regions, division, shifts, jumps in both directions, the stack.
    private const string Mixed =
        """
        mov %r0, 0
        loop: ldxh %r3, [%r1+2]
        add %r0, %r3
        stxdw [%r10-8], %r0
        mov %r4, %r10
        stxw [%r4-8], %r3
        lsh %r0, 32
        rsh %r0, 32
        sdiv %r0, %r3
        arsh32 %r0, %r3
        jset %r0, 4, end
        add %r2, -1
        jsgt %r2, 0, loop
        end: exit
        """;

    // Four rounds at a time, with a stride that is a number and one that is a register.
    private const string Rounds =
        """
        loop: mov %r5, %r1
        add %r5, %r3
        ldxb %r4, [%r5+2]
        stxb [%r6], %r4
        add %r6, %r7
        add %r3, 1
        jlt %r3, %r2, loop
        exit
        """;

    // A loop that counts, and accesses that are proved: of the context, and by way of a register of the stack.
    private const string Certified =
        """
        mov %r0, %r2
        mov %r3, 0
        mov %r6, %r10
        add %r6, -16
        loop: mov %r4, %r1
        add %r4, %r3
        ldxb %r5, [%r4+1]
        add %r3, 1
        jlt %r3, 20, loop
        stxdw [%r6+8], %r5
        exit
        """;

    public static TheoryData<string> Profiles => ["rfc9669", "strictest", "metered"];

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Profiles))]
    public void Every_encoding_that_is_compiled_is_proved(string name)
    {
        var profile = ProfileOf(name);
        var program = Checked(Program.Of([
            .. from form in OperationTable.Forms
               where profile.Has(form.Group) && form.Operation is AluOperation or JumpOperation or MemoryOperation or WideLoad.Plain
               select Sample(form),
            Instruction.Of(OperationTable.Forms.Single(form => form.Id == "jmp/exit")),
        ]), profile);

        using var solver = Z3Solver();
        var verdict = new CompiledValidation(program).Validate(solver, Limit);

        verdict.ShouldBeOfType<CompiledVerdict.Proved>(verdict.ToString()).Instructions.ShouldBeGreaterThan(100);
    }

    // Every third one. What is left does the same, or leaves more often to the interpreter: a region is taken for one that is not there.
    [Fact]
    [Trait("Needs", "time")]
    public void A_wrong_instruction_of_CIL_is_found()
    {
        var program = Checked(((Assembled.Success)Assembler.Parse(Mixed)).Program, Profile.Rbpf);
        var assembly = CompiledAssembly.Of(program);
        var cuts = assembly.Body.Cuts;
        var method = CilAssembly.Of(assembly.Bytes.AsSpan()).Method(CompiledAssembly.Type, CompiledAssembly.Method);
        using var solver = Z3Solver();
        var proof = new CompiledProof(program, assembly, method);
        Verdict(proof.Obligations()).ShouldBeOfType<CompiledVerdict.Proved>();

        var mutants = CilMutant.Of(proof.Met).Where(mutant => mutant.Instead.OpCode.Name is not "conv.u8")
            .Where((_, index) => index % 3 == 0).ToList();
        var survivors = mutants.Where(mutant => Verdict(About(mutant)) is not CompiledVerdict.Refuted).ToList();

        mutants.Count.ShouldBeGreaterThan(40);
        survivors.Count(mutant => mutant.At.Offset >= cuts[0].Offset).ShouldBeLessThanOrEqualTo(2, string.Join("\n", survivors));
        survivors.Count.ShouldBeLessThanOrEqualTo(5, string.Join("\n", survivors));

        // The code that stores and returns is that of all instructions.
        IEnumerable<Obligation> About(CilMutant mutant)
        {
            var wrong = new CompiledProof(program, assembly, method, mutant);
            if (mutant.At.Offset < cuts[0].Offset) return wrong.OfEntries();
            var at = cuts.Last(cut => cut.Offset <= mutant.At.Offset);
            return at == cuts[^1] ? wrong.Obligations() : wrong.OfCut(at);
        }

        CompiledVerdict Verdict(IEnumerable<Obligation> obligations) => CompiledValidation.Validate(obligations, cuts.Count, solver, Limit);
    }

    // Every fifth one, up to the last instruction of the last round. What is left looks for more than it must, or does the same.
    [Fact]
    [Trait("Needs", "time")]
    public void A_wrong_instruction_in_several_rounds_is_found()
    {
        var program = Checked(((Assembled.Success)Assembler.Parse(Rounds)).Program, Profile.Rbpf);
        var assembly = CompiledAssembly.Of(program);
        var cuts = assembly.Body.Cuts;
        var end = cuts.Last(cut => cut.Owed > 0).Offset;
        var method = CilAssembly.Of(assembly.Bytes.AsSpan()).Method(CompiledAssembly.Type, CompiledAssembly.Method);
        using var solver = Z3Solver();
        var proof = new CompiledProof(program, assembly, method);
        Verdict(proof.Obligations()).ShouldBeOfType<CompiledVerdict.Proved>();
        cuts.Max(cut => cut.Owed).ShouldBe(3);

        var mutants = CilMutant.Of(proof.Met)
            .Where(mutant => mutant.Instead.OpCode.Name is not "conv.u8"
                && mutant.At.Offset >= cuts[0].Offset && mutant.At.Offset < end)
            .Where((_, index) => index % 5 == 0).ToList();
        var survivors = mutants.Where(mutant => Verdict(About(mutant)) is not CompiledVerdict.Refuted).ToList();

        mutants.Count.ShouldBeGreaterThan(8);
        survivors.Count.ShouldBeLessThanOrEqualTo(4, string.Join("\n", survivors));

        IEnumerable<Obligation> About(CilMutant mutant) => new CompiledProof(program, assembly, method, mutant)
            .OfCut(cuts.Last(cut => cut.Offset <= mutant.At.Offset));

        CompiledVerdict Verdict(IEnumerable<Obligation> obligations) => CompiledValidation.Validate(obligations, cuts.Count, solver, Limit);
    }

    // Of the code for runs that begin alike, which relies on a certificate, every third one from the first instruction on, and all of
    // the way in. What is left does the same, or looks for more than it must.
    [Fact]
    [Trait("Needs", "time")]
    public void A_wrong_instruction_that_relies_on_a_certificate_is_found()
    {
        var program = Checked(((Assembled.Success)Assembler.Parse(Certified)).Program, Profile.Rbpf);
        var certificate = RangeCertificate.Write(program, [], RangeReport.Of(program, [], [], new(21, 64)));
        var facts = CertifiedRuns.Confirm(certificate, program, [], [], out _).ShouldNotBeNull().FactsFor(21).ShouldNotBeNull();
        facts.ProvedSites.ShouldBe(2);
        var assembly = CompiledAssembly.OfAlike(program, facts).ShouldNotBeNull();
        var cuts = assembly.Body.Cuts;
        var method = CilAssembly.Of(assembly.Bytes.AsSpan()).Method(CompiledAssembly.Type, CompiledAssembly.Method);
        using var solver = Z3Solver();
        var proof = new CompiledProof(program, assembly, method);
        Verdict(proof.Obligations()).ShouldBeOfType<CompiledVerdict.Proved>();
        cuts.Max(cut => cut.Owed).ShouldBe(7);

        var mutants = CilMutant.Of(proof.Met)
            .Where(mutant => mutant.At.OpCode.Name is not "conv.u8" && mutant.Instead.OpCode.Name is not "conv.u8")
            .Where((mutant, index) => mutant.At.Offset < cuts[0].Offset || index % 3 == 0).ToList();
        var survivors = mutants.Where(mutant => Verdict(About(mutant)) is not CompiledVerdict.Refuted).ToList();

        mutants.Count.ShouldBeGreaterThan(40);
        survivors.Count.ShouldBeLessThanOrEqualTo(4, string.Join("\n", survivors));

        IEnumerable<Obligation> About(CilMutant mutant)
        {
            var wrong = new CompiledProof(program, assembly, method, mutant);
            if (mutant.At.Offset < cuts[0].Offset) return wrong.OfEntries();
            var at = cuts.Count(cut => cut.Offset <= mutant.At.Offset) - 1;

            // Behind the last round is where the others end.
            return at == cuts.Count - 1 || cuts[at + 1].Owed < cuts[at].Owed ? wrong.Obligations() : wrong.OfCut(cuts[at]);
        }

        CompiledVerdict Verdict(IEnumerable<Obligation> obligations) => CompiledValidation.Validate(obligations, cuts.Count, solver, Limit);
    }

    [Fact]
    public void A_program_that_the_runtime_would_not_optimise_is_not_validated()
    {
        var text = string.Concat(Enumerable.Repeat("ldxb %r3, [%r1]\nadd %r0, %r3\n", 1_000)) + "exit";
        using var solver = Z3Solver();

        new CompiledValidation(Checked(((Assembled.Success)Assembler.Parse(text)).Program, Profile.Rbpf)).Validate(solver, Limit)
            .ShouldBeOfType<CompiledVerdict.NotCompiled>();
    }

    private static Profile ProfileOf(string name) => name switch
    {
        "rfc9669" => Profile.Rfc9669,
        "metered" => Profile.Rbpf with { InstructionLimit = new Allowance<ulong>.Remaining(1_000) },
        _ => Profile.Rbpf with
        {
            LargeShift = LargeShift.Traps,
            SignedOverflow = SignedOverflow.Traps,
            Alignment = Alignment.Natural,
        },
    };

    // r2 and r3; jumps lead to the next instruction.
    private static Instruction Sample(Form form) => Instruction.Of(
        form,
        form.Layout[Field.Destination] is FieldUse.NamesRegister ? new(2) : default,
        form.Layout[Field.Source] is FieldUse.NamesRegister ? new(3) : default,
        form.Layout[Field.Offset] is FieldUse.HoldsValue ? (short)(form.Displacement.IsEmpty ? 7 : 0) : (short)0,
        form.Layout[Field.Immediate] is FieldUse.HoldsValue ? (form.Displacement.Contains(Field.Immediate) ? 0 : 5) : 0);

    private static CheckedProgram Checked(Program program, Profile profile) =>
        CheckedProgram.Check(program, 0, Admission.Of(profile, []), out var problems)
        ?? throw new InvalidOperationException(string.Join("\n", problems));

    private static ISolver Z3Solver() => ((SolverSession.Opened)SolverFactory.Open(SolverFactory.Default)).Solver;
}

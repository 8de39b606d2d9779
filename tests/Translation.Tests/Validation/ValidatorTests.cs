using RbpfSpec.Assembly;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Validation;

namespace RbpfSpec.Translation.Tests.Validation;

[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class ValidatorTests : IDisposable
{
    private readonly ISolver solver = Solvers.Open();
    private readonly ProvedShapes known = new();

    public void Dispose() => solver.Dispose();

    [Theory]
    [InlineData("fletcher32")]
    [InlineData("bubble_sort")]
    [InlineData("storage")]
    public void Examples_are_proved(string name)
    {
        var image = ImageFile.Read(Repository.Example(name), new ImageOptions()).ShouldBeOfType<ImageResult.Loaded>().Image;
        var program = image.Check(Admission.Of(Profile.Rbpf, AllHelpers), out _).ShouldNotBeNull();

        Prove(program).ShouldBeOfType<Verdict.Proved>();
    }

    [Fact]
    public void Random_programs_are_proved()
    {
        for (var number = 1000UL; number < 1020; number++)
        {
            var (program, _) = RandomPrograms.Draw(number);
            Prove(program).ShouldBeOfType<Verdict.Proved>($"program {number} of seed {RandomPrograms.Seed}");
        }
    }

    [Fact]
    public void Local_calls_are_proved_for_each_number_of_calls_in_progress()
    {
        foreach (var program in (CheckedProgram[])[CallPrograms.Fibonacci, CallPrograms.Endless, CallPrograms.Dangling])
            Prove(program).ShouldBeOfType<Verdict.Proved>();
    }

    [Fact]
    public void A_cut_without_what_its_code_relies_on_is_refuted()
    {
        var program = Assemble("mov32 %r1, 5", "add32 %r1, %r2", "add %r0, %r1", "exit");
        var (native, certificate) = Translator.Translate(program);
        certificate.Cuts[1].ZeroHigh.ShouldContain(1);

        var lie = certificate with { Cuts = certificate.Cuts.With(1, certificate.Cuts[1] with { ZeroHigh = [10] }) };

        Validator.Validate(program, native, lie, solver, Solvers.Limit).ShouldBeOfType<Verdict.Refuted>();
    }

    [Fact]
    public void A_certificate_that_claims_too_much_is_refuted()
    {
        var program = Assemble("add %r1, %r2", "add %r0, %r1", "exit");
        var (native, certificate) = Translator.Translate(program);

        var lie = certificate with { Cuts = certificate.Cuts.With(1, certificate.Cuts[1] with { ZeroHigh = [1, 10] }) };

        // A slot that asks for something cannot be entered.
        var unentered = native with { Entries = native.Entries.With(1, null) };
        var refuted = Validator.Validate(program, unentered, lie, solver, Solvers.Limit).ShouldBeOfType<Verdict.Refuted>();
        refuted.Cut.ShouldBe(certificate.Cuts[0]);
        var registers = Counterexample.Registers(refuted.Values);
        ((registers[1] + registers[2]) >> 32).ShouldNotBe(0UL);
    }

    [Fact]
    public void The_native_code_of_another_program_is_refuted()
    {
        var (native, certificate) = Translator.Translate(Assemble("add %r0, %r1", "exit"));

        Validator.Validate(Assemble("sub %r0, %r1", "exit"), native, certificate, solver, Solvers.Limit).ShouldBeOfType<Verdict.Refuted>();
    }

    [Fact]
    public void An_entry_that_no_cut_stands_for_is_refused()
    {
        var program = Assemble("mov32 %r0, 1", "exit");
        var (native, certificate) = Translator.Translate(program);

        var moved = native with { Entries = native.Entries.With(0, native.Entries[0] + 2) };

        Validator.Validate(program, moved, certificate, solver, Solvers.Limit).ShouldBeOfType<Verdict.Refused>();
    }

    [Fact]
    public void A_loop_that_does_nothing_is_not_progress()
    {
        // A branch to itself, with a cut of the same slot before and after it.
        var program = Assemble("mov32 %r0, 1", "exit");
        var (native, certificate) = Translator.Translate(program);
        var at = certificate.Cuts[0].Offset;
        byte[] code = [.. native.Code];
        (code[at], code[at + 1]) = (0xfe, 0xe7);

        Validator.Validate(program, native with { Code = code }, certificate, solver, Solvers.Limit).ShouldNotBeOfType<Verdict.Proved>();
    }

    private static Sequence<uint> AllHelpers => [.. Enumerable.Range(0, 256).Select(id => (uint)id)];

    private static CheckedProgram Assemble(params string[] lines)
    {
        var assembled = Assembler.Parse(string.Join("\n", lines)).ShouldBeOfType<Assembled.Success>();
        return CheckedProgram.Check(assembled.Program, 0, Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();
    }

    private Verdict Prove(CheckedProgram program)
    {
        var (native, certificate) = Translator.Translate(program);
        return Validator.Validate(program, native, certificate, solver, Solvers.Limit, known);
    }
}

using System.Globalization;
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

    // All objects that clang made: the examples, the applications of the host, and the workloads that are timed.
    [Theory]
    [InlineData("examples", 8)]
    [InlineData("examples/applications", 7)]
    [InlineData("bench/workloads", 9)]
    public void Every_object_is_proved(string folder, int count)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.o");
        files.Length.ShouldBe(count);
        foreach (var file in files)
        {
            // One of them has two functions to begin with.
            var options = new ImageOptions { Function = Path.GetFileName(file) == "field.o" ? "field_overrun" : null };
            var image = ImageFile.Read(File.ReadAllBytes(file), options).ShouldBeOfType<ImageResult.Loaded>(file).Image;
            var program = image.Check(Admission.Of(Profile.Rbpf, AllHelpers), out _).ShouldNotBeNull(file);

            Prove(program).ShouldBeOfType<Verdict.Proved>(file);
        }
    }

    [Fact]
    public void An_example_is_proved_under_each_profile_that_can_be_translated()
    {
        var image = ImageFile.Read(Repository.Example("bubble_sort"), new ImageOptions()).ShouldBeOfType<ImageResult.Loaded>().Image;
        Profile[] profiles = [.. Profile.All.Where(profile => Translator.Refusal(profile) is null)];
        profiles.Length.ShouldBeGreaterThan(1);
        foreach (var profile in profiles)
        {
            var program = image.Check(Admission.Of(profile, AllHelpers), out _).ShouldNotBeNull(profile.Name);
            Prove(program).ShouldBeOfType<Verdict.Proved>(profile.Name);
        }
    }

    // How many: RBPFSPEC_VALIDATED_PROGRAMS; 20 unless given.
    [Fact]
    public void Random_programs_are_proved()
    {
        var count = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_VALIDATED_PROGRAMS") ?? "20", CultureInfo.InvariantCulture);
        for (var number = 1000UL; number < 1000 + count; number++)
        {
            var (program, _) = RandomPrograms.Draw(number);
            Prove(program).ShouldBeOfType<Verdict.Proved>($"program {number} of seed {RandomPrograms.Seed}");
        }
    }

    [Theory]
    [InlineData("div %r1, %r2")]
    [InlineData("mod %r1, %r2")]
    [InlineData("div %r7, %r7")]
    [InlineData("mod %r2, -7")]
    [InlineData("div %r8, 10")]
    [InlineData("sdiv %r1, %r2")]
    [InlineData("smod %r1, %r2")]
    [InlineData("sdiv %r7, %r7")]
    [InlineData("smod %r7, %r8")]
    [InlineData("sdiv %r2, -7")]
    [InlineData("smod %r2, -7")]
    [InlineData("sdiv %r8, 10")]
    [InlineData("sdiv %r8, -2147483648")]
    public void Division_of_64_bits_is_proved_by_the_contract_of_the_library(string text)
    {
        // Pairs for all of r0 to r4, and none for r7 and r8.
        var program = CallPrograms.Assemble($"""
            mov %r0, 1
            mov %r3, 2
            mov %r4, 3
            add %r0, %r3
            add %r0, %r4
            add %r1, %r2
            mov %r2, -3
            mov %r7, %r1
            mov %r8, %r1
            {text}
            add %r0, %r1
            exit
            """);
        Prove(program).ShouldBeOfType<Verdict.Proved>();
        NativeRuns.Run(program, CallPrograms.Start(1UL << 40), out var entered);
        entered.ShouldBe(1);
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

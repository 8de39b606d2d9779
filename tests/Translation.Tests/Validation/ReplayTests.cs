using System.Globalization;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Validation;
using Xunit.Abstractions;

namespace RbpfSpec.Translation.Tests.Validation;

[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const int Seed = 15;

    // How many: RBPFSPEC_BIT_FLIPS; 300 unless given. Each is refused, refuted by values that a run shows, or proved to do the same.
    [Fact]
    public void A_flipped_bit_is_refused_or_refuted_by_a_run_unless_it_changes_nothing()
    {
        var image = ImageFile.Read(Repository.Example("fletcher32"), new ImageOptions()).ShouldBeOfType<ImageResult.Loaded>().Image;
        var program = image.Check(Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();

        Flip(program, int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_BIT_FLIPS") ?? "300", CultureInfo.InvariantCulture));
    }

    // In local calls and returns, as many as RBPFSPEC_CALL_BIT_FLIPS; 24 unless given.
    [Fact]
    public void So_is_one_in_local_calls() => Flip(
        CallPrograms.Fibonacci,
        int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_CALL_BIT_FLIPS") ?? "24", CultureInfo.InvariantCulture));

    // In divisions of 64 bits, as many as RBPFSPEC_DIVISION_BIT_FLIPS; 40 unless given.
    [Theory]
    [InlineData("sdiv %r0, %r1")]
    [InlineData("smod %r0, %r1")]
    public void So_is_one_in_a_signed_division(string division) => Flip(
        CallPrograms.Assemble($"mov %r0, %r2\n{division}\nadd %r0, %r2\nexit"),
        int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_DIVISION_BIT_FLIPS") ?? "40", CultureInfo.InvariantCulture));

    private void Flip(CheckedProgram program, int count)
    {
        var (native, certificate) = Translator.Translate(program);
        using var solver = Solvers.Open();
        var random = new Random(Seed);
        var known = new ProvedShapes();
        var (refused, replayed, proved) = (0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var bit = random.Next(native.Code.Length * 8);
            byte[] code = [.. native.Code];
            code[bit / 8] ^= (byte)(1 << (bit % 8));
            var mutant = native with { Code = code };
            switch (Validator.Validate(program, mutant, certificate, solver, Solvers.Limit, known))
            {
                case Verdict.Refused(var reason):
                    refused++;
                    output.WriteLine($"bit {bit}: {reason}");
                    break;
                case Verdict.Refuted(var cut, var what, var values):
                    Replay.Differs(program, mutant, certificate, cut, values).ShouldBe(
                        true, $"bit {bit} of seed {Seed}: from slot {cut?.Slot}, offset {bit / 8:x}: {what}");
                    replayed++;
                    break;
                case Verdict.Proved:
                    proved++;
                    output.WriteLine($"bit {bit}: at {bit / 8:x}: proved to change nothing");
                    break;
                case Verdict.Undecided(_, var reason):
                    throw new InvalidOperationException($"bit {bit} of seed {Seed}: {reason}");
            }
        }

        output.WriteLine($"{refused} refused, {replayed} refuted and replayed, {proved} proved");
        proved.ShouldBeLessThan(count / 8);
        replayed.ShouldBeGreaterThan(count / 2);
    }
}

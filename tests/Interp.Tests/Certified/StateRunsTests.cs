using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Certified;

/// <summary>With a certificate, the examples end in the same states as without.</summary>
public sealed class StateRunsTests
{
    public static TheoryData<string, int, int> Objects => new()
    {
        { "examples/bubble_sort.o", 0, 64 },
        { "examples/fletcher32.o", 2, 720 },
        { "examples/greeting.o", 0, 8 },
        { "examples/increment.o", 0, 64 },
        { "examples/storage.o", 0, 16 },
        { "examples/udp.o", 0, 128 },
        { "bench/workloads/alu.o", 0, 64 },
        { "bench/workloads/bsort.o", 0, 128 },
        { "bench/workloads/coap.o", 0, 128 },
        { "bench/workloads/copy.o", 256, 512 },
        { "bench/workloads/fletcher32.o", 2, 720 },
        { "bench/workloads/sensor.o", 0, 256 },
        { "bench/workloads/sieve.o", 0, 512 },
        { "bench/workloads/tiny.o", 0, 16 },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_run_with_a_certificate_ends_as_one_without(string path, int least, int greatest)
    {
        var (program, image) = Loaded(path);
        var certificate = Certificates.Of(
            program, new(least, greatest), image.Start(Profile.Rbpf).Regions, DefaultHost.Functions.Map(static one => one.Declaration));
        var machine = new EngineMachine(program, Engine.Compiled, certificate);
        var plain = new EngineMachine(program, Engine.Compiled);
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var length = seed switch { 0 => least, 1 => greatest, 2 => greatest + 1, _ => random.Next(least, greatest + 1) };
            var context = new byte[length];
            random.NextBytes(context);
            var start = image.Start(Profile.Rbpf) with
            {
                Context = Sequence.Of<byte>(context),
                Host = DefaultHost.Granting(DefaultHost.Ids),
                BranchLimit = new Allowance<ulong>.Remaining(seed % 3 == 0 ? 40UL : 100_000),
            };

            var found = machine.Run(start.State(), out var instructions);

            found.ShouldBe(plain.Run(start.State(), out var expected), $"{path}, seed {seed}");
            instructions.ShouldBe(expected);
            (machine.StaysChecked is null).ShouldBe(length <= greatest, $"{machine.StaysChecked}");
        }
    }

    [Fact]
    public void A_run_that_begins_elsewhere_is_checked()
    {
        var (program, image) = Loaded("examples/increment.o");
        var certificate = Certificates.Of(program, new(8, 64), image.Start(Profile.Rbpf).Regions);
        var machine = new EngineMachine(program, Engine.Compiled, certificate);
        var state = (image.Start(Profile.Rbpf) with { Context = [1, 2, 3, 4, 5, 6, 7, 8] }).State();
        machine.Run(state);
        machine.StaysChecked.ShouldBeNull();

        State<Word>[] others =
        [
            state with { Registers = state.Registers.With(1, Word.Of(AddressSpace.Context + 6)) },
            state with { Registers = state.Registers.With(3, Word.Of(1)) },
            state with { ProgramCounter = Word.Of(1) },
        ];
        foreach (var other in others)
        {
            machine.Run(other).ShouldBe(new ReferenceMachine(program).Run(other));
            machine.StaysChecked.ShouldBe("the run does not begin where runs of the program begin");
        }
    }

    private static (CheckedProgram Program, Image Image) Loaded(string path)
    {
        var options = new ImageOptions { Helpers = DefaultHost.Functions.Map(static function => function.Declaration) };
        var image = ((ImageResult.Loaded)ImageFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, path)), options)).Image;
        return (image.Check(Admission.Of(Profile.Rbpf, DefaultHost.Ids), out _).ShouldNotBeNull(), image);
    }
}

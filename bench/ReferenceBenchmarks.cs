using BenchmarkDotNet.Attributes;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Bench;

/// <summary>The reference machine; every time is that of one instruction.</summary>
public class ReferenceBenchmarks
{
    private const int Straight = 10_000;
    private ReferenceMachine? fletcher;
    private State<Word>? fletcherStart;
    private ReferenceMachine? straight;

    /// <summary>The number of instructions that fletcher32 executes over the published string.</summary>
    public const int FletcherInstructions = 1_473;

    /// <summary>Loads the programs.</summary>
    [GlobalSetup]
    public void Load()
    {
        var examples = Path.Combine(Repository.Root, "examples");
        var image = ((ImageResult.Loaded)ImageFile.Read(File.ReadAllBytes(Path.Combine(examples, "fletcher32.o")), new())).Image;
        fletcher = image.Machine(Profile.Rbpf);
        fletcherStart = (image.Start(Profile.Rbpf) with
        {
            Context = Sequence.Of<byte>(File.ReadAllBytes(Path.Combine(examples, "fletcher32.input"))),
        }).State();

        var steps = 0;
        foreach (var _ in fletcher.Trace(fletcherStart)) steps++;
        if (steps != FletcherInstructions) throw new InvalidOperationException($"fletcher32 executes {steps} instructions");

        var add = OperationTable.WithOpcode(0x07)[0];
        var exit = OperationTable.WithOpcode(0x95)[0];
        straight = new(
            Semantics.Encoding.Program.Of([.. Enumerable.Repeat(Instruction.Of(add, immediate: 1), Straight - 1), Instruction.Of(exit)]),
            Profile.Rbpf);
    }

    /// <summary>A real program: half of it arithmetic, a sixth loads, a sixth branches.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = FletcherInstructions)]
    public Outcome<Word> Fletcher32() => fletcher!.Run(fletcherStart!);

    /// <summary>A long program without branches: the time of an instruction must not grow with the program's length.</summary>
    [Benchmark(OperationsPerInvoke = Straight)]
    public Outcome<Word> StraightLine() => straight!.Run(new Start(Profile.Rbpf).State());
}

using BenchmarkDotNet.Attributes;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Bench;

/// <summary>Stores into regions of several sizes; every time is that of one store, and must not grow with the size.</summary>
public class StoreBenchmarks
{
    private const int Stores = 1_000;
    private ReferenceMachine? machine;
    private State<Word>? start;

    /// <summary>The size of the region in bytes.</summary>
    [Params(512, 64 << 10, 1 << 20)]
    public int Region { get; set; }

    /// <summary>Makes the region and the program.</summary>
    [GlobalSetup]
    public void Load()
    {
        var store = OperationTable.WithOpcode(0x7b)[0];
        var exit = OperationTable.WithOpcode(0x95)[0];
        machine = new(
            Semantics.Encoding.Program.Of(
            [
                .. Enumerable.Range(0, Stores).Select(i => Instruction.Of(store, new(1), new(2), (short)(i % 64 * 8))),
                Instruction.Of(exit),
            ]),
            Profile.Rbpf);
        var state = new Start(Profile.Rbpf)
        {
            Regions = [Words.Region.Of("region", AddressSpace.Added, ByteTree.Zero(Region), Permission.ReadWrite)],
        }.State();
        start = state with { Registers = state.Registers.With(1, Word.Of(AddressSpace.Added + (ulong)Region - 512)) };
    }

    /// <summary>Eight-byte stores near the region's end.</summary>
    [Benchmark(OperationsPerInvoke = Stores)]
    public Outcome<Word> Store() => machine!.Run(start!);
}

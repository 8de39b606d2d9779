using BenchmarkDotNet.Attributes;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Bench;

/// <summary>The batch protocol; the time is that of one request, whose program has 100 instructions of all kinds.</summary>
public class BatchBenchmarks
{
    private const int Seed = 9669;
    private readonly ConformanceMachine machine = new(Profile.Rfc9669);
    private string request = "";

    /// <summary>Makes the request.</summary>
    [GlobalSetup]
    public void Make()
    {
        var random = new Random(Seed);
        var alu = OperationTable.Forms.Where(form => form.Operation is AluOperation).ToList();
        var program = Semantics.Encoding.Program.Of(
        [
            .. Enumerable.Range(0, 99).Select(_ => Instruction.Of(
                alu[random.Next(alu.Count)], new((byte)random.Next(10)), new((byte)random.Next(10)), 0, random.Next())),
            Instruction.Of(OperationTable.WithOpcode(0x95)[0]),
        ]);
        request = $$"""{"program":"{{Convert.ToHexStringLower(program.ToBytes())}}","memory":"0011223344556677"}""";
    }

    /// <summary>Parse, check, load, run, answer.</summary>
    [Benchmark]
    public string Request() => BatchProtocol.Reply(request, machine);
}

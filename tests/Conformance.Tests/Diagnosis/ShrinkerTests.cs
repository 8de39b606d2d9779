using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Diagnosis;

public sealed class ShrinkerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_program_is_cut_down_to_the_instruction_that_the_machine_gets_wrong(ulong seed)
    {
        using var machine = new XorIsOr();
        var found = Found(machine, seed);

        var small = new Shrinker(machine, Profile.Rfc9669).Shrunk(found);

        small.IsDeviation.ShouldBeTrue();
        var code = ((VectorProgram.Code)small.Vector.Program).Bytes;
        code.Count.ShouldBeLessThanOrEqualTo(6 * 8);
        code.Chunk(8).ShouldContain(slot => slot[0] == 0xaf);
        Choices.AreNone(new(Profile.Rfc9669), small.Vector).ShouldBeTrue();
        small.Vector.Name.ShouldBe(found.Vector.Name);
    }

    [Fact]
    public void What_hangs_or_needs_a_setting_stays_as_it_is()
    {
        using var machine = new XorIsOr();
        var found = Found(machine, 1);
        var hung = found with { Status = TestStatus.Hung };
        var needy = found with { Vector = found.Vector with { Setting = new() { Branches = 3 } } };

        new Shrinker(machine, Profile.Rfc9669).Shrunk(hung).ShouldBe(hung);
        new Shrinker(machine, Profile.Rfc9669).Shrunk(needy).ShouldBe(needy);
    }

    private static TestResult Found(XorIsOr machine, ulong seed)
    {
        var stream = new VectorStream(Profile.Rfc9669, seed);
        return Enumerable
            .Range(0, 50)
            .Select(number => stream.Of((ulong)number))
            .Select(vector => TestRun.Of(vector, machine.Run([vector])[0]))
            .First(result => result.IsDeviation);
    }

    /// <summary>A machine that takes 64-bit XOR of a register for OR.</summary>
    private sealed class XorIsOr : IMachineSession
    {
        private readonly VectorMachine machine = new(Profile.Rfc9669);

        public IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors) =>
            [
                .. vectors.Select(vector =>
                {
                    var code = ((VectorProgram.Code)vector.Program).Bytes.ToArray();
                    for (var at = 0; at < code.Length; at += 8)
                        code[at] = code[at] == 0xaf ? (byte)0x4f : code[at];
                    return machine.Run(Sequence.Of<byte>(code), vector.Memory, Setting.Plain) is { } answered
                        ? MachineReply.Of(answered.Answer)
                        : new MachineReply.NoEnd("");
                }),
            ];

        public void Dispose()
        {
            // There is nothing to end.
        }
    }
}

using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Diagnosis;

public sealed class CausesTests
{
    private static readonly Lazy<IReadOnlyList<Vector>> Vectors = new(() =>
        [
            .. VectorReader
                .Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))
                .ShouldBeOfType<VectorText.Loaded>()
                .Vectors,
        ]);

    [Fact]
    public void Where_nothing_deviates_nothing_is_explained() =>
        Causes.Of([.. SmallSuite.Suite.Vectors.Select(Passed)], Profile.Rbpf).ShouldBeEmpty();

    // One instruction wrong in most of what uses it: hundreds of vectors about other things deviate, and it alone is named.
    [Fact]
    public void One_wrong_instruction_that_everything_uses_is_one_cause()
    {
        var results = Vectors
            .Value.Select(vector => Has(vector, slot => slot[0] == 0x18 && slot[7] >= 0x80) ? Failed(vector) : Passed(vector))
            .ToList();

        var causes = Causes.Of(results, Profile.Rbpf);

        causes.Count.ShouldBeLessThan(4);
        causes[0].Name.ShouldBe("imm/lddw, imm is negative");
        causes[0].Results.Count.ShouldBeGreaterThan(results.Count(result => result.IsDeviation) * 9 / 10);
        causes.SelectMany(cause => cause.Results).ToHashSet().Count.ShouldBe(results.Count(result => result.IsDeviation));
    }

    [Fact]
    public void Two_mistakes_are_two_causes_and_the_larger_one_comes_first()
    {
        var results = SmallSuite
            .Suite.Vectors.Select(vector => vector.Rule is "alu/add32-k" or "alu/or32-x" ? Failed(vector) : Passed(vector))
            .ToList();

        var causes = Causes.Of(results, SmallSuite.Profile);

        causes.Select(cause => cause.Results[0].Vector.Rule).Order(StringComparer.Ordinal).ShouldBe(["alu/add32-k", "alu/or32-x"]);
        causes[0].Results.Count.ShouldBeGreaterThanOrEqualTo(causes[1].Results.Count);
    }

    [Fact]
    public void A_machine_that_rejects_nothing_is_named_as_such()
    {
        var results = SmallSuite
            .Suite.Vectors.Select(vector => vector.Expectation is Expectation.Refuses ? Failed(vector) : Passed(vector))
            .ToList();

        Causes.Of(results, SmallSuite.Profile).Select(cause => cause.Name).ShouldBe(["a rejection, is expected"]);
    }

    private static TestResult Passed(Vector vector) => new(vector, TestStatus.Passed, "", new MachineReply.Returned(0));

    private static TestResult Failed(Vector vector) => new(vector, TestStatus.Failed, "wrong", new MachineReply.Returned(0));

    private static bool Has(Vector vector, Func<byte[], bool> isWrong) => vector.Expectation is Expectation.Returns
        && ((VectorProgram.Code)vector.Program).Bytes.Chunk(8).Any(isWrong);
}

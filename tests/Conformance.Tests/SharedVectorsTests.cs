using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using Xunit.Abstractions;

namespace RbpfSpec.Conformance.Tests;

/// <summary>Vectors that others wrote; where they do not stand beside the checkout, the output says so.</summary>
public class SharedVectorsTests(ITestOutputHelper output)
{
    private const string Tests = "bpf_conformance/tests";
    private const string Negative = "bpf_conformance/negative";
    private const string Kernel = "linux-kernel-6.18.jsonl";

    /// <summary>Nothing is the semantics; then the engines that work in this build.</summary>
    public static TheoryData<Engine?> Machines =>
        [null, .. new Engine?[] { Engine.Switch, Engine.Threaded, Engine.Compiled }.Where(engine => Engines.IsAvailable(engine!.Value))];

    [Theory]
    [MemberData(nameof(Machines))]
    public void Every_test_of_bpf_conformance_passes_but_the_one_outside_the_RFC(Engine? engine)
    {
        if (!IsThere(Tests)) return;

        var results = DataFiles(Tests).ConvertAll(vector => (vector.Name, Result: VectorRunner.Run(vector, Profile.Rfc9669, engine)));

        results.Count.ShouldBe(165);
        results.Where(result => result.Result is VectorResult.Failed).ShouldBeEmpty();
        results.Where(result => result.Result is VectorResult.Unsupported).Select(result => result.Name).ShouldBe(["callx.data"]);
    }

    [Fact]
    public void Every_program_with_a_reserved_field_set_is_rejected_for_that_field()
    {
        if (!IsThere(Negative)) return;

        var vectors = DataFiles(Negative);

        vectors.Count.ShouldBe(23);
        vectors.ShouldAllBe(vector => vector.Expectation is Expectation.Refuses);
        foreach (var vector in vectors) Checks(vector).ShouldContain(Check(vector.Name), vector.Name);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void The_Linux_kernel_agrees_on_every_random_program(Engine? engine)
    {
        if (!IsThere(Kernel)) return;

        var vectors = JsonLines.Read(Kernel, File.ReadAllText(Path.Combine(Repository.Shared, Kernel)))
            .ShouldBeOfType<VectorText.Loaded>().Vectors;
        var others = vectors
            .Select(vector => (vector.Name, Result: VectorRunner.Run(vector, Profile.Rfc9669, engine)))
            .Where(result => result.Result is not VectorResult.Passed);

        vectors.Count.ShouldBe(1000);
        others.ShouldBeEmpty();
    }

    private bool IsThere(string path)
    {
        if (Path.Exists(Path.Combine(Repository.Shared, path))) return true;
        output.WriteLine($"There is no {path} in the folder shared/conformance beside the checkout: nothing was tested.");
        return false;
    }

    private static List<Vector> DataFiles(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Shared, folder), "*.data").Order(StringComparer.Ordinal)
            .Select(path => DataFile.Read(Path.GetFileName(path), File.ReadAllText(path)))
            .SelectMany(text => text.ShouldBeOfType<VectorText.Loaded>().Vectors),
    ];

    private static IEnumerable<string> Checks(Vector vector) =>
        Preflight.Check(
            vector.Program.ShouldBeOfType<VectorProgram.Code>().Bytes.AsSpan(), 0, Admission.Of(Profile.Rfc9669, [5]))
            .Select(problem => problem.Check);

    // The file's name ends in the field's: unused-exit-dst.data. MOV of a register uses its offset, to select MOVSX.
    private static string Check(string name) => Path.GetFileNameWithoutExtension(name).Split('-') switch
    {
        [_, "mov_reg" or "mov64_reg", "offset"] => "encoding",
        [.., "dst"] => "reserved/dst_reg",
        [.., "src"] => "reserved/src_reg",
        [.., var field] => $"reserved/{field}",
        [] => "",
    };
}

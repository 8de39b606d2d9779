using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.RealMachines.Tests.Adapters;

/// <summary>The adapters of <c>machines</c>, compiled against stand-ins with the interfaces of those machines.</summary>
/// <remarks>
/// The stand-ins in C have the machine of <c>device</c> behind them, so that an adapter that passes everything on passes the suite.
/// </remarks>
[Trait("Needs", "compiler")]
public sealed class AdapterTests : Scratch
{
    private static readonly string Machines = Path.Combine(Repository.Root, "machines");
    private static readonly string StandIns = Path.Combine(Repository.Root, "tests/RealMachines.Tests/Adapters/StandIns");
    private static readonly string Device = Path.Combine(Repository.Root, "device");

    private static readonly IReadOnlyList<Vector> Suite =
    [
        .. VectorFiles.Read([Path.Combine(Repository.Root, "spec/vectors/vectors.json")], Profile.Rbpf, out _)!.Vectors
            .Where(vector => vector.IsCore),
    ];

    public static TheoryData<string, string, string> InC => new()
    {
        { "ubpf", "", "uBPF error: trap 6 = DivisionByZero\nuBPF error: trap 9 = CallDepth\nuBPF error: trap 10 = BranchBudget\n" },
        { "femto-containers", "", "" },
    };

    [Theory]
    [MemberData(nameof(InC))]
    public void An_adapter_in_C_passes_on_what_it_is_asked_and_told(string machine, string define, string words)
    {
        var command = Compiled(machine, define);
        var tested = new MachineUnderTest.Batch(command, TimeSpan.FromSeconds(60), [])
        {
            Words = new(MachineWords.Read(words, out _).ShouldNotBeNull(), IsLenient: false),
        };

        var results = TestRun.Of(tested, Suite, jobs: 2);

        results.Count(result => result.Status is TestStatus.Passed).ShouldBeGreaterThan(200);

        // The protocol's own names of traps are not translated: this one has a single number for two of them.
        results.Where(result => result.IsDeviation && !(machine == "femto-containers" && IsCallDepth(result)))
            .Select(result => $"{result.Vector.Name}: {result.Reason}").ShouldBeEmpty();
    }

    [Fact]
    public void Compiled_code_of_uBPF_is_asked_for_its_results()
    {
        using var session = new MachineUnderTest.Batch(Compiled("ubpf", "-DCOMPILED"), TimeSpan.FromSeconds(60), []).Open(new());

        session.Run(
            [
                Vector("b7000000070000009500000000000000", ""), Vector("79100000000000009500000000000000", "0102030405060708"),
                Vector("ff00000000000000", ""),
            ])
            .ShouldBe(
            [
                new MachineReply.Returned(7), new MachineReply.Returned(0x0807060504030201),
                new MachineReply.Rejected("the preflight refuses it"),
            ]);
    }

    [Fact]
    public void The_adapter_in_Rust_passes_on_what_it_is_asked_and_told()
    {
        // The compiler of Rust is nothing that this project needs; where it is, the adapter is tried.
        if (External.Find("rustc") is not { } rustc) return;
        var library = At("librbpf.rlib");
        Succeed(
            rustc, "--edition", "2021", "--crate-type", "rlib", "--crate-name", "rbpf", "-o", library,
            Path.Combine(StandIns, "rbpf.rs"));
        Succeed(
            rustc, "--edition", "2021", "-D", "warnings", "--extern", $"rbpf={library}", "-o", At("adapter"),
            Path.Combine(Machines, "rbpf/src/main.rs"));
        using var session = new MachineUnderTest.Batch(At("adapter"), TimeSpan.FromSeconds(60), []).Open(new());

        session.Run(
            [
                Vector("b7000000070000009500000000000000", ""), Vector("bf200000000000009500000000000000", "0102"),
                Vector("71100500000000009500000000000000", "0102"), Vector("b700000007000000", ""),
            ])
            .ShouldBe(
            [
                new MachineReply.Returned(7), new MachineReply.Returned(2),
                new MachineReply.Trapped(Trap.MemoryAccess, null, "Error: out of bounds memory load (insn #0)"),
                new MachineReply.Rejected("[Verifier] Error: program does not end with “EXIT” instruction"),
            ]);
    }

    [Fact]
    public void No_adapter_has_more_than_80_lines() =>
        Directory.EnumerateFiles(Machines, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "adapter.c" or "main.rs")
            .Where(file => File.ReadLines(file).Count() > 80)
            .ShouldBeEmpty();

    private static bool IsCallDepth(TestResult result) => result.Vector.Expectation is Expectation.Traps(Trap.CallDepth, _);

    private static Vector Vector(string program, string memory) => new(
        "one", new VectorProgram.Code([.. Convert.FromHexString(program)]), [.. Convert.FromHexString(memory)], new Expectation.Returns(0));

    private static void Succeed(string program, params string[] arguments)
    {
        var (exitCode, output) = External.Run(program, arguments);
        exitCode.ShouldBe(0, output);
    }

    private string Compiled(string machine, string define)
    {
        var output = At(machine);
        Succeed(
            "gcc",
            [
                "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-DRBPF_ATOMIC32=1", "-DRBPF_ATOMIC64=1",
                .. define == "" ? [] : (string[])[define],
                "-I", StandIns, "-I", Device, Path.Combine(Machines, machine, "adapter.c"),
                Path.Combine(Device, "rbpf.c"), Path.Combine(Device, "rbpf_check.c"), "-o", output,
            ]);
        return output;
    }
}

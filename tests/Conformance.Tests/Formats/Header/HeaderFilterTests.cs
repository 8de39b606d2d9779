using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>Definitions leave vectors out of the committed header, and it compiles on any device.</summary>
[Trait("Needs", "compiler")]
public sealed class HeaderFilterTests : IDisposable
{
    private const string WithoutRejections = "-DRBPF_WITHOUT_REJECTIONS";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    /// <summary>The groups that a machine may lack.</summary>
    public static TheoryData<ConformanceGroup> Groups => [.. Lacking];

    private static IEnumerable<ConformanceGroup> Lacking =>
        Enum.GetValues<ConformanceGroup>().Where(group => group is not ConformanceGroup.Base32);

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_group_that_is_left_out_takes_exactly_the_programs_with_its_instructions(ConformanceGroup group) =>
        Left([WithoutGroup(group)], vector => !vector.Groups.Contains(group));

    [Fact]
    public void Local_calls_traps_budgets_rejections_and_all_but_the_core_are_left_out_each()
    {
        Left(["-DRBPF_WITHOUT_LOCAL_CALLS"], vector => !CallsLocally(vector), vector => vector.Expectation is not Expectation.Refuses);
        Left(["-DRBPF_WITHOUT_TRAPS"], vector => vector.Expectation is not Expectation.Traps);
        Left(["-DRBPF_WITHOUT_BUDGET"], vector => vector.Expectation is not Expectation.Traps(Semantics.Machine.Trap.BranchBudget, _));
        Left([WithoutRejections], vector => vector.Expectation is not Expectation.Refuses);
        Left(["-DRBPF_CORE"], vector => vector.IsCore);
        Left(["-DRBPF_MOST_SLOTS=200"], vector => SlotsOf(vector).Length <= 200 * Slot.Size);
        Left(
            ["-DRBPF_WITHOUT_TRAPS", WithoutRejections, "-DRBPF_WITHOUT_ATOMIC32"],
            vector => vector.Expectation is Expectation.Returns && !vector.Groups.Contains(ConformanceGroup.Atomic32));
    }

    [Fact]
    public void The_parts_are_all_of_it_in_its_order_and_about_equal()
    {
        if (CCompiler.There.IsEmpty) return;
        var sizes = CCompiler.Suite.ToDictionary(vector => vector.Name, vector => SlotsOf(vector).Length + 96);

        List<List<string>> parts = [.. Enumerable.Range(1, 16).Select(part => CCompiler.NamesLeft($"-DRBPF_PART={part}"))];

        parts.SelectMany(names => names).SequenceEqual(CCompiler.NamesLeft()).ShouldBeTrue();
        var bytes = parts.ConvertAll(names => names.Sum(name => sizes[name]));
        bytes.Max().ShouldBeLessThan(2 * bytes.Min());
    }

    [Theory]
    [InlineData("-DRBPF_PART=17", "RBPF_PART is not one of 1 to 16")]
    [InlineData("-DRBPF_MOST_SLOTS=8", "RBPF_MOST_SLOTS is less than 64")]
    public void A_definition_that_makes_no_sense_is_refused(string definition, string problem)
    {
        if (CCompiler.There.IsEmpty) return;

        var (exitCode, output) = External.Run(CCompiler.There[0], Device("rbpf", "-fsyntax-only", definition));

        exitCode.ShouldNotBe(0);
        output.ShouldContain(problem);
    }

    [Theory]
    [InlineData("rbpf")]
    [InlineData("rfc9669")]
    public void It_compiles_clean_and_freestanding_with_every_compiler_for_32_and_64_bits(string profile)
    {
        foreach (var target in Targets)
        {
            CompilesClean(target, Device(profile, [.. target[1..], "-O1"]));
        }
    }

    [Fact]
    public void It_compiles_clean_with_little_and_next_to_nothing_left_in()
    {
        foreach (var compiler in CCompiler.There)
        {
            foreach (var definitions in FewLeft) CompilesClean([compiler], Device("rbpf", definitions));
        }
    }

    [Fact]
    public void The_harness_of_a_host_compiles_clean()
    {
        foreach (var compiler in CCompiler.There)
        {
            CompilesClean(
                [compiler],
                [
                    .. CCompiler.Strict, "-O1", "-S", "-o", "/dev/null", "-DRBPF_HARNESS_DEMO",
                    "-I", Path.Combine(CCompiler.Folder, "rbpf"), Path.Combine(CCompiler.Folder, "harness.c"),
                ]);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Every compiler that there is, with the arguments for each target that it has: one compiles nothing at all for others.
    private IEnumerable<string[]> Targets =>
        ((string[][])
        [
            ["gcc"],
            ["gcc", "-m32"],
            ["clang"],
            ["clang", "-m32"],
            ["clang", "--target=armv6m-none-eabi"],
            ["arm-none-eabi-gcc", "-mcpu=cortex-m0", "-mthumb"],
        ]).Where(target =>
            External.Start(target[0], [.. target[1..], .. OnlyChecked, Source("empty.c", "#include <stdint.h>\n")]) is (0, _));

    private static readonly string[] OnlyChecked = ["-ffreestanding", "-fsyntax-only"];

    private static string[][] FewLeft { get; } =
    [
        ["-DRBPF_WITHOUT_PURPOSES", "-DRBPF_PART=1"],
        [
            .. Lacking.Select(WithoutGroup), WithoutRejections, "-DRBPF_WITHOUT_TRAPS", "-DRBPF_WITHOUT_LOCAL_CALLS",
            "-DRBPF_WITHOUT_BUDGET", "-DRBPF_MOST_SLOTS=64", "-DRBPF_PART=16",
        ],
    ];

    private string[] Device(string profile, params string[] arguments) =>
        [
            .. CCompiler.Strict,
            "-ffreestanding",
            .. arguments,
            "-S", "-o", "/dev/null", "-I", CCompiler.Folder, "-I",
            Path.Combine(CCompiler.Folder, profile),
            Source(
                "device.c",
                """
                #include "rbpf_run.h"
                int device(void);
                void rbpf_put(const char *text) { (void)text; }
                int device(void) { return rbpf_run_vectors("", true); }

                """),
        ];

    private string Source(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string WithoutGroup(ConformanceGroup group) => $"-DRBPF_WITHOUT_{group.Name().ToUpperInvariant()}";

    private static void CompilesClean(string[] target, string[] arguments)
    {
        var (exitCode, output) = External.Run(target[0], arguments);
        output.ShouldBe("", string.Join(' ', target));
        exitCode.ShouldBe(0);
    }

    private static void Left(string[] definitions, Func<Vector, bool> stays, Func<Vector, bool>? among = null)
    {
        if (CCompiler.There.IsEmpty) return;
        var counted = CCompiler.Suite.Where(among ?? (_ => true)).ToDictionary(vector => vector.Name);
        var left = CCompiler.NamesLeft(definitions).Where(counted.ContainsKey).ToHashSet();

        CCompiler.Difference(left, counted.Values.Where(stays).Select(vector => vector.Name)).ShouldBeEmpty();
        left.Count.ShouldBeInRange(1, counted.Count - 1);
    }

    // CALL with src_reg 1, by hand; a wide instruction has two slots.
    private static bool CallsLocally(Vector vector)
    {
        var code = SlotsOf(vector);
        for (var at = 0; at + Slot.Size <= code.Length; at += code[at] == 0x18 ? 2 * Slot.Size : Slot.Size)
        {
            if (code[at] == 0x85 && code[at + 1] >> 4 == 1) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> SlotsOf(Vector vector) => ((VectorProgram.Code)vector.Program).Bytes.AsSpan();
}

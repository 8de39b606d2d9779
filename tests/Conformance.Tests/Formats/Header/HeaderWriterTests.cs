namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>
/// The committed header and harness, as a maintainer of a VM in C uses them, on a VM of a few hundred lines with planted
/// mistakes.
/// </summary>
[Trait("Needs", "compiler")]
public sealed class HeaderWriterTests(CompiledOnce compiled) : IClassFixture<CompiledOnce>, IDisposable
{
    private static readonly string[] Machine = [.. CMachine.Sources.Append("vm_run.c").Select(CMachine.PathOf)];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    /// <summary>The mutants of the VM, as its first lines list them, each with the rules that it breaks, or their beginnings.</summary>
    public static TheoryData<int, string[]> Mistakes => new()
    {
        { 1, ["alu/", "preflight/group"] },
        { 2, ["alu/sdiv"] },
        { 3, ["jmp/jge"] },
        { 4, ["mem/", "atomic/"] },
        { 5, ["alu/be", "alu/le"] },
        { 6, ["alu/", "jmp/", "mem/", "atomic/"] },
        { 7, ["alu/arsh", "alu/lsh", "alu/rsh"] },
        { 8, ["jmp/call-local"] },
        { 9, ["atomic/fetch-", "atomic/xchg", "atomic/cmpxchg", "preflight/register"] },
        { 10, ["alu/mod", "alu/smod"] },
        { 11, ["mem/ldxsb"] },
        { 12, ["jmp/"] },
        { 13, ["preflight/frame-pointer"] },
    };

    [Fact]
    public void A_right_VM_passes_every_vector()
    {
        if (Build(0) is not { } vm)
        {
            AssertNoCompiler();
            return;
        }

        var (exitCode, output) = External.Run(vm);

        output.ShouldEndWith($"\n{CCompiler.Suite.Count} vectors: {CCompiler.Suite.Count} passed, 0 failed\n");
        output.ShouldNotContain(", rule ");
        exitCode.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mutant_is_found_and_named_by_rule(int mistake, string[] rules)
    {
        if (Build(mistake) is not { } vm)
        {
            AssertNoCompiler();
            return;
        }

        var (exitCode, output) = External.Run(vm);
        var named = output.Split('\n').Where(line => line.StartsWith("failed ", StringComparison.Ordinal))
            .Select(line => line.Split(", rule ")[1].Split(':')[0]).ToHashSet();

        exitCode.ShouldBe(1);
        foreach (var rule in rules) named.ShouldContain(name => name.StartsWith(rule, StringComparison.Ordinal), rule);
        named
            .Where(name =>
                !name.StartsWith("program/", StringComparison.Ordinal)
                && !rules.Any(rule => name.StartsWith(rule, StringComparison.Ordinal)))
            .ShouldBeEmpty("rules without the mistake");
    }

    [Fact]
    public void The_demonstration_refuses_everything_and_names_the_rules_that_do_not()
    {
        if (CCompiler.Build(folder, "demo", "-DRBPF_HARNESS_DEMO", Path.Combine(CCompiler.Folder, "harness.c")) is not { } demo)
        {
            AssertNoCompiler();
            return;
        }

        var (exitCode, output) = External.Run(demo);

        exitCode.ShouldBe(1);
        output.ShouldContain("failed alu/add32-k/01, rule alu/add32-k: alu/add32-k where ");
    }

    public void Dispose() => folder.Delete(recursive: true);

    // A machine without a C compiler has nothing to show.
    private static void AssertNoCompiler() => CCompiler.There.ShouldBeEmpty("there is a C compiler, but nothing was compiled");

    private string? Build(int mistake) =>
        compiled.Harness is { } harness ? CCompiler.Build(folder, $"vm{mistake}", [harness, $"-DBUG={mistake}", .. Machine]) : null;
}

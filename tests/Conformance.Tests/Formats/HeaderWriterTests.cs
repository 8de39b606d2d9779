using System.ComponentModel;
using System.Diagnostics;

namespace RbpfSpec.Conformance.Tests.Formats;

/// <summary>The committed header and harness, as a maintainer of a VM in C uses them, on a machine in C with planted mistakes.</summary>
public sealed class HeaderWriterTests : IDisposable
{
    private static readonly string Vectors = Path.Combine(Repository.Root, "spec/vectors/c");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    /// <summary>The mistakes of the VM, as machine.h lists them, each with the rules that it breaks, or their beginnings.</summary>
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
        { 9, ["atomic/fetch-", "atomic/xchg", "atomic/cmpxchg"] },
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

        var (exitCode, output) = Run(vm);

        output.ShouldContain(" 0 failed");
        output.ShouldNotContain("rule");
        exitCode.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_planted_mistake_is_found_and_named_by_rule(int mistake, string[] rules)
    {
        if (Build(mistake) is not { } vm)
        {
            AssertNoCompiler();
            return;
        }

        var (exitCode, output) = Run(vm);
        var named = output.Split('\n').Where(line => line.StartsWith("failed ", StringComparison.Ordinal))
            .Select(line => line.Split(", rule ")[1].Split(':')[0]).ToHashSet();

        exitCode.ShouldBe(1);
        foreach (var rule in rules) named.ShouldContain(name => name.StartsWith(rule, StringComparison.Ordinal), rule);
        named.Where(name => !name.StartsWith("program/", StringComparison.Ordinal) && !rules.Any(rule => name.StartsWith(rule, StringComparison.Ordinal)))
            .ShouldBeEmpty("rules without the mistake");
    }

    [Fact]
    public void The_demonstration_refuses_everything_and_names_the_rules_that_do_not()
    {
        if (Compile(["-DRBPF_HARNESS_DEMO"], "demo") is not { } demo)
        {
            AssertNoCompiler();
            return;
        }

        var (exitCode, output) = Run(demo);

        exitCode.ShouldBe(1);
        output.ShouldContain("failed alu/add32-k/01, rule alu/add32-k: alu/add32-k where ");
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    // A machine without a C compiler has nothing to show; one with a compiler that fails does not pass for such.
    private static void AssertNoCompiler() =>
        Compilers.Where(compiler => Start(compiler, ["--version"]) is not null).ShouldBeEmpty("there is a C compiler, but nothing was compiled");

    private static string[] Compilers => ["gcc", "clang", "cc"];

    private string? Build(int mistake) => Compile([$"-DBUG={mistake}", CMachine.PathOf("vm_run.c"), .. CMachine.Sources.Select(CMachine.PathOf)], $"vm{mistake}");

    private string? Compile(string[] arguments, string name)
    {
        var output = Path.Combine(folder.FullName, name);
        foreach (var compiler in Compilers)
        {
            if (Start(compiler, ["-O1", "-Wall", "-Wextra", "-Werror", "-I", Vectors, Path.Combine(Vectors, "harness.c"), .. arguments, "-o", output]) is not { } built)
                continue;
            built.Output.ShouldBe("");
            built.ExitCode.ShouldBe(0);
            return output;
        }

        return null;
    }

    private static (int ExitCode, string Output) Run(string program) => Start(program, []) ?? throw new FileNotFoundException(program);

    // Nothing if there is no such command.
    private static (int ExitCode, string Output)? Start(string command, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Images.Tests.Compilers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using Xunit.Abstractions;

namespace RbpfSpec.Images.Tests;

public class AssemblyFileTests(ITestOutputHelper output)
{
    // RBPFSPEC_C_PROGRAMS=200 takes as many; a failure prints its seed.
    private static readonly int Programs =
        int.TryParse(Environment.GetEnvironmentVariable("RBPFSPEC_C_PROGRAMS"), CultureInfo.InvariantCulture, out var count) ? count : 12;

    [Fact]
    public void Instructions_alone_start_at_the_first_line()
    {
        var image = Load("call two\nexit\ntwo: r0 = 2\nexit");

        image.Format.ShouldBe(ImageFormat.Raw);
        image.Entry.ShouldBe(0);
        Result(image).ShouldBe(2UL);
    }

    [Fact]
    public void Data_become_regions()
    {
        var image = Load("""
                .text
                .globl f
                .type f,@function
            f:
                r1 = table+4 ll
                r0 = *(u32 *)(r1 + 0)
                r2 = pointer ll
                r2 = *(u64 *)(r2 + 0)
                r2 = *(u8 *)(r2 + 0)
                r0 += r2
                exit
                .size f, .-f
                .section .rodata,"a",@progbits
            table:
                .long 1, 41
                .data
            pointer:
                .quad table
            """.Replace(".size f, .-f", ".Lend: .size f, .Lend-f", StringComparison.Ordinal));

        Result(image).ShouldBe(42UL);
        image.Regions.Map(region => (region.Name, region.Permission)).ShouldBe(
            [(".rodata", Permission.Read), (".data", Permission.ReadWrite)]);
        image.Functions.ShouldBe([new ImageFunction("f", 0, 9)]);
    }

    [Fact]
    public void The_function_to_start_at_is_chosen_by_name()
    {
        const string Text = "a: r0 = 1\nexit\nb: r0 = 2\nexit";

        Result(Load(Text)).ShouldBe(1UL);
        Result(Load(Text, new() { Function = "b" })).ShouldBe(2UL);
    }

    [Fact]
    public void A_global_function_is_the_entry_wherever_it_stands() =>
        Result(Load("help: r0 = 1\nexit\n.globl f\n.type f,@function\nf: call help\nr0 += 1\nexit")).ShouldBe(2UL);

    [Theory]
    [InlineData("call nowhere\nexit", "line 1, column 6: found 'nowhere', which no line defines; expected the label of a function")]
    [InlineData("r0 = 08\nexit", "line 1, column 6: found '08'; expected ")]
    public void What_is_wrong_is_said_with_its_line(string text, string problem) =>
        AssemblyFile.Read(text, new()).ShouldBeOfType<AssemblyResult.Malformed>().Problems[0].ShouldStartWith(problem);

    [Theory]
    [InlineData("r0 = 1\nexit", null)]
    [InlineData("mov %r0, 1\nexit", null)]
    [InlineData("mov64 r0, 1\nexit", "read as the syntax of rbpf and sBPF (mov64 r0, 7)")]
    [InlineData("xaddw [%r1+0], %r2\nexit", "read as the syntax of GNU as (xadddw [%fp+-8],%r1)")]
    [InlineData("0: (b7) r0 = 1\n1: (95) exit", "read as a log of Linux's verifier")]
    public void A_note_says_how_it_was_read(string text, string? note)
    {
        Load(text).Notes.ShouldBe(note is null ? [] : [note]);
    }

    [Fact]
    public void Nothing_is_noted_of_what_was_asked_for() =>
        AssemblyFile.Read("mov64 r0, 1\nexit", new(), Dialect.Rbpf).ShouldBeOfType<AssemblyResult.Loaded>().Image.Notes.ShouldBeEmpty();

    [Fact]
    [Trait("Needs", "compiler")]
    public void What_clang_writes_is_assembled_to_what_clang_compiles()
    {
        if (Clang() is not { } clang) return;
        var loaded = 0;
        foreach (var folder in (string[])["examples", "examples/applications", "tests/Assembly.Tests/Sources", "bench/workloads"])
        {
            foreach (var source in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.c").Order(StringComparer.Ordinal))
            {
                if (Compare(clang, source, [Path.GetFileName(source) == "atomics.c" ? "-mcpu=v3"
                    : "-mcpu=v2", "-O2", "-g", "-ffreestanding", "-fno-builtin", "-I",
                    Path.Combine(Repository.Root, "examples")], source))
                {
                    loaded++;
                }
            }
        }

        // All but two, which have two functions each to start at.
        loaded.ShouldBe(24);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void What_clang_writes_of_generated_programs_is_assembled_to_what_it_compiles()
    {
        if (Clang() is not { } clang) return;
        var loaded = 0;
        var folder = Directory.CreateTempSubdirectory("random-c");
        try
        {
            for (var seed = 1; seed <= Programs; seed++)
            {
                var program = new RandomC(seed);
                var source = Path.Combine(folder.FullName, "program.c");
                File.WriteAllText(source, program.Text());
                if (Compare(clang, source, program.Options, $"seed {seed}")) loaded++;
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        output.WriteLine($"{Programs} programs, {loaded} loaded");
        loaded.ShouldBeGreaterThan(Programs / 2);
    }

    // Whether both load; where one does not, the other must not either.
    private static bool Compare(string clang, string source, string[] options, string name)
    {
        var folder = Directory.CreateTempSubdirectory("assembly");
        try
        {
            var text = Path.Combine(folder.FullName, "program.s");
            var compiled = Path.Combine(folder.FullName, "program.o");
            Run(clang, ["-target", "bpf", "-w", .. options, "-S", source, "-o", text], name);
            Run(clang, ["-target", "bpf", "-w", .. options, "-c", source, "-o", compiled], name);
            var function = name.StartsWith("seed", StringComparison.Ordinal) ? "entry" : null;
            var read = AssemblyFile.Read(File.ReadAllText(text), new() { Function = function });
            switch (ImageFile.Read(File.ReadAllBytes(compiled), new() { Function = function }))
            {
                case ImageResult.Loaded(var expected):
                    var image = read.ShouldBeOfType<AssemblyResult.Loaded>($"{name}: {read}").Image;
                    Convert.ToHexString(image.Program.AsSpan()).ShouldBe(Convert.ToHexString(expected.Program.AsSpan()), name);
                    image.Entry.ShouldBe(expected.Entry, name);
                    image.Regions.ShouldBe(expected.Regions, name);
                    image.Functions.ShouldBe(expected.Functions, name);
                    image.Labels.ShouldBe(expected.Labels, name);
                    return true;
                case ImageResult.Malformed refused:
                    read.ShouldBeOfType<AssemblyResult.Malformed>($"{name}: {refused}");
                    return false;
                default:
                    throw new UnreachableException();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string program, string[] arguments, string name)
    {
        var (exitCode, text) = External.Run(program, arguments);
        exitCode.ShouldBe(0, $"{name}: {text}");
    }

    private string? Clang()
    {
        var found = External.Find("clang-14");
        if (found is null) output.WriteLine("no clang-14 on the search path: nothing was compared");
        return found;
    }

    private static Image Load(string text, ImageOptions? options = null)
    {
        var read = AssemblyFile.Read(text, options ?? new());
        return read.ShouldBeOfType<AssemblyResult.Loaded>((read as AssemblyResult.Malformed)?.Problems.ToString()).Image;
    }

    private static ulong Result(Image image) =>
        image.Machine(Profile.Rbpf).Run(image.Start(Profile.Rbpf).State()).ShouldBeOfType<Outcome<Word>.Exited>().Result.Value;
}

using Xunit.Abstractions;

namespace RbpfSpec.Images.Tests.Elf;

public class ElfReaderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Examples => [.. Repository.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Examples_are_loaded_as_approved(string name) =>
        Approved.Matches(name, ImageText.Of(Reading.Image(Repository.Example(name))));

    [Theory]
    [InlineData("linking_entry", null, "entry")]
    [InlineData("linking_outside", "outside", null)]
    public void References_of_every_kind_are_resolved_as_approved(string name, string? section, string? function) =>
        Approved.Matches(name, ImageText.Of(
            Reading.Image(Repository.Linking(), new() { Section = section, Function = function })));

    [Theory]
    [InlineData("sum", 0x08, 0x19cUL)]
    [InlineData("sum", 0x10, 0x60UL)]
    [InlineData("sum", 0x10, 0x0cUL)]
    [InlineData("sum", 0x10, ulong.MaxValue - 7)]
    [InlineData("LBB2_2", 0x08, 0x1f8UL)]
    [InlineData("LBB2_2", 0x08, ulong.MaxValue - 7)]
    public void A_function_or_label_outside_its_section_is_a_problem(string symbol, int field, ulong value)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol(symbol) + field, value).Bytes, new() { Function = "entry" })
            .ShouldMatch(
                $@"^symbol \d+ \({symbol}\): \d+ bytes at byte \d+ are not whole slots of section 2 \(\.text\), which has 496 bytes$");
    }

    // The program holds the first function alone, and the label lies outside of all of them.
    [Theory]
    [InlineData(0x1f0UL, null)]
    [InlineData(0x1f8UL, "symbol 7 (LBB2_2): 0 bytes at byte 504 are not whole slots of section 2 (.text), which has 496 bytes")]
    public void A_label_behind_its_section_is_a_problem_of_every_part(ulong value, string? problem)
    {
        var elf = ElfObject.Linking();

        var result = ImageFile.Read(elf.Put64(elf.Symbol("LBB2_2") + 8, value).Bytes, new() { Function = "triple" });

        (result is ImageResult.Malformed(var found) ? found : null).ShouldBe(problem);
    }

    [Fact]
    public void Constructors_are_noted()
    {
        byte[] Object(byte[] constructors) =>
            new ElfWriter().Code("p", "9500000000000000").Section(".init_array", ElfWriter.Writable, constructors, type: 14).Bytes();

        Reading.Image(Object(new byte[8])).Notes.ShouldBe(
            ["section 2 (.init_array): constructors are not run; what they would set up is as the file has it"]);
        Reading.Image(Object([])).Notes.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void Objects_are_what_the_compiler_makes_of_the_sources()
    {
        if (FindCompiler() is not { } compiler)
        {
            output.WriteLine("No clang 14 for BPF on the PATH: the committed objects are not compared with their "
                + "sources.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("rbpf-examples-").FullName;
        try
        {
            Build(compiler, Path.Combine(Repository.Root, "examples"), folder);
            Build(compiler, Path.Combine(Repository.Project, "Objects"), folder);
            foreach (var name in Repository.Examples)
                BuiltText(folder, name).ShouldBe(Text(Repository.Example(name)), name);
            foreach (var name in Repository.Applications)
                BuiltText(folder, $"applications/{name}").ShouldBe(Text(Repository.Application(name)), name);
            BuiltText(folder, "linking").ShouldBe(Text(Repository.Linking()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Build(string compiler, string sources, string folder)
    {
        var (exitCode, text) =
            External.Start(Path.Combine(sources, "build.sh"), [folder], variables: ("CLANG", compiler)).ShouldNotBeNull();
        exitCode.ShouldBe(0, text);
    }

    private static string BuiltText(string folder, string name) =>
        Text(File.ReadAllBytes(Path.Combine(folder, name + ".o")));

    private static string Text(byte[] bytes)
    {
        var elf = new ElfObject(bytes);
        var size = BitConverter.ToInt32(bytes, elf.Header(".text") + 0x20);
        return Convert.ToHexStringLower(bytes, elf.Contents(".text"), size);
    }

    // Other versions compile the same sources to other instructions, so only the one that was used can be compared.
    private static string? FindCompiler() =>
        Array.Find(["clang-14", "clang"], static name =>
            External.Start(name, ["--version"]) is var (_, version) && version.Contains("clang version 14.", StringComparison.Ordinal)
            && External.Run(name, "--print-targets").Output.Contains("bpfel", StringComparison.Ordinal));
}

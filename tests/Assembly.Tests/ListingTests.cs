using Xunit.Abstractions;

namespace RbpfSpec.Assembly.Tests;

public class ListingTests(ITestOutputHelper output)
{
    private const string Unknown = "<unknown>";

    /// <summary>As <c>llvm-objdump -d</c> of LLVM 14 prints these bytes and symbols.</summary>
    [Fact]
    public void A_listing_names_functions_and_targets()
    {
        var program = Assembling.Program(
            """
            r0 = 1
            if r0 == 1 goto +1
            if r0 == 2 goto -3
            if r0 == 3 goto +1
            r2 = 0
            exit
            """);

        Disassembler.Listing(program, [new("LBB", 5), new("foo", 0), new("z", 5), new("a1", 0)]).ShouldBe(
            """
            0000000000000000 <foo>:
                   0:	b7 00 00 00 01 00 00 00	r0 = 1
                   1:	15 00 01 00 01 00 00 00	if r0 == 1 goto +1 <foo+0x18>
                   2:	15 00 fd ff 02 00 00 00	if r0 == 2 goto -3 <foo>
                   3:	15 00 01 00 03 00 00 00	if r0 == 3 goto +1 <z>
                   4:	b7 02 00 00 00 00 00 00	r2 = 0

            0000000000000028 <z>:
                   5:	95 00 00 00 00 00 00 00	exit

            """);
    }

    /// <summary>As <c>llvm-objdump -d</c> of LLVM 14 prints these bytes and symbols.</summary>
    [Fact]
    public void A_listing_names_the_section_where_no_symbol_is()
    {
        var program = Assembling.Program(
            """
            r0 = 1
            if r0 == 1 goto +1
            if r0 == 2 goto -3
            if r0 == 2 goto +100
            if r0 == 2 goto -100
            exit
            """);

        Disassembler.Listing(program, [new("f", 5), new("g", 6)]).ShouldBe(
            """
            0000000000000000 <.text>:
                   0:	b7 00 00 00 01 00 00 00	r0 = 1
                   1:	15 00 01 00 01 00 00 00	if r0 == 1 goto +1 <.text+0x18>
                   2:	15 00 fd ff 02 00 00 00	if r0 == 2 goto -3 <.text>
                   3:	15 00 64 00 02 00 00 00	if r0 == 2 goto +100 <g+0x310>
                   4:	15 00 9c ff 02 00 00 00	if r0 == 2 goto -100 <g+0xfffffffffffffcd8>

            0000000000000028 <f>:
                   5:	95 00 00 00 00 00 00 00	exit

            """);
    }

    /// <summary>As <c>llvm-objdump -d</c> of LLVM 14 prints these bytes.</summary>
    [Fact]
    public void Slots_that_are_no_instruction_are_unknown_and_zeros_are_left_out()
    {
        var program = Assembling.Program("r1 = 5 ll\n.slot 0\n.slot 0\ngoto +1\n.slot 0xff\nexit\n.slot 0x18");

        Disassembler.Listing(program, section: "prog").ShouldBe(
            """
            0000000000000000 <prog>:
                   0:	18 01 00 00 05 00 00 00 00 00 00 00 00 00 00 00	r1 = 5 ll
            		...
                   4:	05 00 01 00 00 00 00 00	goto +1 <prog+0x30>
                   5:	ff 00 00 00 00 00 00 00	<unknown>
                   6:	95 00 00 00 00 00 00 00	exit
                   7:	18 00 00 00 00 00 00 00	<unknown>

            """);
    }

    [Fact]
    public void Zeros_left_out_end_where_a_symbol_is()
    {
        var program = Assembling.Program(".slot 0\n.slot 0\nexit\n.slot 0\n.slot 0\n.slot 0");

        Disassembler.Listing(program, [new("g", 1), new("h", 4)]).ShouldBe(
            """
            0000000000000000 <.text>:
            		...

            0000000000000008 <g>:
            		...
                   2:	95 00 00 00 00 00 00 00	exit
            		...

            0000000000000020 <h>:
            		...

            """);
    }

    [Fact]
    public void The_name_of_a_target_is_that_of_the_last_symbol_before_it()
    {
        var program = Assembling.Program(string.Concat(Enumerable.Range(0, 8).Select(index => $"goto {4 - index:+0;-0;+0}\n")));
        Sequence<Symbol> symbols = [.. Enumerable.Range(0, 5).Select(index => new Symbol($"s{index}", index * 2))];

        Disassembler.Listing(program, symbols).Split('\n').Where(line => line.Contains("goto", StringComparison.Ordinal))
            .ShouldAllBe(line => line.EndsWith(" <s2+0x8>", StringComparison.Ordinal));
        Disassembler.Listing(Assembling.Program("goto +0\ngoto +1\ngoto +2\ngoto -4"), [new("a", 1), new("b", 3)]).Split('\n')
            .Where(line => line.Contains("goto", StringComparison.Ordinal)).Select(line => line[line.IndexOf('<')..])
            .ShouldBe(["<a>", "<b>", "<b+0x10>", "<.text>"]);
    }

    [Fact]
    public void The_empty_program_has_no_lines() => Disassembler.Listing(new([])).ShouldBe("");

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_objects_of_the_examples_are_listed_as_llvm_objdump_lists_them()
    {
        if (Disassemblers() is not { } objdump) return;
        foreach (var path in Repository.Objects) Compare(objdump, path);
    }

    [Theory]
    [Trait("Needs", "compiler")]
    [InlineData("mixture.c", "v1", "-O0")]
    [InlineData("mixture.c", "v1", "-O2")]
    [InlineData("mixture.c", "v2", "-O2")]
    [InlineData("mixture.c", "v3", "-O1")]
    [InlineData("mixture.c", "v3", "-Os")]
    [InlineData("atomics.c", "v3", "-O2")]
    public void What_clang_compiles_is_listed_as_llvm_objdump_lists_it(string source, string processor, string level)
    {
        if (Disassemblers() is not { } objdump) return;
        if (External.Find("clang-14") is not { } clang)
        {
            output.WriteLine("no clang-14 on the search path: nothing was compared");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("listing");
        try
        {
            var path = Path.Combine(folder.FullName, "object.o");
            var (exitCode, text) = External.Run(
                clang, "-target", "bpf", $"-mcpu={processor}", level, "-c", Repository.Source(source), "-o", path);
            exitCode.ShouldBe(0, text);
            Compare(objdump, path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string? Disassemblers()
    {
        var tool = External.Find("llvm-objdump-14", "llvm-objdump");
        if (tool is not null && External.Run(tool, "--version").Output.Contains("LLVM version 14.")) return tool;
        output.WriteLine("no llvm-objdump of LLVM 14 on the search path: nothing was compared");
        return null;
    }

    private void Compare(string objdump, string path)
    {
        foreach (var (name, program, symbols) in new UnlinkedCode(File.ReadAllBytes(path)).Code)
        {
            var plain = Lines(Listed("-d", "-j", name, path));
            var narrow = Lines(Listed("-d", "-j", name, "--mattr=+alu32", path));
            var expected = plain.Zip(narrow, (line, other) => IsMisread(line) ? other : line).ToArray();
            expected.ShouldNotContain(line => line.EndsWith(Unknown, StringComparison.Ordinal));

            Disassembler.Listing(program, symbols, name).TrimEnd('\n').Split('\n').ShouldBe(expected, path);
            output.WriteLine($"{path}: {name}: {expected.Length} lines are equal");
        }

        string Listed(params string[] arguments)
        {
            var (exitCode, text) = External.Run(objdump, arguments);
            exitCode.ShouldBe(0, text);
            return text;
        }
    }

    // Without the option for 32-bit registers LLVM 14 does not know narrow atomic operations that fetch, or takes them
    // for ones that do not.
    private static bool IsMisread(string line) =>
        line.Split('\t') is [_, var bytes, var text]
        && (text == Unknown || (bytes.StartsWith("c3", StringComparison.Ordinal) && Immediate(bytes) != "00 00 00 00"));

    private static string Immediate(string bytes) => bytes[^"00 00 00 00".Length..];

    private static string[] Lines(string text) =>
        [.. text.TrimEnd('\n').Split('\n').SkipWhile(line => !line.StartsWith('0'))];
}

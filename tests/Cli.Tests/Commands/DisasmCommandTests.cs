using RbpfSpec.Images;

namespace RbpfSpec.Cli.Tests.Commands;

public class DisasmCommandTests : Scratch
{
    public static TheoryData<string, string> ExamplesAndSyntaxes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var example in Repository.Examples)
            {
                data.Add(example, "conformance");
                data.Add(example, "llvm");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ExamplesAndSyntaxes))]
    public void What_is_printed_assembles_to_the_same_program(string example, string syntax)
    {
        var text = Rbpf.Line($"disasm examples/{example}.o --linked --syntax {syntax}").Holds();

        var slots = Rbpf.Run(["asm", Write("again.s", text), "--syntax", syntax]).Holds();

        slots.Replace("\n", "", StringComparison.Ordinal).ShouldBe(Convert.ToHexStringLower(Program(example)));
    }

    [Fact]
    public void The_syntax_is_that_of_bpf_conformance_unless_asked_otherwise()
    {
        Rbpf.Line("disasm examples/increment.o").Holds().ShouldBe("# section .text\n# increment:\nldxdw %r0, [%r1]\nadd %r0, 1\nexit\n");
        Rbpf.Line("disasm examples/increment.o --syntax LLVM").Holds().ShouldBe(
            "# section .text\n# increment:\nr0 = *(u64 *)(r1 + 0)\nr0 += 1\nexit\n");
    }

    [Fact]
    public void A_listing_has_slots_bytes_and_names() =>
        Rbpf.Line("disasm examples/increment.o --listing").Holds().ShouldBe(
            """
            0000000000000000 <increment>:
                   0:	79 10 00 00 00 00 00 00	r0 = *(u64 *)(r1 + 0)
                   1:	07 00 00 00 01 00 00 00	r0 += 1
                   2:	95 00 00 00 00 00 00 00	exit

            """);

    [Fact]
    public void A_listing_in_the_other_syntax_does_not_exist() =>
        Rbpf.Line("disasm examples/increment.o --listing --syntax conformance")
            .IsUsage("--listing is in the syntax of llvm only (see 'rbpf disasm --help')");

    [Fact]
    public void Slots_that_are_no_instruction_are_printed_all_the_same() =>
        Rbpf.Run(["disasm", Write("odd.hex", "ff00000000000000 1800000000000000")]).Holds()
            .ShouldBe(".slot 0xff\n.slot 0x18\n");

    [Fact]
    public void A_part_of_a_slot_is_no_program()
    {
        var file = Write("part.bin", [0x95, 0, 0]);

        Rbpf.Run(["disasm", file]).HasNoProgram($"{file}: the program has 3 bytes; expected a multiple of 8");
    }

    [Fact]
    public void An_object_is_listed_as_it_lies_in_the_file()
    {
        var text = Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o").Holds();

        text.ShouldStartWith("# section .text\n# triple:\nmov %r0, %r1\nlddw %r1, 0x0  # R_BPF_64_64 calls\n");
        text.ShouldContain("\ncall local -1  # R_BPF_64_32 triple\n");
        text.ShouldContain("\n# section isolated\n# alone:\n");
        text.ShouldContain("\n# section outside\n# caller:\n");
        Rbpf.Run(["asm", Write("all.s", text)]).Holds().Split('\n').Length.ShouldBe(62 + 3 + 7 + 1);
    }

    [Fact]
    public void A_listing_has_sections_and_relocations()
    {
        var text = Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --listing").Holds();

        text.ShouldStartWith(
            "Disassembly of section .text:\n\n0000000000000000 <triple>:\n       0:\tbf 10 00 00 00 00 00 00\tr0 = r1\n       1:\t18 01");
        text.ShouldContain(" ll\n\t\t0000000000000008:  R_BPF_64_64\tcalls\n");
        text.ShouldContain("\nDisassembly of section isolated:\n\n0000000000000000 <alone>:\n");
    }

    [Fact]
    public void A_section_or_function_may_be_asked_for()
    {
        Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --section isolated --syntax llvm").Holds()
            .ShouldBe("# section isolated\n# alone:\nr0 = *(u64 *)(r1 + 0)\nr0 <<= 1\nexit\n");
        Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --function alone --listing").Holds()
            .ShouldStartWith("0000000000000000 <alone>:\n       0:\t79 10 00 00 00 00 00 00\tr0 = *(u64 *)(r1 + 0)\n");
        var sum = Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --function sum --listing").Holds();
        sum.ShouldStartWith("0000000000000198 <sum>:\n      51:\t");
        sum.ShouldEndWith("\texit\n");
        sum.Split('\n').Length.ShouldBeLessThan(20);
        Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --function nope")
            .HasNoProgram("tests/Images.Tests/Objects/linking.o: there is no function 'nope'; there is triple, entry, sum, alone, caller");
        Rbpf.Line("disasm tests/Images.Tests/Objects/linking.o --section nope")
            .HasNoProgram(
                "tests/Images.Tests/Objects/linking.o: there is no section 'nope' with instructions; there is .text, isolated, outside");
    }

    [Fact]
    public void What_no_RFC_defines_is_named()
    {
        var file = Write("callx.hex", "8d00000002000000 9500000000000000");

        var text = Rbpf.Run(["disasm", file]).Holds();

        text.ShouldStartWith(".slot 0x20000008d  # callx, a call through a register");
        Rbpf.Run(["asm", Write("again.s", text)]).Holds().ShouldBe("8d00000002000000\n9500000000000000\n");
    }

    [Fact]
    public void Standard_input_is_read_once() =>
        Rbpf.Run(["disasm", "/dev/null"]).Holds().ShouldBe("");

    private static byte[] Program(string example) =>
        ImageFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "examples", $"{example}.o")), new ImageOptions())
            .ShouldBeOfType<ImageResult.Loaded>().Image.Program.AsSpan().ToArray();

    [Fact]
    public void A_syntax_that_does_not_exist_is_told_whatever_it_is_given_with() =>
        Rbpf.Line("disasm any.o --listing --syntax nope").Error.ShouldStartWith("rbpf: --syntax 'nope' does not exist; expected ");
}

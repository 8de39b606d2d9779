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
        var text = Rbpf.Line($"disasm examples/{example}.o --syntax {syntax}").Holds();

        var slots = Rbpf.Run(["asm", Write("again.s", text), "--syntax", syntax]).Holds();

        slots.Replace("\n", "", StringComparison.Ordinal).ShouldBe(Convert.ToHexStringLower(Program(example)));
    }

    [Fact]
    public void The_syntax_is_that_of_bpf_conformance_unless_asked_otherwise()
    {
        Rbpf.Line("disasm examples/increment.o").Holds().ShouldBe("ldxdw %r0, [%r1]\nadd %r0, 1\nexit\n");
        Rbpf.Line("disasm examples/increment.o --syntax LLVM").Holds().ShouldBe("r0 = *(u64 *)(r1 + 0)\nr0 += 1\nexit\n");
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

        Rbpf.Run(["disasm", file]).FailsWith($"{file}: the program has 3 bytes; expected a multiple of 8");
    }

    private static byte[] Program(string example) =>
        ImageFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "examples", $"{example}.o")), new ImageOptions())
            .ShouldBeOfType<ImageResult.Loaded>().Image.Program.AsSpan().ToArray();
}

using RbpfSpec.Dialects.Native;
using RbpfSpec.Semantics.Encoding;
using Decoded = RbpfSpec.Arm.Encodings.Decoded;
using Decoder = RbpfSpec.Arm.Encodings.Decoder;

namespace RbpfSpec.Dialects.Tests.Native;

/// <summary>The words are those that the published C code wrote when it was run, or that its encodings come to by hand.</summary>
public sealed class HavmCompilerTests
{
    [Fact]
    public void The_block_of_an_addition_is_as_published()
    {
        // add32 r4, r5
        var compiled = Compile(HavmCompiler.Published, "0c54000000000000 9500000000000000");

        Text(compiled.Words).ShouldBe(
            "468cbf00 4010f8cd 4010f8dc 5014f8cd 5014f8dc 442cbf00 4010f8cc 4010f8dd 5014f8dd d000f8dd 4770bf00");
        compiled.Entries[0].ShouldBe(new HavmEntry(0, 0));
    }

    [Fact]
    public void A_jump_into_a_run_gets_a_block_of_its_own()
    {
        // add32 r0, 1 | add32 r0, 2 | jne r0, 0, -2 | exit
        var compiled = Compile(HavmCompiler.Published, "0400000001000000 0400000002000000 5500feff00000000 9500000000000000");

        compiled.Words.Count.ShouldBe(13);
        compiled.Entries.ShouldBe([new(0, new HavmEntry(0, 1)), new(1, new HavmEntry(7, 0))]);
    }

    [Theory]
    [InlineData("1c54000000000000", "0405eba4")]
    [InlineData("4c54000000000000", "0405ea44")]
    [InlineData("5c54000000000000", "0405ea04")]
    [InlineData("ac54000000000000", "0405ea84")]
    [InlineData("2c54000000000000", "f405fb04")]
    [InlineData("6c54000000000000", "f405fa04")]
    [InlineData("7c54000000000000", "f405fa24")]
    [InlineData("cc54000000000000", "f405fa44")]
    [InlineData("bc54000000000000", "462cbf00")]
    [InlineData("bc44000000000000", "")]
    [InlineData("3c54000000000000", "")]
    [InlineData("9c54000000000000", "")]
    [InlineData("0404000001000000", "0401f104")]
    [InlineData("0404000034127856", "b02cf8cd 2b34f241 6b78f2c5 445cbf00")]
    [InlineData("2404000003000000", "b02cf8cd 0b03f240 f40bfb04")]
    [InlineData("3404000003000000", "b02cf8cd 0b03f240 f4fbfbb4")]
    [InlineData("3404000000000000", "")]
    [InlineData("6404000020000000", "")]
    [InlineData("6404000005000000", "b02cf8cd 0b05f240 f40bfa04")]
    [InlineData("9404000003000000", "")]
    [InlineData("8404000000000000", "b02cf8cd 0b00f240 0400f1cb")]
    [InlineData("b404000034127856", "b02cf8cd 2434f241 6478f2c5")]
    public void Each_instruction_is_compiled_as_published(string slot, string expected)
    {
        var words = HavmCompiler.Published.Block(Samples.ProgramOf(slot).Slots);

        // Between what loads the registers and what stores r4.
        var text = Text(words);
        var from = text.IndexOf((slot[1] == 'c' && slot[2] == '5') ? "5014f8dc" : "4010f8dc", StringComparison.Ordinal) + 8;
        text[from..text.IndexOf("4010f8cc", StringComparison.Ordinal)].Trim().ShouldBe(expected);
    }

    [Fact]
    public void The_model_saves_R11_and_moves_the_program_counter()
    {
        // add32 r0, 1
        var words = HavmCompiler.ModelBlock(Samples.ProgramOf("0400000001000000").Slots).ShouldNotBeNull();

        Text(words).ShouldBe(
            "468cbf00 b02cf8cd 0000f8dc 0001f100 b02cf8dc 0b01f10b b02cf8cc 0000f8cc b02cf8dd d000f8dd 4770bf00");
    }

    [Theory]
    [InlineData("3c10000000000000")]
    [InlineData("9400000004000000")]
    [InlineData("8400000000000000")]
    [InlineData("6c10000000000000")]
    [InlineData("3400000000000000")]
    [InlineData("7400000020000000")]
    public void The_model_refuses_what_the_bugs_are_about(string slot) =>
        HavmCompiler.ModelBlock(Samples.ProgramOf(slot).Slots).ShouldBeNull();

    [Fact]
    public void The_model_refuses_runs_that_are_longer_than_a_byte_counts()
    {
        var one = Samples.ProgramOf("0400000001000000").Slots[0];

        HavmCompiler.ModelBlock(Sequence.Generate(255, _ => one)).ShouldNotBeNull();
        HavmCompiler.ModelBlock(Sequence.Generate(256, _ => one)).ShouldBeNull();
        HavmCompiler.ModelBlock([]).ShouldBeNull();
    }

    [Fact]
    public void J_7_a_target_is_read_wherever_it_lies()
    {
        var program = Samples.ProgramOf("0500050000000000 9500000000000000");

        HavmCompiler.Published.Compile(program).ShouldBe(new HavmCompiled.ReadsOutside(Word.Of(6)));
        HavmCompiler.Mended.Compile(program).ShouldBeOfType<HavmCompiled.Done>();
    }

    [Fact]
    public void The_table_leads_to_the_rest_of_the_run_wherever_the_machine_may_arrive() =>
        Law.Holds(seed: 805, 1000, NativePrograms.Drawn, program =>
        {
            var compiled = HavmCompiler.Mended.Compile(program).ShouldBeOfType<HavmCompiled.Done>();
            var arrivals = Arrivals(program).ToList();

            compiled.Entries.Keys.ShouldBe(arrivals);
            foreach (var (first, entry) in compiled.Entries)
            {
                var run = program.Slots.Skip(first).TakeWhile(slot => (slot.Opcode & 7) == 4).ToSequence();
                var words = HavmCompiler.Mended.Block(run);
                entry.Further.ShouldBe(run.Count - 1);
                compiled.Words.Skip(entry.Offset).Take(words.Count).ShouldBe(words);
            }
        });

    [Fact]
    public void J_1_entries_are_missing_where_the_list_lacks_the_opcode() =>
        Law.Holds(seed: 806, 1000, NativePrograms.Drawn, program =>
        {
            byte[] lacking = [0x34, 0x64, 0x74, 0x94, 0x9c, 0xc4];
            var compiled = new HavmCompiler(["J-1"]).Compile(program).ShouldBeOfType<HavmCompiled.Done>();

            Arrivals(program).Except(compiled.Entries.Keys).ShouldBe(
                Arrivals(program).Where(index => lacking.Contains(program.Slots[index].Opcode)));
        });

    // Slots of arithmetic that come first, after one that is interpreted, or where a jump leads to.
    private static IEnumerable<int> Arrivals(Program program) => Enumerable.Range(0, program.Length).Where(index =>
        (program.Slots[index].Opcode & 7) == 4
        && (index == 0 || (program.Slots[index - 1].Opcode & 7) != 4 || Enumerable.Range(0, program.Length).Any(jump =>
            program.Slots[jump].Opcode is var opcode && (opcode & 7) == 5 && opcode != 0x95
            && jump + 1 + program.Slots[jump].Offset == index)));

    // Whatever is compiled is instructions that the architecture defines.
    [Fact]
    public void Every_word_is_decoded() => Law.Holds(seed: 802, 500, NativePrograms.Run, run =>
    {
        foreach (var compiler in (Sequence<HavmCompiler>)[HavmCompiler.Published, HavmCompiler.Mended, new(["J-8"])])
        {
            foreach (var word in compiler.Block(run))
            {
                var first = Decoder.Decode((ushort)word, (ushort)(word >> 16)).ShouldBeOfType<Decoded.Allowed>();
                if (first.Length == 2) Decoder.Decode((ushort)(word >> 16), 0).ShouldBeOfType<Decoded.Allowed>().Length.ShouldBe(2);
            }
        }
    });

    private static HavmCompiled.Done Compile(HavmCompiler compiler, string program) =>
        compiler.Compile(Samples.ProgramOf(program)).ShouldBeOfType<HavmCompiled.Done>();

    private static string Text(Sequence<uint> words) => string.Join(' ', words.Select(word => $"{word:x8}"));
}

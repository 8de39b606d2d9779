using System.Globalization;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Arm.Text;

namespace RbpfSpec.Arm.Tests.Text;

[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public class DisassemblerTests : Scratch
{
    private const int Seed = 15;

    [Fact]
    public void Every_instruction_of_16_bits_reads_as_the_GNU_disassembler_writes_it() => Compare(
        from first in Enumerable.Range(0, 0xe800)
        let instruction = Allowed((ushort)first, 0)
        where instruction is not null
        select instruction);

    [Fact]
    public void So_do_instructions_of_32_bits_drawn_at_random()
    {
        var random = new Random(Seed);
        Compare(Draw(random).Take(100_000));
    }

    [Fact]
    public void So_do_instructions_in_an_IT_block()
    {
        var random = new Random(Seed);
        var narrow = Enumerable.Range(0, 0xe800).Select(first => Allowed((ushort)first, 0)).OfType<Instruction>()
            .Where(_ => random.Next(10) == 0);
        var lines = narrow.Concat(Draw(random).Take(6_000)).Where(instruction => instruction.Placement is not Placement.OutsideIt)
            .SelectMany(instruction => (Instruction[])
            [
                new Instruction.IfThen((Condition)random.Next(14), 8) { Encoding = Encoding.T1 }, instruction,
            ]);
        Compare(lines);
    }

    [Theory]
    [InlineData("gcc", "-Os")]
    [InlineData("gcc", "-O2")]
    [InlineData("gcc", "-O3")]
    [InlineData("clang", "-Os")]
    [InlineData("clang", "-O2")]
    public void So_does_compiled_code_and_all_of_it_is_in_the_set(string compiler, string level)
    {
        string[] options = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=soft", level, "-ffreestanding", "-c", "-o", At("sample.o"), Sample];
        if (compiler == "gcc") CrossTools.Run("gcc", options);
        else External.Run("clang", ["--target=thumbv7em-none-eabi", .. options]).ExitCode.ShouldBe(0);
        CrossTools.Run(
            "gcc", "-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=soft", "-nostdlib", "-Wl,--entry=run", "-o", At("sample.elf"), At("sample.o"),
            "-lc", "-lgcc");
        var it = default(ItState);
        var count = 0;
        foreach (var line in CrossTools.Run("objdump", "-d", At("sample.elf")).Split('\n'))
        {
            var parts = line.Split('\t');
            if (parts.Length < 3 || parts[2].StartsWith('.')) continue;
            var address = uint.Parse(parts[0].Trim(' ', ':'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ushort[] halfwords = [.. parts[1].Trim().Split(' ')
                .Select(text => ushort.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            var instruction = Decoder.Decode(halfwords[0], halfwords[^1]).ShouldBeOfType<Decoded.Allowed>(line).Instruction;
            Disassembler.Text(instruction, address, it).ShouldBe(Lines(line).Single());
            it = instruction is Instruction.IfThen block ? new((byte)(((int)block.Condition << 4) | block.Mask)) : it.Advanced;
            count++;
        }

        count.ShouldBeGreaterThan(300);
    }

    private static string Sample => Path.Combine(Repository.Root, "tests", "Arm.Tests", "Text", "interpreter.c");

    private static IEnumerable<Instruction> Draw(Random random)
    {
        while (true)
        {
            if (Allowed((ushort)random.Next(0xe800, 0x10000), (ushort)random.Next(0x10000)) is { } instruction) yield return instruction;
        }
    }

    private static Instruction? Allowed(ushort first, ushort second) =>
        Decoder.Length(first) == (first >= 0xe800 ? 4 : 2) && Decoder.Decode(first, second) is Decoded.Allowed allowed
            ? allowed.Instruction
            : null;

    private void Compare(IEnumerable<Instruction> instructions)
    {
        System.Text.StringBuilder source = new(".syntax unified\n.cpu cortex-m4\n.thumb\n.text\n");
        List<string> expected = [];
        var address = 0U;
        var it = default(ItState);
        foreach (var instruction in instructions)
        {
            // An IT alone is followed by what it is about.
            IEnumerable<Instruction> padded = instruction is Instruction.IfThen && !IsAlone(instruction)
                ? [instruction, .. Enumerable.Repeat(new Instruction.NoOperation { Encoding = Encoding.T1 }, 4)]
                : [instruction];
            foreach (var each in padded)
            {
                var halfwords = Encoder.Encode(each);
                source.Append(CultureInfo.InvariantCulture, $".inst.{(halfwords.Count == 1 ? "n" : "w")} 0x");
                foreach (var halfword in halfwords) source.Append(CultureInfo.InvariantCulture, $"{halfword:x4}");
                source.Append('\n');
                expected.Add(Disassembler.Text(each, address, it));
                it = each is Instruction.IfThen block ? new((byte)(((int)block.Condition << 4) | block.Mask)) : it.Advanced;
                address += 2 * (uint)halfwords.Count;
            }
        }

        var assembly = Write("code.s", source.ToString());
        CrossTools.Run("as", "-mimplicit-it=always", "-o", At("code.o"), assembly);
        var found = Lines(CrossTools.Run("objdump", "-d", At("code.o"))).ToList();
        found.Count.ShouldBe(expected.Count);
        var wrong = expected.Zip(found).Where(pair => pair.First != pair.Second && !IsMisread(pair.First, pair.Second)).Take(40)
            .Select(pair => $"{pair.First} | {pair.Second}".Replace('\t', ' ')).ToList();
        wrong.ShouldBeEmpty($"seed {Seed}: ours | objdump's\n{string.Join('\n', wrong)}");
    }

    // GNU's disassembler leaves out the write-back of double transfers that adds zero, and reads some literals below PC
    // as unprivileged loads, which the manual's decoding tables put behind the literals.
    private static bool IsMisread(string ours, string others) =>
        (ours == others + "!" && ours[1..] is ['t' or 'd', 'r', 'd', ..])
        || (ours.Contains('\t') && ours.Contains(", [pc, #-") && ours.Split('.')[0] + "t" == others.Split('\t')[0]
            && ours.Split('\t')[1] == others.Split('\t')[1]);

    private static bool IsAlone(Instruction instruction) => instruction is Instruction.IfThen { Mask: 8 };

    private static IEnumerable<string> Lines(string output)
    {
        foreach (var line in output.Split('\n'))
        {
            var parts = line.Split('\t');
            if (parts.Length < 3) continue;
            var operands = parts.Length > 3 ? parts[3] : "";
            var end = operands.IndexOfAny([';', '@', '<']);
            operands = (end < 0 ? operands : operands[..end]).TrimEnd();
            yield return operands.Length == 0 ? parts[2].TrimEnd() : $"{parts[2]}\t{operands}";
        }
    }
}

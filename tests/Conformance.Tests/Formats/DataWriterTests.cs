using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats;

public sealed class DataWriterTests
{
    [Fact]
    public void A_file_is_read_again_as_the_program_memory_and_outcome_it_was()
    {
        foreach (var vector in SmallSuite.Suite.Vectors.Where(DataWriter.CanWrite))
        {
            var read = DataFile.Read(vector.Name, DataWriter.Text(vector)).ShouldBeOfType<VectorText.Loaded>().Vectors[0];

            (read.Program, read.Memory, read.Expectation).ShouldBe((vector.Program, vector.Memory, vector.Expectation), vector.Name);
        }
    }

    // As the parser of bpf_conformance reads, by what its source does: what is behind a hash is a note, a section is a line with two
    // dashes, a program is words, bytes of memory stand between blanks, and a file without result or error is skipped.
    [Fact]
    public void A_file_is_read_by_a_reader_as_bpf_conformance_has_it()
    {
        foreach (var vector in SmallSuite.Suite.Vectors.Where(DataWriter.CanWrite))
        {
            var sections = new Dictionary<string, List<string>>();
            var current = "";
            foreach (var line in DataWriter.Text(vector).Split('\n').Select(line => line.Split('#')[0].TrimEnd('\r')))
            {
                if (line.Contains("--", StringComparison.Ordinal))
                    current = ((string[])["asm", "result", "mem", "raw", "error"]).First(line.Contains);
                else if (line != "" && current != "")
                    (sections.TryGetValue(current, out var lines) ? lines : sections[current] = []).Add(line);
            }

            var words = sections["raw"].SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            var code = words
                .SelectMany(word =>
                    BitConverter.GetBytes(
                        word.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt64(word, 16) : Convert.ToUInt64(word, 10)))
                .ToArray();
            var memory = sections
                .GetValueOrDefault("mem", [])
                .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(value => Convert.ToByte(value, 16))
                .ToArray();

            code.ShouldBe(((VectorProgram.Code)vector.Program).Bytes.ToArray(), vector.Name);
            memory.ShouldBe(vector.Memory.ToArray(), vector.Name);
            if (vector.Expectation is Expectation.Returns(var r0))
            {
                Convert.ToUInt64(sections["result"].ShouldHaveSingleItem(), 16).ShouldBe(r0);
                continue;
            }

            // A refusal passes if the plugin prints this and nothing else: as ours does.
            var reply = PluginProtocol.Reply(Convert.ToHexString(memory), Convert.ToHexString(code), false, new(SmallSuite.Profile));
            sections["error"].ShouldHaveSingleItem().ShouldBe(reply.Output);
        }
    }

    [Fact]
    public void All_files_lie_in_one_folder() =>
        SmallSuite.Suite.Vectors.Select(DataWriter.FileName).Where(name => name.Contains('/', StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_two_vectors_have_one_file() =>
        SmallSuite.Suite.Vectors.GroupBy(DataWriter.FileName).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
}

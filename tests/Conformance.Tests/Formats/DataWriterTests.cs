using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats;

public sealed class DataWriterTests
{
    [Fact]
    public void A_file_is_read_again_as_the_program_memory_and_outcome_it_was()
    {
        foreach (var vector in SmallSuite.Suite.Vectors.Where(DataWriter.CanSay))
        {
            var read = DataFile.Read(vector.Name, DataWriter.Text(vector)).ShouldBeOfType<VectorText.Loaded>().Vectors[0];

            (read.Program, read.Memory, read.Expectation).ShouldBe((vector.Program, vector.Memory, vector.Expectation), vector.Name);
        }
    }

    [Fact]
    public void No_two_vectors_have_one_file() =>
        SmallSuite.Suite.Vectors.GroupBy(DataWriter.FileName).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
}

using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public class WorkedExampleTests
{
    // By hand: what a vector's name promises is what the example shows.
    [Theory]
    [InlineData("alu/div64-k", "the divisor is zero", "trap DivisionByZero")]
    [InlineData("alu/mov64-k", "the second operand is zero", "= 0x0")]
    [InlineData("mem/ldxh", "all bits of the value in memory are set", "= 0xffff")]
    [InlineData("jmp/call-local", "the calls nest one deeper", "trap CallDepth")]
    public void It_shows_what_the_vector_is_about(string rule, string words, string shown)
    {
        var form = OperationTable.Forms.Single(form => form.Id == rule);
        var vector = Repository.Book.Vectors.First(
            vector => vector.Rule == rule && vector.Purpose.Contains(words, StringComparison.Ordinal));

        string.Join(' ', WorkedExample.Of(vector, form, Profile.Rbpf).ShouldHaveSingleItem().After).ShouldContain(shown);
    }

    [Fact]
    public void Every_encoding_of_the_profile_has_one()
    {
        foreach (var form in OperationTable.Forms.Where(form => form.Needs.IsEmpty && Profile.Rbpf.Has(form.Group)))
        {
            OperationSection.VectorsOf(form, Repository.Book.Vectors)
                .SelectMany(vector => WorkedExample.Of(vector, form, Profile.Rbpf))
                .ShouldNotBeEmpty(form.Id);
        }
    }
}

using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Formats;

public class VectorFilesTests : Scratch
{
    private const string Good = "-- raw\n0x00000007000000b7\n0x0000000000000095\n-- result\n7\n";

    [Fact]
    public void A_file_of_a_folder_that_is_no_vector_is_told_and_the_others_are_read()
    {
        Write("bad.data", "nonsense");
        Write("good.data", Good);

        var (vectors, faults) = VectorFiles.Read([Folder], Profile.Rfc9669, out var problem).ShouldNotBeNull();

        vectors.ShouldHaveSingleItem();
        faults.ShouldHaveSingleItem().ShouldStartWith($"{At("bad.data")}, line ");
        problem.ShouldBe("");
    }

    [Fact]
    public void A_file_that_is_named_must_be_one()
    {
        VectorFiles.Read([Write("good.data", Good), Write("bad.data", "nonsense")], Profile.Rfc9669, out var problem).ShouldBeNull();

        problem.ShouldStartWith($"{At("bad.data")}, line ");
    }

    [Fact]
    public void A_folder_without_vectors_is_told()
    {
        VectorFiles.Read([Folder], Profile.Rfc9669, out var problem).ShouldBeNull();

        problem.ShouldBe($"there is no vector in '{Folder}'; expected suites, .data files or files of JSON lines");
    }
}

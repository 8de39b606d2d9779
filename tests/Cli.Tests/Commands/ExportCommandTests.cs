namespace RbpfSpec.Cli.Tests.Commands;

/// <summary>The export as files; what is in them, the tests of the export say.</summary>
public class ExportCommandTests : Scratch
{
    [Fact]
    public void The_rules_are_written_for_Rocq_with_the_vectors_of_the_core()
    {
        Rbpf.Run(["export", "rocq", "--out", At("rocq"), "--core"]).Holds()
            .ShouldMatch(@"^1[0-9] files, with 1[0-9]{3} vectors, under rbpf: ");

        File.ReadAllText(At("rocq/Rules.v")).ShouldContain("Definition rule_alu_add64_x ");
        File.ReadAllText(At("rocq/_CoqProject")).ShouldContain("Vectors01.v\n");
        File.Exists(At("rocq/Makefile")).ShouldBeTrue();
    }

    [Fact]
    public void Theorems_of_ones_own_beside_the_export_stay_and_are_no_part_of_it()
    {
        Directory.CreateDirectory(At("rocq"));
        Write("rocq/Mine.v", "Mine");

        Rbpf.Run(["export", "rocq", "--out", At("rocq"), "--core"]).Holds();

        File.ReadAllText(At("rocq/Mine.v")).ShouldBe("Mine");
        File.ReadAllText(At("rocq/_CoqProject")).ShouldNotContain("Mine.v");
    }

    [Fact]
    public void Vectors_of_another_profile_are_asked_for()
    {
        Rbpf.Run(["export", "rocq", "--out", At("rocq"), "--profile", "rfc9669"]).IsUsage(
            "the vectors of spec/vectors are of the profile rbpf; expected --vectors with a suite that "
            + "'conformance generate --profile rfc9669' has written");

        var vector = Write(
            "v.json", """{"format":1,"vectors":[{"name":"one","program":"b700000001000000","expected":{"rejected":true}}]}""");
        Rbpf.Run(["export", "rocq", "--out", At("rocq"), "--profile", "rfc9669", "--vectors", vector]).Holds()
            .ShouldContain("with 1 vector, under rfc9669");
        File.ReadAllText(At("rocq/Vectors01.v")).ShouldContain("refused \"one\"%string [0x1000000b7] 0 0");
    }
}

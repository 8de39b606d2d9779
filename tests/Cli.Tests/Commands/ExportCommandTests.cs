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
    public void Definitions_of_an_earlier_export_that_this_one_has_not_are_refused()
    {
        Directory.CreateDirectory(At("rocq"));
        Write("rocq/Vectors99.v", "");

        Rbpf.Run(["export", "rocq", "--out", At("rocq"), "--core"]).IsUsage(
            $"'{At("rocq")}' has 1 .v file that this export has not, such as 'Vectors99.v', and nothing was written; "
            + "expected a new folder, or one without them");
        Directory.EnumerateFiles(At("rocq")).Count().ShouldBe(1);
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

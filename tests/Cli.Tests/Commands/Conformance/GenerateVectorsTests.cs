namespace RbpfSpec.Cli.Tests.Commands.Conformance;

/// <summary>Suites as files; what is in them, the tests of suites say.</summary>
public class GenerateVectorsTests : Scratch
{
    [Fact]
    [Trait("Needs", "time")]
    public void A_format_is_written_alone_and_can_be_run()
    {
        Rbpf.Run(["conformance", "generate", "--groups", "base32", "--format", "json", "--out", At("suite")]).Holds()
            .ShouldContain(" under rbpf, seed 1, in ");

        Directory.EnumerateFiles(At("suite"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["vectors.json", "vectors.schema.json"]);
        Rbpf.Run(["conformance", "run", At("suite/vectors.json"), "--profile", "rbpf", "--engine", "switch", "--json"]).Output
            .ShouldContain("\"result\":\"passed\"");
    }

    [Fact]
    public void What_cannot_be_a_folder_is_told_before_anything_is_generated()
    {
        var file = Write("file", "kept");

        Rbpf.Run(["conformance", "generate", "--out", file]).IsUsage($"'{file}' is a file; expected a folder");
        var ending = Rbpf.Run(["conformance", "generate", "--out", Path.Combine(file, "suite")]);
        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: the folder '{Path.Combine(file, "suite")}' cannot be written to: ");
        File.ReadAllText(file).ShouldBe("kept");
    }

    [Fact]
    [Trait("Needs", "time")]
    public void A_file_that_cannot_be_written_leaves_all_others_as_they_were()
    {
        // A folder is where a file is to be.
        Directory.CreateDirectory(At("suite/vectors.schema.json"));
        Directory.CreateDirectory(At("suite/c"));

        var ending = Rbpf.Run(["conformance", "generate", "--groups", "base32", "--format", "json", "--out", At("suite")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{At("suite/vectors.schema.json")}' cannot be written: ");
        Directory.EnumerateFiles(At("suite"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Needs", "time")]
    public void Tests_of_another_suite_in_the_folder_are_kept_and_refused()
    {
        string[] generate = ["conformance", "generate", "--groups", "base32", "--format", "data", "--out", At("suite")];
        Rbpf.Run(generate).Holds();
        var files = Directory.GetFiles(At("suite/data")).Length;
        Rbpf.Run(generate).Holds();
        Directory.GetFiles(At("suite/data")).Length.ShouldBe(files);

        // 'run' looks in folders of the folder, too.
        Directory.CreateDirectory(At("suite/data/older"));
        Write("suite/data/older/other.data", "another's");
        Rbpf.Run(generate).IsUsage($"'{At("suite/data")}' has 1 .data file that this suite has not, such as "
            + $"'{Path.Combine("older", "other.data")}', and nothing was written; expected a new folder, or one without them");
        File.ReadAllText(At("suite/data/older/other.data")).ShouldBe("another's");
    }

    [Theory]
    [InlineData("--groups base33",
        "the profile rbpf has no group 'base33'; did you mean 'base32'? Expected base32, base64, divmul32, divmul64, atomic32 or atomic64")]
    [InlineData("--groups packet",
        "the profile rbpf has no group 'packet'; expected base32, base64, divmul32, divmul64, atomic32 or atomic64")]
    [InlineData("--format xml", "--format 'xml' does not exist; expected json, data or c (see 'rbpf conformance generate --help')")]
    [InlineData("--seed 2147483648", "--seed 2147483648 is too large; expected 0 to 2147483647")]
    public void What_there_is_not_is_told_with_what_there_is(string options, string message)
    {
        Rbpf.Run(["conformance", "generate", "--out", At("suite"), .. options.Split(' ')]).IsUsage(message);

        Directory.Exists(At("suite")).ShouldBeFalse();
    }
}

namespace RbpfSpec.Cli.Tests;

public sealed class SuggestionsTests
{
    private static readonly string[] Words = ["prove", "check", "run", "trace", "conformance", "--memory", "--memory-file"];

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("RUN", "run")]
    [InlineData("runn", "run")]
    [InlineData("prvoe", "prove")]
    [InlineData("proven", "prove")]
    [InlineData("comformence", "conformance")]
    [InlineData("conf", "conformance")]
    [InlineData("--mem", "--memory")]
    [InlineData("--memory-fiel", "--memory-file")]
    public void A_slip_or_a_beginning_is_met_with_the_word(string given, string word) => Suggestions.Nearest(given, Words).ShouldBe(word);

    [Theory]
    [InlineData("walk")]
    [InlineData("r")]
    [InlineData("co")]
    [InlineData("prefect")]
    [InlineData("--budget")]
    [InlineData("")]
    public void Another_word_is_met_with_none(string given) => Suggestions.Nearest(given, Words).ShouldBeNull();

    [Fact]
    public void Of_no_words_there_is_none() => Suggestions.Nearest("run", []).ShouldBeNull();

    [Theory]
    [InlineData("run", "expected run")]
    [InlineData("vax", "expected run, trace or check", "run", "trace", "check")]
    [InlineData("chekc", "did you mean 'check'? Expected run or check", "run", "check")]
    public void What_would_be_right_is_the_nearest_and_all(string given, string expected, params string[] words) =>
        Suggestions.Instead(given, words.Length > 0 ? words : ["run"]).Replace("did you mean 'run'? E", "e", StringComparison.Ordinal)
            .ShouldBe(expected);

    /// <summary>Every option and argument whose values are names that a command knows, with a slip.</summary>
    [Theory]
    [InlineData("run x.s --profile rfc9696", "rfc9669")]
    [InlineData("dialects rbpf-202", "rbpf-2020")]
    [InlineData("dialects femto", "femto-containers")]
    [InlineData("run examples/increment.o --dialect certbpf", "certrbpf")]
    [InlineData("run x.s --helpers prinf", "printf")]
    [InlineData("check x.s --helpers memcyp", "memcpy")]
    [InlineData("run x.s --engine compield", "compiled")]
    [InlineData("run x.s --format packd", "packed")]
    [InlineData("asm x.s --syntax llwm", "llvm")]
    [InlineData("compile x.s --target cli", "cil")]
    [InlineData("solve traps x.s --only-trap divisionbyzer", "divisionbyzero")]
    [InlineData("prove --report jnuit", "junit")]
    [InlineData("conformance generate --out x --groups base46", "base64")]
    [InlineData("conformance generate --out x --format jsn", "json")]
    [InlineData("conformance run spec/vectors/vectors.json --machine kernle", "kernel")]
    [InlineData("conformance run spec/vectors/vectors.json --diff reference swich", "switch")]
    [InlineData("conformance run spec/vectors/vectors.json --batch cat --provides brances", "branches")]
    [InlineData("conformance run spec/vectors/vectors.json --batch cat --lacks zeroed-stak", "zeroed-stack")]
    public void A_slip_in_a_name_is_met_with_the_name(string line, string name)
    {
        var ending = Rbpf.Line(line);

        ending.ExitCode.ShouldBe(CommandLine.Usage);
        ending.Output.ShouldBe("");
        ending.Error.ShouldContain($"; did you mean '{name}'? Expected ");
    }
}

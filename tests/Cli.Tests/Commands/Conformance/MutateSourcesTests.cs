using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Commands.Conformance;

[Trait("Needs", "compiler")]
public class MutateSourcesTests : Scratch
{
    private const string Machine = """
        #include <stdio.h>
        #include <string.h>
        int main(void)
        {
            static char line[4096];
            while (fgets(line, sizeof line, stdin)) {
                int is_long = strlen(line) > 60;
                puts(is_long ? "{\"r0\":\"0x2\"}" : "{\"r0\":\"0x1\"}");
                fflush(stdout);
            }
            return 0;
        }

        """;

    private const string Suite = """
        {"name":"short","program":"9500000000000000","memory":"","r0":"0x1"}
        {"name":"long","program":"bf0000000000000095000000000000009500000000000000","memory":"","r0":"0x2"}

        """;

    private static bool HasCompiler => ((string[])["/usr/bin/cc", "/usr/local/bin/cc"]).Any(File.Exists);

    [Fact]
    public void Survivors_are_told_with_their_lines_and_make_the_exit_code_1()
    {
        if (!HasCompiler) return;

        var output = Mutate("--only", "*:constant").Fails();

        output.ShouldContain("survived: vm.c:7: int is_long = strlen(line) > 60; => int is_long = strlen(line) > 61;\n");
        output.ShouldNotContain("> 0;");
        output.ShouldContain("did not compile");
        output.ShouldContain("killed (");
    }

    [Fact]
    public void With_what_is_listed_as_equivalent_subtracted_it_holds()
    {
        if (!HasCompiler) return;
        var listed = Write(
            "known.txt", "vm.c: int is_long = strlen(line) > 60; => int is_long = strlen(line) >= 60;\n    no line has 60 characters\n");

        Mutate("--only", "vm.c:7:operator").Fails().ShouldContain(
            "survived: vm.c:7: int is_long = strlen(line) > 60; => int is_long = strlen(line) >= 60;\n");
        Mutate("--only", "vm.c:7:operator", "--equivalents", listed).Holds().ShouldContain(
            "3 killed (3 by a deviation, 0 by a crash, 0 by the time), 1 listed as equivalent, 0 survived; 100 %");
    }

    [Fact]
    public void A_mutant_that_is_shown_though_it_is_listed_fails()
    {
        if (!HasCompiler) return;
        var listed = Write("known.txt", "vm.c: int is_long = strlen(line) > 60; => int is_long = strlen(line) < 60;\n    wrong\n");

        Mutate("--only", "vm.c:7:operator", "--equivalents", listed).Fails().ShouldContain(
            "listed as equivalent, though short shows it: vm.c:7: ");
    }

    [Fact]
    public void For_programs_there_is_one_object()
    {
        if (!HasCompiler) return;

        using var document = JsonDocument.Parse(Mutate("--only", "vm.c:7:operator", "--json").Fails());

        var root = document.RootElement;
        root.GetProperty("distinct").GetInt32().ShouldBe(root.GetProperty("killed").GetInt32() + root.GetProperty("survived").GetInt32());
        var shown = root.GetProperty("all").EnumerateArray().First(
            one => one.GetProperty("after").GetString()!.Contains(") < 60", StringComparison.Ordinal));
        shown.GetProperty("fate").GetString().ShouldBe("killed");
        shown.GetProperty("vector").GetString().ShouldBe("short");
        shown.GetProperty("by").GetString().ShouldBe("deviation");
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed()
    {
        var first = Mutate("--list", "--sample", "5", "--seed", "3").Holds();

        first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
        Mutate("--list", "--sample", "5", "--seed", "3").Holds().ShouldBe(first);
        Mutate("--list", "--sample", "5", "--seed", "4").Holds().ShouldNotBe(first);
    }

    [Fact]
    public void What_makes_no_sense_is_told()
    {
        var suite = Write("suite.jsonl", Suite);
        var source = Write("vm.c", Machine);

        Of(suite, At("none.c"), "true", "./vm").Error.ShouldStartWith($"rbpf: '{At("none.c")}' cannot be read: ");
        Of(suite, source, "true", "vm").IsUsage(
            "--run 'vm' does not tell what the build makes; expected --object, or a command such as ./vm");
        Of(suite, source, "true", "./vm", "--folder", At("none")).IsUsage(
            $"--folder '{At("none")}' is no folder; expected the one that has the sources and all that the build needs");
        Of(suite, Write("empty.c", "/* 1 */\n"), "true", "./vm").IsUsage(
            $"there is nothing to change in {At("empty.c")}; expected sources in C");
        Of(suite, source, "true", "./vm", "--only", "x").Error.ShouldStartWith(
            "rbpf: --only 'x' is the form of no mutant; expected one such as 'vm.c:3:");
        Of(suite, source, "true", "./vm", "--seed", "1").Error.ShouldStartWith(
            "rbpf: --seed says which mutants --sample draws; expected --sample, too");
        var listed = Write("known.txt", "# none\nvm.c: a => b\n    so\n");
        Of(suite, source, "true", "./vm", "--equivalents", listed).IsUsage(
            $"{listed}, line 2: no mutant of the sources is this one; expected one as the report has it");
        Of(Write("other.jsonl", "{\"program\":\"95\",\"memory\":\"\",\"r0\":\"0x1\",\"setting\":{\"branches\":1}}\n"), source, "true",
            "./vm")
            .IsUsage("all vectors need what the machine does not provide; expected --provides, or vectors that need nothing");
    }

    [Fact]
    public void A_source_that_cannot_be_built_or_is_not_right_is_refused()
    {
        var suite = Write("suite.jsonl", Suite);
        var source = Write("vm.c", Machine);

        var failed = Of(suite, source, "echo no such compiler; exit 1", "./vm");

        failed.Error.ShouldStartWith("rbpf: the unchanged source cannot be built by --build 'echo no such compiler; exit 1' in a copy of ");
        failed.Error.ShouldEndWith("\nno such compiler\n");
        failed.ExitCode.ShouldBe(CommandLine.Usage);
        if (!HasCompiler) return;
        var wrong = Of(Write("wrong.jsonl", Suite.Replace("0x1", "0x3", StringComparison.Ordinal)), source, "cc vm.c -o vm", "./vm");
        wrong.Error.ShouldBe(
            "rbpf: the machine of the unchanged source does not pass the suite; expected one that does, or other vectors:\n"
            + "rbpf:   short: expected r0 = 0x3, got r0 = 0x1\n");
        wrong.ExitCode.ShouldBe(CommandLine.Usage);
    }

    private static Ending Of(string suite, string source, string build, string run, params string[] more) =>
        Rbpf.Run(["conformance", "mutate", suite, "--source", source, "--build", build, "--run", run, .. more]);

    private Ending Mutate(params string[] more) =>
        Of(Write("suite.jsonl", Suite), Write("vm.c", Machine), "cc -O1 vm.c -o vm", "./vm", more);
}

namespace RbpfSpec.Cli.Tests.Commands.Conformance;

public class ConformanceCommandTests : Scratch
{
    private const string Good = "-- asm\nldxb %r0, [%r1]\nexit\n-- mem\n07\n-- result\n7\n";
    private const string Bad = "-- asm\nmov %r0, 1\nexit\n-- result\n2\n";
    private const string Outside = "-- asm\ncallx %r2\nexit\n-- result\n0\n";

    [Fact]
    public void A_folder_is_run_in_the_order_of_names_and_the_totals_are_told()
    {
        Write("b.data", Bad);
        Write("a.data", Good);
        Write("c.data", Outside);
        Write("notes.txt", "no vector");

        var lines = Rbpf.Run(["conformance", "run", Folder]).Fails().TrimEnd('\n').Split('\n');

        lines.Length.ShouldBe(3);
        lines[0].ShouldBe($"failed       {At("b.data")}: expected r0 = 0x2, got r0 = 0x1");
        lines[1].ShouldStartWith($"unsupported  {At("c.data")}: line 2, column 1: ");
        lines[2].ShouldBe("3 vectors under rfc9669: 1 passed, 1 failed, 1 unsupported");
    }

    [Fact]
    public void What_is_unsupported_is_no_failure()
    {
        Write("a.data", Good);
        Write("c.data", Outside);

        Rbpf.Run(["conformance", "run", Folder]).Holds()
            .ShouldEndWith("2 vectors under rfc9669: 1 passed, 0 failed, 1 unsupported\n");
    }

    [Fact]
    public void Files_of_lines_are_run_too_and_the_profile_decides()
    {
        var file = Write(
            "lines.jsonl",
            """
            {"program":"b7000000070000003700000000000000 9500000000000000","r0":"0x0"}
            {"program":"9500000000000000","r0":"0x0"}

            """);

        Rbpf.Run(["conformance", "run", file]).Holds()
            .ShouldBe("2 vectors under rfc9669: 2 passed, 0 failed, 0 unsupported\n");
        Rbpf.Run(["conformance", "run", file, "--profile", "rbpf"]).Fails().ShouldBe(
            $"failed       {file}:1: expected r0 = 0x0, got trap DivisionByZero at slot 1: the immediate, the divisor, is 0\n"
            + "2 vectors under rbpf: 1 passed, 1 failed, 0 unsupported\n");
    }

    [Fact]
    public void JSON_has_a_line_for_each_vector_and_one_of_the_totals()
    {
        var paths = (string[])[Write("a.data", Good), Write("b.data", Bad)];

        var lines = JsonText.Lines(Rbpf.Run(["conformance", "run", .. paths, "--json"]).Fails());

        lines.Select(line => line.GetRawText()).ShouldBe(
        [
            $$"""{"vector":"{{paths[0]}}","result":"passed"}""",
            $$"""{"vector":"{{paths[1]}}","result":"failed","reason":"expected r0 = 0x2, got r0 = 0x1"}""",
            """{"profile":"rfc9669","passed":1,"failed":1,"unsupported":0}""",
        ]);
    }

    [Fact]
    public void A_malformed_file_that_is_named_is_refused_before_anything_runs()
    {
        Write("a.data", Bad);
        Write("b.data", "-- asm\nmov %r0\n-- result\n0\n");

        Rbpf.Run(["conformance", "run", At("a.data"), At("b.data")])
            .IsUsage($"{At("b.data")}, line 2: column 8: found the end of the line; expected ','");
    }

    [Fact]
    public void A_path_without_vectors_is_refused()
    {
        Rbpf.Run(["conformance", "run", Folder]).IsUsage(
            $"there is no vector in '{Folder}'; expected suites, .data files or files of JSON lines");

        var ending = Rbpf.Run(["conformance", "run", At("absent.data")]);
        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{At("absent.data")}' cannot be read: ");
    }

    [Fact]
    public void The_plugin_answers_one_request()
    {
        Rbpf.Line("conformance plugin 2900000000000000", "79 10 00 00 00 00 00 00 95 00 00 00 00 00 00 00\n").Holds().ShouldBe("29\n");
        Rbpf.Line("conformance plugin", "b7000000ffffffff9500000000000000").Holds().ShouldBe("ffffffffffffffff\n");
        Rbpf.Run(["conformance", "plugin", ""], "9500000000000000").Holds().ShouldBe("0\n");
    }

    [Fact]
    public void The_plugin_refuses_with_a_word_and_a_message()
    {
        var ending = Rbpf.Line("conformance plugin", "7910000000000000 9500000000000000");

        ending.ShouldBe(new(
            1,
            "trap MemoryAccess at slot 0\n",
            "load of 8 bytes at 0x0 = r1 (0x0); r1 is 0: a null pointer; this run has no context, so r1 and r2 "
            + "begin as 0; starts 0x10000000 bytes below stack: 512 bytes at 0x10000000, read and write\n"));
    }

    [Fact]
    public void The_plugin_takes_the_profile()
    {
        const string division = "3700000000000000 9500000000000000";

        Rbpf.Line("conformance plugin", division).Holds().ShouldBe("0\n");
        Rbpf.Line("conformance plugin --profile rbpf", division).ShouldBe(
            new(1, "trap DivisionByZero at slot 0\n", "the immediate, the divisor, is 0\n"));
    }

    [Fact]
    public void The_plugin_runs_ELF_objects()
    {
        var object_ = Convert.ToHexStringLower(File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "increment.o")));

        Rbpf.Line("conformance plugin 2900000000000000 --elf", object_).Holds().ShouldBe("2a\n");
    }

    [Fact]
    public void The_batch_answers_line_by_line_in_order()
    {
        const string requests =
            """
            {"program":"b7000000070000009500000000000000"}

            {"program":"79100000000000009500000000000000"}
            []
            {"program":"79100000000000009500000000000000","memory":"2900000000000000"}
            """;

        var answers = Rbpf.Line("conformance batch", requests).Holds().Split('\n');

        answers.Length.ShouldBe(6);
        answers[0].ShouldBe("""{"r0":"0x7"}""");
        answers[1].ShouldBe("""{"trap":"BadRequest","reason":"the line is empty; expected a JSON object with a \"program\""}""");
        answers[2].ShouldStartWith(
            """{"trap":"MemoryAccess","reason":"at slot 0","detail":"load of 8 bytes at 0x0 = r1 (0x0); r1 is 0: a null pointer""");
        answers[3].ShouldBe("""{"trap":"BadRequest","reason":"the line is not a JSON object"}""");
        answers[4].ShouldBe("""{"r0":"0x29"}""");
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("switch")]
    [InlineData("compiled")]
    [InlineData("auto")]
    public void Every_engine_answers_the_same(string engine)
    {
        const string load = "79100000000000009500000000000000";
        var file = Write("lines.jsonl", $$"""{"program":"{{load}}","memory":"2900000000000000","r0":"0x29"}""");

        Rbpf.Run(["conformance", "run", file, "--engine", engine]).Holds()
            .ShouldBe("1 vector under rfc9669: 1 passed, 0 failed, 0 unsupported\n");
        Rbpf.Line($"conformance plugin 2900000000000000 --engine {engine}", load).Holds().ShouldBe("29\n");
        var requests = $$"""
            {"program":"{{load}}"}
            {"program":"0500ffff000000009500000000000000"}
            """;
        var answers = Rbpf.Line($"conformance batch --engine {engine} --instructions 5", requests).Holds();
        answers.ShouldStartWith("""{"trap":"MemoryAccess","reason":"at slot 0","detail":""");
        answers.ShouldEndWith("""{"trap":"InstructionBudget","reason":"at slot 0","detail":"all 5 instructions are used up"}""" + "\n");
        answers.ShouldBe(Rbpf.Line("conformance batch --instructions 5", requests).Holds());
    }

    [Fact]
    public void The_batch_answers_a_last_line_without_an_end_and_lines_longer_than_what_is_read_at_once()
    {
        var memory = new string('0', 100_000);

        Rbpf.Line("conformance batch", "{\"program\":\"b7000000070000009500000000000000\",\"memory\":\"" + memory + "\"}\r\n{").Holds()
            .Split('\n').ShouldBe(
                ["{\"r0\":\"0x7\"}",
                    "{\"trap\":\"BadRequest\",\"reason\":\"the line is not JSON, at byte 2: "
                    + "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array "
                    + "that should be closed.\"}", ""]);
    }

    [Fact]
    public void The_batch_of_nothing_is_nothing() => Rbpf.Line("conformance batch").Holds().ShouldBe("");
}

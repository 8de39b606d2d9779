using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Proving.Tests.Ledgers;

public sealed class LedgerTextTests
{
    [Fact]
    public void A_ledger_reads_as_it_was_written()
    {
        var ledger = Ledger.Of(
            ["libz3 4.8.12", "cvc5 \"1\""],
            [LedgerTests.Entry("b/[x]@rbpf"), LedgerTests.Entry("a/1", "refuted"),
                new("c", "undecided", "", [new("é < \"\\", "proved"), new("twice", "refuted"), new("twice", "refuted")])]);

        LedgerText.Read(LedgerText.Of(ledger)).ShouldBe(new LedgerReading.Read(ledger));
    }

    [Fact]
    public void Lemmas_are_named_where_there_are_any()
    {
        var ledger = Ledger.Of(["x"], [LedgerTests.Entry("a"), LedgerTests.Entry("b") with { Lemmas = ["c/1", "c/2"] }]);

        LedgerText.Of(ledger).ShouldContain(""" "script":"hash of b","lemmas":["c/1","c/2"],"mutants" """.Trim());
        LedgerText.Of(ledger).ShouldContain(""" "script":"hash of a","mutants" """.Trim());
        LedgerText.Read(LedgerText.Of(ledger)).ShouldBe(new LedgerReading.Read(ledger));
    }

    [Theory]
    [InlineData("3", "\"lemmas\" of the claim 'a' is of the wrong type; expected a list")]
    [InlineData("[3]", "a lemma is no text")]
    public void Lemmas_that_are_no_list_of_ids_are_refused(string lemmas, string problem) =>
        LedgerText.Read(
            "{\"solvers\":[],\"claims\":{\"a\":{\"verdict\":\"proved\",\"script\":\"s\",\"lemmas\":" + lemmas + ",\"mutants\":{}}}}")
            .ShouldBe(new LedgerReading.Malformed(problem));

    [Fact]
    public void The_empty_ledger_reads_as_it_was_written() =>
        LedgerText.Read(LedgerText.Of(Ledger.Empty)).ShouldBe(new LedgerReading.Read(Ledger.Empty));

    [Fact]
    public void The_text_does_not_depend_on_the_order_of_entries()
    {
        LedgerEntry[] entries = [LedgerTests.Entry("b"), LedgerTests.Entry("a/2"), LedgerTests.Entry("a"), LedgerTests.Entry("B")];

        LedgerText.Of(Ledger.Of(["x", "y"], entries)).ShouldBe(LedgerText.Of(Ledger.Of(["y", "x", "y"], entries.Reverse())));
    }

    [Fact]
    public void A_claim_is_a_line() =>
        LedgerText.Of(Ledger.Of(["libz3 4.8.12"], [LedgerTests.Entry("a/1"), LedgerTests.Entry("b/2")])).ShouldBe(
            """
            {
              "solvers": ["libz3 4.8.12"],
              "claims": {
                "a/1": {"verdict":"proved","script":"hash of a/1","mutants":{"it is one":"refuted"}},
                "b/2": {"verdict":"proved","script":"hash of b/2","mutants":{"it is one":"refuted"}}
              }
            }

            """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("", "line 1, byte 1: ")]
    [InlineData("{\n  \"solvers\": [],\n<<<<<<< ours", "line 3, byte 1: ")]
    [InlineData("[]", "the ledger is no JSON object")]
    [InlineData("null", "the ledger is no JSON object")]
    [InlineData("{}", "the ledger has no \"solvers\"")]
    [InlineData("{\"solvers\": [], \"claims\": []}", "\"claims\" of the ledger is of the wrong type; expected an object")]
    [InlineData("{\"solvers\": \"z3\", \"claims\": {}}", "\"solvers\" of the ledger is of the wrong type; expected a list")]
    [InlineData("{\"solvers\": [1], \"claims\": {}}", "a solver is no text")]
    [InlineData("{\"solvers\": [], \"solvers\": [], \"claims\": {}}", "the ledger has \"solvers\" twice")]
    [InlineData("{\"solvers\": [], \"claims\": {}, \"claims\": {}}", "the ledger has \"claims\" twice")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": 1}}", "the claim 'a' is no JSON object")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": \"\"}}}", "the claim 'a' has no \"mutants\"")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": 7, \"mutants\": {}}}}",
        "\"script\" of the claim 'a' is of the wrong type; expected text")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"certain\", \"script\": \"\", \"mutants\": {}}}}",
        "'certain' of the claim 'a' is no verdict; expected proved, refuted or undecided")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": null, \"script\": \"\", \"mutants\": {}}}}",
        "\"verdict\" of the claim 'a' is of the wrong type; expected text")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": \"\", \"mutants\": {\"m\": false}}}}",
        "the fate of a mutant is no text")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": ENTRY, \"a\": ENTRY}}", "'a' is twice among the claims")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": ENTRY, \"\\u0061\": ENTRY}}", "'a' is twice among the claims")]
    [InlineData("{\"solvers\": [\"\\ud800\"], \"claims\": {}}", "half of a character")]
    [InlineData("{\"solvers\": [], \"claims\": {\"\\ud800\": ENTRY}}", "half of a character")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": \"\\udc00\", \"mutants\": {}}}}",
        "half of a character")]
    [InlineData("{\"solvers\": [], \"claims\": {\"a\": {\"verdict\": \"proved\", \"script\": \"\", \"mutants\": {\"\\ud800\": "
        + "\"refuted\"}}}}", "half of a character")]
    public void Other_text_is_no_ledger_and_one_line_says_why(string text, string problem)
    {
        var entry = "{\"verdict\": \"proved\", \"script\": \"\", \"mutants\": {}}";
        var found = LedgerText.Read(
            text.Replace("ENTRY", entry, StringComparison.Ordinal)).ShouldBeOfType<LedgerReading.Malformed>().Problem;

        found.ShouldContain(problem);
        found.ShouldNotContain("\n");
        found.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void Half_a_character_is_told() =>
        LedgerText.Read($"{{\"solvers\": [\"{(char)0xd800}\"], \"claims\": {{}}}}")
            .ShouldBeOfType<LedgerReading.Malformed>().Problem.ShouldContain("half of a character");

    [Fact]
    public void A_name_of_a_megabyte_is_not_quoted_whole()
    {
        var name = new string('x', 1 << 20);
        LedgerText.Read($"{{\"solvers\": [], \"claims\": {{\"{name}\": 1}}}}")
            .ShouldBeOfType<LedgerReading.Malformed>()
            .Problem.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void Every_text_cut_short_or_with_a_byte_changed_reads_or_is_told_in_one_line()
    {
        const int seed = 11;
        var random = new Random(seed);
        var text = LedgerText.Of(Ledger.Of(["libz3 4.8.12"], [LedgerTests.Entry("a/1"), LedgerTests.Entry("b/2")]));
        for (var attempt = 0; attempt < 4_000; attempt++)
        {
            var changed = text.ToCharArray();
            changed[random.Next(changed.Length)] = (char)random.Next(attempt % 2 == 0 ? 0x80 : 0x10000);
            var reading = LedgerText.Read(new(changed, 0, attempt % 3 == 0 ? random.Next(changed.Length) : changed.Length));
            if (reading is LedgerReading.Malformed(var problem))
            {
                problem.ShouldNotContain("\n", customMessage: $"seed {seed}, attempt {attempt}");
            }
        }
    }
}

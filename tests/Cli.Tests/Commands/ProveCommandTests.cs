using RbpfSpec.Cli.Tests.Prove;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Tests.Commands;

public partial class ProveCommandTests : Scratch
{
    [Fact]
    public void Claims_that_all_hold_are_exit_code_0()
    {
        var output = Run(Fakes.Good).Holds();

        output.ShouldStartWith("Assumed\n  ");
        output.ShouldContain("\nRefuted: none\nUndecided: none\n");
        output.ShouldContain("\nrfc     2       2       0        0          2 of 2\n");
        output.ShouldEndWith(" by libz3 1\n");
        LastLine(output).ShouldStartWith("3 proved, 0 refuted, 0 undecided in ");
    }

    [Fact]
    public void A_refuted_claim_is_exit_code_1_and_is_told_at_once_and_shown_once_in_the_report()
    {
        var output = Run([.. Fakes.Good, Fakes.Claim("rfc/alu/div-breaks"), Fakes.Claim("rfc/alu/mod-open")]).Fails();

        // Whichever session ends first tells first.
        output[..output.IndexOf("Assumed\n", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["refuted: rfc/alu/div-breaks", "undecided: rfc/alu/mod-open"], ignoreOrder: true);
        output.ShouldContain(
            "\nRefuted\n  refuted: rfc/alu/div-breaks\n    The byte of rfc/alu/div-breaks is zero & <stays> so.\n    instruction: exit\n"
            + "    before: pc=0x0\n");
        output.ShouldContain("\n    to see it again: ./rbpf prove --replay 'rfc/alu/div-breaks'\n");
        output.Split("instruction: exit").Length.ShouldBe(2);
        LastLine(output).ShouldStartWith("3 proved, 1 refuted, 1 undecided in ");
    }

    [Theory]
    [InlineData("open", "no verdict in 0.5 s")]
    [InlineData("dies", "libz3 ended with code 139")]
    public void An_undecided_claim_is_exit_code_3_and_never_counts_as_proved(string id, string reason)
    {
        var ending = Run([.. Fakes.Good, Fakes.Claim($"rfc/alu/div-{id}")], "--timeout 0.5");

        ending.ExitCode.ShouldBe(CommandLine.Undecided);
        ending.Output.ShouldContain($"\nUndecided\n  undecided: rfc/alu/div-{id}\n    {reason}\n");
        LastLine(ending.Output).ShouldStartWith("3 proved, 0 refuted, 1 undecided in ");
    }

    [Theory]
    [InlineData("--only nothing/*",
        "no claim's id matches 'nothing/*', and none is near; 'rbpf prove --list' lists them all, of the families frame, rfc")]
    [InlineData("--shard 4/4", "shard 4/4 has no claim")]
    [InlineData("--solver absent", "absent does not start: install it")]
    [InlineData("--sample 0", "--sample '0' makes no sense; expected a number from 1 to 2147483647, in decimal (see 'rbpf prove --help')")]
    [InlineData("--cross-check absent", "absent does not start: install it")]
    [InlineData("--jobs 0", "--jobs 0 makes no sense; expected 1 to 256")]
    [InlineData("--changed", "--changed needs a ledger, and the working folder is in no project; expected --ledger too")]
    [InlineData("--shard 5/4", "--shard '5/4' is no part; expected i/n with i from 1 to n, such as 1/4 (see 'rbpf prove --help')")]
    [InlineData("--timeout soon", "--timeout 'soon' is no time; expected seconds, above 0 and up to 86400 (see 'rbpf prove --help')")]
    [InlineData("--report pdf", "--report 'pdf' does not exist; expected json, junit, sarif or html (see 'rbpf prove --help')")]
    [InlineData("--output x", "--output names the file of a report; expected --report too (see 'rbpf prove --help')")]
    [InlineData("--certify --changed --ledger x",
        "--changed does not go with --certify, as what is known already is not certified; expected one of them (see 'rbpf prove --help')")]
    [InlineData("--only rfc/* --check-committed",
        "--check-committed needs all claims; expected no --only, --sample or --shard with it (see 'rbpf prove --help')")]
    [InlineData("--sample 2 --check-committed",
        "--check-committed needs all claims; expected no --only, --sample or --shard with it (see 'rbpf prove --help')")]
    public void What_makes_no_sense_is_exit_code_2_and_one_line(string line, string message) => Run(Fakes.Good, line).IsUsage(message);

    [Fact]
    public void A_sample_is_tried_and_nothing_else()
    {
        var output = Run(Fakes.Good, "--sample 1 --list").Holds();

        output.Split('\n').Count(line => line.StartsWith("rfc/", StringComparison.Ordinal)).ShouldBe(1);
        output.Split('\n').Count(line => line.StartsWith("frame/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData("--mutate --shard 1/2",
        "--shard does not go with --mutate; expected --only, --jobs, --timeout, --solver, "
        + "--report json or --list with it (see 'rbpf prove --help')")]
    [InlineData("--mutate --changed",
        "--changed does not go with --mutate; expected --only, --jobs, --timeout, --solver, "
        + "--report json or --list with it (see 'rbpf prove --help')")]
    [InlineData("--mutate --report html", "--mutate has no such report; expected --report json (see 'rbpf prove --help')")]
    [InlineData("--mutate --only rfc/alu/neg99",
        "no claim's id matches 'rfc/alu/neg99'; the nearest are rfc/alu/neg32@rbpf, rfc/alu/neg64@rbpf; "
        + "'rbpf prove --list' lists them all (only claims about rules and about compiled code are put to mutants)")]
    [InlineData("--mutate --solver absent", "absent does not start: install it")]
    public void What_makes_no_sense_of_mutants_is_exit_code_2_and_one_line(string line, string message) =>
        Run(Fakes.Good, line).IsUsage(message);

    [Fact]
    [Trait("Needs", "solver")]
    public void Mutants_that_claims_kill_are_exit_code_0_and_the_report_names_the_claims()
    {
        var output = Fakes.Run(
            new ProveContext(), Folder, $"--mutate --only rfc/alu/xor32-x@rbpf --report json --output {At("mutants.json")}").Holds();

        output.ShouldStartWith("Gaps: none\nUndecided: none\n");
        output.ShouldContain("\nmutation score 100 % of rules: ");
        LastLine(output).ShouldBe($"report: {At("mutants.json")}");
        var report = JsonText.Object(File.ReadAllText(At("mutants.json")));
        report.TryGetProperty("code", out _).ShouldBeFalse();
        var fate = report.GetProperty("rules").GetProperty("mutants").GetProperty("alu/xor32-x@rbpf").EnumerateObject()
            .First(mutant => mutant.Name.EndsWith("bvxor -> bvor", StringComparison.Ordinal)).Value;
        fate.GetProperty("fate").GetString().ShouldBe("killed");
        fate.GetProperty("claim").GetString().ShouldBe("rfc/alu/xor32-x@rbpf");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_mutant_that_no_claim_kills_is_exit_code_1()
    {
        var proving = new ProveContext
        {
            Rules = () => Catalogue.Rules.Where(claim => claim is { Family: "traps", Setup.Id: "alu/xor32-x@rbpf" }),
            Code = () => [],
        };

        var output = Fakes.Run(proving, Folder, "--mutate").Fails();

        output.ShouldContain("\nGaps\n  no claim kills: alu/xor32-x@rbpf, ");
        LastLine(output).ShouldStartWith("mutation score 0.00 % of rules: 0 killed, ");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Mutants_of_compiled_code_have_a_score_of_their_own_and_are_named_by_place_and_change()
    {
        var output = Fakes.Run(
            new ProveContext(), Folder,
                $"--mutate --only *alu/sdiv32-x@rbpf --only *switch/alu/xor32-x@rbpf --report json --output {At("mutants.json")}").Holds();

        var lines = output.TrimEnd('\n').Split('\n');
        lines[^3].ShouldStartWith("mutation score 100 % of rules: ");
        lines[^2].ShouldStartWith("mutation score 100 % of compiled code: ");
        lines[^2].ShouldContain(" proved equivalent, 0 undecided in ");
        var report = JsonText.Object(File.ReadAllText(At("mutants.json"))).GetProperty("code");
        report.GetProperty("score").GetString().ShouldBe("100 %");
        var engines = report.GetProperty("mutants");
        engines.EnumerateObject().Select(engine => engine.Name).Order().ShouldBe(["switch", "threaded"]);
        var threaded = engines.GetProperty("threaded").EnumerateObject().ToList();
        threaded.ShouldAllBe(mutant => mutant.Name.Contains(" at IL_") && mutant.Name.Contains(" -> "));
        threaded.Count(mutant => mutant.Value.GetProperty("fate").GetString() == "killed"
            && mutant.Value.GetProperty("claim").GetString() == "refinement/threaded/alu/sdiv32-x@rbpf").ShouldBePositive();
        report.GetProperty("equivalent").GetInt32().ShouldBe(
            engines.EnumerateObject().Sum(engine =>
                engine.Value.EnumerateObject().Count(mutant => mutant.Value.GetProperty("fate").GetString() == "proved equivalent")));
    }

    [Fact]
    [Trait("Needs", "time")]
    public void A_list_of_mutants_names_those_of_compiled_code()
    {
        var lines = Fakes.Run(new ProveContext(), Folder, "--mutate --list --only refinement/threaded/alu/add32-x@rbpf").Holds().TrimEnd(
            '\n').Split('\n');

        lines[0].ShouldStartWith("of ");
        lines.Length.ShouldBeGreaterThan(1);
        lines[1..].ShouldAllBe(line => line.StartsWith("threaded ", StringComparison.Ordinal) && line.Contains(" -> "));
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("rfc/alu/add64-x@rbpf")]
    [InlineData("traps/alu/div32-x@rbpf")]
    [InlineData("frame/mem/stxh@rbpf")]
    [InlineData("termination/jmp/ja@rbpf")]
    [InlineData("preflight/step/alu/add64-x@rbpf")]
    public void A_rule_or_a_check_with_a_bug_is_exit_code_1_with_a_counterexample(string id)
    {
        var claim = Catalogue.All.Single(claim => claim.Id == id);
        var broken = claim with { State = claim.Mutants[0].State };

        var output = Fakes.Run(new ProveContext { Claims = () => [broken] }, Folder).Fails();

        output.ShouldStartWith($"refuted: {id}\nAssumed\n");
        output.ShouldContain($"\nRefuted\n  refuted: {id}\n    {claim.Sentence}\n    ");
        LastLine(output).ShouldStartWith("0 proved, 1 refuted, 0 undecided in ");
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("rfc/alu/add64-x@rbpf", "instruction: add ", "RFC 9669: dst r")]
    [InlineData("rfc/jmp/jeq64-k@rbpf", "instruction: jeq ", "RFC 9669: pc = 0x")]
    [InlineData("rfc/mem/ldxb@rbpf", "bytes at 0x", "RFC 9669: dst r")]
    [InlineData("rfc/mem/stxw@rbpf", "instruction: stxw [", "RFC 9669: the byte of region '")]
    [InlineData("traps/alu/div32-x@rbpf", "the rule: trap DivisionByZero", "the decisions of rbpf: trap DivisionByZero, not none")]
    [InlineData("frame/alu/mov64-x@rbpf", "instruction: mov ", "it should stay: r")]
    [InlineData("isolation/mem/ldxb@rbpf", "before: pc=0x", "depends on a byte that no region grants for reading")]
    public void A_counterexample_shows_what_is_and_what_should_be(string id, params string[] shown)
    {
        var claim = Catalogue.All.Single(claim => claim.Id == id);
        var broken = claim with { State = claim.Mutants[0].State };

        var output = Fakes.Run(new ProveContext { Claims = () => [broken] }, Folder).Fails();
        var again = Fakes.Run(new ProveContext { Claims = () => [broken] }, Folder, $"--replay {id}").Fails();

        foreach (var part in shown) output.ShouldContain(part);
        var shownAgain = again.Split('\n')[1..^1];
        shownAgain.Length.ShouldBeGreaterThan(4);
        foreach (var line in shownAgain) output.ShouldContain($"  {line}\n");
    }

    [Fact]
    public void What_holds_has_nothing_to_replay()
    {
        Run(Fakes.Good, "--replay rfc/alu/sub-holds@rbpf").Holds().ShouldStartWith("proved: rfc/alu/sub-holds@rbpf\n");
        Run(Fakes.Good, "--replay rfc/alu/sbu-holds@rbpf").IsUsage(
            "no claim's id matches 'rfc/alu/sbu-holds@rbpf'; the nearest are rfc/alu/sub-holds@rbpf, rfc/alu/add-holds@rbpf; "
            + "'rbpf prove --list' lists them all");
        Run(Fakes.Good, "--replay rfc/alu/sub-holds@rbpf --only rfc/*").IsUsage(
            "--only does not go with --replay; expected --jobs, --timeout or --solver with it (see 'rbpf prove --help')");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_program_of_a_counterexample_runs_as_it_says()
    {
        var claim = Catalogue.All.Single(claim => claim.Id == "rfc/alu/xor32-x@rbpf");
        var broken = claim with { State = claim.Mutants[0].State };
        var line = Fakes.Run(new ProveContext { Claims = () => [broken] }, Folder).Fails().Split('\n').Single(
            text => text.Contains("as a program: echo "));
        var words = line.Split("echo ")[1].Split(' ');

        Rbpf.Line($"trace {Write("program", words[0])} --profile rbpf").Holds().ShouldContain("xor32 %r");
        words[1..].ShouldBe(["|", "./rbpf", "trace", "-", "--profile", "rbpf"]);
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("--solver")]
    [InlineData("--cross-check")]
    public void A_solver_that_is_not_there_is_an_error_that_says_what_to_install(string option) =>
        Rbpf.Line($"prove --only regions/within-1 --ledger {At("ledger.json")} {option} /no/such/cvc5").IsUsage(
            "the solver '/no/such/cvc5' was not found: on Debian apt-get install cvc5, on macOS brew install cvc5/cvc5/cvc5, "
            + "on Windows put cvc5.exe of a release of cvc5 on PATH; or give its path");

    [Fact]
    public void A_catalogue_without_claims_is_an_error() => Run([]).IsUsage("there is no claim at all");

    [Fact]
    public void An_export_folder_that_cannot_be_written_is_an_error_before_any_work()
    {
        var file = Write("file", "");

        var ending = Run([Fakes.Claim("rfc/alu/div-breaks")], $"--export {file}/below");

        ending.ExitCode.ShouldBe(CommandLine.Usage);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: the folder '{file}/below' cannot be written to: ");
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_an_error_before_any_work() =>
        Run([Fakes.Claim("rfc/alu/div-breaks")], $"--report html --output {At("none/page.html")}")
            .IsUsage($"'{At("none/page.html")}' cannot be written: the folder '{At("none")}' does not exist");

    [Fact]
    public void Exported_scripts_are_files_by_id()
    {
        Run(Fakes.Good, $"--only rfc/* --export {At("scripts")}").Holds().ShouldStartWith($"4 scripts written to {At("scripts")}\n");

        File.ReadAllText(At("scripts/rfc/alu/add-holds@rbpf.smt2")).ShouldContain("(check-sat)");
        File.Exists(At("scripts/rfc/alu/sub-holds@rbpf.mutant-1.smt2")).ShouldBeTrue();
    }

    [Fact]
    public void Scripts_of_other_claims_in_the_folder_are_refused_and_the_same_ones_are_written_again()
    {
        Run(Fakes.Good, $"--only rfc/* --export {At("scripts")}").Holds();
        Run(Fakes.Good, $"--only rfc/* --export {At("scripts")}").Holds();

        Run(Fakes.Good, $"--only rfc/alu/add* --export {At("scripts")}").IsUsage(
            $"'{At("scripts")}' has 2 .smt2 files that this export has not, such as 'rfc/alu/sub-holds@rbpf.mutant-1.smt2', and nothing "
            + "was written; expected a new folder, or one without them");
    }

    [Fact]
    public void A_list_is_of_what_is_selected()
    {
        var lines = Run(Fakes.Good, "--list --only *add*").Holds().Split('\n');

        lines.Select(line => line.Split(' ')[0]).ShouldBe(["claim", "rfc/alu/add-holds@rbpf", "frame/alu/add-holds@rbpf", ""]);
    }

    [Fact]
    public void A_cross_check_reports_the_share_that_the_second_solver_decides() =>
        Run(Fakes.Good, "--cross-check cvc5").Holds().ShouldContain(
            "\nfamily  claims asked of the second solver  decided  contradicted  left open  questions  decided\n"
            + "rfc     2                                  2        0             0          4          4\n"
            + "frame   1                                  1        0             0          2          2\n"
            + "Left open by the second solver: none\n"
            + "cross-check by cvc5 1: it decides 6 of 6 questions (100.0 %) and contradicts 0\n");

    [Fact]
    public void A_solver_that_contradicts_leaves_the_claim_undecided_by_name()
    {
        var ending = Run(Fakes.Good, "--only *sub* --cross-check contrary");

        ending.ExitCode.ShouldBe(CommandLine.Undecided);
        ending.Output.ShouldContain(
            "undecided: rfc/alu/sub-holds@rbpf\n    the solvers contradict each other: libz3 answers unsat, contrary sat\n");
        ending.Output.ShouldContain("and contradicts 1\n");
    }

    private Ending Run(IReadOnlyList<Claim> claims, string line = "") => Fakes.Run(Fakes.Of(claims), Folder, line);

    private static string LastLine(string output) => output.TrimEnd('\n').Split('\n')[^1];
}

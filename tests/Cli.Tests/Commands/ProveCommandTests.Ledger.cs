using RbpfSpec.Cli.Tests.Prove;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Cli.Tests.Commands;

// The ledger: what a run writes, keeps and merges.
public partial class ProveCommandTests
{
    [Fact]
    public void A_ledger_that_cannot_be_written_is_refused_before_any_work()
    {
        foreach (var name in (string[])[Folder, At("none/ledger.json"), "/dev/full", "/dev/null"])
        {
            if (!Path.Exists("/dev/full") && name.StartsWith("/dev", StringComparison.Ordinal)) continue;
            var ending = Run([Fakes.Claim("rfc/alu/div-breaks")], $"--ledger {name}");

            ending.ExitCode.ShouldBe(CommandLine.Usage);
            ending.Output.ShouldBe("");
            ending.Error.ShouldStartWith($"rbpf: '{name}' ");
            ending.Error.Count(character => character == '\n').ShouldBe(1);
        }
    }

    [Fact]
    public void A_ledger_that_cannot_be_written_in_the_end_loses_no_verdict()
    {
        Claim Vanishing(string id) => Fakes.Claim(id) is var claim ? claim with
        {
            State = () =>
            {
                if (Directory.Exists(At("folder"))) Directory.Delete(At("folder"), recursive: true);
                return claim.State();
            },
        } : throw new InvalidOperationException();
        foreach (var (id, code) in ((string, int)[])[("rfc/alu/add-holds", CommandLine.Usage), ("rfc/alu/add-breaks", CommandLine.Fails)])
        {
            Directory.CreateDirectory(At("folder"));
            var ending = Run([Vanishing(id)], $"--jobs 1 --ledger {At("folder/ledger.json")}");

            ending.ExitCode.ShouldBe(code);
            ending.Error.ShouldStartWith($"rbpf: '{At("folder/ledger.json")}' cannot be written: ");
            LastLine(ending.Output).ShouldContain(" proved, ");
        }
    }

    [Fact]
    public void Where_the_project_cannot_be_written_claims_are_proved_all_the_same()
    {
        // Nobody may write where the ledger should be, not even root.
        Fakes.MakeProject(Folder);
        Directory.CreateDirectory(At("proofs/ledger.json"));

        var output = Run(Fakes.Good).Holds();

        output.Split('\n')[0].ShouldStartWith("the verdicts of this run are printed, and not kept: '");
        LastLine(output).ShouldStartWith("3 proved, 0 refuted, 0 undecided in ");
        Run([Fakes.Claim("rfc/alu/div-breaks")]).Fails();
    }

    [Fact]
    public void Runs_on_one_ledger_at_once_lose_nothing()
    {
        // The second begins and ends while the first is under way.
        var ledger = $"--ledger {At("ledger.json")}";
        var first = Fakes.Claim("rfc/alu/first-holds");
        var second = Fakes.Claim("rfc/alu/second-holds");
        var isFirst = true;
        Claim[] claims =
        [
            first with
            {
                State = () =>
                {
                    if (isFirst)
                    {
                        isFirst = false;
                        Run([first, second], $"--only *second* {ledger}").Holds();
                        Environment.CurrentDirectory = Folder;
                    }

                    return first.State();
                },
            },
            second,
        ];

        Run(claims, $"--jobs 1 --only *first* {ledger}").ExitCode.ShouldBe(CommandLine.Holds);

        var entries = LedgerText.Read(File.ReadAllText(At("ledger.json"))).ShouldBeOfType<LedgerReading.Read>().Ledger.Entries;
        entries.Select(entry => entry.Id).ShouldBe([first.Id, second.Id]);
    }

    [Fact]
    public void A_run_of_everything_writes_the_ledger_and_the_page_of_bugs()
    {
        Fakes.MakeProject(Folder);

        Run(Fakes.Good).Holds();

        File.ReadLines(At("proofs/ledger.json")).Count().ShouldBe(4 + Fakes.Good.Count + 2 - 1);
        File.ReadAllText(At("proofs/FOUND.md")).ShouldStartWith("# Bugs found\n");
        Directory.EnumerateFiles(At("proofs")).Count().ShouldBe(2);
    }

    [Fact]
    public void A_run_of_some_claims_updates_their_entries_and_keeps_the_others()
    {
        Fakes.MakeProject(Folder);
        Run(Fakes.Good).Holds();
        var before = File.ReadAllLines(At("proofs/ledger.json"));

        Run([Fakes.Good[0], Fakes.Good[2], Fakes.Claim("rfc/alu/new-breaks")], "--only *new*").Fails();

        var after = File.ReadAllLines(At("proofs/ledger.json"));
        after.Except(before).Single().ShouldContain("\"rfc/alu/new-breaks\": {\"verdict\":\"refuted\"");
        before.Except(after).ShouldContain(line => line.Contains("sub-holds", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ledger_may_be_a_link_to_where_none_is_yet()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(At("link.json"), "kept.json");

        Run(Fakes.Good, $"--jobs 1 --ledger {At("link.json")}").Holds();
        new FileInfo(At("link.json")).LinkTarget.ShouldBe("kept.json");
        LastLine(Run(Fakes.Good, $"--jobs 1 --changed --ledger {At("link.json")}").Output).ShouldEndWith(
            $"{Fakes.Good.Count} known from the ledger");
        File.Exists(At("kept.json")).ShouldBeTrue();
    }

    [Fact]
    public void The_same_run_writes_the_same_ledger_whatever_the_number_of_jobs()
    {
        Run(Fakes.Good, $"--jobs 1 --ledger {At("1.json")}").Holds();
        Run(Fakes.Good, $"--jobs 3 --ledger {At("3.json")}").Holds();

        File.ReadAllText(At("3.json")).ShouldBe(File.ReadAllText(At("1.json")));
    }

    [Fact]
    public void What_the_ledger_has_proved_is_not_asked_again()
    {
        var ledger = $"--ledger {At("ledger.json")}";
        var claims = (IReadOnlyList<Claim>)[.. Fakes.Good, Fakes.Claim("rfc/alu/div-open")];
        Run(claims, ledger).ExitCode.ShouldBe(CommandLine.Undecided);
        var before = File.ReadAllText(At("ledger.json"));

        var again = Run(claims, $"--changed {ledger}");

        again.ExitCode.ShouldBe(CommandLine.Undecided);
        LastLine(again.Output).ShouldEndWith("by libz3 1; 3 known from the ledger");
        File.ReadAllText(At("ledger.json")).ShouldBe(before);
    }

    [Fact]
    public void What_the_same_program_has_proved_is_not_even_stated()
    {
        var ledger = $"--ledger {At("ledger.json")}";
        var stated = 0;
        IReadOnlyList<Claim> claims = [.. Fakes.Good.Select(Counted)];
        Fakes.Run(Fakes.Of(claims) with { Inputs = () => "one" }, Folder, ledger).Holds();
        stated.ShouldBe(3);

        LastLine(Fakes.Run(Fakes.Of(claims) with { Inputs = () => "one" }, Folder, $"--changed {ledger}").Holds())
            .ShouldEndWith("3 known from the ledger");

        stated.ShouldBe(3);
        Fakes.Run(Fakes.Of(claims) with { Inputs = () => "other" }, Folder, $"--changed {ledger}").Holds();
        stated.ShouldBe(6);
        File.AppendAllText(At("ledger.json"), "\n");
        Fakes.Run(Fakes.Of(claims) with { Inputs = () => "other" }, Folder, $"--changed {ledger}").Holds();
        stated.ShouldBe(9);

        Claim Counted(Claim claim) => claim with
        {
            State = () =>
            {
                Interlocked.Increment(ref stated);
                return claim.State();
            },
        };
    }

    [Fact]
    public void An_interrupt_leaves_the_ledger_as_it_was()
    {
        Fakes.MakeProject(Folder);
        Run(Fakes.Good).Holds();
        var before = File.ReadAllText(At("proofs/ledger.json"));
        using var interruption = new CancellationTokenSource();
        var cancels = Fakes.Claim("rfc/alu/new-holds");
        Claim[] claims =
        [
            .. Fakes.Good,
            cancels with
            {
                State = () =>
                {
                    interruption.Cancel();
                    return cancels.State();
                },
            },
        ];

        var ending = Fakes.Run(Fakes.Of(claims) with { Cancellation = interruption.Token }, Folder, "--jobs 1");

        ending.ExitCode.ShouldBe(CommandLine.Undecided);
        ending.Error.ShouldBe("rbpf: interrupted: 3 proved, 0 refuted, 0 undecided; the ledger is as it was\n");
        File.ReadAllText(At("proofs/ledger.json")).ShouldBe(before);
    }

    [Fact]
    public void A_ledger_that_is_none_is_an_error_unless_it_is_replaced_whole()
    {
        var ledger = $"--ledger {Write("ledger.json", "<<<<<<<")}";

        Run(Fakes.Good, $"--changed {ledger}").Error.ShouldStartWith($"rbpf: '{At("ledger.json")}' is no ledger: ");
        Run(Fakes.Good, $"--only rfc/* {ledger}").ExitCode.ShouldBe(CommandLine.Usage);
        Run(Fakes.Good, ledger).Holds();
    }

    [Fact]
    public void Committed_files_that_are_what_would_be_written_hold_and_others_fail()
    {
        Fakes.MakeProject(Folder);
        Run(Fakes.Good).Holds();
        Run(Fakes.Good, "--check-committed").Holds();
        Run(Fakes.Good, "--check-committed --solver other").Holds();
        var before = File.ReadAllText(At("proofs/ledger.json"));

        var output = Run([Fakes.Good[0], Fakes.Good[1], Fakes.Claim("rfc/alu/new-holds")], "--check-committed").Fails();

        output.ShouldContain("out of date: ledger.json has no rfc/alu/new-holds; './rbpf prove' writes it\n");
        output.ShouldContain("out of date: ledger.json has frame/alu/add-holds@rbpf, which is no claim; './rbpf prove' writes it\n");
        File.ReadAllText(At("proofs/ledger.json")).ShouldBe(before);

        File.AppendAllText(At("proofs/FOUND.md"), "more\n");
        Run(Fakes.Good, "--check-committed").Fails().ShouldContain("out of date: FOUND.md");
        Run(Fakes.Good, "--check-committed --solver other").Holds();

        File.AppendAllText(At("proofs/FOUND.md"), "## A-1, a machine\n");
        Run(Fakes.Good, "--check-committed --solver other").Fails().ShouldContain("out of date: FOUND.md");
    }

    [Fact]
    public void Where_nothing_is_committed_nothing_can_be_held_against_it() => Run(Fakes.Good, "--check-committed").IsUsage(
        "--check-committed: there is no project around the working folder; expected a folder of the project, or a file by --ledger");

    [Fact]
    public void Shards_merge_to_the_ledger_of_the_whole_run()
    {
        Run(Fakes.Good, $"--ledger {At("whole.json")}").Holds();
        Run(Fakes.Good, $"--shard 1/2 --ledger {At("1.json")}").Holds();
        Run(Fakes.Good, $"--shard 2/2 --report json --output {At("2.json")}").Holds();

        Run(Fakes.Good, $"merge {At("1.json")} {At("2.json")} --output {At("merged.json")}").Holds().ShouldBe(
            "3 proved, 0 refuted, 0 undecided by libz3 1\n");

        File.ReadAllText(At("merged.json")).ShouldBe(File.ReadAllText(At("whole.json")));
    }

    [Fact]
    public void Merging_says_what_is_missing_and_what_contradicts()
    {
        Run(Fakes.Good, $"--shard 1/2 --ledger {At("1.json")}").Holds();
        Write("2.json", File.ReadAllText(At("1.json")).Replace("\"proved\"", "\"undecided\"", StringComparison.Ordinal));

        Run(Fakes.Good, $"merge {At("1.json")}").IsUsage("rfc/alu/sub-holds@rbpf is missing");
        Run(Fakes.Good, $"merge {At("1.json")} {At("2.json")}").Error.ShouldContain(
            "contradict each other on rfc/alu/add-holds@rbpf: proved and undecided");
    }

    [Fact]
    public void Merging_names_a_few_of_many_that_are_missing()
    {
        Claim[] claims = [.. Fakes.Good, .. Enumerable.Range(0, 8).Select(number => Fakes.Claim($"rfc/alu/more{number}-holds@rbpf"))];
        Run(claims, $"--only rfc/alu/add-holds@rbpf --ledger {At("1.json")}").Holds();

        var error = Run(claims, $"merge {At("1.json")}").Error;

        error.ShouldContain(" is missing; and 5 more like these\n");
        error.Split(" is missing").Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("breaks", CommandLine.Fails)]
    [InlineData("open", CommandLine.Undecided)]
    public void Merging_has_the_exit_code_of_the_whole(string id, int code)
    {
        Claim[] claims = [.. Fakes.Good, Fakes.Claim($"rfc/alu/{id}")];
        Run(claims, $"--ledger {At("all.json")}").ExitCode.ShouldBe(code);

        Run(claims, $"merge {At("all.json")}").ExitCode.ShouldBe(code);
    }

    [Theory]
    [InlineData("json", "proofs.json")]
    [InlineData("junit", "proofs.xml")]
    [InlineData("sarif", "proofs.sarif")]
    [InlineData("html", "proofs.html")]
    public void A_report_has_a_usual_name(string format, string name)
    {
        Fakes.Run(Fakes.Of(Fakes.Good), Folder, $"--report {format}").Holds().ShouldContain($"report: {name}\n");

        File.Exists(At(name)).ShouldBeTrue();
    }
}

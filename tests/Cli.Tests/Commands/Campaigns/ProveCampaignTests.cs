using System.CommandLine;
using RbpfSpec.Cli.Commands;
using RbpfSpec.Cli.Commands.Campaigns;
using RbpfSpec.Cli.Tests.Prove;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Tests.Commands.Campaigns;

/// <summary><c>campaign prove</c> on claims that are none, with solvers that are none.</summary>
[Trait("Needs", "time")]
public sealed class ProveCampaignTests : Scratch
{
    private static readonly Claim[] Some =
    [
        .. Fakes.Good, Fakes.Claim("rfc/alu/div-breaks@rbpf"), Fakes.Claim("rfc/alu/mod-open@rbpf"), Fakes.Claim("frame/alu/or-dies@rbpf"),
    ];

    [Fact]
    public void The_ledger_has_the_bytes_and_the_report_the_lines_that_prove_writes()
    {
        var one = Run("prove", Some, "--ledger one.json").Fails();
        var many = Run("campaign prove", Some, "--ledger many.json").Fails();

        File.ReadAllBytes(At("many.json")).ShouldBe(File.ReadAllBytes(At("one.json")));
        Untimed(many).ShouldBe(Untimed(one), ignoreOrder: true);
        many.ShouldContain("\n3 proved, 1 refuted, 2 undecided in ");
        Directory.EnumerateFiles(At("state")).ShouldBeEmpty();
    }

    [Fact]
    public void A_list_is_the_one_of_prove_and_nothing_is_begun()
    {
        var listed = Run("campaign prove", Some, "--list --only rfc/*").Holds();

        listed.ShouldBe(Run("prove", Some, "--list --only rfc/*").Holds());
        listed.ShouldContain("rfc/alu/div-breaks@rbpf");
        Directory.Exists(At("state")).ShouldBeFalse();
    }

    [Fact]
    public void What_the_ledger_has_proved_is_not_proved_again()
    {
        Run("prove", Fakes.Good, "--ledger one.json").Holds();
        var before = File.ReadAllBytes(At("one.json"));

        Run("campaign prove", [.. Fakes.Good, Fakes.Claim("rfc/alu/xor-holds@rbpf")], "--changed --ledger one.json").Holds()
            .ShouldContain("; 3 known from the ledger");

        File.ReadAllBytes(At("one.json")).Length.ShouldBeGreaterThan(before.Length);
    }

    [Fact]
    public void An_interrupted_campaign_keeps_what_it_has_and_the_same_command_goes_on_with_it()
    {
        List<string> asked = [];
        using CancellationTokenSource interruption = new();
        var proving = Fakes.Of(Fakes.Good) with
        {
            Cancellation = interruption.Token,
            Open = name => Fakes.Of(Fakes.Good).Open(name) switch
            {
                SolverSession.Opened(var solver) => new SolverSession.Opened(new Watched(solver, script =>
                {
                    lock (asked) asked.Add(script.Text);
                    if (script.Text.Contains("sub-holds", StringComparison.Ordinal)) interruption.Cancel();
                })),
                SolverSession.Unavailable other => other,
            },
        };

        var first = Run("campaign prove", proving, "--ledger many.json --jobs 1");

        first.ExitCode.ShouldBe(CommandLine.Undecided);
        first.Error.ShouldContain("; the ledger is as it was\n");
        File.Exists(At("many.json")).ShouldBeFalse();
        Directory.EnumerateFiles(At("state"), "*.journal").ShouldHaveSingleItem();

        lock (asked) asked.Clear();
        Run("campaign prove", proving with { Cancellation = CancellationToken.None }, "--ledger many.json --jobs 1").Holds()
            .ShouldContain("3 proved, 0 refuted, 0 undecided in ");
        asked.ShouldNotContain(text => text.Contains("rfc/alu/add-holds", StringComparison.Ordinal));
        asked.ShouldContain(text => text.Contains("sub-holds", StringComparison.Ordinal));
        Directory.EnumerateFiles(At("state")).ShouldBeEmpty();
        Run("prove", Fakes.Good, "--ledger one.json").Holds();
        File.ReadAllBytes(At("many.json")).ShouldBe(File.ReadAllBytes(At("one.json")));
    }

    [Theory]
    [InlineData("--solver absent", "absent does not start: install it")]
    [InlineData("--only nothing/*",
        "no claim's id matches 'nothing/*', and none is near; 'rbpf prove --list' lists them all, of the families frame, rfc")]
    [InlineData("--jobs 0", "--jobs 0 leaves all to workers, and without --cluster there are none; expected at least 1")]
    [InlineData("--address 4000", "--address is of a cluster; expected --cluster with it (see 'rbpf campaign prove --help')")]
    [InlineData("--cluster localhost:6379",
        "--cluster 'localhost:6379' is no address of a Redis; expected one such as redis://localhost:6379 or redis://192.0.2.1:6379/2 "
        + "(see 'rbpf campaign prove --help')")]
    [InlineData("--cluster redis://localhost:1 --state here",
        "--state is of campaigns on this computer; with --cluster its Redis keeps them (see 'rbpf campaign prove --help')")]
    [InlineData("--mutate", "there is no option '--mutate'; did you mean '--state'? (see 'rbpf campaign prove --help')")]
    public void What_makes_no_sense_is_exit_code_2_and_one_line(string line, string message) =>
        Run("campaign prove", Fakes.Of(Fakes.Good), line, hasState: !line.Contains("cluster", StringComparison.Ordinal)).IsUsage(message);

    private Ending Run(string command, IReadOnlyList<Claim> claims, string line) => Run(command, Fakes.Of(claims), line);

    private Ending Run(string command, ProveContext proving, string line, bool hasState = true)
    {
        var root = new RootCommand { ProveCommand.Create(proving), CampaignCommand.Create(proving) };
        string[] state = hasState && command != "prove" ? ["--state", At("state")] : [];
        string[] words = [.. command.Split(' '), .. line.Split(' '), .. state];
        return Rbpf.Captured(() =>
        {
            // The folder is deleted after the test, and must not be the process's then.
            Environment.CurrentDirectory = Folder;
            try
            {
                return CommandLine.Run(root, words);
            }
            finally
            {
                Environment.CurrentDirectory = Repository.Root;
            }
        });
    }

    private static IEnumerable<string> Untimed(string output) => output.Split('\n')
        .Where(line => !line.EndsWith(" s", StringComparison.Ordinal))
        .Select(line => line.Split(" undecided in ")[0]);

    private sealed class Watched(ISolver solver, Action<Script> asked) : ISolver
    {
        public string Name => solver.Name;

        public string Version => solver.Version;

        public Reply Solve(Script script, TimeSpan limit)
        {
            asked(script);
            return solver.Solve(script, limit);
        }

        public void Interrupt() => solver.Interrupt();

        public void Dispose() => solver.Dispose();
    }
}

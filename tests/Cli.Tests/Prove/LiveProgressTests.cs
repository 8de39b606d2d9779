using RbpfSpec.Cli.Prove;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using Spectre.Console;

namespace RbpfSpec.Cli.Tests.Prove;

public class LiveProgressTests
{
    private static readonly Claim[] Claims =
        [Fakes.Claim("rfc/call-local[depth 7]@rbpf"), Fakes.Claim("[red]/[/]x"), Fakes.Claim("rfc/alu/add")];

    [Fact]
    public void The_table_shows_the_families_and_what_is_under_way_as_they_are_written()
    {
        var progress = new LiveProgress(Claims);

        progress.Report(new CampaignStep.Started(Claims[0]));
        progress.Report(new CampaignStep.Started(Claims[1]));
        progress.Report(new CampaignStep.Ended(Result(Claims[2], new Verdict.Proved([]))));

        var text = Rendered(progress);
        text.ShouldContain("rfc/call-local[depth 7]@rbpf  [red]/[/]x");
        text.ShouldContain("[red]");
        Row(text, "rfc").ShouldBe(["rfc", "2", "1", "0", "0"]);
    }

    [Fact]
    public void What_has_ended_is_counted_and_no_longer_under_way()
    {
        var progress = new LiveProgress(Claims);

        progress.Report(new CampaignStep.Started(Claims[0]));
        progress.Report(new CampaignStep.Ended(Result(Claims[0], new Verdict.Refuted(["[x] = 1"]))));
        progress.Report(new CampaignStep.Ended(Result(Claims[2], new Verdict.Undecided("no verdict in 1 s"))));

        var text = Rendered(progress);
        text.ShouldNotContain("depth 7");
        Row(text, "rfc").ShouldBe(["rfc", "2", "0", "1", "1"]);
    }

    private static Result Result(Claim claim, Verdict verdict) => new(claim, verdict, [], "", TimeSpan.Zero, WasKnown: false);

    private static string Rendered(LiveProgress progress)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 120;
        console.Write(progress.Drawn());
        return writer.ToString();
    }

    private static string[] Row(string text, string family) =>
        text.Split('\n').Select(line => line.Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .First(cells => cells.Length == 5 && cells[0] == family);
}

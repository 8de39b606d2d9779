using System.Diagnostics;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Reports;
using Spectre.Console;

namespace RbpfSpec.Cli.Prove;

/// <summary>Progress as a table that stays in its place on a terminal; what is not proved scrolls by above it.</summary>
public sealed class LiveProgress : IProgress<CampaignStep>
{
    private static readonly TimeSpan Refreshed = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private readonly List<(string Name, int Total, Tally Tally)> families;
    private readonly List<string> underWay = [];
    private readonly Queue<string> news = [];

    /// <summary>Progress of some claims.</summary>
    public LiveProgress(IReadOnlyList<Claim> claims) =>
        families = [.. claims.GroupBy(claim => claim.Family).Select(family => (family.Key, family.Count(), new Tally()))];

    public void Report(CampaignStep value)
    {
        lock (gate)
        {
            switch (value)
            {
                case CampaignStep.Started(var claim):
                    underWay.Add(claim.Id);
                    break;
                case CampaignStep.Ended(var result):
                    underWay.Remove(result.Claim.Id);
                    families.Find(family => family.Name == result.Claim.Family).Tally.Add(result);
                    if (ResultLines.IfNotProved(result) is { } line) news.Enqueue(line);
                    break;
            }
        }
    }

    /// <summary>Shows a line of bad news.</summary>
    public void Tell(string line)
    {
        lock (gate) news.Enqueue(line);
    }

    /// <summary>Does some work, which reports here, and shows the table meanwhile.</summary>
    public T While<T>(Func<T> work) => AnsiConsole.Live(Drawn()).AutoClear(true).Start(context =>
    {
        var working = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var waiting = (IAsyncResult)working;
        bool ended;
        do
        {
            ended = waiting.AsyncWaitHandle.WaitOne(Refreshed);
            lock (gate)
            {
                while (news.TryDequeue(out var line)) AnsiConsole.MarkupLine($"[red]{Markup.Escape(line)}[/]");
                context.UpdateTarget(Drawn());
            }
        }
        while (!ended);

        return working.GetAwaiter().GetResult();
    });

    /// <summary>The table as it stands.</summary>
    public Table Drawn()
    {
        // Captions are markup, and ids hold brackets.
        var caption = Markup.Escape($"{watch.Elapsed:m\\:ss}  {string.Join("  ", underWay)}");
        var table = new Table { Border = TableBorder.Rounded, Caption = new(caption) };
        foreach (var column in (string[])["family", "of", "proved", "refuted", "undecided"])
            table.AddColumn(new TableColumn(column) { Alignment = column == "family" ? Justify.Left : Justify.Right });
        foreach (var (name, total, tally) in families)
        {
            table.AddRow(
                Markup.Escape(name),
                $"{total}",
                tally.Total == total && tally.Proved == total ? $"[green]{tally.Proved}[/]" : $"{tally.Proved}",
                tally.Refuted > 0 ? $"[red]{tally.Refuted}[/]" : "0",
                tally.Undecided > 0 ? $"[yellow]{tally.Undecided}[/]" : "0");
        }

        return table;
    }
}

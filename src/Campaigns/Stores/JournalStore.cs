using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Campaigns.Stores;

/// <summary>Keeps campaigns in a folder of this computer: each in a journal, a file to whose end a line is added for each result.</summary>
/// <remarks>
/// The first line is the plan. A line that a killed process did not finish is left out, and so is what comes after it. One
/// process at a time has a campaign.
/// </remarks>
/// <param name="folder">The folder; it is made if it is not there.</param>
public sealed class JournalStore(string folder) : ICampaignStore, IDisposable
{
    private readonly Dictionary<string, FileStream> open = [];
    private readonly Lock gate = new();

    public ValueTask<StoredCampaign?> Load(string id)
    {
        lock (gate)
        {
            return ValueTask.FromResult(
                open.ContainsKey(id) || File.Exists(Name(id)) ? Guarded(id, () => Read(Opened(id), out _)) : null);
        }
    }

    public ValueTask Begin(CampaignPlan plan)
    {
        lock (gate)
        {
            Guarded(plan.Id, () =>
            {
                Directory.CreateDirectory(folder);
                var journal = Opened(plan.Id);

                // What a killed process left unfinished ends here.
                var known = Read(journal, out var end);
                journal.SetLength(end);
                journal.Position = end;
                if (known is null) Add(journal, JsonSerializer.Serialize(PlanLine.Of(plan), Lines.Default.PlanLine));
                return true;
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Keep(string id, int piece, string result)
    {
        lock (gate)
        {
            Guarded(id, () =>
            {
                if (open.TryGetValue(id, out var journal))
                    Add(journal, JsonSerializer.Serialize(new ResultLine(piece, result), Lines.Default.ResultLine));
                return true;
            });
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> Active()
    {
        lock (gate) return ValueTask.FromResult<IReadOnlyList<string>>([.. open.Keys]);
    }

    public ValueTask Pause(string id)
    {
        lock (gate) Close(id);
        return ValueTask.CompletedTask;
    }

    public ValueTask End(string id)
    {
        lock (gate)
        {
            Guarded(id, () =>
            {
                Close(id);
                File.Delete(Name(id));
                return true;
            });
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Closes the journals; they stay.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var journal in open.Values) journal.Dispose();
            open.Clear();
        }
    }

    private void Close(string id)
    {
        if (open.Remove(id, out var journal)) journal.Dispose();
    }

    private string Name(string id) => Path.Combine(folder, $"{id}.journal");

    private FileStream Opened(string id)
    {
        if (open.TryGetValue(id, out var journal)) return journal;
        try
        {
            journal = new(Name(id), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Name(id)))
        {
            throw new FileException(
                $"'{Name(id)}' cannot be opened: another process works at the same campaign; expected one at a time", exception);
        }

        open.Add(id, journal);
        return journal;
    }

    private static void Add(FileStream journal, string line)
    {
        journal.Write(Encoding.UTF8.GetBytes(line + "\n"));
        journal.Flush(flushToDisk: true);
    }

    // Up to the last line that is whole; where that ends is told.
    private static StoredCampaign? Read(FileStream journal, out long end)
    {
        journal.Position = 0;
        var bytes = new byte[journal.Length];
        journal.ReadExactly(bytes);
        CampaignPlan? plan = null;
        Dictionary<int, string> results = [];
        end = 0;
        while (bytes.AsSpan((int)end).IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = bytes.AsSpan((int)end, length);
            if (plan is null ? !Plan(line, out plan) : !Result(line, results)) break;
            end += length + 1;
        }

        journal.Position = end;
        return plan is null ? null : new(plan, results);
    }

    private static bool Plan(ReadOnlySpan<byte> line, out CampaignPlan? plan)
    {
        plan = Parsed(line, Lines.Default.PlanLine)?.Plan;
        return plan is not null;
    }

    private static bool Result(ReadOnlySpan<byte> line, Dictionary<int, string> results)
    {
        if (Parsed(line, Lines.Default.ResultLine) is not { Text: not null } read) return false;
        results[read.Piece] = read.Text;
        return true;
    }

    private static T? Parsed<T>(ReadOnlySpan<byte> line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private T Guarded<T>(string id, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FileException(
                string.Create(CultureInfo.InvariantCulture, $"'{Name(id)}' cannot be written: {exception.Message}"), exception);
        }
    }
}

/// <summary>The first line of a journal.</summary>
internal sealed record PlanLine(string Kind, string Program, string Settings, string[] Pieces)
{
    /// <summary>The plan that it tells.</summary>
    [JsonIgnore]
    public CampaignPlan? Plan => Kind is null || Program is null || Settings is null || Pieces is null
        ? null
        : new() { Kind = Kind, Program = Program, Settings = Settings, Pieces = Pieces };

    /// <summary>The line of a plan.</summary>
    public static PlanLine Of(CampaignPlan plan) => new(plan.Kind, plan.Program, plan.Settings, [.. plan.Pieces]);
}

/// <summary>Any other line of a journal.</summary>
internal sealed record ResultLine(int Piece, string Text);

[JsonSerializable(typeof(PlanLine))]
[JsonSerializable(typeof(ResultLine))]
internal sealed partial class Lines : JsonSerializerContext;

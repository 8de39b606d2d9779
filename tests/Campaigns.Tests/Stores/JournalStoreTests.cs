using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Stores;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Campaigns.Tests.Stores;

public sealed class JournalStoreTests : Scratch
{
    private static readonly CampaignPlan Plan = new() { Kind = "square", Program = "p", Settings = "s\n", Pieces = ["1", "2", "3"] };

    private string Journal => At($"{Plan.Id}.journal");

    [Fact]
    public async Task What_a_process_kept_the_next_one_finds()
    {
        await Keep((0, "one"), (2, "three\n\"quoted\""));

        using JournalStore store = new(Folder);
        var found = (await store.Load(Plan.Id)).ShouldNotBeNull();

        found.Plan.Id.ShouldBe(Plan.Id);
        found.Plan.Settings.ShouldBe("s\n");
        found.Results.ShouldBe(new Dictionary<int, string> { [0] = "one", [2] = "three\n\"quoted\"" }, ignoreOrder: true);
    }

    // A killed process may have written any part of its last line.
    [Fact]
    public async Task A_line_that_was_not_finished_is_left_out_and_what_is_kept_next_stands_in_its_place()
    {
        await Keep((0, "one"), (1, "two"));
        var whole = await File.ReadAllBytesAsync(Journal);
        var lastLine = whole.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;

        for (var length = lastLine; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(Journal, whole[..length]);
            await Keep((2, "three"));

            using JournalStore store = new(Folder);
            (await store.Load(Plan.Id))!.Results.Keys.ShouldBe([0, 2], $"{length} bytes");
        }
    }

    [Fact]
    public async Task A_plan_that_was_not_finished_is_none_and_is_written_anew()
    {
        await Keep();
        var whole = await File.ReadAllBytesAsync(Journal);
        await File.WriteAllBytesAsync(Journal, whole[..^1]);

        using (JournalStore store = new(Folder)) (await store.Load(Plan.Id)).ShouldBeNull();

        await Keep();
        (await File.ReadAllBytesAsync(Journal)).ShouldBe(whole);
    }

    [Fact]
    public async Task Of_a_campaign_that_ended_nothing_is_left()
    {
        using JournalStore store = new(Folder);
        await store.Begin(Plan);
        await store.Keep(Plan.Id, 0, "one");

        await store.End(Plan.Id);

        Directory.EnumerateFileSystemEntries(Folder).ShouldBeEmpty();
        (await store.Load(Plan.Id)).ShouldBeNull();
        (await store.Active()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_process_at_a_time_has_a_campaign()
    {
        using JournalStore first = new(Folder);
        await first.Begin(Plan);
        using JournalStore second = new(Folder);

        var problem = await Should.ThrowAsync<FileException>(async () => await second.Begin(Plan));

        problem.Message.ShouldBe($"'{Journal}' cannot be opened: another process works at the same campaign; expected one at a time");
        await first.Pause(Plan.Id);
        await second.Begin(Plan);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_is_told_with_the_name_of_the_file()
    {
        var file = Write("file", "");
        using JournalStore store = new(file);

        var problem = await Should.ThrowAsync<FileException>(async () => await store.Begin(Plan));

        problem.Message.ShouldStartWith($"'{Path.Combine(file, $"{Plan.Id}.journal")}' cannot be written: ");
    }

    private async Task Keep(params (int Piece, string Result)[] results)
    {
        using JournalStore store = new(Folder);
        await store.Begin(Plan);
        foreach (var (piece, result) in results) await store.Keep(Plan.Id, piece, result);
    }
}

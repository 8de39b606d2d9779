using Microsoft.Data.Sqlite;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Storage;
using static RbpfSpec.Serving.Tests.Storage.States;

namespace RbpfSpec.Serving.Tests.Storage;

public sealed partial class SqliteStoreTests : Scratch
{
    private string Path => At("device.db");

    [Fact]
    public void A_new_file_keeps_nothing_yet()
    {
        using var store = Opened();

        store.Load().ShouldBeNull();
    }

    [Fact]
    public void What_was_saved_is_loaded()
    {
        var saved = New with
        {
            Slots = New.Slots.With(1, Container(3, regions: 2)),
            Entries = New.Entries.With(0, [new(1,
            Policy.Single)])
        };
        using (var store = Opened())
        {
            store.Save(New, saved);
            store.Load().ShouldBe(saved);
        }

        using var again = Opened();
        again.Load().ShouldBe(saved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_is_loaded_as_it_was_saved(ulong seed)
    {
        var dice = new Dice(seed);
        var state = New;
        for (var round = 0; round < 20; round++)
        {
            using var store = Opened();
            (store.Load() ?? New).ShouldBe(state, $"seed {seed}, round {round}");
            for (var i = dice.Between(0, 10); i > 0; i--)
            {
                var next = Next(state, dice);
                store.Save(state, next);
                state = next;
            }
        }
    }

    [Fact]
    public void A_file_has_one_server()
    {
        using var store = Opened();

        RefusedAs("is used by another server; expected a file that none uses");
    }

    [Fact]
    public void A_file_that_was_left_by_a_server_has_a_next_one()
    {
        Opened().Dispose();

        Opened().Dispose();
    }

    [Fact]
    public void An_empty_file_is_a_new_one()
    {
        Write("device.db", "");

        using var store = Opened();
        store.Load().ShouldBeNull();
    }

    // A server that was killed before its first transaction leaves this.
    [Fact]
    public void A_database_without_tables_is_a_new_one()
    {
        Change("PRAGMA journal_mode = WAL");

        using var store = Opened();
        store.Load().ShouldBeNull();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("key,value\n")]
    [InlineData("SQLite format 3\0 and nothing after it")]
    public void A_file_that_is_no_database_stays_as_it_is(string text)
    {
        Write("device.db", text);

        RefusedAs("is no database of a device; expected one that 'rbpf host serve' wrote, or a name that no file has");
    }

    [Fact]
    public void A_large_file_that_is_no_database_stays_as_it_is()
    {
        Write("device.db", new Dice(1).Bytes(100_000));

        RefusedAs("is no database of a device; expected one that 'rbpf host serve' wrote, or a name that no file has");
    }

    [Fact]
    public void A_database_of_another_program_stays_as_it_is()
    {
        Change("CREATE TABLE pair (owner)");

        RefusedAs("is no database of a device; expected one that 'rbpf host serve' wrote, or a name that no file has");
    }

    [Fact]
    public void Another_version_is_refused()
    {
        Saved();
        Change($"PRAGMA user_version = {StoredSchema.Version + 1}");

        RefusedAs($"has the schema version {StoredSchema.Version + 1}; this rbpf reads {StoredSchema.Version}");
    }

    [Fact]
    public void A_file_of_the_version_without_lines_gets_them()
    {
        Saved();
        Change($"DROP TABLE line; PRAGMA user_version = {StoredSchema.WithoutLines}");
        using (var store = Opened())
        {
            var loaded = store.Load().ShouldNotBeNull();
            store.Save(loaded, loaded with { Slots = loaded.Slots.With(0, Lined(6)) });
        }

        using var again = Opened();
        again.Load()!.Slots[0]!.Application.SourceAt(2).ShouldBe("a.c:4");
    }

    [Fact]
    public void Lines_of_source_are_loaded_as_they_were_saved_and_change_by_themselves()
    {
        var plain = New with { Slots = New.Slots.With(0, Container(6)) };
        var lined = plain with { Slots = plain.Slots.With(0, Lined(6)) };
        using (var store = Opened())
        {
            store.Save(New, plain);
            store.Save(plain, lined);
        }

        using (var store = Opened())
        {
            var application = store.Load()!.Slots[0]!.Application;
            application.Lines.ShouldBe([new ProgramLine(0, "a.c:3: x"), new ProgramLine(2, "a.c:4"), new ProgramLine(3, "")]);
            store.Save(lined, plain);
        }

        using var again = Opened();
        again.Load()!.Slots[0]!.Application.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELETE FROM application WHERE slot = 0", "a line is of slot 0, which has no program")]
    [InlineData("UPDATE line SET at = 4 WHERE at = 2", "row 3 of its table 'line' is not as it was written")]
    public void Lines_that_make_no_sense_are_refused(string change, string problem)
    {
        using (var store = Opened()) store.Save(New, New with { Slots = New.Slots.With(0, Lined(6)) });
        Change(change);

        RefusedAs($"is damaged: {problem}");
    }

    [Fact]
    public void A_device_with_other_slots_is_refused()
    {
        Saved();

        RefusedAs("keeps a device with 4 slots; this one has 5", Settings with { Slots = 5 });
    }

    [Fact]
    public void A_device_with_other_hooks_is_refused()
    {
        Saved();

        RefusedAs(
            "keeps a device with the hooks packets, timer; this one has the hooks packets",
            Settings with { Hooks = [Settings.Hooks[0]] });
        RefusedAs("keeps a device with the hooks packets, timer; this one has no hooks", Settings with { Hooks = [] });
    }

    [Fact]
    public void A_read_only_file_is_refused()
    {
        Saved();
        File.SetAttributes(Path, FileAttributes.ReadOnly);

        RefusedAs("is read-only; expected a file that can be written");
        File.SetAttributes(Path, FileAttributes.Normal);
    }

    [Fact]
    public void An_empty_name_is_refused() => Refused("", Settings).ShouldBe("'' is no name of a file; expected one");

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_file_that_is_no_ordinary_one_is_refused(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        Refused(path, Settings).ShouldBe($"'{path}' is no ordinary file, or its disk fails; expected an ordinary file");
    }

    [Fact]
    public void A_folder_is_refused() => Refused(Folder, Settings).ShouldBe($"'{Folder}' is a folder; expected a file");

    [Fact]
    public void A_folder_that_does_not_exist_is_refused() => Refused(At("none/device.db"), Settings)
        .ShouldBe($"'{At("none/device.db")}' is in a folder that does not exist; expected one that does");

    [Theory]
    [InlineData("DELETE FROM application WHERE slot = 1", "is damaged: a region is of slot 1, which has no program")]
    [InlineData("DELETE FROM region WHERE place = 0", "is damaged: of the 2 regions of slot 1 there are 1")]
    [InlineData("DELETE FROM container", "is damaged: slot 1 has a program or a container, and not both")]
    [InlineData("DELETE FROM hook WHERE place = 0", "is damaged: hook 0 is missing")]
    [InlineData("DELETE FROM device", "is damaged: its table 'device' has not one row")]
    [InlineData("UPDATE pair SET value = 8", "is damaged: row 1 of its table 'pair' is not as it was written")]
    [InlineData("UPDATE application SET program = x'9500000000000001'",
        "is damaged: row 1 of its table 'application' is not as it was written")]
    [InlineData("UPDATE entry SET policy = 'Single'", "is damaged: row 1 of its table 'entry' is not as it was written")]
    public void A_row_that_was_changed_is_told(string statement, string problem)
    {
        Saved();
        Change(statement);

        RefusedAs(problem);
    }

    [Fact]
    public void A_damaged_byte_is_told_or_says_nothing()
    {
        var saved = Saved();
        var whole = File.ReadAllBytes(Path);
        int[] said = [.. Enumerable.Range(0, whole.Length).Where(at => whole[at] != 0)];
        var dice = new Dice(7);
        var told = 0;
        for (var i = 0; i < 120; i++)
        {
            var (at, bit) = (dice.Pick(said), dice.Between(0, 7));
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(Path, damaged);
            switch (SqliteStore.Open(Path, Settings))
            {
                case StoreOpening.Opened(var store):
                    store.Load().ShouldBe(saved, $"bit {bit} of byte {at}");
                    store.Dispose();
                    break;
                case StoreOpening.Refused(var problem):
                    problem.ShouldStartWith($"'{Path}' ");
                    problem.ShouldNotContain('\n');
                    File.ReadAllBytes(Path).ShouldBe(damaged, $"bit {bit} of byte {at}");
                    told++;
                    break;
            }
        }

        told.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_told_or_keeps_all()
    {
        var saved = Saved();
        var whole = File.ReadAllBytes(Path);
        for (var length = 1; length < whole.Length; length += 1021)
        {
            File.WriteAllBytes(Path, whole[..length]);
            if (SqliteStore.Open(Path, Settings) is not StoreOpening.Opened(var store)) continue;
            store.Load().ShouldBe(saved, $"{length} bytes");
            store.Dispose();
        }
    }

    private Persisted Saved()
    {
        var container = Container(3, regions: 2);
        var key = Word.Wrap(5, Width.Bits32);
        var saved = New with
        {
            Slots = New.Slots.With(1, container with { Local = container.Local.Put(key, key) }),
            Entries = New.Entries.With(0, [new(1, Policy.AbortOnNegative)]),
        };
        using var store = Opened();
        store.Save(New, saved);
        return saved;
    }

    private SqliteStore Opened() => SqliteStore.Open(Path, Settings).ShouldBeOfType<StoreOpening.Opened>().Store;

    private void RefusedAs(string problem, DeviceSettings? settings = null)
    {
        var before = File.ReadAllBytes(Path);

        Refused(Path, settings ?? Settings).ShouldBe($"'{Path}' {problem}");
        File.ReadAllBytes(Path).ShouldBe(before);
    }

    private static string Refused(string path, DeviceSettings settings) =>
        SqliteStore.Open(path, settings).ShouldBeOfType<StoreOpening.Refused>().Problem;

    private void Change(string statement)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is ours.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

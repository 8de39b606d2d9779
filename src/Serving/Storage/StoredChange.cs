using System.Globalization;
using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving.Storage;

/// <summary>A row to be put in its place, or deleted.</summary>
/// <param name="Table">The table.</param>
/// <param name="Row">The values, of which the key alone says what is deleted.</param>
/// <param name="IsDeleted">Whether it goes.</param>
internal readonly record struct StoredChange(StoredTable Table, object[] Row, bool IsDeleted)
{
    /// <summary>The rows of a new device.</summary>
    public static IEnumerable<StoredChange> Of(DeviceSettings settings)
    {
        yield return Put(StoredSchema.Device, 0L, (long)settings.Slots, (long)Store<Word>.DefaultCapacity);
        for (var i = 0; i < settings.Hooks.Count; i++) yield return Put(StoredSchema.Hook, (long)i, settings.Hooks[i].Name);
    }

    /// <summary>The rows in which what survives differs.</summary>
    public static IEnumerable<StoredChange> Between(Persisted before, Persisted after)
    {
        for (var slot = 0; slot < after.Slots.Count; slot++)
        {
            var (was, now) = (before.Slots[slot], after.Slots[slot]);
            if (ReferenceEquals(was, now)) continue;
            foreach (var change in OfApplication(slot, was?.Application, now?.Application)) yield return change;
            foreach (var change in OfLines(slot, was?.Application.Lines ?? [], now?.Application.Lines ?? [])) yield return change;
            if (was?.IsStarted != now?.IsStarted)
            {
                yield return now is null
                    ? Delete(StoredSchema.Container, slot)
                    : Put(StoredSchema.Container, (long)slot, now.IsStarted ? 1L : 0L);
            }

            foreach (var change in OfStore(slot, was?.Local, now?.Local)) yield return change;
        }

        foreach (var change in OfStore(StoredSchema.Global, before.Global, after.Global)) yield return change;
        for (var hook = 0; hook < after.Entries.Count; hook++)
        {
            foreach (var change in OfHook(hook, before.Entries[hook], after.Entries[hook])) yield return change;
        }

        // Numbers only grow: no row goes.
        for (var slot = 0; slot < after.Numbers.Count; slot++)
        {
            if (before.Numbers[slot] != after.Numbers[slot]) yield return Put(StoredSchema.Number, (long)slot, (long)after.Numbers[slot]);
        }
    }

    private static IEnumerable<StoredChange> OfApplication(long slot, Application? was, Application? now)
    {
        if (ReferenceEquals(was, now) || (was is not null && was.Equals(now))) yield break;
        for (var i = now?.Regions.Count ?? 0; i < (was?.Regions.Count ?? 0); i++) yield return Delete(StoredSchema.Region, slot, (long)i);
        if (now is null)
        {
            yield return Delete(StoredSchema.Application, slot);
            yield break;
        }

        var manifest = now.Manifest;
        yield return Put(
            StoredSchema.Application,
            slot,
            now.Program.AsSpan().ToArray(),
            (long)now.Entry,
            manifest.Profile.Name,
            manifest.Budget.ToString(),
            string.Join(',', manifest.Grants.Select(id => id.ToString("x2", CultureInfo.InvariantCulture))),
            (long)now.Regions.Count);
        for (var i = 0; i < now.Regions.Count; i++)
        {
            var region = now.Regions[i];
            var permission = (region.Readable.Value ? Permission.Read : Permission.None) | (region.Writable.Value
                ? Permission.Write : Permission.None);
            yield return Put(
                StoredSchema.Region, slot, (long)i, region.Name, (long)region.Start.Value, (long)permission,
                    ((ByteTree)region.Bytes).ToArray());
        }
    }

    private static IEnumerable<StoredChange> OfLines(long slot, Sequence<ProgramLine> was, Sequence<ProgramLine> now)
    {
        if (was == now) yield break;
        foreach (var line in was)
        {
            if (now.All(other => other.Slot != line.Slot)) yield return Delete(StoredSchema.Line, slot, (long)line.Slot);
        }

        foreach (var line in now)
        {
            if (!was.Contains(line)) yield return Put(StoredSchema.Line, slot, (long)line.Slot, line.Text);
        }
    }

    private static IEnumerable<StoredChange> OfStore(long owner, Store<Word>? was, Store<Word>? now)
    {
        if (ReferenceEquals(was, now)) yield break;
        for (var place = 0; place < Store<Word>.DefaultCapacity; place++)
        {
            var (old, wanted) = (PairAt(was, place), PairAt(now, place));
            if (old == wanted) continue;
            yield return wanted is var (key, value)
                ? Put(StoredSchema.Pair, owner, (long)place, (long)key, (long)value)
                : Delete(StoredSchema.Pair, owner, (long)place);
        }
    }

    private static (ulong Key, ulong Value)? PairAt(Store<Word>? store, int place) =>
        store is not null && store.Entries[place] is { Used.Value: true } entry ? (entry.Key.Value, entry.Value.Value) : null;

    private static IEnumerable<StoredChange> OfHook(long hook, Sequence<HookEntry> was, Sequence<HookEntry> now)
    {
        for (var place = 0; place < Math.Max(was.Count, now.Count); place++)
        {
            if (place >= now.Count) yield return Delete(StoredSchema.Entry, hook, (long)place);
            else if (place >= was.Count || was[place] != now[place])
                yield return Put(StoredSchema.Entry, hook, (long)place, (long)now[place].Slot, now[place].Policy.ToString());
        }
    }

    private static StoredChange Put(StoredTable table, params object[] row) => new(table, row, IsDeleted: false);

    private static StoredChange Delete(StoredTable table, params object[] key) => new(table, key, IsDeleted: true);
}

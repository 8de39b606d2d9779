using System.Globalization;
using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving.Storage;

/// <summary>Makes what survives out of rows, and checks that each makes sense together with the others.</summary>
internal sealed class StoredDevice
{
    private readonly StoredRows rows;
    private readonly DeviceSettings settings;

    private StoredDevice(StoredRows rows, DeviceSettings settings) => (this.rows, this.settings) = (rows, settings);

    /// <summary>The state in the rows.</summary>
    /// <exception cref="StoredProblemException">It is not that of a device with these settings.</exception>
    public static Persisted Of(StoredRows rows, DeviceSettings settings) => new StoredDevice(rows, settings).State();

    private Persisted State()
    {
        CheckDevice();
        var applications = Applications();
        var started = Started(applications);
        var stores = Stores(applications);
        return new(
            Sequence.Generate(settings.Slots, slot => applications[slot] is { } application
                ? new PersistedContainer(application, started[slot], stores[slot])
                : null),
            stores[StoredSchema.Global],
            Entries(applications),
            Numbers());
    }

    private void CheckDevice()
    {
        if (rows[StoredSchema.Device] is not [[0L, long slots, long capacity]]) throw Wrong("its table 'device' has not one row");
        if (slots != settings.Slots)
            throw new StoredProblemException($"keeps a device with {slots} slots; this one has {settings.Slots}");
        if (capacity != Store<Word>.DefaultCapacity)
            throw new StoredProblemException($"keeps stores of {capacity} pairs; here they have {Store<Word>.DefaultCapacity}");
        List<string> names = [];
        foreach (var row in rows[StoredSchema.Hook])
        {
            if ((long)row[0] != names.Count) throw Wrong($"hook {names.Count} is missing");
            names.Add((string)row[1]);
        }

        if (!names.SequenceEqual(settings.Hooks.Select(hook => hook.Name)))
        {
            throw new StoredProblemException(
                $"keeps a device with {Listed(names)}; this one has {Listed([.. settings.Hooks.Select(hook => hook.Name)])}");
        }
    }

    private static string Listed(List<string> names) => names.Count == 0 ? "no hooks" : $"the hooks {string.Join(", ", names)}";

    private Application?[] Applications()
    {
        var regions = rows[StoredSchema.Region].ToLookup(row => (long)row[0]);
        var lines = rows[StoredSchema.Line].ToLookup(row => (long)row[0]);
        var applications = new Application?[settings.Slots];
        foreach (var row in rows[StoredSchema.Application])
        {
            var slot = Slot((long)row[0]);
            var own = regions[slot].ToList();
            if (own.Count != (long)row[6]) throw Wrong($"of the {row[6]} regions of slot {slot} there are {own.Count}");
            var profile = settings.Profiles.FirstOrDefault(known => known.Name == (string)row[3])
                ?? throw Wrong($"there is no profile '{row[3]}'");
            if (Named<BudgetClass>((string)row[4]) is not { } budget) throw Wrong($"there is no class '{row[4]}'");
            var manifest = new Manifest(profile, budget, Grants((string)row[5]));
            var entry = (long)row[2] is >= 0 and <= int.MaxValue and var at ? (int)at : throw Wrong($"a program begins at slot {row[2]}");
            applications[slot] = Application.Admit(
                manifest, Sequence.Of<byte>((byte[])row[1]), out var problem, entry, Sequence.Generate(own.Count, place =>
                    Region(own[place], place)))
                ?.With(lines[slot].Select(line => Line(line, ((byte[])row[1]).Length / 8)).ToSequence())
                ?? throw Wrong($"the program in slot {slot} may not run: {problem}");
        }

        foreach (var (table, what) in ((StoredTable, string)[])[(StoredSchema.Region, "region"), (StoredSchema.Line, "line")])
        {
            if (rows[table].FirstOrDefault(row => IsStray((long)row[0])) is { } stray)
                throw Wrong($"a {what} is of slot {stray[0]}, which has no program");
        }

        return applications;

        bool IsStray(long slot) => applications.ElementAtOrDefault((int)Math.Clamp(slot, -1, int.MaxValue)) is null;
    }

    private static ProgramLine Line(object[] row, int slots) => (long)row[1] is >= 0 and var at && at < slots
        ? new((int)at, (string)row[2])
        : throw Wrong($"a line of slot {row[0]} is at slot {row[1]} of a program of {slots}");

    private static Region<Word> Region(object[] row, int place)
    {
        if ((long)row[1] != place) throw Wrong($"region {place} of slot {row[0]} is missing");
        if ((long)row[4] is < 0 or > (long)Permission.ReadWrite) throw Wrong($"a region has the permission {row[4]}");
        return RbpfSpec.Words.Region.Of((string)row[2], (ulong)(long)row[3], (byte[])row[5], (Permission)(long)row[4]);
    }

    private static Sequence<uint> Grants(string text) => text == "" ? [] : text.Split(',').Select(id =>
        uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"'{id}' is no helper")).ToSequence();

    private bool[] Started(Application?[] applications)
    {
        var started = new bool?[settings.Slots];
        foreach (var row in rows[StoredSchema.Container])
        {
            var slot = Slot((long)row[0]);
            started[slot] = (long)row[1] is 0 or 1 ? (long)row[1] == 1 : throw Wrong($"slot {slot} is started {row[1]}");
        }

        for (var slot = 0; slot < settings.Slots; slot++)
        {
            if (started[slot] is null != applications[slot] is null) throw Wrong($"slot {slot} has a program or a container, and not both");
        }

        return Array.ConvertAll(started, one => one ?? false);
    }

    private Dictionary<long, Store<Word>> Stores(Application?[] applications)
    {
        Dictionary<long, Store<Word>> stores = new() { [StoredSchema.Global] = Store<Word>.Empty(Store<Word>.DefaultCapacity) };
        for (var slot = 0; slot < settings.Slots; slot++) stores.Add(slot, Store<Word>.Empty(Store<Word>.DefaultCapacity));
        foreach (var row in rows[StoredSchema.Pair])
        {
            var (owner, place, key, value) = ((long)row[0], (long)row[1], (long)row[2], (long)row[3]);
            if (owner != StoredSchema.Global && applications[Slot(owner)] is null)
                throw Wrong($"a pair is of slot {owner}, which has no program");
            var store = stores[owner];
            if (place < 0 || place >= store.Entries.Count)
                throw Wrong($"a pair is at the place {place} of a store of {store.Entries.Count}");
            if (key is < 0 or > uint.MaxValue || value is < 0 or > uint.MaxValue)
                throw Wrong($"a pair is {key}, {value}, which are not 32 bits");
            var entry = new StoreEntry<Word>(Truth<Word>.Of(true), Word.Wrap((ulong)key, Width.Bits32), Word.Wrap((ulong)value,
                Width.Bits32));
            if (store.Entries.Any(other => other.Used.Value && other.Key.Value == (ulong)key))
                throw Wrong($"a store has the key {key} twice");
            stores[owner] = new(store.Entries.With((int)place, entry));
        }

        return stores;
    }

    private Sequence<Sequence<HookEntry>> Entries(Application?[] applications)
    {
        var entries = Sequence.Generate(settings.Hooks.Count, _ => default(Sequence<HookEntry>));
        foreach (var row in rows[StoredSchema.Entry])
        {
            if ((long)row[0] is not (>= 0 and var number) || number >= entries.Count) throw Wrong($"a container is at hook {row[0]}");
            var hook = (int)number;
            if ((long)row[1] != entries[hook].Count) throw Wrong($"place {entries[hook].Count} of hook {hook} is missing");
            var slot = Slot((long)row[2]);
            if (applications[slot] is null) throw Wrong($"hook {hook} runs slot {slot}, which has no program");
            if (entries[hook].Any(entry => entry.Slot == slot)) throw Wrong($"hook {hook} has slot {slot} twice");
            if (Named<Policy>((string)row[3]) is not { } policy) throw Wrong($"there is no policy '{row[3]}'");
            entries = entries.With(hook, entries[hook].Add(new(slot, policy)));
        }

        return entries;
    }

    private Sequence<ulong> Numbers()
    {
        var numbers = new ulong[settings.Slots];
        foreach (var row in rows[StoredSchema.Number]) numbers[Slot((long)row[0])] = (ulong)(long)row[1];
        return Sequence.Of<ulong>(numbers);
    }

    private static T? Named<T>(string name)
        where T : struct, Enum => Array.IndexOf(Enum.GetNames<T>(), name) is >= 0 and var at ? Enum.GetValues<T>()[at] : null;

    private int Slot(long number) => number >= 0 && number < settings.Slots
        ? (int)number
        : throw Wrong($"something is of slot {number}; there are 0 to {settings.Slots - 1}");

    private static StoredProblemException Wrong(string what) => new($"is damaged: {what}");
}

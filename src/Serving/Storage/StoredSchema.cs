namespace RbpfSpec.Serving.Storage;

/// <summary>The tables of the database of a device.</summary>
internal static class StoredSchema
{
    /// <summary>The version; a change of a table raises it.</summary>
    public const long Version = 2;

    /// <summary>The version before <see cref="Line"/>, whose files get that table when they are opened.</summary>
    public const long WithoutLines = 1;

    /// <summary>The number by which a database of ours is known: <c>rBPF</c> in ASCII.</summary>
    public const long ApplicationId = 0x72_42_50_46;

    /// <summary>The owner of the pairs of the global store; those of a local one belong to its slot.</summary>
    public const long Global = -1;

    /// <summary>Of the device, one row: how many slots it has, and how many pairs a store holds.</summary>
    public static StoredTable Device { get; } =
        Table("device", 1, ("id", StoredType.Integer), ("slots", StoredType.Integer), ("capacity", StoredType.Integer));

    /// <summary>The names of its hooks.</summary>
    public static StoredTable Hook { get; } = Table("hook", 1, ("place", StoredType.Integer), ("name", StoredType.Text));

    /// <summary>The applications.</summary>
    public static StoredTable Application { get; } = Table(
        "application", 1, ("slot", StoredType.Integer), ("program", StoredType.Blob), ("entry", StoredType.Integer),
        ("profile", StoredType.Text), ("class", StoredType.Text), ("grants", StoredType.Text), ("regions", StoredType.Integer));

    /// <summary>The regions that applications bring along.</summary>
    public static StoredTable Region { get; } = Table(
        "region", 2, ("slot", StoredType.Integer), ("place", StoredType.Integer), ("name", StoredType.Text),
        ("start", StoredType.Integer), ("permission", StoredType.Integer), ("bytes", StoredType.Blob));

    /// <summary>The lines of source that applications come from, from a slot of the program on.</summary>
    public static StoredTable Line { get; } = Table(
        "line", 2, ("slot", StoredType.Integer), ("at", StoredType.Integer), ("text", StoredType.Text));

    /// <summary>Whether the containers are started.</summary>
    public static StoredTable Container { get; } =
        Table("container", 1, ("slot", StoredType.Integer), ("started", StoredType.Integer));

    /// <summary>The pairs of the key/value stores.</summary>
    public static StoredTable Pair { get; } = Table(
        "pair", 2, ("owner", StoredType.Integer), ("place", StoredType.Integer), ("key", StoredType.Integer), ("value",
            StoredType.Integer));

    /// <summary>The containers of the hooks.</summary>
    public static StoredTable Entry { get; } = Table(
        "entry", 2, ("hook", StoredType.Integer), ("place", StoredType.Integer), ("slot", StoredType.Integer), ("policy", StoredType.Text));

    /// <summary>The sequence numbers of the last signed updates of slots; a row for each that is not 0.</summary>
    public static StoredTable Number { get; } = Table("number", 1, ("slot", StoredType.Integer), ("number", StoredType.Integer));

    /// <summary>All of them.</summary>
    public static Sequence<StoredTable> Tables { get; } = [Device, Hook, Application, Region, Line, Container, Pair, Entry, Number];

    /// <summary>Whether a version of the schema has a table.</summary>
    public static bool Has(long version, StoredTable table) => version > WithoutLines || table != Line;

    private static StoredTable Table(string name, int keys, params Sequence<(string, StoredType)> columns) => new(name, keys, columns);
}

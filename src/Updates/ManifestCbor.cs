using System.Formats.Cbor;
using System.Text;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates;

/// <summary>The answer to whether bytes are a manifest.</summary>
public abstract record ManifestReading
{
    private ManifestReading()
    {
    }

    /// <summary>They are one.</summary>
    public sealed record Read(UpdateManifest Manifest) : ManifestReading;

    /// <summary>They are not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Problem">What is wrong and where, for people.</param>
    public sealed record Refused(UpdateRefusal Reason, string Problem) : ManifestReading;
}

/// <summary>Manifests as CBOR: a map of nine entries with numbers as keys, in canonical form.</summary>
public static class ManifestCbor
{
    /// <summary>The version of this form.</summary>
    public const int Version = 1;

    /// <summary>The number of SHA-256 among the algorithms of COSE; RFC 9054 §2.1.</summary>
    public const int Sha256 = -16;

    /// <summary>The most helpers granted.</summary>
    public const int MostGrants = 64;

    /// <summary>The most hooks.</summary>
    public const int MostHooks = 8;

    /// <summary>The most bytes of a name.</summary>
    public const int LongestName = 32;

    private const int DigestSize = 32;

    private static readonly string[] Names =
    [
        "", "the version", "the sequence number", "the slot", "the digest", "the size", "the profile", "the class", "the helpers",
        "the hooks",
    ];

    /// <summary>The problem that keeps a manifest from being written, and what would be right; null if there is none.</summary>
    public static string? Problem(UpdateManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Number == 0) return "the sequence number is 0; the least is 1";
        if (manifest.Slot is < 0 or > ushort.MaxValue) return $"the slot is {manifest.Slot}; expected 0 to {ushort.MaxValue}";
        if (manifest.Digest.Count != DigestSize) return $"the digest has {manifest.Digest.Count} bytes; expected {DigestSize}";
        if (manifest.Size < 0) return $"the size is {manifest.Size}; the least is 0";
        if (NameProblem(manifest.Profile) is { } problem) return $"the profile {problem}";
        if (manifest.Grants.Count > MostGrants) return $"{manifest.Grants.Count} helpers; the most are {MostGrants}";
        for (var i = 1; i < manifest.Grants.Count; i++)
        {
            if (manifest.Grants[i] <= manifest.Grants[i - 1])
                return $"the helper 0x{manifest.Grants[i]:x2} behind 0x{manifest.Grants[i - 1]:x2}; expected ascending ids, each once";
        }

        if (manifest.Hooks.Count > MostHooks) return $"{manifest.Hooks.Count} hooks; the most are {MostHooks}";
        foreach (var hook in manifest.Hooks)
        {
            if (NameProblem(hook.Name) is { } wrong) return $"a hook {wrong}";
            if (!Enum.IsDefined(hook.Policy)) return $"the hook '{hook.Name}' has the policy {(int)hook.Policy}; expected 0 to 3";
            if (manifest.Hooks.Count(other => other.Name == hook.Name) > 1) return $"the hook '{hook.Name}' comes twice";
        }

        return null;
    }

    /// <summary>The bytes of a manifest.</summary>
    /// <exception cref="ArgumentException">There is a <see cref="Problem"/>.</exception>
    public static byte[] Write(UpdateManifest manifest)
    {
        if (Problem(manifest) is { } problem) throw new ArgumentException(problem, nameof(manifest));
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(Names.Length - 1);
        writer.WriteInt32(1);
        writer.WriteInt32(Version);
        writer.WriteInt32(2);
        writer.WriteUInt64(manifest.Number);
        writer.WriteInt32(3);
        writer.WriteInt32(manifest.Slot);
        writer.WriteInt32(4);
        writer.WriteStartArray(2);
        writer.WriteInt32(Sha256);
        writer.WriteByteString(manifest.Digest.AsSpan());
        writer.WriteEndArray();
        writer.WriteInt32(5);
        writer.WriteInt32(manifest.Size);
        writer.WriteInt32(6);
        writer.WriteTextString(manifest.Profile);
        writer.WriteInt32(7);
        writer.WriteInt32((int)manifest.Budget);
        writer.WriteInt32(8);
        writer.WriteStartArray(manifest.Grants.Count);
        foreach (var id in manifest.Grants) writer.WriteUInt32(id);
        writer.WriteEndArray();
        writer.WriteInt32(9);
        writer.WriteStartArray(manifest.Hooks.Count);
        foreach (var hook in manifest.Hooks)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(hook.Name);
            writer.WriteInt32((int)hook.Policy);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndMap();
        return writer.Encode();
    }

    /// <summary>The manifest that bytes are, or why they are none. Total.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="origin">Where they begin in the whole that is read, in bytes; places are said from there.</param>
    public static ManifestReading Read(ReadOnlyMemory<byte> bytes, int origin = 0)
    {
        if (CanonicalCbor.Problem(bytes.Span, origin) is { } form) return new ManifestReading.Refused(form.Reason, form.Problem);
        var fields = new CborFields(bytes, origin);
        fields.Map("the manifest", Names.Length - 1);
        Key(fields, 1);
        var at = fields.At;
        var version = fields.Unsigned(Names[1]);
        if (version != Version) fields.Refuse(UpdateRefusal.Malformed, $"byte {at}: the version {version}; expected {Version}");
        Key(fields, 2);
        var number = fields.Unsigned(Names[2]);
        Key(fields, 3);
        var slot = (int)fields.Unsigned(Names[3], ushort.MaxValue);
        Key(fields, 4);
        fields.Array(Names[4], 2, 2);
        fields.Algorithm("the algorithm of the digest", Sha256, "SHA-256");
        var digest = fields.Bytes(Names[4], DigestSize, DigestSize);
        fields.EndArray();
        Key(fields, 5);
        var size = (int)fields.Unsigned(Names[5], int.MaxValue);
        Key(fields, 6);
        var profile = fields.Text(Names[6]);
        Key(fields, 7);
        var budget = (BudgetClass)fields.Unsigned(Names[7], (ulong)BudgetClass.Logic);
        Key(fields, 8);
        var grants = Several(fields, Names[8], MostGrants, () => (uint)fields.Unsigned("a helper", uint.MaxValue));
        Key(fields, 9);
        var hooks = Several(fields, Names[9], MostHooks, () => HookOf(fields));
        fields.EndMap();
        if (fields.Problem is { } problem) return new ManifestReading.Refused(problem.Reason, problem.Problem);
        var manifest = new UpdateManifest(number, slot, Sequence.Of(digest.Span), size, profile, budget, grants, hooks);
        return Problem(manifest) is { } wrong
            ? new ManifestReading.Refused(UpdateRefusal.Malformed, wrong)
            : new ManifestReading.Read(manifest);
    }

    private static void Key(CborFields fields, int key) => fields.Key(key, Names[key]);

    private static UpdateHook HookOf(CborFields fields)
    {
        fields.Array("a hook", 2, 2);
        var name = fields.Text("the name of a hook");
        var policy = (Policy)fields.Unsigned("the policy of a hook", (ulong)Policy.Single);
        fields.EndArray();
        return new(name, policy);
    }

    private static Sequence<T> Several<T>(CborFields fields, string what, int most, Func<T> read)
    {
        var count = fields.Array(what, 0, most);
        List<T> items = [];
        for (var i = 0; i < count && fields.Problem is null; i++) items.Add(read());
        fields.EndArray();
        return items.ToSequence();
    }

    private static string? NameProblem(string name) => Encoding.UTF8.GetByteCount(name) switch
    {
        0 => "has no name",
        > LongestName and var count => $"has a name of {count} bytes; the most are {LongestName}",
        _ => null,
    };
}

using System.Formats.Cbor;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates;

/// <summary>Reads items whose order is known; the first one that is not as expected is told, and what follows is not looked at.</summary>
/// <param name="bytes">Bytes without a <see cref="CanonicalCbor.Problem"/>.</param>
/// <param name="origin">Where they begin in the whole that is read, in bytes.</param>
internal sealed class CborFields(ReadOnlyMemory<byte> bytes, int origin)
{
    private readonly CborReader reader = new(bytes, CborConformanceMode.Ctap2Canonical);

    /// <summary>The first item that is wrong; null so far.</summary>
    public Verification.Refused? Problem { get; private set; }

    /// <summary>Where the next item begins, in bytes of the whole.</summary>
    public int At => origin + bytes.Length - reader.BytesRemaining;

    /// <summary>Tells that an item is wrong, if none was before.</summary>
    public void Refuse(UpdateRefusal reason, string problem) => Problem ??= new(reason, problem);

    /// <summary>The start of a map.</summary>
    public void Map(string what, int count)
    {
        if (!Is(what, "a map", CborReaderState.StartMap)) return;
        var at = At;
        var found = reader.ReadStartMap();
        if (found != count) Refuse(UpdateRefusal.Malformed, $"byte {at}: {what} has {found} entries; expected {count}");
    }

    /// <summary>The start of an array, and how many items it has.</summary>
    public int Array(string what, int least, int most)
    {
        if (!Is(what, "an array", CborReaderState.StartArray)) return 0;
        var at = At;
        var found = reader.ReadStartArray() ?? 0;
        if (found >= least && found <= most) return found;
        Refuse(UpdateRefusal.Malformed, $"byte {at}: {what} has {found} items; expected {Range(least, most)}");
        return 0;
    }

    /// <summary>A key of a map.</summary>
    public void Key(int key, string what)
    {
        var at = At;
        var found = Unsigned($"the key of {what}");
        if (Problem is null && found != (ulong)key)
            Refuse(UpdateRefusal.Malformed, $"byte {at}: the key {found}; expected {key}, {what}");
    }

    /// <summary>A number from 0.</summary>
    public ulong Unsigned(string what, ulong most = ulong.MaxValue)
    {
        if (!Is(what, "a number from 0", CborReaderState.UnsignedInteger)) return 0;
        var at = At;
        var found = reader.ReadUInt64();
        if (found <= most) return found;
        Refuse(UpdateRefusal.Malformed, $"byte {at}: {what} is {found}; the most is {most}");
        return 0;
    }

    /// <summary>The id of an algorithm, of which one is known.</summary>
    public void Algorithm(string what, int known, string name)
    {
        if (!Is(what, "a number", CborReaderState.UnsignedInteger, CborReaderState.NegativeInteger)) return;
        var at = At;
        var isNegative = reader.PeekState() is CborReaderState.NegativeInteger;
        var found = isNegative ? -1 - (Int128)reader.ReadCborNegativeIntegerRepresentation() : reader.ReadUInt64();
        if (found != known) Refuse(UpdateRefusal.UnknownAlgorithm, $"byte {at}: {what} is {found}; expected {known}, {name}");
    }

    /// <summary>A byte string.</summary>
    public ReadOnlyMemory<byte> Bytes(string what, int least, int most)
    {
        if (!Is(what, "bytes", CborReaderState.ByteString)) return default;
        var at = At;
        var found = reader.ReadDefiniteLengthByteString();
        if (found.Length >= least && found.Length <= most) return found;
        Refuse(UpdateRefusal.Malformed, $"byte {at}: {what} has {found.Length} bytes; expected {Range(least, most)}");
        return default;
    }

    /// <summary>A text.</summary>
    public string Text(string what)
    {
        if (!Is(what, "a text", CborReaderState.TextString)) return "";
        return reader.ReadTextString();
    }

    /// <summary>The end of a map.</summary>
    public void EndMap()
    {
        if (Problem is null) reader.ReadEndMap();
    }

    /// <summary>The end of an array.</summary>
    public void EndArray()
    {
        if (Problem is null) reader.ReadEndArray();
    }

    private static string Range(int least, int most) => least == most ? $"{least}" : $"{least} to {most}";

    private bool Is(string what, string expected, params ReadOnlySpan<CborReaderState> states)
    {
        if (Problem is not null) return false;
        var found = reader.PeekState();
        if (states.Contains(found)) return true;
        Refuse(UpdateRefusal.Malformed, $"byte {At}: {what} is {Words(found)}; expected {expected}");
        return false;
    }

    private static string Words(CborReaderState state) => state switch
    {
        CborReaderState.UnsignedInteger => "a number from 0",
        CborReaderState.NegativeInteger => "a number below 0",
        CborReaderState.ByteString => "bytes",
        CborReaderState.TextString => "a text",
        CborReaderState.StartArray => "an array",
        CborReaderState.StartMap => "a map",
        CborReaderState.EndArray or CborReaderState.EndMap => "missing",
        _ => "something else",
    };
}

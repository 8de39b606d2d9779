using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Updates;

/// <summary>The reasons for which an update is refused, in the order in which they are looked for.</summary>
public enum UpdateRefusal
{
    /// <summary>The device takes no updates.</summary>
    NoUpdates,

    /// <summary>There is no signature.</summary>
    NotSigned,

    /// <summary>It ends before it is complete.</summary>
    CutShort,

    /// <summary>It is CBOR in another form than the canonical one, or no CBOR.</summary>
    NotCanonical,

    /// <summary>Something is missing, or is not what it should be.</summary>
    Malformed,

    /// <summary>An algorithm is not the one that is known here.</summary>
    UnknownAlgorithm,

    /// <summary>The key is none that is trusted.</summary>
    UnknownKey,

    /// <summary>The signature is not one of the key over the manifest.</summary>
    WrongSignature,

    /// <summary>The sequence number is less than the last accepted one.</summary>
    Rollback,

    /// <summary>The sequence number is the last accepted one.</summary>
    Replay,

    /// <summary>It is signed for another slot.</summary>
    WrongSlot,

    /// <summary>The program is not the one that is signed.</summary>
    WrongDigest,

    /// <summary>The program has another size than is signed.</summary>
    WrongSize,

    /// <summary>The program is larger than the store takes.</summary>
    TooLarge,

    /// <summary>The device has no profile of this name.</summary>
    UnknownProfile,

    /// <summary>The device has no hook of this name.</summary>
    UnknownHook,

    /// <summary>The program calls helpers that are not granted.</summary>
    MissingGrants,

    /// <summary>The preflight rejects the program.</summary>
    Rejected,
}

/// <summary>The words and codes of refusals.</summary>
public static class UpdateRefusals
{
    /// <summary>The reason in a few words, with which each diagnostic text begins.</summary>
    public static string Text(this UpdateRefusal refusal) => refusal switch
    {
        UpdateRefusal.NoUpdates => "no updates",
        UpdateRefusal.NotSigned => "not signed",
        UpdateRefusal.CutShort => "cut short",
        UpdateRefusal.NotCanonical => "not canonical",
        UpdateRefusal.Malformed => "malformed",
        UpdateRefusal.UnknownAlgorithm => "unknown algorithm",
        UpdateRefusal.UnknownKey => "unknown key",
        UpdateRefusal.WrongSignature => "wrong signature",
        UpdateRefusal.Rollback => "rollback",
        UpdateRefusal.Replay => "replay",
        UpdateRefusal.WrongSlot => "wrong slot",
        UpdateRefusal.WrongDigest => "wrong digest",
        UpdateRefusal.WrongSize => "wrong size",
        UpdateRefusal.TooLarge => "too large",
        UpdateRefusal.UnknownProfile => "unknown profile",
        UpdateRefusal.UnknownHook => "unknown hook",
        UpdateRefusal.MissingGrants => "missing grants",
        UpdateRefusal.Rejected => "rejected",
    };

    /// <summary>The code of the answer.</summary>
    public static CoapCode Code(this UpdateRefusal refusal) => refusal switch
    {
        UpdateRefusal.NotSigned => CoapCode.Unauthorized,
        UpdateRefusal.NoUpdates or UpdateRefusal.UnknownKey or UpdateRefusal.WrongSignature or UpdateRefusal.WrongSlot =>
            CoapCode.Forbidden,
        UpdateRefusal.CutShort or UpdateRefusal.NotCanonical or UpdateRefusal.Malformed or UpdateRefusal.UnknownAlgorithm =>
            CoapCode.BadRequest,
        UpdateRefusal.Rollback or UpdateRefusal.Replay => CoapCode.Conflict,
        UpdateRefusal.TooLarge => CoapCode.RequestEntityTooLarge,
        UpdateRefusal.WrongDigest or UpdateRefusal.WrongSize or UpdateRefusal.UnknownProfile or UpdateRefusal.UnknownHook
            or UpdateRefusal.MissingGrants or UpdateRefusal.Rejected => CoapCode.UnprocessableEntity,
    };
}

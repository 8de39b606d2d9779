namespace RbpfSpec.Semantics.Clauses;

/// <summary>The conformance group that an encoding itself belongs to, without the groups that include it.</summary>
/// <remarks>RFC 9669 §2.4. A machine that claims base64, divmul64 or atomic64 supports the 32-bit group too.</remarks>
public enum ConformanceGroup
{
    /// <summary>The group that every machine supports.</summary>
    Base32,

    /// <summary>64-bit arithmetic and jumps, double words of memory, wide instructions.</summary>
    Base64,

    /// <summary>32-bit multiplication, division and modulo.</summary>
    Divmul32,

    /// <summary>64-bit multiplication, division and modulo.</summary>
    Divmul64,

    /// <summary>Atomic operations on 32 bits.</summary>
    Atomic32,

    /// <summary>Atomic operations on 64 bits.</summary>
    Atomic64,

    /// <summary>The deprecated packet access instructions.</summary>
    Packet,
}

/// <summary>Names of the conformance groups.</summary>
public static class ConformanceGroups
{
    /// <summary>The group's name in RFC 9669.</summary>
    public static string Name(this ConformanceGroup group) => group switch
    {
        ConformanceGroup.Base32 => "base32",
        ConformanceGroup.Base64 => "base64",
        ConformanceGroup.Divmul32 => "divmul32",
        ConformanceGroup.Divmul64 => "divmul64",
        ConformanceGroup.Atomic32 => "atomic32",
        ConformanceGroup.Atomic64 => "atomic64",
        ConformanceGroup.Packet => "packet",
    };

    /// <summary>The groups that a group includes: RFC 9669 §2.4, a 64-bit group the 32-bit one.</summary>
    public static Sequence<ConformanceGroup> Included(this ConformanceGroup group) => group switch
    {
        ConformanceGroup.Divmul64 => [ConformanceGroup.Divmul32],
        ConformanceGroup.Atomic64 => [ConformanceGroup.Atomic32],
        ConformanceGroup.Base32 or ConformanceGroup.Base64 or ConformanceGroup.Divmul32 or ConformanceGroup.Atomic32
            or ConformanceGroup.Packet => [],
    };
}

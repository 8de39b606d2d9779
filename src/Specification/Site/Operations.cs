using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Site;

/// <summary>How operations are named and arranged in the site.</summary>
internal static class Operations
{
    /// <summary>The folder of the pages of operations.</summary>
    public const string Folder = "ops/";

    /// <summary>The file of an operation's page: that of its heading in the specification, so stable, and its own.</summary>
    public static string PathOf(Operation operation) => $"{Folder}{OperationSection.Anchor(OperationSection.Title(operation))}.html";

    /// <summary>The style class of an instruction class.</summary>
    public static string StyleOf(InstructionClass @class) => $"c-{@class.ToString().ToLowerInvariant()}";

    /// <summary>A conformance group in three letters.</summary>
    public static string Short(ConformanceGroup group) => group switch
    {
        ConformanceGroup.Base32 => "b32",
        ConformanceGroup.Base64 => "b64",
        ConformanceGroup.Divmul32 => "d32",
        ConformanceGroup.Divmul64 => "d64",
        ConformanceGroup.Atomic32 => "a32",
        ConformanceGroup.Atomic64 => "a64",
        ConformanceGroup.Packet => "pkt",
    };
}

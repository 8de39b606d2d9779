using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Site;

/// <summary>How operations are named and arranged in the site.</summary>
internal static class Operations
{
    /// <summary>The folder of the pages of operations.</summary>
    public const string Folder = "ops/";

    /// <summary>The file of an operation's page; stable, and its own.</summary>
    public static string PathOf(Operation operation) => $"{Folder}{SlugOf(operation)}.html";

    /// <summary>The name of an operation, as people tell it from the others.</summary>
    public static string TitleOf(Operation operation) => operation switch
    {
        AtomicOperation => $"lock {operation.Mnemonic}",
        CallOperation.ByHelperId => "call helper",
        CallOperation call => $"{call.Mnemonic} {call.Callee}".Trim(),
        WideLoad wide => $"{wide.Mnemonic} {wide.Pseudo}".Trim(),
        _ => operation.Mnemonic,
    };

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

    private static string SlugOf(Operation operation) => operation switch
    {
        AtomicOperation => $"atomic-{operation.Mnemonic}",
        CallOperation or WideLoad => operation.Forms[0].Id.Split('/')[1],
        _ => operation.Mnemonic,
    };
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>The patterns of Linux's verifier that differ from LLVM's.</summary>
/// <remarks>
/// <c>kernel/bpf/disasm.c</c>: atomic operations name 64-bit registers whatever their width, and the width in their names.
/// </remarks>
internal static class VerifierPatterns
{
    private static readonly Part Destination = new Part.Name(Field.Destination, "r");
    private static readonly Part Source = new Part.Name(Field.Source, "r");
    private static readonly Part Offset = LlvmPatterns.Offset;

    /// <summary>Its own ways to write an encoding; most have none.</summary>
    public static Sequence<Pattern> Of(Form form)
    {
        if (form.Operation is not AtomicOperation operation) return [];
        var name = $"atomic{(form.Width.Bits is 64 ? "64" : "")}";
        var address = Pattern.Of($"(u{form.Width.Bits} *)({Destination}{Offset})");
        return (operation, AtomicOperation.Fetches(form)) switch
        {
            (AtomicOperation.Exchange, _) => [Pattern.Of($"{Source} = {name}_xchg({address}, {Source})")],
            (AtomicOperation.CompareExchange, _) => [Pattern.Of($"r0 = {name}_cmpxchg({address}, r0, {Source})")],
            (_, true) => [Pattern.Of($"{Source} = {name}_fetch_{operation.Mnemonic}({address}, {Source})")],
            (_, false) => [],
        };
    }
}

using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>What GNU as writes otherwise than bpf_conformance and LLVM do: names of its own for some encodings.</summary>
/// <remarks>The manual of GNU as, "BPF Dependent Features". Its other form, pseudo-C, is what LLVM writes.</remarks>
internal static class GnuPatterns
{
    private static readonly Part Destination = new Part.Name(Field.Destination, "%r");
    private static readonly Part Source = new Part.Name(Field.Source, "%r");
    private static readonly Part Offset = ConformancePatterns.Offset;

    /// <summary>Its own ways to write an encoding; most have none.</summary>
    public static Sequence<Pattern> Of(Form form) => form.Operation switch
    {
        AluOperation.ToLittleEndian => [Pattern.Of($"endle {Destination}, {(int)form.Width}")],
        AluOperation.ToBigEndian => [Pattern.Of($"endbe {Destination}, {(int)form.Width}")],
        AluOperation.SwapBytes => [Pattern.Of($"bswap {Destination}, {(int)form.Width}")],
        AluOperation.MoveSigned(var from) => [Pattern.Of($"movs{Narrow(form)} {Destination}, {Source}, {(int)from}")],
        JumpOperation.Always when form.Displacement[0] is Field.Immediate => [Pattern.Of($"jal {new Part.Distance(Field.Immediate)}")],
        AtomicOperation operation => Atomic(form, operation),
        _ => [],
    };

    private static Sequence<Pattern> Atomic(Form form, AtomicOperation operation)
    {
        var address = Pattern.Of($"[{Destination}{Offset}], {Source}");
        var name = operation switch
        {
            AtomicOperation.Exchange => "axchg",
            AtomicOperation.CompareExchange => "acmp",
            AtomicOperation.Add or AtomicOperation.Or or AtomicOperation.And or AtomicOperation.Xor =>
                $"a{(AtomicOperation.Fetches(form) ? "f" : "")}{operation.Mnemonic}",
        };
        var usual = Pattern.Of($"{name}{Narrow(form)} {address}");
        return operation is AtomicOperation.Add && !AtomicOperation.Fetches(form)
            ? [usual, Pattern.Of($"xadd{(form.Width is Width.Bits32 ? "w" : "dw")} {address}")]
            : [usual];
    }

    private static string Narrow(Form form) => form.Width is Width.Bits32 ? "32" : "";
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>The patterns of GNU as that differ from those of bpf_conformance and LLVM: names of its own for some encodings.</summary>
/// <remarks>The manual of GNU as, "BPF Dependent Features". Its other form, pseudo-C, is what LLVM writes.</remarks>
internal static class GnuPatterns
{
    private static readonly Part Destination = new Part.Name(Field.Destination, "%r");
    private static readonly Part Source = new Part.Name(Field.Source, "%r");
    private static readonly Part Offset = ConformancePatterns.Offset;

    /// <summary>Its own ways to write an encoding; most have none.</summary>
    public static Sequence<Pattern> Of(Form form) => form.Operation switch
    {
        AluOperation.ToLittleEndian => [Pattern.Of($"endle {Destination}, {form.Width.Bits}")],
        AluOperation.ToBigEndian => [Pattern.Of($"endbe {Destination}, {form.Width.Bits}")],
        AluOperation.SwapBytes => [Pattern.Of($"bswap {Destination}, {form.Width.Bits}")],
        AluOperation.MoveSigned(var from) => [Pattern.Of($"movs{Narrow(form)} {Destination}, {Source}, {from.Bits}")],
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
            ? [usual, Pattern.Of($"xadd{(form.Width.Bits is 32 ? "w" : "dw")} {address}")]
            : [usual];
    }

    private static string Narrow(Form form) => form.Width.Bits is 32 ? "32" : "";
}

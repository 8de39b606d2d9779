using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>
/// How rbpf and sBPF write each encoding: as bpf_conformance, but registers are <c>r0</c> and <c>mov</c> is <c>mov64</c>.
/// </summary>
internal static class RbpfPatterns
{
    /// <summary>The ways to write an encoding: first the usual one.</summary>
    public static Sequence<Pattern> Of(Form form)
    {
        Sequence<Pattern> plain = [.. ConformancePatterns.Of(form).Select(WithoutPercent)];
        return form switch
        {
            { Operation: AluOperation, Width.Bits: 64, Operand: not SourceOperand.None }
                or { Operation: AluOperation.Negate, Width.Bits: 64 }
                when form.Operation is not AluOperation.MoveSigned =>
                [.. plain.Select(pattern => Renamed(pattern, form.Mnemonic + "64")), .. plain],
            { Operation: AtomicOperation.Add } when !AtomicOperation.Fetches(form) =>
                [.. plain, Renamed(plain[0], $"lock {form.Mnemonic}", form.Width.Bits is 32 ? "stxxaddw" : "stxxadddw")],
            _ => plain,
        };
    }

    private static Pattern WithoutPercent(Pattern pattern) => new(pattern.Parts.Map<Part>(part => part switch
    {
        Part.Name(var field, _) => new Part.Name(field, "r"),
        Part.Distance(var field, _) => new Part.Distance(field, MayBeBare: true),
        Part.Fixed or Part.Number or Part.WideNumber or Part.Addend or Part.Callee => part,
    }));

    private static Pattern Renamed(Pattern pattern, string name) => Renamed(pattern, pattern.FirstToken, name);

    private static Pattern Renamed(Pattern pattern, string from, string to) =>
        pattern.Parts[0] is Part.Fixed(var text) && text.StartsWith(from, StringComparison.Ordinal)
            ? new(pattern.Parts.With(0, new Part.Fixed(to + text[from.Length..])))
            : pattern;
}

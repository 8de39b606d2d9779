using System.Globalization;
using System.Text.RegularExpressions;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>A kind of number that a fact is about.</summary>
internal enum TermKind
{
    /// <summary>A register, read as a signed number.</summary>
    Signed,

    /// <summary>A register, read as an unsigned number.</summary>
    Unsigned,

    /// <summary>A register that points to the stack: the offset.</summary>
    Offset,

    /// <summary>Bytes of the stack, as an unsigned number.</summary>
    Cell,

    /// <summary>Eight bytes of the stack, as a signed number.</summary>
    SignedCell,

    /// <summary>How often a line is come to.</summary>
    Visits,
}

/// <summary>A number that a fact is about.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Index">The register, the first byte or the line.</param>
/// <param name="Bytes">Of bytes of the stack, how many.</param>
internal readonly record struct Term(TermKind Kind, int Index, int Bytes = 8)
{
    /// <summary>Whether it is in the stack.</summary>
    public bool IsCell => Kind is TermKind.Cell or TermKind.SignedCell;

    /// <summary>Whether it is signed.</summary>
    public bool IsSigned => Kind is TermKind.Signed or TermKind.SignedCell;

    /// <summary>As in the facts.</summary>
    public override string ToString() => Kind switch
    {
        TermKind.Signed => $"r{Index}.svalue",
        TermKind.Unsigned => $"r{Index}.uvalue",
        TermKind.Offset => $"r{Index}.stack_offset",
        TermKind.Cell or TermKind.SignedCell => $"s[{Index}...{Index + Bytes - 1}]",
        _ => $"pc[{Index}]",
    };
}

/// <summary>A fact that holds before or after the code of a case.</summary>
internal abstract partial record Fact
{
    private Fact()
    {
    }

    /// <summary>As in the files.</summary>
    public sealed override string ToString() => this switch
    {
        Never => "_|_",
        Pointer(var register) => $"r{register}.type=stack",
        Numbers => "type=number",
        Within(var term, var least, var greatest) => $"{term}=[{least}, {greatest}]",
        Equal(var left, var right, var plus) => $"{left}={right}+{plus}",
        AtMost(var left, var right, var most) => $"{left}-{right}<={most}",
        Foreign(var text) => text,
    };

    /// <summary>No state is left.</summary>
    public sealed record Never : Fact;

    /// <summary>A register points to the stack.</summary>
    public sealed record Pointer(int Register) : Fact;

    /// <summary>Some bytes are numbers: with us all are.</summary>
    public sealed record Numbers : Fact;

    /// <summary>A number is within bounds.</summary>
    public sealed record Within(Term Term, Int128 Least, Int128 Greatest) : Fact;

    /// <summary>A number is another one plus a third.</summary>
    public sealed record Equal(Term Left, Term Right, Int128 Plus) : Fact;

    /// <summary>A number less another one is at most a third.</summary>
    public sealed record AtMost(Term Left, Term Right, Int128 Most) : Fact;

    /// <summary>Something that is not about numbers and the stack alone.</summary>
    public sealed record Foreign(string Text) : Fact;

    /// <summary>No bound.</summary>
    public static Int128 Endless => (Int128)1 << 100;

    /// <summary>Reads a fact.</summary>
    public static Fact Of(string text)
    {
        if (text == "_|_") return new Never();
        if (StackTypePattern().Match(text) is { Success: true } pointer) return new Pointer(Number(pointer.Groups["register"]));
        if (NumberTypePattern().IsMatch(text)) return new Numbers();
        var found = FactPattern().Match(text);
        if (!found.Success || TermOf(found, "left") is not { } left) return new Foreign(text);
        var (right, constant) = (TermOf(found, "right"), found.Groups["constant"]);
        if (found.Groups["most"].Success)
            return right is { } other ? new AtMost(left, other, Value(found.Groups["most"].Value)) : new Foreign(text);
        if (found.Groups["least"].Success)
            return new Within(left, Value(found.Groups["least"].Value), Value(found.Groups["greatest"].Value));
        if (constant.Success) return new Within(left, Value(constant.Value), Value(constant.Value));
        var plus = found.Groups["plus"];
        return right is { } equal ? new Equal(left, equal, plus.Success ? Value(plus.Value) : 0) : new Foreign(text);
    }

    /// <summary>The numbers that it is about.</summary>
    public Term[] Terms => this switch
    {
        Within(var term, _, _) => [term],
        Equal(var left, var right, _) => [left, right],
        AtMost(var left, var right, _) => [left, right],
        Never or Pointer or Numbers or Foreign => [],
    };

    /// <summary>Whether it holds where each number is one.</summary>
    public bool Holds(Func<Term, Int128> value) => this switch
    {
        Never => false,
        Within(var term, var least, var greatest) => least <= value(term) && value(term) <= greatest,
        Equal(var left, var right, var plus) => value(left) == value(right) + plus,
        AtMost(var left, var right, var most) => value(left) - value(right) <= most,
        Pointer or Numbers or Foreign => true,
    };

    private static Int128 Value(string text) => text switch
    {
        "+oo" => Endless,
        "-oo" => -Endless,
        _ => Int128.Parse(text, CultureInfo.InvariantCulture),
    };

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static Term? TermOf(Match match, string group)
    {
        var found = TermPattern().Match(match.Groups[group].Value);
        if (!found.Success) return null;
        if (found.Groups["line"].Success) return new(TermKind.Visits, Number(found.Groups["line"]));
        if (found.Groups["first"].Success)
        {
            var (first, last) = (Number(found.Groups["first"]), found.Groups["last"]);
            var bytes = last.Success ? Number(last) - first + 1 : 1;

            // What is shorter is read without its sign in both ways.
            var isSigned = bytes == 8 && match.Groups[group].Value.EndsWith("svalue", StringComparison.Ordinal);
            return new(isSigned ? TermKind.SignedCell : TermKind.Cell, first, bytes);
        }

        return new(
            found.Groups["kind"].Value switch
            {
                "svalue" => TermKind.Signed,
                "uvalue" => TermKind.Unsigned,
                _ => TermKind.Offset,
            },
            Number(found.Groups["register"]));
    }

    [GeneratedRegex(@"^r(?<register>\d+)\.type=stack$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex StackTypePattern();

    [GeneratedRegex(@"^((r\d+|s\[[\d.]+\])\.type=number|r\d+\.stack_numeric_size=(\[?-?\d.*|r\d+\.stack_numeric_size))$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NumberTypePattern();

    [GeneratedRegex(
        @"^(?<left>[^=\-<]+)(=(\[(?<least>[^,]+), ?(?<greatest>[^\]]+)\]|(?<constant>-?\d+)|(?<right>[^+]+)(\+(?<plus>\d+))?)"
        + @"|-(?<right>[^<]+)<=(?<most>-?\d+))$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex FactPattern();

    [GeneratedRegex(
        @"^(r(?<register>\d+)\.(?<kind>svalue|uvalue|stack_offset)|s\[(?<first>\d+)(\.\.\.(?<last>\d+))?\]\.[su]value|pc\[(?<line>\d+)\])$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TermPattern();
}

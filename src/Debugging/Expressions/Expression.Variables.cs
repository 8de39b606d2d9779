using RbpfSpec.Debugging.Variables;
using RbpfSpec.Images.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Expressions;

public ref partial struct Expression
{
    private const int MostTried = 10_000;

    /// <summary>The variable of C, or the part of one, that a whole expression means; null if it means none, or makes no sense.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="state">The state.</param>
    /// <param name="firstKnown">The first register that is known: of a caller, r6.</param>
    /// <param name="locals">The variables there.</param>
    public static CValue? Variable(string text, State<Word> state, int firstKnown, Locals locals)
    {
        var expression = new Expression(text, state, firstKnown, locals);
        return expression.WholeVariable();
    }

    /// <summary>Whether a whole expression means a variable of C or a part of one, whatever registers and memory hold.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="state">A state of the program.</param>
    /// <param name="locals">The variables where it is to be evaluated.</param>
    public static bool IsVariable(string text, State<Word> state, Locals locals)
    {
        var expression = new Expression(text, state, firstKnown: 0, locals) { isLookedAt = true };
        return expression.WholeVariable() is not null;
    }

    private CValue? WholeVariable()
    {
        var value = Variable();
        SkipSpace();
        return problem is null && at == text.Length ? value : null;
    }

    // A variable, or the part of one, that stands here; null, and nothing is read, if none does.
    private CValue? Variable()
    {
        if (locals is null) return null;
        var start = at;
        if (Path() is { } value) return value;
        if (problem is null) at = start;
        return null;
    }

    private CValue? Path()
    {
        // What is in parentheses may be read a second time, as what it is if it is no variable.
        if (++nested > MostNested || ++tried > MostTried) Fail($"it is nested too deep; expected at most {MostNested}");
        var value = problem is not null ? null : Take('*') ? Target(Path()) : Postfix();
        nested--;
        return value;
    }

    // *p is what p leads to; a product has something before it.
    private CValue? Target(CValue? pointer)
    {
        if (pointer is null) return null;
        if (locals!.Target(pointer) is { } target) return target;
        Fail($"'*' goes with a pointer, not with {Told(pointer)}");
        return null;
    }

    private CValue? Postfix()
    {
        var value = Atom();
        while (value is not null && problem is null)
        {
            if (Take('[')) value = Element(value);
            else if (Take('.') || TakeArrow()) value = Member(value);
            else break;
        }

        return problem is null ? value : null;
    }

    private CValue? Atom()
    {
        if (Take('('))
        {
            var inner = Path();
            return inner is not null && Take(')') ? inner : null;
        }

        SkipSpace();
        var name = Identifier();

        // What has another meaning keeps it.
        return name.IsEmpty || name is "pc" || RegisterOf(name.ToString()) is not null ? null : locals!.Find(name);
    }

    private CValue? Element(CValue value)
    {
        var index = Binary(0);
        Expect(']');
        if (problem is not null) return null;
        if (isLookedAt) index = 0;
        if (locals!.TypeOf(value) is SourceType.Array(_, > 0 and var count) && index >= (ulong)count)
        {
            Fail(FormattableString.Invariant($"there is no element {(long)index}; expected 0 to {count - 1}"));
            return null;
        }

        if (locals.Element(value, (long)index) is { } element) return element;
        Fail($"'[' goes with an array or a pointer, not with {Told(value)}");
        return null;
    }

    private CValue? Member(CValue value)
    {
        SkipSpace();
        var name = Identifier().ToString();
        if (locals!.Member(value, name) is { } member) return member;
        Fail($"there is no member '{name}' in {Told(value)}");
        return null;
    }

    private readonly string Told(CValue value) => $"'{locals!.NameOf(value.Type)}'";

    private bool TakeArrow()
    {
        SkipSpace();
        if (!text[at..].StartsWith("->", StringComparison.Ordinal)) return false;
        at += 2;
        return true;
    }

    private ReadOnlySpan<char> Identifier()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] is '_' || (at > start && char.IsAsciiDigit(text[at])))) at++;
        return text[start..at];
    }

    private ulong Number(CValue value) =>
        locals!.Number(value) is { } number ? number
        : locals.TypeOf(value) is SourceType.Array && value.Place is VariablePlace.Memory(var address) ? address
        : locals.IsNumber(value) || locals.TypeOf(value) is SourceType.Array
            ? FailHere($"{Told(value)}, which is {CText.Of(locals, value)}, is no number")
        : Fail($"{Told(value)}, which is {CText.Of(locals, value)}, is no number");
}

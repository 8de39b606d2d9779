using System.Globalization;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Expressions;

/// <summary>Expressions that people ask a debugger about: registers, memory, numbers, and C's operators on 64-bit words.</summary>
/// <remarks>
/// <c>r0</c> to <c>r10</c>, <c>pc</c>, the name of a region for its first address, <c>u8[E]</c>, <c>u16[E]</c>, <c>u32[E]</c>,
/// <c>u64[E]</c> and <c>s8[E]</c> to <c>s64[E]</c> for memory, decimal and hexadecimal numbers. All is unsigned and wraps around.
/// The variables of C that are told are numbers, too, with their sign over all 64 bits: <c>name</c>, <c>name.field</c>,
/// <c>name-&gt;field</c>, <c>name[E]</c>, <c>*name</c>; what registers and sizes of memory are called stays theirs.
/// </remarks>
public ref partial struct Expression
{
    private const int MostNested = 100;
    private const int LongestShown = 40;
    private const string ExpectedOperand = "expected an operand such as r1, 42 or u32[r1 + 4]";

    // By how strongly they bind, the weakest first.
    private static readonly string[][] Levels =
        [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];

    private readonly ReadOnlySpan<char> text;
    private readonly State<Word> state;
    private readonly int firstKnown;
    private readonly Locals? locals;
    private int at;
    private int nested;
    private int tried;
    private bool isLookedAt;
    private string? problem;

    private Expression(ReadOnlySpan<char> text, State<Word> state, int firstKnown, Locals? locals)
    {
        this.text = text;
        this.state = state;
        this.firstKnown = firstKnown;
        this.locals = locals;
    }

    /// <summary>The value of an expression in a state.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="state">The state.</param>
    /// <param name="firstKnown">The first register that is known: of a caller, r6.</param>
    /// <param name="locals">The variables of C there; null for none.</param>
    public static Evaluation Evaluate(string text, State<Word> state, int firstKnown = 0, Locals? locals = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var expression = new Expression(text, state, firstKnown, locals);
        var value = expression.Whole();
        return expression.problem is { } problem ? new Evaluation.Problem(problem) : new Evaluation.Value(value);
    }

    /// <summary>Why an expression makes no sense, whatever registers and memory hold, and what would be right; null if it does.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="state">A state of the program, for the names of its regions.</param>
    /// <param name="locals">The variables of C where it is to be evaluated; null for none.</param>
    public static string? Problem(string text, State<Word> state, Locals? locals = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var expression = new Expression(text, state, firstKnown: 0, locals) { isLookedAt = true };
        expression.Whole();
        return expression.problem;
    }

    private ulong Whole()
    {
        var value = Binary(0);
        SkipSpace();
        if (problem is null && at < text.Length) Fail($"'{Rest}' is left over; expected an operator before it, or the end");
        return value;
    }

    // What is not read yet, cut short.
    private readonly string Rest => text.Length - at <= LongestShown ? text[at..].ToString() : $"{text.Slice(at, LongestShown)}…";

    private ulong Binary(int level)
    {
        if (level == Levels.Length) return Unary();
        var left = Binary(level + 1);
        while (problem is null && Operator(level) is { } name)
        {
            var right = name is "&&" && left == 0 || name is "||" && left != 0 ? LookedAt(level + 1) : Binary(level + 1);
            left = Apply(name, left, right);
        }

        return left;
    }

    // What is behind && and || and does not count is read, and not evaluated.
    private ulong LookedAt(int level)
    {
        var outer = isLookedAt;
        isLookedAt = true;
        var value = Binary(level);
        isLookedAt = outer;
        return value;
    }

    private ulong Apply(string name, ulong left, ulong right)
    {
        if (name is "/" or "%" && right == 0) return FailHere("the divisor is 0");
        return name switch
        {
            "||" => Truth(left != 0 || right != 0),
            "&&" => Truth(left != 0 && right != 0),
            "|" => left | right,
            "^" => left ^ right,
            "&" => left & right,
            "==" => Truth(left == right),
            "!=" => Truth(left != right),
            "<=" => Truth(left <= right),
            ">=" => Truth(left >= right),
            "<" => Truth(left < right),
            ">" => Truth(left > right),
            "<<" => right < 64 ? left << (int)right : 0,
            ">>" => right < 64 ? left >> (int)right : 0,
            "+" => unchecked(left + right),
            "-" => unchecked(left - right),
            "*" => unchecked(left * right),
            "/" => left / right,
            "%" => left % right,
            _ => throw new ArgumentException($"there is no operator '{name}'", nameof(name)),
        };
    }

    private ulong Unary()
    {
        SkipSpace();
        if (++nested > MostNested) Fail($"it is nested too deep; expected at most {MostNested}");
        if (problem is not null) return 0;
        var value = Take('-') ? unchecked(0 - Unary()) : Take('~') ? ~Unary() : Take('!') ? Truth(Unary() == 0)
            : Variable() is { } variable ? Number(variable) : problem is null ? Primary() : 0;
        nested--;
        return value;
    }

    private ulong Primary()
    {
        if (Take('('))
        {
            var value = Binary(0);
            Expect(')');
            return value;
        }

        if (Take('[')) return Memory(sizeof(ulong), isSigned: false);
        var word = Word();
        if (word == "") return Fail($"{(at < text.Length ? $"'{Rest}' is no operand" : "it ends too early")}; {ExpectedOperand}");
        if (char.IsAsciiDigit(word[0])) return Number(word);
        SkipSpace();
        if (Size(word) is var (size, isSigned) && at < text.Length && text[at] == '[')
        {
            at++;
            return Memory(size, isSigned);
        }

        return Named(word);
    }

    private ulong Memory(int size, bool isSigned)
    {
        var address = Binary(0);
        Expect(']');
        if (problem is not null) return 0;
        if (MemoryView.Number(state, address, size) is not { } number)
            return FailHere(string.Create(CultureInfo.InvariantCulture, $"{size} bytes at 0x{address:x} do not lie in one region"));
        var unused = 64 - (size * 8);
        return isSigned ? (ulong)((long)(number << unused) >> unused) : number;
    }

    private ulong Number(string word)
    {
        var isHex = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var isRead = isHex
            ? ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return isRead ? value : Fail($"'{word}' is no number of 64 bits; expected one such as 42 or 0x2a");
    }

    private ulong Named(string word)
    {
        if (word == "pc") return state.ProgramCounter.Value;
        if (RegisterOf(word) is { } number)
        {
            return number >= firstKnown ? state.Registers[number].Value
                : Fail($"{word} of a caller is not kept; expected r6 to r10 there, or another frame");
        }

        foreach (var region in state.Memory.Regions)
        {
            if (region.Name == word) return region.Start.Value;
        }

        return Fail($"there is no '{word}'; expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]");
    }

    /// <summary>The number of the register that has a name; null if none has.</summary>
    internal static int? RegisterOf(string name) =>
        name.Length is 2 or 3 && name[0] is 'r'
        && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < Registers<Word>.Count && (name.Length == 2 || name[1] != '0')
            ? number
            : null;

    private static (int Size, bool IsSigned)? Size(string word) => word switch
    {
        "u8" => (1, false),
        "u16" => (2, false),
        "u32" => (4, false),
        "u64" => (8, false),
        "s8" => (1, true),
        "s16" => (2, true),
        "s32" => (4, true),
        "s64" => (8, true),
        _ => null,
    };

    private string? Operator(int level)
    {
        SkipSpace();
        foreach (var name in Levels[level])
        {
            // What is longer is another operator: & is not the beginning of &&.
            if (!text[at..].StartsWith(name, StringComparison.Ordinal)) continue;
            if (name.Length == 1 && at + 1 < text.Length && IsLonger(name[0], text[at + 1])) continue;
            at += name.Length;
            return name;
        }

        return null;
    }

    private static bool IsLonger(char first, char second) =>
        (first == second && first is '|' or '&' or '<' or '>') && second == first;

    private string Word()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.')) at++;
        return text[start..at].ToString();
    }

    private bool Take(char character)
    {
        SkipSpace();
        if (at >= text.Length || text[at] != character) return false;
        at++;
        return true;
    }

    private void Expect(char character)
    {
        if (problem is null && !Take(character)) Fail($"expected '{character}' at the {(at < text.Length ? $"place of '{Rest}'" : "end")}");
    }

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    // The first problem is the one to tell.
    private ulong Fail(string what)
    {
        problem ??= what;
        return 0;
    }

    // A problem of this state; in another one there may be none.
    private ulong FailHere(string what) => isLookedAt ? 0 : Fail(what);

    private static ulong Truth(bool value) => value ? 1UL : 0UL;
}

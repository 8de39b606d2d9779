using System.Globalization;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>Reads the expressions of <see cref="Assumption.OfExpression"/>, by recursive descent.</summary>
internal sealed class AssumptionParser(string text, int size)
{
    private const int Bits = 64;
    private const int DeepestNesting = 100;

    private static readonly string[] Signs =
        ["&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "<", ">", "!", "(", ")", "[", "]", "+", "-", "*", "&", "|", "^"];

    // Tightest last, as in C, but for the comparisons, which bind loosest.
    private static readonly string[][] Levels = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*"]];

    private static readonly Dictionary<string, (int Bytes, bool IsSigned, bool IsBigEndian)> Fields = new(StringComparer.Ordinal)
    {
        ["byte"] = (1, false, false),
        ["u8"] = (1, false, false),
        ["u16"] = (2, false, false),
        ["u32"] = (4, false, false),
        ["u64"] = (8, false, false),
        ["s8"] = (1, true, false),
        ["s16"] = (2, true, false),
        ["s32"] = (4, true, false),
        ["s64"] = (8, true, false),
        ["be16"] = (2, false, true),
        ["be32"] = (4, false, true),
        ["be64"] = (8, false, true),
    };

    private int at;
    private int depth;
    private Assumption.Wrong? wrong;

    /// <summary>The whole text as one condition.</summary>
    public Assumption Parse()
    {
        var formula = Either();
        Skip();
        if (wrong is null && at < text.Length) Fail("'&&', '||' or the end");
        return wrong as Assumption ?? new Assumption.Read(formula);
    }

    private Term Either()
    {
        var formula = Both();
        while (wrong is null && Takes("||")) formula |= Both();
        return formula;
    }

    private Term Both()
    {
        var formula = One();
        while (wrong is null && Takes("&&")) formula &= One();
        return formula;
    }

    private Term One()
    {
        if (++depth > DeepestNesting) return Fail("less nesting", Make.False);
        var formula = Takes("!") ? !One() : IsCondition() ? Parenthesised() : Comparison();
        depth--;
        return formula;
    }

    // A parenthesis opens a condition if it holds a comparison or a negation; else it is part of a value.
    private bool IsCondition()
    {
        Skip();
        if (at >= text.Length || text[at] != '(') return false;
        var open = 0;
        for (var i = at; i < text.Length; i++)
        {
            if (text[i] == '(') open++;
            if (text[i] == ')' && --open == 0) return false;
            if (text[i] is '=' or '!' || text.AsSpan(i).StartsWith("&&", StringComparison.Ordinal)) return true;
            if (text[i] is '<' or '>')
            {
                if (i + 1 >= text.Length || text[i + 1] != text[i]) return true;
                i++;
            }
        }

        return false;
    }

    private Term Parenthesised()
    {
        Takes("(");
        var formula = Either();
        Expect(")");
        return formula;
    }

    private Term Comparison()
    {
        var left = Value(0);
        if (wrong is not null) return Make.False;
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            if (!Takes(sign)) continue;
            var right = Value(0);
            if (wrong is not null) return Make.False;
            var less = left.IsSigned || right.IsSigned ? Operator.LessSigned : Operator.LessUnsigned;
            return sign switch
            {
                "==" => left.Term.EqualTo(right.Term),
                "!=" => left.Term.DiffersFrom(right.Term),
                "<" => Make.Binary(less, left.Term, right.Term),
                ">" => Make.Binary(less, right.Term, left.Term),
                "<=" => !Make.Binary(less, right.Term, left.Term),
                _ => !Make.Binary(less, left.Term, right.Term),
            };
        }

        return Fail("a comparison: '==', '!=', '<', '<=', '>' or '>='", Make.False);
    }

    private Number Value(int level)
    {
        if (level == Levels.Length) return Factor();
        var value = Value(level + 1);
        while (wrong is null && Array.Find(Levels[level], Takes) is { } sign)
        {
            var right = Value(level + 1);
            if (wrong is not null) return value;
            value = new(Make.Binary(Meaning(sign, value.IsSigned), value.Term, right.Term), value.IsSigned || right.IsSigned);
        }

        return value;
    }

    private static Operator Meaning(string sign, bool isSigned) => sign switch
    {
        "+" => Operator.Add,
        "-" => Operator.Subtract,
        "*" => Operator.Multiply,
        "&" => Operator.BitwiseAnd,
        "|" => Operator.BitwiseOr,
        "^" => Operator.BitwiseXor,
        "<<" => Operator.ShiftLeft,
        _ => isSigned ? Operator.ShiftRightArithmetic : Operator.ShiftRightLogical,
    };

    private Number Factor()
    {
        var none = new Number(Make.Constant(0, Bits), false);
        if (++depth > DeepestNesting)
        {
            Fail("less nesting");
            return none;
        }

        var value = none;
        if (Takes("("))
        {
            value = Value(0);
            Expect(")");
        }
        else if (Takes("-"))
        {
            value = new(none.Term - Factor().Term, true);
        }
        else
        {
            value = Word() is { Length: > 0 } word ? Named(word) ?? none : none;
        }

        depth--;
        return value;
    }

    private Number? Named(string word)
    {
        if (TryNumber(word, out var number)) return new(Make.Constant(number, Bits), false);
        if (!Fields.TryGetValue(word, out var field))
        {
            at -= word.Length;
            Fail($"a number or a field, one of {string.Join(", ", Fields.Keys)}");
            return null;
        }

        Expect("[");
        if (wrong is not null) return null;
        var offsetWord = Word();
        if (wrong is not null) return null;
        if (!TryNumber(offsetWord, out var offset) || offset + (ulong)field.Bytes > (ulong)size || offset > int.MaxValue)
        {
            at -= offsetWord.Length;
            Fail(size >= field.Bytes
                ? $"an offset of {word} in a context of {size} bytes, 0 to {size - field.Bytes}"
                : $"a context of at least {field.Bytes} bytes, which --size gives");
            return null;
        }

        Expect("]");
        return new(Field((int)offset, field.Bytes, field.IsSigned, field.IsBigEndian), field.IsSigned);
    }

    private static Term Field(int offset, int bytes, bool isSigned, bool isBigEndian)
    {
        var value = SymbolicProgram.Byte(offset);
        for (var i = 1; i < bytes; i++)
        {
            var next = SymbolicProgram.Byte(offset + i);
            value = isBigEndian ? Make.Concatenate(value, next) : Make.Concatenate(next, value);
        }

        return bytes * 8 == Bits ? value : isSigned ? value.SignExtended(Bits) : value.ZeroExtended(Bits);
    }

    private static bool TryNumber(string word, out ulong number) => word.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string Word()
    {
        Skip();
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        if (at == start) Fail("a number or a field such as u8[0]");
        return text[start..at];
    }

    // The longest sign that is there: '<' is not taken of '<=' or '<<', nor '&' of '&&'.
    private bool Takes(string sign)
    {
        Skip();
        var rest = text.AsSpan(at);
        foreach (var candidate in Signs)
        {
            if (!rest.StartsWith(candidate, StringComparison.Ordinal)) continue;
            if (candidate != sign) return false;
            at += sign.Length;
            return true;
        }

        return false;
    }

    private void Expect(string sign)
    {
        if (wrong is null && !Takes(sign)) Fail($"'{sign}'");
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    private Term Fail(string expected, Term otherwise)
    {
        Fail(expected);
        return otherwise;
    }

    private void Fail(string expected)
    {
        var found = at < text.Length ? $"'{text[at]}'" : "the end";
        wrong ??= new(Math.Min(at, text.Length) + 1, $"found {found}; expected {expected}");
    }

    private readonly record struct Number(Term Term, bool IsSigned);
}

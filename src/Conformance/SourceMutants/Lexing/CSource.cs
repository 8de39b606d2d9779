using System.Text.RegularExpressions;

namespace RbpfSpec.Conformance.SourceMutants.Lexing;

/// <summary>A file of C as the operators of mutation see it: tokens, and what can be told of them without a parser.</summary>
/// <remarks>Where a token could be two things, it is taken for the likelier; what comes out is put to the compiler anyway.</remarks>
internal sealed partial class CSource
{
    private const int MillisecondsAtMost = 1000;

    private static readonly HashSet<string> TypeWords =
    [
        "void", "char", "short", "int", "long", "unsigned", "signed", "float", "double", "_Bool", "bool", "const",
        "volatile", "struct", "union", "enum",
    ];

    private static readonly HashSet<string> OtherKeywords =
    [
        "static", "inline", "extern", "register", "typedef", "auto", "return", "if", "else", "for", "while", "do",
        "switch", "case", "default", "break", "continue", "goto", "sizeof", "_Static_assert", "_Alignas", "_Alignof",
        "_Noreturn", "restrict",
    ];

    private readonly int[] partners;
    private readonly int[] parentheses;
    private readonly int[] braces;
    private readonly HashSet<int> labelColons = [];
    private readonly HashSet<int> casts = [];

    /// <summary>A file.</summary>
    /// <param name="text">Its text.</param>
    public CSource(string text)
    {
        Text = text;
        Tokens = CLexer.Tokens(text);
        (partners, parentheses, braces) = (new int[Tokens.Count], new int[Tokens.Count], new int[Tokens.Count]);
        Pair();
        for (var i = 0; i < Tokens.Count; i++)
        {
            if (IsLabel(i) is { } colon) labelColons.Add(colon);
            if (IsCast(i)) casts.Add(i);
        }
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The tokens.</summary>
    public IReadOnlyList<CToken> Tokens { get; }

    /// <summary>Whether a word is a type's: a keyword, a name that ends in <c>_t</c>, or one such as <c>u32</c>.</summary>
    public static bool IsType(CToken token) =>
        token.Kind is CTokenKind.Word && (TypeWords.Contains(token.Text) || NamedType().IsMatch(token.Text));

    /// <summary>The other one of a pair of brackets; -1 if there is none.</summary>
    public int Partner(int index) => partners[index];

    /// <summary>How many parentheses and square brackets are open before a token.</summary>
    public int Parentheses(int index) => parentheses[index];

    /// <summary>How many braces are open before a token.</summary>
    public int Braces(int index) => braces[index];

    /// <summary>Whether a token is the colon after a label or a case.</summary>
    public bool IsLabelColon(int index) => labelColons.Contains(index);

    /// <summary>Whether a token is the parenthesis that begins a cast.</summary>
    public bool IsCastStart(int index) => casts.Contains(index);

    /// <summary>Whether a token is the parenthesis that ends a cast.</summary>
    public bool IsCastEnd(int index) => Tokens[index].Is(")") && partners[index] >= 0 && casts.Contains(partners[index]);

    /// <summary>Whether a sign that can stand before one operand or between two stands between two.</summary>
    public bool IsBinary(int index)
    {
        if (index == 0) return false;
        var before = Tokens[index - 1];
        return before.Kind switch
        {
            CTokenKind.Word => !IsType(before)
                && !OtherKeywords.Contains(before.Text)
                && !(index > 1 && Tokens[index - 2].Text is "struct" or "union" or "enum"),
            CTokenKind.Sign => before.Text is "]" || (before.Text == ")" && !IsCastEnd(index - 1)),
            CTokenKind.Number or CTokenKind.Character or CTokenKind.Text => true,
            _ => false,
        };
    }

    /// <summary>Whether a word is a keyword that is no type.</summary>
    public static bool IsKeyword(CToken token) => token.Kind is CTokenKind.Word && OtherKeywords.Contains(token.Text);

    /// <summary>The text from the start of a token to the end of another.</summary>
    public string Between(int first, int last) => Text[Tokens[first].Start..Tokens[last].End];

    [GeneratedRegex("^([A-Za-z_][A-Za-z0-9_]*_t|(__)?[usi](8|16|32|64))$", RegexOptions.ExplicitCapture, MillisecondsAtMost)]
    private static partial Regex NamedType();

    private void Pair()
    {
        Stack<int> open = [];
        var (round, curly) = (0, 0);
        for (var i = 0; i < Tokens.Count; i++)
        {
            partners[i] = -1;
            var text = Tokens[i].Kind is CTokenKind.Sign ? Tokens[i].Text : "";
            if (text is ")" or "]" or "}")
            {
                if (open.TryPop(out var first)) (partners[first], partners[i]) = (i, first);
                if (text == "}") curly--;
                else round--;
            }

            (parentheses[i], braces[i]) = (round, curly);
            if (text is not ("(" or "[" or "{")) continue;
            open.Push(i);
            if (text == "{") curly++;
            else round++;
        }
    }

    // The colon that ends a label which begins at a token; null if none does.
    private int? IsLabel(int index)
    {
        var token = Tokens[index];
        if (token.IsWord("default")) return index + 1 < Tokens.Count && Tokens[index + 1].Is(":") ? index + 1 : null;
        if (token.IsWord("case"))
        {
            var questions = 0;
            for (var i = index + 1; i < Tokens.Count && !Tokens[i].Is(";") && !Tokens[i].Is("{"); i++)
            {
                if (Tokens[i].Is("?")) questions++;
                if (Tokens[i].Is(":") && questions-- == 0) return i;
            }

            return null;
        }

        var isFirst =
            index > 0
            && Tokens[index - 1].Kind is CTokenKind.Sign
            && (Tokens[index - 1].Text is ";" or "{" or "}" || labelColons.Contains(index - 1));
        return isFirst && token.Kind is CTokenKind.Word && index + 1 < Tokens.Count && Tokens[index + 1].Is(":") ? index + 1 : null;
    }

    // A type in parentheses before an operand, and not after a name, as that of sizeof is.
    private bool IsCast(int index)
    {
        if (!Tokens[index].Is("(") || partners[index] < 0) return false;
        var end = partners[index];
        if (end == index + 1 || end + 1 >= Tokens.Count) return false;
        if (index > 0 && Tokens[index - 1].Kind is CTokenKind.Word && !IsKeyword(Tokens[index - 1])) return false;
        if (index > 0 && Tokens[index - 1].IsWord("sizeof")) return false;
        var isType = false;
        for (var i = index + 1; i < end; i++)
        {
            // The name after struct is no type's by itself.
            if (IsType(Tokens[i])) isType = true;
            else if (!Tokens[i].Is("*") && !(Tokens[i].Kind is CTokenKind.Word && Tokens[i - 1].Text is "struct" or "union" or "enum"))
                return false;
        }

        var next = Tokens[end + 1];
        return isType
            && (next.Kind is CTokenKind.Sign
                    ? next.Text is "(" or "~" or "!" or "-" or "+" or "&" or "*" or "++" or "--"
                    : !IsKeyword(next) || next.Text == "sizeof");
    }
}

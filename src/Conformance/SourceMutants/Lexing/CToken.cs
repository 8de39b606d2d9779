namespace RbpfSpec.Conformance.SourceMutants.Lexing;

/// <summary>The kind of a token of C.</summary>
public enum CTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>A number, as the preprocessor takes it.</summary>
    Number,

    /// <summary>A character between single quotes.</summary>
    Character,

    /// <summary>A string.</summary>
    Text,

    /// <summary>An operator or another sign.</summary>
    Sign,
}

/// <summary>A token of C: what is left of a file without blanks, comments and the preprocessor's lines.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, an index into the file's text.</param>
/// <param name="Text">What it says.</param>
public readonly record struct CToken(CTokenKind Kind, int Start, string Text)
{
    /// <summary>The index after it.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is a sign that says this.</summary>
    public bool Is(string sign) => Kind is CTokenKind.Sign && Text == sign;

    /// <summary>Whether it is a word that says this.</summary>
    public bool IsWord(string word) => Kind is CTokenKind.Word && Text == word;
}

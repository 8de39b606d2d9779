using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>Facts about words that claims state.</summary>
internal static class WordFacts
{
    /// <summary>Whether a word is zero.</summary>
    public static Truth<TermWord> IsZero(TermWord word) => TermWord.Same(word, TermWord.Constant(0, word.Width));

    /// <summary>Whether one is at most another, unsigned.</summary>
    public static Truth<TermWord> AtMost(TermWord left, TermWord right) => !TermWord.LessUnsigned(right, left);

    /// <summary>The word one.</summary>
    public static TermWord One(Width width) => TermWord.Constant(1, width);

    /// <summary>The word zero.</summary>
    public static TermWord Zero(Width width) => TermWord.Constant(0, width);

    /// <summary>The word whose bits are all one.</summary>
    public static TermWord Ones(Width width) => TermWord.Constant(ulong.MaxValue, width);

    /// <summary>The least signed word.</summary>
    public static TermWord LeastSigned(Width width) => TermWord.Constant(1UL << (width.Bits - 1), width);

    /// <summary>All bits inverted.</summary>
    public static TermWord Inverted(TermWord word) => word ^ Ones(word.Width);

    /// <summary>Whether a second condition holds wherever a first one does.</summary>
    public static Truth<TermWord> Implies(Truth<TermWord> one, Truth<TermWord> other) => !one | other;

    /// <summary>Whether two conditions hold together or not at all.</summary>
    public static Truth<TermWord> Iff(Truth<TermWord> one, Truth<TermWord> other) => (one & other) | (!one & !other);
}

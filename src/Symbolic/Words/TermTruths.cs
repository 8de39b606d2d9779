using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>Truth values of the prover: formulas.</summary>
public static class TermTruths
{
    /// <summary>The truth value that a formula is.</summary>
    /// <param name="term">A term of sort Bool.</param>
    public static Truth<TermWord> Of(Term term) => new(new TermWord(term));

    extension(Truth<TermWord> truth)
    {
        /// <summary>The formula, a term of sort Bool.</summary>
        public Term Term => truth.Representation.Term;
    }
}

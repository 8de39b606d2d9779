using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Validity;

/// <summary>The scope of a check: its subject, and so who relies on it.</summary>
public enum CheckScope
{
    /// <summary>Whether slots are an instruction; else there is nothing to execute.</summary>
    Encoding,

    /// <summary>Whether the profile has that instruction; else a machine refuses it.</summary>
    Admission,

    /// <summary>Whether a call names something that may be called; else the call traps.</summary>
    Capability,

    /// <summary>Where execution goes next; a machine notices when it gets there.</summary>
    Flow,
}

/// <summary>One check of the preflight: a predicate over a slot, its neighbour, and its place in the program.</summary>
public abstract record Check
{
    private protected Check()
    {
    }

    /// <summary>The name that problems and proofs cite.</summary>
    public abstract string Id { get; }

    /// <summary>The scope.</summary>
    public abstract CheckScope Scope { get; }

    /// <summary>Where it is specified.</summary>
    public abstract Clause Clause { get; }

    /// <summary>The predicate: whether the site breaks the check.</summary>
    public abstract Truth<T> Violated<T>(Site<T> site)
        where T : IWord<T>;

    /// <summary>Says which values at a concrete site break the check, and which would be right.</summary>
    public abstract (string Found, string Expected) Explain(Site<Word> site);

    /// <summary>The problem of a concrete site that breaks the check.</summary>
    public Problem ProblemAt(Site<Word> site)
    {
        var (found, expected) = Explain(site);
        return new((int)site.Index.Value, Id, Clause, found, expected);
    }

    /// <summary>Whether some candidate encoding has a property.</summary>
    private protected static Truth<T> Any<T>(Site<T> site, Func<Form, Truth<T>> property)
        where T : IWord<T>
    {
        var any = Truth<T>.Of(false);
        foreach (var form in site.Candidates) any |= property(form);
        return any;
    }

    private protected static string Hex(Word word) => $"0x{word.Value:x}";
}

/// <summary>A check of what the encoding of a slot asks for.</summary>
public abstract record FormCheck : Check
{
    private protected FormCheck()
    {
    }

    public sealed override Truth<T> Violated<T>(Site<T> site)
    {
        var violated = Truth<T>.Of(false);
        foreach (var form in site.Candidates)
        {
            if (Concerns(form)) violated |= Decoder.Matches(form, site.Slot) & Breaks(form, site);
        }

        return violated;
    }

    public sealed override (string Found, string Expected) Explain(Site<Word> site)
    {
        foreach (var form in site.Candidates)
        {
            if (Decoder.Matches(form, site.Slot).Value) return Explain(form, site);
        }

        throw new ArgumentException("the slot has no encoding, so it does not break this check", nameof(site));
    }

    /// <summary>Whether an encoding can break the check at all.</summary>
    internal abstract bool Concerns(Form form);

    /// <summary>Whether the site breaks the check, given that it has an encoding that the check concerns.</summary>
    /// <remarks>
    /// Total: it is evaluated for candidates that do not match the slot too, and its value there does not count. So it
    /// must not throw, whatever the fields hold.
    /// </remarks>
    internal abstract Truth<T> Breaks<T>(Form form, Site<T> site)
        where T : IWord<T>;

    private protected abstract (string Found, string Expected) Explain(Form form, Site<Word> site);
}

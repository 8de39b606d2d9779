using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A state that comes to a node where ways meet, as that node sees it: its own values are what the places hold now.</summary>
/// <remarks>What a certificate claims of a node is true of all states that come there if it is true of each arrival.</remarks>
public sealed class Arrival
{
    private const string Untold = "";
    private readonly Dictionary<long, LinearForm?> forms = [];
    private (AbstractState Claim, bool IsIn)? answered;

    private Arrival(int node, bool isBack, AbstractState state) => (Node, IsBack, State) = (node, isBack, state);

    /// <summary>The node.</summary>
    public int Node { get; }

    /// <summary>Whether a loop begins anew with it.</summary>
    public bool IsBack { get; }

    /// <summary>The state, with the count of rounds.</summary>
    public AbstractState State { get; }

    /// <summary>A state that comes to a node, without what no place holds, but for what was made in the loop that the node is in.</summary>
    /// <param name="flow">The control flow.</param>
    /// <param name="from">The node that it comes from; -1 of where a run begins.</param>
    /// <param name="node">The node.</param>
    /// <param name="state">The state.</param>
    public static Arrival At(ControlFlow flow, int from, int node, AbstractState state)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(state);
        var isBack = from >= 0 && flow.IsBack(from, node);
        if (flow.LoopOf(node) is not { } loop || !loop.Contains(from)) state = state.Trimmed(null);
        if (!flow.IsHead(node)) return new(node, isBack, state);
        var word = RangeWord.Constant(0, Width.Bits64);
        if (isBack && Places.Word(state, Places.Counter(node), Width.Bits64) is { } before)
        {
            // That it wraps around would take longer than any run lasts; but nothing relies on that.
            word = (before + RangeWord.Constant(1, Width.Bits64)).WithoutOrigin();
        }
        else if (isBack)
        {
            word = RangeWord.Any(Width.Bits64);
        }

        List<Counter> counters = [];
        foreach (var counter in state.Counters)
        {
            if (counter.Head != node) counters.Add(counter);
        }

        counters.Add(new(node, word));
        return new(node, isBack, state with { Counters = counters.ToSequence() });
    }

    /// <summary>The word at a place.</summary>
    public RangeWord? Word(int place, Width width) => Places.Word(State, place, width);

    /// <summary>A form of values of the node in values of this state; null if one of them is no whole number here.</summary>
    public LinearForm? Here(LinearForm form)
    {
        var sum = LinearForm.Of(form.Constant);
        foreach (var (value, factor) in form.Terms)
        {
            var part = FormOf(value);
            if (part is null) return null;
            if (LinearForm.Combine(sum, 1, part, factor) is not { } more) return null;
            sum = more;
        }

        return sum;
    }

    /// <summary>A value of the node in values of this state; null if it is no whole number here.</summary>
    public LinearForm? FormOf(long value)
    {
        if (!Numbers.IsOwn(value, Node)) return State.Relations[value] is null ? null : LinearForm.Of(value, 1, 0);
        if (!forms.TryGetValue(value, out var form))
            forms[value] = form = Word(Numbers.PlaceOf(value), Width.Bits64) is { } word ? State.Relations.FormOf(word) : null;
        return form;
    }

    /// <summary>Whether a word of this state has no other values than some: by what is known of it alone, or by sums.</summary>
    public bool IsAmong(RangeWord word, ValueRange<Word> values)
    {
        if (word.Values.IsIncludedIn(values).Value) return true;
        if (word.Width != values.Width || State.Relations.FormOf(word) is not { IsConstant: false } form) return false;
        var (least, greatest) = (values.Least, values.Greatest);
        if (!State.Relations.IsAtLeast(form, least.Value) || !State.Relations.IsAtMost(form, greatest.Value)) return false;
        var both = ValueRange<Word>.Meet(word.Values, ValueRange<Word>.Between(least, greatest));
        return !both.IsEmpty.Value && both.Set.IsIncludedIn(values).Value;
    }

    /// <summary>The values of a word of this state, by what is known of it alone and by sums.</summary>
    public ValueRange<Word> ValuesOf(RangeWord word)
    {
        if (State.Relations.FormOf(word) is not { IsConstant: false } form) return word.Values;
        var least = Int128.Max(State.Relations.LeastOf(form, ulong.MaxValue), 0);
        var greatest = Int128.Min(State.Relations.GreatestOf(form, 0), ulong.MaxValue);
        if (least > greatest || word.Width != Width.Bits64) return word.Values;
        var both = ValueRange<Word>.Meet(word.Values, RangeWord.Between((ulong)least, (ulong)greatest).Values);
        return both.IsEmpty.Value ? word.Values : both.Set;
    }

    /// <summary>Why not all that this state stands for is what a claim stands for; null if it is.</summary>
    public string? ProblemWith(AbstractState claim) => Problem(claim, tells: true);

    /// <summary>Whether all that this state stands for is what a claim stands for.</summary>
    public bool IsIn(AbstractState claim)
    {
        if (answered is not { } known || !ReferenceEquals(known.Claim, claim))
            answered = known = (claim, Problem(claim, tells: false) is null);
        return known.IsIn;
    }

    private string? Problem(AbstractState claim, bool tells)
    {
        if (claim.Registers.Count != State.Registers.Count || claim.Frames.Count != State.Frames.Count)
            return "another number of registers or frames";
        for (var i = 0; i < claim.Frames.Count; i++)
        {
            var (returnTo, saved, cells) = claim.Frames[i];
            var here = State.Frames[i];
            if (returnTo != here.ReturnTo || saved.Count != here.Saved.Count) return "another call in progress";
            if (cells.Zeros.Length != here.Cells.Zeros.Length) return "another size of frames";
            for (var j = 0; j < cells.Zeros.Length; j++)
            {
                if ((cells.Zeros[j] & ~here.Cells.Zeros[j]) != 0) return "a byte of the stack may not be zero";
            }
        }

        foreach (var (place, word) in Places.Of(claim))
        {
            if (ProblemWith(place, word, tells) is { } problem) return problem;
        }

        foreach (var (value, word) in claim.Relations.Values)
        {
            if (word.Base is not null || word.Link != new Link(value, 1, 0)) return $"v{value} is not itself";
            if (Numbers.IsOwn(value, Node))
            {
                var place = Numbers.PlaceOf(value);
                if (Places.Word(claim, place, Width.Bits64)?.Link != new Link(value, 1, 0) || Word(place, Width.Bits64) is not { } here)
                    return tells ? $"no place holds v{value}" : Untold;
                if (!IsAmong(here, word.Values)) return tells ? $"v{value} has more values" : Untold;
            }
            else if (State.Relations[value] is not { } known || !known.Values.IsIncludedIn(word.Values).Value)
            {
                return tells ? $"v{value} has more values" : Untold;
            }
        }

        foreach (var fact in claim.Relations.Facts)
        {
            if (!State.Relations.Holds(Here(fact))) return tells ? $"{fact} >= 0 does not follow" : Untold;
        }

        return null;
    }

    private string? ProblemWith(int place, RangeWord claimed, bool tells)
    {
        if (Word(place, claimed.Width) is not { } word) return $"nothing is known of {Places.NameOf(place)}";
        if (word.Width != claimed.Width || !Equals(word.Base, claimed.Base) || !IsAmong(word, claimed.Values))
            return tells ? $"{Places.NameOf(place)} is {word}, not only {claimed}" : Untold;
        if (claimed.Link is not { } link) return null;
        if (!Numbers.IsOwn(link.Value, Node)) return word.Link == link ? null : Other();
        var own = Numbers.PlaceOf(link.Value);
        if (own == place)
        {
            return link is { Scale: 1, Offset: 0 } && word.Width == Width.Bits64
                ? null
                : $"{Places.NameOf(place)} is a multiple of itself";
        }

        return Word(own, Width.Bits64) is { } value && IsMultiple(word, value, link)
            ? null
            : Other();

        string Other() => tells ? $"{Places.NameOf(place)} is {word}, not {claimed}" : Untold;
    }

    // Whether the equations of two words with one value say that one is such a multiple of the other; or two numbers do.
    private static bool IsMultiple(RangeWord word, RangeWord of, Link link)
    {
        if (of.Base is not null) return false;
        if (of.Link is { } other)
        {
            return word.Link == new Link(
                other.Value, unchecked(other.Scale * link.Scale), unchecked((other.Offset * link.Scale) + link.Offset));
        }

        return of.IsKnown(out var number) && word.IsKnown(out var there) && unchecked((number * link.Scale) + link.Offset) == there;
    }

    /// <summary>A word times the factor of a link plus its offset.</summary>
    public static RangeWord Multiple(RangeWord word, Link link) =>
        ((link.Scale == 1 ? word : word * RangeWord.Constant(link.Scale, Width.Bits64))
            + RangeWord.Constant(link.Offset, Width.Bits64)).WithoutOrigin();
}

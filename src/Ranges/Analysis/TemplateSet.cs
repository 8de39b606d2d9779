using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The sums of values that may be bounded at a node where ways meet: those that are on all ways are kept.</summary>
/// <param name="node">The node.</param>
public sealed class TemplateSet(int node)
{
    private const int Most = 120;
    private const int Choices = 3;
    private const int MostFalls = 2;
    private static readonly Int128 Unbounded = Int128.One << 80;

    private readonly Dictionary<LinearForm, int> falls = [];
    private readonly HashSet<LinearForm> tried = [];

    /// <summary>The facts about the values of a state in which others arrive.</summary>
    /// <param name="all">What arrives.</param>
    /// <param name="joined">The state, nothing of it known yet.</param>
    /// <param name="before">The state of the round before.</param>
    /// <param name="isHead">Whether the node is a loop's head.</param>
    /// <param name="hasFacts">Whether sums are bounded.</param>
    public RelationSet Relations(Arrival[] all, AbstractState joined, AbstractState? before, bool isHead, bool hasFacts)
    {
        SortedDictionary<long, RangeWord> values = [];
        List<long> own = [];
        foreach (var (place, word) in Places.Of(joined))
        {
            if (word.Link is not { } link) continue;
            if (link.Value != Numbers.Own(node, place)) Keep(link.Value, all, values);
            else if (values.TryAdd(link.Value, word)) own.Add(link.Value);
        }

        // The count of rounds first: what is said of it is said of all its multiples.
        own.Reverse();

        Keep(AnalysedProgram.LengthValue, all, values);
        if (!hasFacts) return RelationSet.Of(values.Select(static pair => new RelationSet.NumberedValue(pair.Key, pair.Value)), []);
        Propose(all, own, before, isHead);

        // What comes back to a head of a loop came of states without a sum that is new: that is first taken to be as it is at entry.
        var entries = isHead ? Array.FindAll(all, static arrival => !arrival.IsBack) : all;
        if (entries.Length == 0) entries = all;
        List<LinearForm> facts = [];
        foreach (var (form, fallen) in falls)
        {
            if (fallen > MostFalls) continue;
            if (BoundOf(form, tried.Add(form) ? entries : all) is not { } bound || !form.Terms.ToArray().All(term => Keep(term.Value, all, values))) continue;
            if (before is not null && Bound(before, form) is { } earlier && earlier > bound) falls[form]++;
            if (falls[form] > MostFalls) continue;
            facts.Add(form.With(-bound));
        }

        // What ranges tell need not be said.
        var ranges = RelationSet.Of(values.Select(static pair => new RelationSet.NumberedValue(pair.Key, pair.Value)), []);
        return RelationSet.Of(ranges.Values.ToArray(), facts.Where(fact => ranges.Bounds(fact).Lowest < 0));
    }

    private static Int128? Bound(AbstractState state, LinearForm form)
    {
        foreach (var fact in state.Relations.Facts)
        {
            if (fact.HasTermsOf(form)) return -fact.Constant;
        }

        return null;
    }

    private static Int128? BoundOf(LinearForm form, Arrival[] all)
    {
        Int128? least = null;
        foreach (var arrival in all)
        {
            if (arrival.Here(form) is not { } here) return null;
            var bound = arrival.State.Relations.LeastOf(here, least ?? Unbounded);
            if (least is null || bound < least) least = bound;
        }

        return least;
    }

    // Whether a value of before is known on all ways; if so it is kept.
    private bool Keep(long value, Arrival[] all, SortedDictionary<long, RangeWord> values)
    {
        if (values.ContainsKey(value)) return true;
        if (Numbers.IsOwn(value, node)) return false;
        RangeWord? joined = null;
        foreach (var arrival in all)
        {
            if (arrival.State.Relations[value] is not { } word) return false;
            joined = joined is null ? word : RangeWord.Join(joined, word);
        }

        values[value] = joined!.WithoutOrigin();
        return true;
    }

    private void Propose(Arrival[] all, List<long> own, AbstractState? before, bool isHead)
    {
        foreach (var arrival in all)
        {
            foreach (var fact in arrival.State.Relations.Facts)
            {
                for (var choice = 0; choice <= Choices; choice++) Add(Rewritten(fact, arrival, all, own, choice));
            }

            if (isHead && arrival.IsBack) continue;
            foreach (var value in own)
            {
                if (arrival.FormOf(value) is not { IsConstant: false } form) continue;
                if (LinearForm.Of(value, 1, 0).Minus(form) is not { } difference || !IsKnown(form, all)) continue;
                Add(difference);
                Add(difference.Negated());
            }
        }

        if (isHead && before is not null) ProposeSteps(all, own);
    }

    // What changes as often as rounds are counted, or as another does.
    private void ProposeSteps(Arrival[] all, List<long> own)
    {
        var entry = Array.FindAll(all, static arrival => !arrival.IsBack);
        if (entry.Length == 0 || Array.Find(all, static arrival => arrival.IsBack) is not { } back) return;
        var rounds = Numbers.Own(node, Places.Counter(node));
        List<(long Value, LinearForm Step)> steps = [];
        foreach (var value in own)
        {
            if (value == rounds || back.FormOf(value) is not { } now) continue;
            if (now.Minus(LinearForm.Of(value, 1, 0)) is not { } difference) continue;
            var step = Equalities.Of(back.State.Relations).Apply(difference);
            steps.Add((value, step));
            if (step.IsConstant)
            {
                AddBoth(LinearForm.Of(value, 1, 0), LinearForm.Of(rounds, step.Constant, 0), entry[0], value, rounds, 1, step.Constant);
                continue;
            }

            var least = back.State.Relations.LeastOf(step, 1);
            if (least >= 1) Add(LinearForm.Of([new(value, 1), new(rounds, -1)], 0));
            var greatest = back.State.Relations.GreatestOf(step, -1);
            if (greatest <= -1) Add(LinearForm.Of([new(value, -1), new(rounds, -1)], 0));
        }

        for (var i = 0; i < steps.Count; i++)
        {
            for (var j = i + 1; j < steps.Count; j++)
            {
                var (one, other) = (steps[i].Step, steps[j].Step);
                if (one.IsConstant || other.IsConstant || other.FactorOf(one.Terms[0].Value) is var factor && factor == 0) continue;
                var (times, byTimes) = (factor, one.Terms[0].Factor);
                if (LinearForm.Combine(one, times, other, -byTimes) is not { IsConstant: true, Constant: var rest } || rest != 0) continue;
                AddBoth(
                    LinearForm.Of(steps[i].Value, times, 0), LinearForm.Of(steps[j].Value, byTimes, 0),
                    entry[0], steps[i].Value, steps[j].Value, times, byTimes);
            }
        }
    }

    // That two change alike: their difference is what it was at first.
    private void AddBoth(LinearForm one, LinearForm other, Arrival entry, long value, long otherValue, Int128 times, Int128 byTimes)
    {
        if (one.Minus(other) is not { } difference) return;
        Add(difference);
        Add(difference.Negated());
        if (entry.FormOf(value) is not { } begin || entry.FormOf(otherValue) is not { } otherBegin) return;
        if (LinearForm.Combine(begin, times, otherBegin, -byTimes) is not { IsConstant: false } first) return;
        first = Equalities.Of(entry.State.Relations).Apply(first);
        if (first.IsConstant || difference.Minus(first) is not { } whole) return;
        Add(whole);
        Add(whole.Negated());
    }

    private static bool IsKnown(LinearForm form, Arrival[] all)
    {
        foreach (var term in form.Terms)
        {
            if (!Array.TrueForAll(all, arrival => arrival.State.Relations[term.Value] is not null)) return false;
        }

        return true;
    }

    // A fact of a state that arrives, in values of the node. Several places may hold what a value was: a choice says which is taken;
    // the last choice is the value itself, if it is known here.
    private LinearForm? Rewritten(LinearForm fact, Arrival arrival, Arrival[] all, List<long> own, int choice)
    {
        var sum = LinearForm.Of(0);
        foreach (var (value, factor) in fact.Terms)
        {
            var isKnown = !Numbers.IsOwn(value, node) && Array.TrueForAll(all, one => one.State.Relations[value] is not null);
            LinearForm? part = isKnown && choice == Choices ? LinearForm.Of(value, 1, 0) : null;
            if (part is null)
            {
                var passed = 0;
                foreach (var one in own)
                {
                    if (arrival.FormOf(one) is not { } form || form.Terms.Length != 1 || form.Terms[0].Value != value) continue;
                    if (Int128.Abs(form.Terms[0].Factor) != 1) continue;
                    part = LinearForm.Of(one, form.Terms[0].Factor, 0);
                    if (passed++ == choice) break;
                }
            }

            part ??= isKnown ? LinearForm.Of(value, 1, 0) : null;
            if (part is null) return null;
            if (LinearForm.Combine(sum, 1, part, factor) is not { } more) return null;
            sum = more;
        }

        return sum;
    }

    private void Add(LinearForm? form)
    {
        if (form is null || form.IsConstant || falls.Count >= Most) return;
        var reduced = form.With(0).Reduced();
        foreach (var term in reduced.Terms)
        {
            if (Numbers.IsOwn(term.Value, node) || Numbers.NodeOf(term.Value) != node) continue;
            return;
        }

        falls.TryAdd(reduced, 0);
    }
}

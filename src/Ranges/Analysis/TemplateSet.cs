using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The sums of values that may be bounded at a node where ways meet: those that are on all ways are kept.</summary>
/// <param name="node">The node.</param>
/// <param name="relevant">The registers that something hangs on, a bit for each.</param>
public sealed class TemplateSet(int node, int relevant)
{
    private const int Most = 120;
    private const int Choices = 3;
    private const int Few = 6;
    private const int PruningDepth = 2;
    private const int MostFalls = 1;
    private static readonly Int128 Unbounded = Int128.One << 80;

    private readonly Dictionary<LinearForm, int> falls = [];
    private readonly HashSet<LinearForm> tried = [];
    private bool isAgain;

    /// <summary>Begins anew, where it is known already which sums did not stay as they were.</summary>
    public void TryAgain()
    {
        falls.Clear();
        isAgain = true;
    }

    /// <summary>The facts about the values of a state in which others arrive.</summary>
    /// <param name="all">What arrives.</param>
    /// <param name="joined">The state, nothing of it known yet.</param>
    /// <param name="before">The state of the round before.</param>
    /// <param name="isHead">Whether the node is a loop's head.</param>
    /// <param name="hasFacts">Whether sums are bounded.</param>
    /// <param name="hopes">Whether a sum that is new is first taken to be as where the loop is entered: it may fall later.</param>
    public RelationSet Relations(Arrival[] all, AbstractState joined, AbstractState? before, bool isHead, bool hasFacts, bool hopes)
    {
        SortedDictionary<long, RangeWord> values = [];
        List<long> own = [];
        foreach (var (place, word) in Places.Of(joined))
        {
            if (word.Link is not { } link) continue;
            if (link.Value != Numbers.Own(node, place)) Keep(link.Value, all, values);
            else if (values.TryAdd(link.Value, word) && Places.IsRelevant(place, relevant)) own.Add(link.Value);
        }

        // The count of rounds first: what is said of it is said of all its multiples.
        own.Reverse();

        Keep(AnalysedProgram.LengthValue, all, values);
        if (!hasFacts) return RelationSet.Of(values, []);
        Propose(all, own, before, isHead);

        // What comes back to a head of a loop came of states without a sum that is new: that is first taken to be as it is at entry.
        var entries = isHead && hopes ? Array.FindAll(all, static arrival => !arrival.IsBack) : all;
        if (entries.Length == 0) entries = all;
        List<LinearForm> facts = [];
        foreach (var (form, fallen) in falls)
        {
            if (fallen > MostFalls) continue;
            var earlier = before is null || isAgain ? null : Bound(before, form);
            var isNew = tried.Add(form) || (isAgain && !HasOwn(form));
            if (BoundOf(form, isNew ? entries : all, earlier) is not { } bound) continue;
            if (!AreKept(form, all, values)) continue;

            // What does not stay as it was at entry may be so for another reason than that it was: without it that is seen.
            if (earlier > bound && falls[form]++ == 0) continue;
            if (falls[form] > MostFalls) continue;
            facts.Add(form.With(-bound));
        }

        isAgain = false;

        // What ranges tell need not be said.
        var ranges = RelationSet.Of(values, []);
        facts.RemoveAll(fact => ranges.Bounds(fact).Lowest >= 0);
        if (!isHead && facts.Count > Few) Prune(facts, ranges);
        return ranges.With(facts);
    }

    private bool HasOwn(LinearForm form)
    {
        foreach (var term in form.Terms)
        {
            if (Numbers.IsOwn(term.Value, node)) return true;
        }

        return false;
    }

    // What follows of two others need not be said, either.
    private static void Prune(List<LinearForm> facts, RelationSet ranges)
    {
        for (var i = facts.Count - 1; i >= 0; i--)
        {
            if (Follows(facts[i], facts, i, ranges, PruningDepth)) facts.RemoveAt(i);
        }
    }

    private static bool Follows(LinearForm form, List<LinearForm> facts, int without, RelationSet ranges, int depth)
    {
        var (value, factor) = form.Terms[0];
        for (var i = 0; i < facts.Count; i++)
        {
            var other = facts[i].FactorOf(value);
            if (i == without || other == 0 || (other > 0) != (factor > 0)) continue;
            if (LinearForm.Combine(form, Math.Abs(other), facts[i], -(Int128)Math.Abs(factor)) is not { } rest) continue;
            if (ranges.Bounds(rest).Lowest >= 0) return true;
            if (depth > 1 && !rest.IsConstant && Follows(rest, facts, without, ranges, depth - 1)) return true;
        }

        return false;
    }

    private static Int128? Bound(AbstractState state, LinearForm form)
    {
        foreach (var fact in state.Relations.Facts)
        {
            if (fact.HasTermsOf(form)) return -fact.Constant;
        }

        return null;
    }

    // No more than what was known before need be found again; nor more than what one fact that arrives says.
    private static Int128? BoundOf(LinearForm form, Arrival[] some, Int128? earlier)
    {
        var least = earlier;
        foreach (var arrival in some)
        {
            if (arrival.Here(form) is not { } here) return null;
            var relations = arrival.State.Relations;
            var bound = relations.LeastOf(here, least ?? (Bound(arrival.State, here) is { } known ? here.Constant + known : Unbounded));
            if (least is null || bound < least) least = bound;
        }

        return least;
    }

    private bool AreKept(LinearForm form, Arrival[] all, SortedDictionary<long, RangeWord> values)
    {
        foreach (var term in form.Terms)
        {
            if (!Keep(term.Value, all, values)) return false;
        }

        return true;
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
            var held = Held(arrival, own);
            foreach (var fact in arrival.State.Relations.Facts)
            {
                var choices = 0;
                for (var choice = 0; choice <= choices; choice++) Add(Rewritten(fact, all, held, choice, ref choices));
                if (choices < Choices) Add(Rewritten(fact, all, held, Choices, ref choices));
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

            if (back.State.Relations.IsAtLeast(step, 1)) Add(LinearForm.Of([new(value, 1), new(rounds, -1)], 0));
            if (back.State.Relations.IsAtMost(step, -1)) Add(LinearForm.Of([new(value, -1), new(rounds, -1)], 0));
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

    // Of each value of a state that arrives, the values of the node that it is, or that are its negation and a number.
    private static Dictionary<long, List<LinearForm.Term>> Held(Arrival arrival, List<long> own)
    {
        Dictionary<long, List<LinearForm.Term>> held = [];
        foreach (var value in own)
        {
            if (arrival.FormOf(value) is not { } form || form.Terms is not [(var of, var factor)] || factor is not (1 or -1)) continue;
            if (!held.TryGetValue(of, out var all)) held[of] = all = [];
            all.Add(new(value, factor));
        }

        return held;
    }

    // A fact of a state that arrives, in values of the node. Several places may hold what a value was: a choice says which is taken;
    // the last choice is the value itself, if it is known here.
    private LinearForm? Rewritten(
        LinearForm fact, Arrival[] all, Dictionary<long, List<LinearForm.Term>> held, int choice, ref int choices)
    {
        var sum = LinearForm.Of(0);
        foreach (var (value, factor) in fact.Terms)
        {
            var places = held.GetValueOrDefault(value);
            var isWanted = choice == Choices || places is null;
            var isKnown = isWanted && !Numbers.IsOwn(value, node) && Array.TrueForAll(all, one => one.State.Relations[value] is not null);
            if (places is not null) choices = Math.Max(choices, Math.Min(places.Count - 1, Choices - 1));
            LinearForm part;
            if (isKnown)
            {
                part = LinearForm.Of(value, 1, 0);
            }
            else if (places is not null)
            {
                var (place, times) = places[Math.Min(choice, places.Count - 1)];
                part = LinearForm.Of(place, times, 0);
            }
            else
            {
                return null;
            }

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

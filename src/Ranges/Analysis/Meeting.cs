using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A node where ways meet, while an analysis looks for a state that has all that arrive.</summary>
/// <remarks>Nothing that it says is relied on: what comes out is checked.</remarks>
/// <param name="node">The node.</param>
/// <param name="isHead">Whether it is the head of a loop.</param>
/// <param name="thresholds">Numbers at which what grows may stop.</param>
/// <param name="goals">Numbers that may end the loop when something is equal to them.</param>
/// <param name="relevant">The registers that something hangs on, a bit for each.</param>
/// <param name="around">The heads of the loops that the node is in.</param>
public sealed class Meeting(
    int node, bool isHead, IReadOnlyList<ulong> thresholds, IReadOnlyList<ulong> goals, int relevant, IReadOnlySet<int> around)
{
    // Rounds that join only; those that stop at thresholds, and at numbers far apart. After that what grows has no bound.
    private const int Joining = 2;
    private const int JoiningForGoals = 3;
    private const int Stopping = 1;
    private const int StoppingFar = 2;
    private const int StoppingAtEnds = 3;

    // More rounds than a run has that ends; and so few that small multiples of them are whole numbers.
    private const long Enough = 1L << 40;

    private static readonly ulong[] Ends = [0, long.MaxValue, 1UL << 63, ulong.MaxValue];
    private static readonly ulong[] Far = [0, int.MaxValue, (ulong)Enough, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private readonly SortedDictionary<int, Arrival> arrivals = [];
    private TemplateSet templates = new(node, relevant);
    private readonly Dictionary<int, int> growths = [];
    private readonly Dictionary<int, ulong> strides = [];
    private Arrival[] entries = [];
    private bool isAgain;

    /// <summary>How often a state was sought.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether sums of values are bounded, too, and not only values.</summary>
    public bool HasFacts { get; set; } = true;

    /// <summary>The state found last; null if nothing arrives.</summary>
    public AbstractState? State { get; private set; }

    /// <summary>Whether some state arrives but by beginning a loop anew.</summary>
    public bool IsEntered => arrivals.Values.Any(static arrival => !arrival.IsBack);

    /// <summary>Whether some state arrives that is not among those of the state found last.</summary>
    public bool IsOpen => arrivals.Count > 0
        && (State is not { } state || arrivals.Values.Any(arrival => !arrival.IsIn(state)));

    /// <summary>The state that arrives from another node; null if none does.</summary>
    public void Set(int from, Arrival? arrival)
    {
        if (arrival is null) arrivals.Remove(from);
        else arrivals[from] = arrival;
    }

    /// <summary>Whether of all that is no known number nothing is said any more: then each state is followed by few others.</summary>
    public bool GivesUp { get; set; }

    /// <summary>Begins anew to look for the state of the head of a loop, if it is entered in another way now: whether it is.</summary>
    /// <param name="keeps">
    /// Whether what came back before is kept: it comes back now, too, since loops around are entered with more states each time.
    /// </param>
    public bool Restart(out bool keeps)
    {
        var now = Array.FindAll(arrivals.Values.ToArray(), static arrival => !arrival.IsBack);
        keeps = State is not null && HasFacts && !GivesUp && AreAlike(now, entries);
        if (State is not null && !IsOpen && now.AsSpan().SequenceEqual(entries)) return false;
        (entries, isAgain) = (now, entries.Length > 0);
        (Rounds, HasFacts, GivesUp) = (0, true, false);
        growths.Clear();
        if (keeps)
        {
            templates.TryAgain();
            return true;
        }

        foreach (var (back, one) in arrivals.ToArray())
        {
            if (one.IsBack) arrivals.Remove(back);
        }

        State = null;
        templates = new(node, relevant);
        return true;
    }

    // Whether places hold the same multiples of the same values, of which others may be known.
    private static bool AreAlike(Arrival[] some, Arrival[] others)
    {
        if (some.Length != others.Length || some.Length == 0) return false;
        for (var i = 0; i < some.Length; i++)
        {
            var (one, other) = (some[i].State, others[i].State);
            if (one.Relations.Values.Length != other.Relations.Values.Length) return false;
            for (var j = 0; j < one.Relations.Values.Length; j++)
            {
                if (one.Relations.Values[j].Number != other.Relations.Values[j].Number) return false;
            }

            if (!Places.Of(one).SequenceEqual(Places.Of(other), SameLinks.Instance)) return false;
        }

        return true;
    }

    private sealed class SameLinks : IEqualityComparer<Places.Held>
    {
        public static SameLinks Instance { get; } = new();

        public bool Equals(Places.Held x, Places.Held y) => x.Place == y.Place
            && (ReferenceEquals(x.Word, y.Word)
                || (x.Word.Link is { } link ? link == y.Word.Link && Equals(x.Word.Base, y.Word.Base) : x.Word.Equals(y.Word)));

        public int GetHashCode(Places.Held held) => held.Place;
    }

    /// <summary>Says again all that is found, sums among it.</summary>
    public void TakeUp()
    {
        if (GivesUp || !HasFacts) templates = new(node, relevant);
        (HasFacts, GivesUp) = (true, false);
    }

    /// <summary>Looks for a state anew.</summary>
    /// <param name="widens">Whether what grew may go on to the next threshold.</param>
    /// <param name="hopes">Whether a sum that is new is first taken to be as where the loop is entered: it may fall later.</param>
    public void Join(bool widens, bool hopes = true)
    {
        if (arrivals.Count == 0)
        {
            State = null;
            return;
        }

        Rounds++;
        var all = arrivals.Values.ToArray();
        var rounds = isHead ? Counted(all, widens && !Joins, !widens) : null;
        var first = all[0].State;
        var registers = Sequence.Generate(first.Registers.Count, i => Joined(i, all, rounds, widens)!);
        var frames = Sequence.Generate(first.Frames.Count, i => new AbstractFrame(
            first.Frames[i].ReturnTo,
            Sequence.Generate(first.Frames[i].Saved.Count, j => Joined(Places.Saved(i, j), all, rounds, widens)!),
            Cells(i, all, rounds, widens)));
        Sequence<Counter> counters = [];
        foreach (var counter in first.Counters)
        {
            // Rounds of loops that are over are forgotten.
            if (!around.Contains(counter.Head)) continue;
            var word = counter.Head == node ? rounds : Joined(Places.Counter(counter.Head), all, null, widens);
            if (word is not null) counters = counters.Add(counter with { Word = word });
        }

        var joined = new AbstractState(registers, frames, RelationSet.Empty, counters);
        if (!isHead) templates = new(node, relevant);
        joined = joined with { Relations = templates.Relations(all, joined, State, isHead, HasFacts && !GivesUp, hopes) };
        if (State is null || !State.IsSame(joined)) State = joined;
    }

    // What may become equal to a goal must first be seen to grow by as much each time.
    private bool Joins => Rounds <= (goals.Count > 0 ? JoiningForGoals : Joining) - (strides.Count > 0 && isAgain ? 1 : 0);

    private long Rounded => Numbers.Own(node, Places.Counter(node));

    private RangeWord Counted(Arrival[] all, bool widens, bool isNarrowing)
    {
        var place = Places.Counter(node);
        if (GivesUp) return RelationSet.Value(Rounded, ValueRange<Word>.Any(Width.Bits64));
        var words = Array.ConvertAll(all, arrival => arrival.Word(place, Width.Bits64)!);
        var next = words.Aggregate(RangeWord.Join).WithoutLink();
        if (next.IsKnown(out _)) return next;
        if (widens && State is { } state && Places.Word(state, place, Width.Bits64) is { } before)
        {
            return RelationSet.Value(
                Rounded, AreAmong(all, words, before.Values) ? before.Values : Widened(before.WithoutLink(), next, Stops(state)));
        }

        return RelationSet.Value(Rounded, isNarrowing ? Narrowed(all, words) : next.Values);
    }

    private static bool AreAmong(Arrival[] all, RangeWord[] words, ValueRange<Word> values)
    {
        for (var i = 0; i < all.Length; i++)
        {
            if (!all[i].IsAmong(words[i], values)) return false;
        }

        return true;
    }

    private static ValueRange<Word> Narrowed(Arrival[] all, RangeWord[] words)
    {
        var values = all[0].ValuesOf(words[0]);
        for (var i = 1; i < all.Length; i++) values = ValueRange<Word>.Join(values, all[i].ValuesOf(words[i]));
        return values;
    }

    private IReadOnlyList<ulong> StopsOf(int growths) =>
        growths switch { <= Stopping => thresholds, <= StoppingFar => Far, <= StoppingAtEnds => Ends, _ => [] };

    private int Grown(int place) => growths[place] = growths.GetValueOrDefault(place) + 1;

    // Of bits that were known until now all from the lowest on are given up, so that they do not go one by one.
    private static ValueRange<Word> Widened(RangeWord before, RangeWord next, IReadOnlyList<ulong> stops)
    {
        var wider = before.Widen(next, stops).Values;
        var lost = wider.Bits.Mask.Value & ~before.Values.Bits.Mask.Value;
        if (lost != 0)
        {
            var mask = wider.Bits.Mask.Value | (ulong.MaxValue << System.Numerics.BitOperations.TrailingZeroCount(lost));
            wider = new(new(Word.Of(wider.Bits.Value.Value & ~mask), Word.Of(mask)), wider.Arc);
        }

        return wider.Reduced().Set;
    }

    // Rounds after which something that grows by as much each time is a goal; then enough.
    private List<ulong> Stops(AbstractState state)
    {
        // Rounds of which there may be more than that are not bounded.
        if (Places.Word(state, Places.Counter(node), Width.Bits64) is { } before && before.Greatest >= Enough) return [];
        List<ulong> stops = [.. Ends];
        if (Grown(Places.Counter(node)) > StoppingFar) return stops;
        stops.Add((ulong)Enough);
        Int128 small = int.MaxValue;
        foreach (var (place, word) in Places.Of(state))
        {
            if (word.Link is not { } link || link.Value != Rounded || place == Places.Counter(node)) continue;
            var (scale, offset) = ((Int128)(long)link.Scale, (Int128)(long)link.Offset);
            if (scale == 0) continue;
            if (scale > 0) small = Int128.Min(small, ((Int128)int.MaxValue - offset) / scale - 1);
            foreach (var threshold in goals)
            {
                foreach (Int128 goal in (Int128[])[threshold, (long)threshold])
                {
                    var count = (goal - offset) / scale;
                    if (count < 1 || count > Enough) continue;
                    stops.Add((ulong)count);
                    stops.Add((ulong)count - 1);
                }
            }
        }

        // So that what is counted in 32 bits does not wrap around.
        if (small > 0) stops.Add((ulong)small);
        return stops;
    }

    private RangeWord? Joined(int place, Arrival[] all, RangeWord? rounds, bool widens, Width? width = null)
    {
        var wide = width ?? Width.Bits64;
        var words = new RangeWord[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Word(place, wide) is not { } word) return null;
            words[i] = word.WithoutOrigin();
        }

        if (GivesUp) return KnownOnly(place, words, wide);
        if (Array.TrueForAll(words, word => ReferenceEquals(word, words[0])) && !IsOwn(words[0])) return words[0];

        // What a loop leaves as it was is what it was before.
        var changed = isHead ? Array.FindAll(words, word => word.Link != new Link(Numbers.Own(node, place), 1, 0)) : words;
        if (changed.Length > 0 && changed.Length < words.Length && changed.All(word => word.Link == changed[0].Link))
        {
            var first = changed.Aggregate(RangeWord.Join);
            if (first.Link is not null || first.IsKnown(out _)) return first;
        }

        var joined = words.Aggregate(RangeWord.Join);
        if (joined.IsKnown(out _)) return joined.WithoutLink();
        if (words.All(word => word.Link is { } link && link == words[0].Link && !Numbers.IsOwn(link.Value, node))) return joined;
        joined = joined.WithoutLink();
        if (wide != Width.Bits64 || joined.Base is not null) return joined;
        if (rounds is not null && Stride(place, all, words) is { } stride)
        {
            // Of arcs around the circle the multiple may be another one.
            var multiple = Arrival.Multiple(rounds, stride);
            return joined.Values.IsIncludedIn(multiple.Values).Value
                ? multiple
                : multiple.With(ValueRange<Word>.Join(multiple.Values, joined.Values));
        }

        var values = joined.Values;
        var isIdle = !Places.IsRelevant(place, relevant);
        if (widens && isHead && (!Joins || isIdle) && State is { } state && Places.Word(state, place, wide) is { } before)
        {
            values = AreAmong(all, words, before.Values) ? before.Values
                : isIdle && Rounds > 2 ? ValueRange<Word>.Any(wide)
                : Widened(before.WithoutLink(), joined, StopsOf(Grown(place)));
        }

        else if (!widens && isHead && !isIdle)
        {
            values = Narrowed(all, words);
        }

        return RelationSet.Value(Numbers.Own(node, place), values);
    }

    // Whether a word is, or gets to be, a value of the place itself.
    private bool IsOwn(RangeWord word) => word.Link is { } link
        ? word.IsKnown(out _) || Numbers.IsOwn(link.Value, node)
        : !word.IsKnown(out _);

    // Once a place held two numbers, or nothing was known of it, that stays so: there is nothing that could change without end.
    private RangeWord? KnownOnly(int place, RangeWord[] words, Width width)
    {
        var before = State is null ? null : Places.Word(State, place, width);
        if (State is not null && before is null) return null;
        var joined = before is null ? words[0] : RangeWord.Join(before, words[0]);
        foreach (var word in words) joined = RangeWord.Join(joined, word);
        return joined.IsKnown(out _) ? joined.WithoutLink()
            : width != Width.Bits64 ? RangeWord.Any(width)
            : RelationSet.Value(Numbers.Own(node, place), ValueRange<Word>.Any(width));
    }

    // Of a place that is a number at first, and grows by as much in each round: either seen so, or as a multiple of the rounds.
    private Link? Stride(int place, Arrival[] all, RangeWord[] words)
    {
        if (State is null || Places.Word(State, place, Width.Bits64) is not { } was) return null;
        ulong? begin = null;
        ulong? step = was.Link is null && strides.TryGetValue(place, out var known) ? known : null;
        foreach (var (arrival, word) in all.Zip(words))
        {
            if (arrival.IsBack) continue;
            if (!word.IsKnown(out var number) || (begin is { } other && other != number)) return null;
            begin = number;
        }

        if (begin is not { } start) return null;
        foreach (var (arrival, word) in all.Zip(words))
        {
            if (!arrival.IsBack) continue;
            if (word.IsKnown(out var next) && step is { } told && next == start + told) continue;
            if (word.Link is not { } now) return null;
            ulong distance;
            if (now.Value == Rounded && now.Offset - now.Scale == start) distance = now.Scale;
            else if (now.Value == Numbers.Own(node, place) && now.Scale == 1 && was.Link == now with { Offset = 0 }) distance = now.Offset;
            else return null;
            if (distance == 0 || (step is { } same && same != distance)) return null;
            step = distance;
        }

        if (step is not { } by) return null;
        strides[place] = by;
        return new(Rounded, by, start);
    }

    private FrameCells Cells(int frame, Arrival[] all, RangeWord? rounds, bool widens)
    {
        SortedDictionary<int, Width> places = [];
        foreach (var arrival in all)
        {
            foreach (var cell in arrival.State.Frames[frame].Cells.Cells) places.TryAdd(cell.Offset, cell.Word.Width);
        }

        var zeros = all[0].State.Frames[frame].Cells.Zeros.ToArray();
        foreach (var arrival in all)
        {
            var others = arrival.State.Frames[frame].Cells.Zeros;
            for (var i = 0; i < zeros.Length; i++) zeros[i] &= others[i];
        }

        if (GivesUp && State is not null)
        {
            var before = State.Frames[frame].Cells.Zeros;
            for (var i = 0; i < zeros.Length; i++) zeros[i] &= before[i];
        }

        List<FrameCells.Cell> cells = [];
        foreach (var (offset, width) in places)
        {
            if (cells.Count > 0 && cells[^1].End > offset) continue;
            if (Joined(Places.Cell(frame, offset), all, rounds, widens, width) is { } word) cells.Add(new(offset, word));
        }

        return FrameCells.Of(cells, zeros);
    }
}

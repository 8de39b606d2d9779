using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>All places with the words that lead to them, ranked for what somebody asks.</summary>
/// <remarks>
/// A place counts the words that it has of those asked for: the rarer the word and the closer to the place's name, the more; then the
/// phrases of the vocabulary that are asked for whole. The site's script does the same with the same figures.
/// </remarks>
internal sealed class SearchIndex
{
    /// <summary>The weights of a word in a place: in its name, in a phrase of the vocabulary, in what it says first, in the rest.</summary>
    public static readonly double[] Weights = [4, 3, 2, 1];

    /// <summary>The weight of a word for the same thing, as a part of the word's own.</summary>
    public const double OfSynonym = 0.6;

    /// <summary>The weight of a longer or a nearly equal word.</summary>
    public const double OfNear = 0.5;

    /// <summary>The weight of a whole phrase.</summary>
    public const double OfPhrase = 6;

    private readonly List<Entry> entries;
    private readonly Dictionary<string, double> rarity = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> spelt = new(StringComparer.Ordinal);

    private SearchIndex(IEnumerable<Place> places)
    {
        entries = [.. places.Select(place => Entry.Of(place, PhrasesOf(place.Id)))];
        foreach (var place in entries.Select(entry => entry.Place))
        {
            foreach (var (word, parts) in PhrasesOf(place.Id).Concat([place.Names, place.Line, place.Text]).SelectMany(Query.Groups))
            {
                foreach (var each in parts.Prepend(word)) spelt.TryAdd(Query.Stem(each), each);
            }
        }

        names.UnionWith(entries.SelectMany(entry => entry.Words).Where(word => word.Value.Equals(Weights[0])).Select(word => word.Key));
        names.UnionWith(entries.SelectMany(entry => entry.Phrases).Where(phrase => phrase.Length == 1).Select(phrase => phrase[0]));
        foreach (var word in entries.SelectMany(entry => entry.Words.Keys)) rarity[word] = rarity.GetValueOrDefault(word) + 1;
        foreach (var (word, count) in rarity.ToList()) rarity[word] = Math.Log(1 + (entries.Count / count));
    }

    /// <summary>The index of some chapters, and of all that comes from the semantics.</summary>
    public static SearchIndex Of(Sequence<Chapter> chapters) => new(Place.All(chapters));

    /// <summary>The places, with their words.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Answers a question: the places that speak of it, the best first.</summary>
    /// <param name="text">The question.</param>
    public Answer Ask(string text)
    {
        List<(string Asked, string Taken)> corrected = [];
        List<string> unknown = [];
        List<Dictionary<string, double>> wanted = [];
        foreach (var word in Asked(text))
        {
            var candidates = Candidates(word, corrected);
            if (candidates.Count == 0) unknown.Add(word);
            else wanted.Add(candidates);
        }

        var ranked = entries.Select(entry => (Entry: entry, Points: Points(entry, wanted)))
            .Where(pair => pair.Points > 0)
            .OrderByDescending(pair => pair.Points)
            .Select(pair => pair.Entry.Place);
        return new(ranked.ToSequence(), corrected.ToSequence(), unknown.ToSequence());
    }

    /// <summary>The places one of whose phrases is exactly what is asked for.</summary>
    public IEnumerable<Place> Called(string text)
    {
        var asked = Asked(text).Select(Query.Stem).ToHashSet(StringComparer.Ordinal);
        return entries.Where(entry => entry.Phrases.Any(phrase => asked.SetEquals(phrase))).Select(entry => entry.Place);
    }

    // The words that say something; all, if none does. What is joined is one word only where something is called so.
    private List<string> Asked(string text)
    {
        List<string> words = [];
        foreach (var (word, parts) in Query.Groups(text))
        {
            if (parts.Length == 0 || names.Contains(Query.Stem(word))) words.Add(word);
            else words.AddRange(parts);
        }

        var telling = words.Where(word => !Vocabulary.Table.Ignored.Contains(word)).Distinct().ToList();
        return telling.Count > 0 ? telling : [.. words.Distinct()];
    }

    // The words of the index that a word asked for stands for, with what they count. A stem is its own stem, or nearly so.
    private Dictionary<string, double> Candidates(string word, List<(string Asked, string Taken)> corrected)
    {
        var stem = Query.Stem(word);
        Dictionary<string, double> found = new(StringComparer.Ordinal);
        foreach (var group in Vocabulary.Table.Groups.Where(group => group.Contains(stem)))
        {
            foreach (var other in group.Where(rarity.ContainsKey)) found[other] = OfSynonym;
        }

        if (rarity.ContainsKey(stem)) found[stem] = 1;
        if (found.Count > 0) return found;
        foreach (var longer in rarity.Keys.Where(other => stem.Length > 2 && other.StartsWith(stem, StringComparison.Ordinal)))
            found[longer] = OfNear;
        if (found.Count > 0) return found;
        foreach (var near in EditDistance.Nearest(stem, rarity.Keys.Concat(Vocabulary.Table.Groups.SelectMany(group => group))))
        {
            corrected.Add((word, spelt.GetValueOrDefault(near, near)));
            foreach (var (other, factor) in Candidates(near, [])) found[other] = Math.Max(found.GetValueOrDefault(other), factor * OfNear);
        }

        return found;
    }

    private double Points(Entry entry, List<Dictionary<string, double>> wanted)
    {
        double points = 0;
        foreach (var candidates in wanted)
        {
            double best = 0;
            foreach (var (word, factor) in candidates)
            {
                if (entry.Words.TryGetValue(word, out var weight)) best = Math.Max(best, factor * weight * rarity[word]);
            }

            points += best;
        }

        if (points == 0) return 0;
        double phrase = 0;
        foreach (var words in entry.Phrases) phrase = Math.Max(phrase, Points(words, wanted));
        return points + phrase;
    }

    // A phrase counts if each of its words is asked for, more if little else is.
    private double Points(string[] phrase, List<Dictionary<string, double>> wanted)
    {
        double points = 0;
        HashSet<int> used = [];
        foreach (var word in phrase)
        {
            var at = wanted.FindIndex(candidates => candidates.ContainsKey(word));
            if (at < 0) return 0;
            used.Add(at);
            points += wanted[at][word] * rarity[word];
        }

        return OfPhrase * points * used.Count / wanted.Count / Math.Sqrt(phrase.Length);
    }

    private static IReadOnlyList<string> PhrasesOf(string id) => Vocabulary.Table.Phrases.GetValueOrDefault(id) ?? [];

    /// <summary>A place with its words.</summary>
    /// <param name="Place">The place.</param>
    /// <param name="Words">What each word, without its ending, counts.</param>
    /// <param name="Phrases">The words of each phrase that leads to it.</param>
    internal sealed record Entry(Place Place, IReadOnlyDictionary<string, double> Words, IReadOnlyList<string[]> Phrases)
    {
        /// <summary>The entry of a place.</summary>
        public static Entry Of(Place place, IReadOnlyList<string> phrases)
        {
            Dictionary<string, double> words = new(StringComparer.Ordinal);
            IEnumerable<string>[] sources = [[place.Names], phrases, [place.Title, place.Line], [place.Text]];
            foreach (var (weight, texts) in Weights.Zip(sources))
            {
                foreach (var word in texts.SelectMany(Query.Stems)) words.TryAdd(word, weight);
            }

            return new(place, words, [.. phrases.Select(Telling).Where(phrase => phrase.Length > 0)]);
        }

        private static string[] Telling(string phrase)
        {
            var groups = Query.Groups(phrase).ToList();
            string[] words = [.. groups.SelectMany(group => groups.Count > 1 && group.Parts.Length > 0 ? group.Parts : [group.Word])];
            string[] telling = [.. words.Where(word => !Vocabulary.Table.Ignored.Contains(word))];
            return [.. (telling.Length > 0 ? telling : words).Select(Query.Stem).Distinct()];
        }
    }
}

/// <summary>The answer of a search.</summary>
/// <param name="Places">The places that speak of it, the best first.</param>
/// <param name="Corrected">Words that nothing has, and near ones that were taken for them.</param>
/// <param name="Unknown">Words that nothing has, and nothing near.</param>
internal sealed record Answer(Sequence<Place> Places, Sequence<(string Asked, string Taken)> Corrected, Sequence<string> Unknown);

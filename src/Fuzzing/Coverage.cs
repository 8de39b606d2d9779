using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Fuzzing;

/// <summary>A count over runs: how often each encoding was executed, how often each end was reached.</summary>
public sealed class Coverage
{
    private static readonly int TrapCount = Enum.GetValues<Trap>().Length;

    private readonly Sequence<Form> forms;
    private readonly Dictionary<Form, int> places = new(ReferenceEqualityComparer.Instance);
    private readonly long[] executed;
    private readonly long[] trapped = new long[TrapCount];

    /// <summary>Of no run.</summary>
    public Coverage(Setting setting)
    {
        forms = setting.Forms;
        executed = new long[forms.Count];
        for (var i = 0; i < forms.Count; i++) places.Add(forms[i], i);
    }

    /// <summary>How many programs ran.</summary>
    public long Programs { get; private set; }

    /// <summary>How many of them ended by EXIT.</summary>
    public long Exits { get; private set; }

    /// <summary>How often a run ended by a trap.</summary>
    public long this[Trap trap] => trapped[(int)trap];

    /// <summary>Every encoding of the profile, and how often it was executed without a trap.</summary>
    public IEnumerable<(Form Form, long Count)> Executed => forms.Select((form, i) => (form, executed[i]));

    /// <summary>Adds what other runs have met, in the same setting.</summary>
    public void Add(Coverage other)
    {
        Programs += other.Programs;
        Exits += other.Exits;
        for (var i = 0; i < executed.Length; i++) executed[i] += other.executed[i];
        for (var i = 0; i < trapped.Length; i++) trapped[i] += other.trapped[i];
    }

    /// <summary>All counts, in an order that the setting decides.</summary>
    public Sequence<long> Counts => [Programs, Exits, .. executed, .. trapped];

    /// <summary>Adds the counts of other runs, in the same setting.</summary>
    /// <exception cref="ArgumentException">They are of another setting.</exception>
    public void Add(Sequence<long> counts)
    {
        if (counts.Count != 2 + executed.Length + trapped.Length)
            throw new ArgumentException($"{counts.Count} counts are of another setting", nameof(counts));
        Programs += counts[0];
        Exits += counts[1];
        for (var i = 0; i < executed.Length; i++) executed[i] += counts[2 + i];
        for (var i = 0; i < trapped.Length; i++) trapped[i] += counts[2 + executed.Length + i];
    }

    internal void Add(FuzzCase run, Outcome<Word> end, ReadOnlySpan<long> visits)
    {
        Programs++;
        if (end is Outcome<Word>.Trapped { Trap: var trap }) trapped[(int)trap]++;
        else Exits++;
        var slot = 0;
        foreach (var instruction in run.Body)
        {
            executed[places[instruction.Form]] += visits[slot];
            slot += instruction.Form.Layout.Slots;
        }
    }
}

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

using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Selection;

/// <summary>Chooses, of the candidates of a rule, few that show together all that any of them shows.</summary>
/// <remarks>
/// A candidate can show three kinds of things: a class of values that the suite wants, such as "the operands are equal"; a
/// mutant of the rule, by another outcome than the right one; and a machine fault, likewise. To choose is to cover a set, in
/// two passes.
/// <para>
/// First, <see cref="Consider"/> takes the candidates as they come, and keeps those that show something that none before them
/// did. Every third of the others is kept as well, up to a number: it may take the place of several in the second pass. A
/// candidate is left out if its outcome depends on the addresses of stack and context.
/// </para>
/// <para>
/// Then <see cref="Choose"/> is greedy: again and again it takes the kept candidate that shows most of what is still missing;
/// of equal ones the shortest, and of those the first. As long as one that is no chain shows a missing class or mutant, only
/// such are taken; the rest, chains among them, are for the machine faults that are left. The sentence of a vector names what
/// it was taken for: the rarest classes first, or else the mutant or the fault.
/// </para>
/// Nothing is drawn by chance, so the same candidates make the same vectors.
/// </remarks>
/// <param name="rule">The rule id.</param>
/// <param name="profile">The machine variant.</param>
/// <param name="mutants">The mutants to find.</param>
/// <param name="faults">The machine faults to find.</param>
internal sealed class Chooser(string rule, Profile profile, IEnumerable<RuleMutant> mutants, IEnumerable<Fault>? faults = null)
{
    private const string AgainstFault = " against this fault of machines: ";

    private const string Trapping = "the machine traps: ";
    private const int Clauses = 3;

    // Rules of programs about what registers hold at the start, or about how many slots or instructions there are.
    private static readonly string[] AboutStart =
    [
        "program/initial",
        "program/start",
        "program/far",
        "program/budget",
        "program/instructions",
        "program/longest",
    ];

    // Some candidates that show nothing new are kept all the same: they may take the place of several others.
    private const int MostKept = 150;

    // By so much stack and context are moved, to see whether an outcome depends on where they are: beyond 32 bits, where there
    // are instructions that compute with such addresses, and to where addresses are negative as signed numbers.
    private readonly Sequence<ulong> elsewhere =
        profile.Has(ConformanceGroup.Base64) ? [0x7a5a_8230_4568, 0xffff_8880_0230_4568] : [0x0230_4568, 0x8230_4568];
    private readonly VectorMachine machine = new(profile);
    private readonly SupportCode support = new(profile);
    private readonly List<RuleMutant> alive = [.. mutants];
    private readonly List<RuleMutant> dead = [];
    private readonly HashSet<string> shown = new(StringComparer.Ordinal);
    private readonly List<Kept> kept = [];
    private readonly List<Fault> unseen = [.. faults ?? []];
    private readonly List<Fault> seen = [];
    private int considered;

    /// <summary>The mutants that no candidate finds.</summary>
    public Sequence<RuleMutant> Alive => alive.ToSequence();

    /// <summary>Keeps a candidate if it shows something new.</summary>
    /// <param name="given">The candidate.</param>
    /// <param name="isChain">
    /// Whether it is of many instances in a row: kept whatever the others show, and chosen only for what no short program
    /// has to be there for.
    /// </param>
    public void Consider(Candidate given, bool isChain = false)
    {
        var candidate = Tidied(given);

        // Most of the later candidates show nothing: no class that is new, and there is no mutant left to find.
        var isWanted = candidate.Classes.Any(each => each.IsWanted && !shown.Contains(each.Text));
        if (!isChain && alive.Count == 0 && unseen.Count == 0 && !isWanted && kept.Count >= MostKept) return;
        var program = Program.Of(candidate.Program);
        var code = Sequence.Of<byte>(program.ToBytes());
        var input = PreparedVector.Of(profile, code, candidate.Memory, candidate.Setting);
        var shows = unseen.FindAll(input.Shows);
        var isSpare = isChain || ++considered % 3 == 0 && kept.Count < MostKept && (faults is not null || alive.Count > 0);
        if (alive.Count == 0 && shows.Count == 0 && !isWanted && !isSpare) return;
        if (machine.Run(code, candidate.Memory, candidate.Setting) is not { Before: { } before, After: { } after } answered) return;
        var run = new ReferenceMachine(program, profile);
        if (elsewhere.Any(distance => End(new(run, null), Choices.Moved(before, distance), answered.Steps) != answered.Answer)) return;

        List<string> classes = [.. candidate.Classes.Where(each => each.IsWanted).Select(each => each.Text)];
        if (answered.Answer is Answer.Trapped(var trap, _)) classes.Add($"{Trapping}{trap}");
        var isNew = !classes.All(shown.Contains);
        var found = Found(alive, run, before, answered);
        if (!isNew && found.Count == 0 && shows.Count == 0 && !isSpare) return;
        unseen.RemoveAll(shows.Contains);
        seen.AddRange(shows);
        shown.UnionWith(classes);
        foreach (var mutant in found) alive.Remove(mutant);
        dead.AddRange(found);
        kept.Add(new(
            candidate,
            isChain,
            classes,
            run,
            before,
            answered,
            input,
            new("", new VectorProgram.Code(code), candidate.Memory, Expected(answered.Answer))
            {
                Rule = rule,
                Groups = GroupsOf(candidate.Program),
                Setting = candidate.Setting,
                Before = Snapshot.Of(before),
                After = Snapshot.Of(after),
            }));
    }

    /// <summary>The vectors: of those kept, few that show all that they show together.</summary>
    public Sequence<ChosenVector> Choose()
    {
        var shows = kept.ConvertAll(each => (
            Classes: each.Classes, Mutants: Found(dead, each.Run, each.Start, each.Answered).ConvertAll(mutant => mutant.Name),
            Faults: seen.FindAll(each.Case.Shows).ConvertAll(fault => fault.Name)));
        HashSet<string> missingClasses = [.. shown];
        var frequencies = shows.SelectMany(each => each.Classes).CountBy(text => text).ToDictionary(StringComparer.Ordinal);
        HashSet<string> missingMutants = [.. dead.Select(mutant => mutant.Name)];
        HashSet<string> missingFaults = [.. seen.Select(fault => fault.Name)];
        HashSet<string> told = new(StringComparer.Ordinal);
        Dictionary<int, (string Purpose, Sequence<string> Finds, Sequence<string> Faults, bool IsSpare)> chosen = [];
        List<int> single = [.. Enumerable.Range(0, kept.Count).Where(index => !kept[index].IsChain)];
        while (missingClasses.Count + missingMutants.Count + missingFaults.Count > 0)
        {
            // The shortest of the best, and of those the first. What is about one thing comes before what is about many: they
            // are for the faults that are left.
            List<int> wanted =
            [
                .. single.Where(index =>
                    shows[index].Classes.Exists(missingClasses.Contains) || shows[index].Mutants.Exists(missingMutants.Contains)),
            ];
            var best = (wanted.Count > 0 ? wanted : Enumerable.Range(0, kept.Count)).MaxBy(index =>
                (shows[index].Classes.Count(missingClasses.Contains)
                        + shows[index].Mutants.Count(missingMutants.Contains)
                        + shows[index].Faults.Count(missingFaults.Contains),
                    -kept[index].Candidate.Program.Count));
            var classes = shows[best].Classes.Where(missingClasses.Contains).ToList();
            var named = shows[best].Mutants.Where(missingMutants.Contains).ToSequence();
            var about =
                classes.Count > 0
                    ? About(classes, frequencies)
                    : kept[best]
                        .Candidate.Classes.Select(each => each.Text)
                        .FirstOrDefault(text => !shown.Contains(text) && told.Add(text));
            var found = shows[best].Faults.Where(missingFaults.Contains).ToList();
            chosen[best] = (
                about is null ? Against(rule, named, found) : $"{rule} where {about}.",
                named,
                found.ToSequence(),
                classes.Count == 0 && named.IsEmpty);
            missingClasses.ExceptWith(classes);
            missingMutants.ExceptWith(named);
            missingFaults.ExceptWith(found);
        }

        return
        [
            .. chosen.OrderBy(each => each.Key).Select((each, place) => new ChosenVector(kept[each.Key].Vector with
            {
                Name = $"{rule}/{place + 1:00}",
                Purpose = each.Value.Purpose,
                Finds = each.Value.Finds,
            })
            {
                Faults = each.Value.Faults,
                Shown = [.. shows[each.Key].Mutants.Select(name => Core.NameOf(rule, name)), .. shows[each.Key].Faults],
                IsSpare = each.Value.IsSpare,
            }),
        ];
    }

    // What no vector before it shows: the rarest first, for it says most, and no more than a sentence holds.
    private static string About(List<string> classes, Dictionary<string, int> frequencies) => string.Join(
        ", and ",
        classes.OrderBy(text => IsTrap(text) ? 0 : 1).ThenBy(text => frequencies[text]).Take(Clauses));

    private static string Against(string rule, Sequence<string> mutants, List<string> faults) => mutants.IsEmpty
        ? $"{rule}{AgainstFault}{faults[0][(faults[0].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}."
        : $"{rule} against this mistake: {mutants[0]}.";

    private static bool IsTrap(string text) => text.StartsWith(Trapping, StringComparison.Ordinal);

    /// <summary>The expectation of a vector whose program comes to an answer.</summary>
    public static Expectation Expected(Answer answer) => answer switch
    {
        Answer.Returned(var r0) => new Expectation.Returns(r0),
        Answer.Trapped(var trap, var pc) => new Expectation.Traps(trap, pc),
        Answer.Rejected => new Expectation.Refuses(),
    };

    /// <summary>The conformance groups of some instructions, in their order.</summary>
    public static Sequence<ConformanceGroup> GroupsOf(IEnumerable<Instruction> program) =>
        [.. program.Select(instruction => instruction.Form.Group).Distinct().Order()];

    private static List<RuleMutant> Found(List<RuleMutant> wanted, ReferenceMachine run, State<Word> start, Answered expected)
    {
        List<RuleMutant> found = [];

        // All mutants of a rule share what comes before its first instruction.
        var form = wanted.Count > 0 ? wanted[0].Form : null;
        var state = start;
        while (form is not null && !IsAt(run, state, form))
        {
            if (run.Step(state) is not Outcome<Word>.Next next) return found;
            state = next.State;
        }

        var right = run.Step(state);
        var isOnce = form is not null && Enumerable.Range(0, run.Program.Length).Count(index => IsOf(run.At(index), form)) == 1;
        foreach (var mutant in wanted)
        {
            var mutated = new MutantMachine(run, mutant);
            if (isOnce && right is Outcome<Word>.Next && mutated.Step(state) == right) continue;
            if (End(mutated, state, Patience(expected.Steps)) != expected.Answer) found.Add(mutant);
        }

        return found;
    }

    // A mutant that takes a program far longer than it should is found: its end does not matter.
    private static int Patience(int steps) => 2 * steps + 100;

    private static bool IsAt(ReferenceMachine run, State<Word> state, Form form) =>
        state.ProgramCounter.Value < (ulong)run.Program.Length
        && IsOf(run.At((int)state.ProgramCounter.Value), form);

    private static bool IsOf(Decoded decoded, Form form) => decoded is Decoded.Valid(var instruction) && instruction.Form.Equals(form);

    // Null where there is no end.
    private static Answer? End(MutantMachine mutated, State<Word> state, int steps) =>
        mutated.Run(state, steps) is var end && end is Outcome<Word>.Next ? null : VectorMachine.Of(end);

    // Registers that would be read before anything is written to them are set first, unless it is about them, or slots are
    // counted from the start.
    private Candidate Tidied(Candidate candidate)
    {
        if (candidate.Setting.Entry != 0
            || Flow.Of(candidate.Program) is not { ReturnsToFirst: false, Unwritten: { IsEmpty: false } unwritten })
        {
            return candidate;
        }

        if (AboutStart.Any(about => rule.StartsWith(about, StringComparison.Ordinal))) return candidate;
        return candidate with { Program = [.. unwritten.Select(register => support.Alu("mov", register, 0)), .. candidate.Program] };
    }

    private sealed record Kept(
        Candidate Candidate,
        bool IsChain,
        List<string> Classes,
        ReferenceMachine Run,
        State<Word> Start,
        Answered Answered,
        PreparedVector Case,
        Vector Vector);
}

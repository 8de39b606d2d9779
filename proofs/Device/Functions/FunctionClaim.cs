using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Runs;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>States before a part of a function, and what must hold after it.</summary>
/// <param name="Begin">The state before, with some code of the build.</param>
/// <param name="Hypotheses">The hypotheses.</param>
/// <param name="Parts">What must hold at the end of a way.</param>
internal sealed record FunctionCase(
    Func<ThumbCode, ArmState<TermWord>> Begin,
    Sequence<Term> Hypotheses,
    Func<ThumbPath, IEnumerable<(string What, Term Holds)>> Parts);

/// <summary>A claim about a part of a function of a build, from one place to the next.</summary>
/// <param name="Build">The build.</param>
/// <param name="Name">The name in the id.</param>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Stops">Where it ends, if it does not return.</param>
/// <param name="Cases">The states before it, all of them.</param>
/// <param name="IsKept">Whether a register means something at an end.</param>
internal sealed record FunctionClaim(
    DeviceBuild Build,
    string Name,
    string Sentence,
    uint Address,
    IReadOnlySet<uint> Stops,
    Sequence<FunctionCase> Cases,
    Func<ThumbEnd, int, bool> IsKept)
{
    /// <summary>Its id.</summary>
    public string Id => $"device/{Build.Name}/{Name}@rbpf";

    /// <summary>Where it is specified.</summary>
    public Clause Source { get; init; } = Clause.Spec("memory");

    /// <summary>The helper that it may call.</summary>
    public HelperContract? Helper { get; init; }

    /// <summary>The hints for a small counterexample.</summary>
    public Sequence<Term> Preferred { get; init; }

    /// <summary>The values of variables where values are tried.</summary>
    public Sequence<(Term Variable, Term Value)> Likely { get; init; }

    /// <summary>The claim, with mutants that change one bit of the binary.</summary>
    public Claim ToClaim() => BitFlips.With(
        new()
        {
            Id = Id,
            Sentence = Sentence,
            Source = Source,
            State = () => About(Build.Code).Proposition,
            Mutants = [],
        },
        Build.Code,
        About);

    /// <summary>The ways through some code, and the instructions on them.</summary>
    public (Sequence<ThumbPath> Paths, IReadOnlyCollection<uint> Met) Read(ThumbCode code, FunctionCase begin)
    {
        var reader = HelperContract.Reader(code, Stops, Helper);
        return (reader.Read(begin.Begin(code), Address, begin.Hypotheses), reader.Met);
    }

    /// <summary>A mutant as an experiment, if it can be one.</summary>
    public Experiment? Experiment(int mutant, Func<Experiment, bool> isPossible) =>
        BitFlips.Experiment(Build.Code, About, mutant, isPossible);

    private Reading About(ThumbCode code)
    {
        SortedSet<uint> met = [];
        var read = Cases.Map(begin =>
        {
            var (paths, seen) = Read(code, begin);
            met.UnionWith(seen);
            return (Case: begin, Paths: paths);
        });
        var all = read.Map(one => ContextualSimplifier.Simplify(one.Case.Hypotheses, Make.All(one.Paths.Select(path =>
            Make.All(path.Condition).Implies(Make.All(one.Case.Parts(path).Select(part => part.Holds)))))));
        var (hypotheses, conclusion) = all.Count == 1
            ? all[0]
            : ([], Make.All(all.Select(one => Make.All(one.Hypotheses).Implies(one.Conclusion))));
        return new(
            new(hypotheses, conclusion, model => read.Select(one => Replayed(code, one.Case, one.Paths, model))
                .MinBy(replay => replay is not Replay.Shown)!)
            {
                Preferred = () => Preferred,
                Suggested = Likely,
            },
            met,
            model => read.Where(one => Replayed(code, one.Case, one.Paths, model) is Replay.Shown)
                .Select(one => Runs.Experiment.Of(
                    Build.Code, code, one.Case.Begin(code), Address, Stops, [], DeviceReplay.Placed(model), IsKept, Helper))
                .FirstOrDefault());
    }

    private Replay Replayed(ThumbCode code, FunctionCase begin, Sequence<ThumbPath> paths, Assignment model)
    {
        var values = DeviceReplay.Placed(model);
        if (!begin.Hypotheses.All(Holds)) return new Replay.NotShown("with addresses of the device, the state is none that is claimed of");
        if (paths.FirstOrDefault(path => path.Condition.All(Holds)) is not { } path) return new Replay.NotShown("no way has these values");
        if (begin.Parts(path).FirstOrDefault(part => !Holds(part.Holds)).What is not { } wrong)
            return new Replay.NotShown("with addresses of the device, the code does what it should");
        var state = begin.Begin(code);
        var run = DeviceRun.Of(DeviceRun.Concrete(state, code, [], values), code, Address, Stops, values, Helper?.On(values));
        if (run.Difference(path, IsKept, values) is { } difference)
            return new Replay.NotShown($"run on numbers, the code differs from its reading: {difference}");
        return new Replay.Shown(
        [
            $"before: {string.Join(' ', state.Registers.Select((value, number) => $"R{number}={(uint)values.Evaluate(value.Term):x}"))}",
            $"the machine code: {run.Text}; otherwise is {wrong}",
            .. code == Build.Code ? (ReadOnlySpan<string>)[] : [$"changed: {DeviceReplay.Changed(Build.Code, code)}"],
        ]);

        bool Holds(Term term) => values.Evaluate(term) == UInt128.One;
    }
}

using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Runs;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device;

/// <summary>A claim about a part of a function of a build, from one place to the next.</summary>
/// <param name="Build">The build.</param>
/// <param name="Name">The name in the id.</param>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Begin">The state before, with some code of the build.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Head">Where it ends, if it does not return.</param>
/// <param name="Hypotheses">The hypotheses.</param>
/// <param name="Parts">What must hold at the end of a way.</param>
/// <param name="IsKept">Whether a register means something there.</param>
internal sealed record FunctionClaim(
    DeviceBuild Build,
    string Name,
    string Sentence,
    Func<ThumbCode, ArmState<TermWord>> Begin,
    uint Address,
    uint Head,
    Sequence<Term> Hypotheses,
    Func<ThumbPath, IEnumerable<(string What, Term Holds)>> Parts,
    Func<ThumbEnd, int, bool> IsKept)
{
    /// <summary>The claim, with mutants that change one bit of the binary.</summary>
    public Claim ToClaim() => BitFlips.With(
        new()
        {
            Id = $"device/{Build.Name}/{Name}@rbpf",
            Sentence = Sentence,
            Source = Clause.Spec("memory"),
            State = () => About(Build.Code).Proposition,
            Mutants = [],
        },
        Build.Code,
        About);

    private (Proposition Proposition, IReadOnlyCollection<uint> Met) About(ThumbCode code)
    {
        var reader = new ThumbReader(
            code, new HashSet<uint> { Head }, new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), DeviceBuild.Aligned);
        var paths = reader.Read(Begin(code), Address, Hypotheses);
        var conclusion = Make.All(paths.Select(path => Make.All(path.Condition).Implies(Make.All(Parts(path).Select(part => part.Holds)))));
        var (hypotheses, simplified) = ContextualSimplifier.Simplify(Hypotheses, conclusion);
        return (new(hypotheses, simplified, model => Replayed(code, paths, model)), reader.Met);
    }

    private Replay Replayed(ThumbCode code, Sequence<ThumbPath> paths, Assignment model)
    {
        var values = DeviceReplay.Placed(model);
        if (paths.FirstOrDefault(path => path.Condition.All(Holds)) is not { } path) return new Replay.NotShown("no way has these values");
        if (Parts(path).FirstOrDefault(part => !Holds(part.Holds)).What is not { } wrong)
            return new Replay.NotShown("with addresses of the device, the code does what it should");
        var run = DeviceRun.Of(Begin(code), code, Address, Head, [], values);
        if (run.Difference(path, IsKept, values) is { } difference)
            return new Replay.NotShown($"run on numbers, the code differs from its reading: {difference}");
        return new Replay.Shown(
        [
            $"before: {string.Join(' ', Begin(code).Registers.Select(
                (value, number) => $"R{number}={(uint)values.Evaluate(value.Term):x}"))}",
            $"the machine code: {run.Text}; otherwise is {wrong}",
            .. code == Build.Code ? (ReadOnlySpan<string>)[] : [$"changed: {DeviceReplay.Changed(Build.Code, code)}"],
        ]);

        bool Holds(Term term) => values.Evaluate(term) == UInt128.One;
    }
}

/// <summary>The claims about functions.</summary>
internal static class FunctionClaims
{
    /// <summary>Those of a build.</summary>
    public static IEnumerable<FunctionClaim> Of(DeviceBuild build)
    {
        var bytes = new BytesFunction(build);
        yield return new(
            build,
            "run",
            "From its call to its first dispatch, rbpf_run keeps what it must bring back, and comes to the head of its loop with what each "
            + "step begins with.",
            code => build.AtEntry(code),
            build.Code["rbpf_run"].Address,
            build.Head,
            [DeviceBuild.Pc.Below(1U << 28)],
            build.Begins,
            (_, register) => build.AtHead.Registers[register] is not Content.Free);
        yield return new(
            build,
            "bytes/begin",
            "From its call, rbpf_bytes comes to its loop with the first region of the table, and changes nothing.",
            bytes.AtEntry,
            bytes.Begin,
            bytes.Head,
            [],
            bytes.Begins,
            bytes.IsKept);
        yield return new(
            build,
            "bytes/turn",
            "A turn of the loop of rbpf_bytes returns a region's bytes if the region grants the access, else goes on to the next; after "
            + "the last, it returns those of the frame that has the access, or zero.",
            bytes.AtHead,
            bytes.Head,
            bytes.Head,
            BytesFunction.Hypotheses,
            bytes.Turns,
            bytes.IsKept);
    }
}

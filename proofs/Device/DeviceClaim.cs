using RbpfSpec.Proofs.Device.Runs;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Proofs.Device;

/// <summary>The claim that a build does with an instruction what its rule does.</summary>
/// <param name="step">The instruction and the state.</param>
internal sealed class DeviceClaim(DeviceStep step)
{
    private readonly Lazy<Effect> effect = new(() => step.Setup.Execute());

    /// <summary>Its id.</summary>
    public string Id => $"device/{step.Build.Name}/{step.Setup.Id}";

    /// <summary>The claim, with mutants that change one bit of the binary.</summary>
    public Claim ToClaim() => BitFlips.With(
        new()
        {
            Id = Id,
            Sentence = $"From dispatch back to dispatch, or to its return, the {step.Build.Name} build's machine code does what the rule "
                + "does, for all values, and leaves all other memory alone.",
            Source = Clause.Spec("state and step"),
            State = () => About(step.Build.Code, isAbstract: true).Proposition,
            Mutants = [],
        },
        step.Build.Code,
        code => About(code, isAbstract: false));

    /// <summary>A mutant as an experiment, if it can be one.</summary>
    public Experiment? Experiment(int mutant, Func<Experiment, bool> isPossible) =>
        BitFlips.Experiment(step.Build.Code, code => About(code, isAbstract: false), mutant, isPossible);

    private Reading About(ThumbCode code, bool isAbstract)
    {
        var (paths, met) = step.Read(code);
        var conclusion = Make.All(paths.Select(path =>
            Make.All(path.Condition).Implies(Make.All(step.Agrees(path, effect.Value).Select(part => part.Holds)))));
        Sequence<Term> known = step.Hypotheses;
        if (isAbstract)
        {
            conclusion = Lemmas.Put(conclusion);
            Abstraction abstraction = new();
            known = [.. known, .. Lemmas.ByMinusOne(conclusion).Select(abstraction.Of)];
            conclusion = abstraction.Of(conclusion) & abstraction.Obligations;
        }

        var (hypotheses, simplified) = ContextualSimplifier.Simplify(known, conclusion);
        return new(
            new(hypotheses, simplified, assignment => DeviceReplay.Of(step, code, effect.Value, paths, assignment)),
            met,
            assignment => DeviceReplay.Experiment(step, code, assignment));
    }
}

using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Mutations;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Whether a mistake in a rule is none: whether the mistaken rule does what the rule does, whatever the state.</summary>
/// <remarks>
/// Asked for registers that stand for all: two of no special meaning, one twice, r0 as either, and r10. No region is
/// 2^63 bytes long. What packs the arguments of a helper is asked for the helpers whose meaning is stated over terms.
/// </remarks>
/// <param name="prover">Decides.</param>
/// <param name="profile">The machine variant.</param>
public sealed class Equivalence(Prover prover, Profile profile)
{
    private static readonly (int Destination, int Source)[] Registers = [(1, 2), (1, 1), (0, 2), (1, 0), (1, 10), (10, 2)];

    /// <summary>The fate of a mistake that no vector finds.</summary>
    public EquivalenceFate Of(Mutation mutation)
    {
        foreach (var scene in Scenes(mutation.Form))
        {
            var agreement = new Obligation(
                [.. scene.Hypotheses, .. Short(scene)],
                scene.Execute().Agrees(scene.Of(mutation.Execute(scene.Execution))),
                _ => new Replay.NotShown("nothing is replayed"));
            var question = Question.Of(agreement, ClaimKind.Always);
            switch (prover.Search(question, isLikely: false))
            {
                case Answer.Values(var model):
                    return new EquivalenceFate.Differs(SceneReplay.Before(
                        Symbolic.Machine.Concretise.State(scene.State, model, SceneReplay.Host(scene, model))));
                case Answer.Undecided(var reason):
                    return new EquivalenceFate.Undecided(reason);
                case Answer.Nothing:
                    break;
            }
        }

        return new EquivalenceFate.Equivalent();
    }

    private IEnumerable<Scene> Scenes(Form form) =>
        from scene in Stage.ScenesOf(form, profile, 2)
        from numbers in HasRegisters(form) ? Registers : [(1, 2)]
        where !WritesFramePointer(form, numbers)
        select scene.WithRegisters(numbers.Destination, numbers.Source);

    private static bool HasRegisters(Form form) =>
        form.Layout.Destination is FieldUse.NamesRegister || form.Layout.Source is FieldUse.NamesRegister;

    // The preflight rejects it.
    private static bool WritesFramePointer(Form form, (int Destination, int Source) numbers) => form.Writes switch
    {
        WrittenRegister.Destination => numbers.Destination == Register.Last,
        WrittenRegister.Source => numbers.Source == Register.Last,
        WrittenRegister.R0 or WrittenRegister.None => false,
    };

    private static IEnumerable<Term> Short(Scene scene) => scene.State.Memory.Regions.Select(region => Make.Not(
        Make.Binary(Operator.LessSigned, region.Length.Term, Make.Constant(0, (int)Width.Bits64))));
}

/// <summary>What is known of a mistake that no vector finds.</summary>
public abstract record EquivalenceFate
{
    private EquivalenceFate()
    {
    }

    /// <summary>It is no mistake.</summary>
    public sealed record Equivalent : EquivalenceFate;

    /// <summary>It is one.</summary>
    /// <param name="State">A state in which it shows.</param>
    public sealed record Differs(string State) : EquivalenceFate;

    /// <summary>Nothing is known; not a pass.</summary>
    public sealed record Undecided(string Reason) : EquivalenceFate;
}

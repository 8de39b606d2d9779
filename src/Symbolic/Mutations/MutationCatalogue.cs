using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>Every mutation of the rules of a profile.</summary>
public static class MutationCatalogue
{
    /// <summary>The encodings that a profile has, in the order of the table.</summary>
    public static Sequence<Form> Forms(Profile profile) =>
        [.. OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs))];

    /// <summary>Every mutation of every rule of a profile, in the order of the table.</summary>
    public static Sequence<Mutation> Of(Profile profile) => [.. Forms(profile).SelectMany(form => Of(form, profile))];

    /// <summary>Every mutation of one encoding's rule.</summary>
    public static IEnumerable<Mutation> Of(Form form, Profile profile)
    {
        var execution = Sample(form, profile);
        var guards = Mutation.Run(execution, default, null).Guards;
        for (var i = 0; i < guards.Count; i++)
        {
            // A guard of a constant false is no part of the rule in this profile.
            if (IsMeant(form, guards[i].Trap, profile)) yield return new Mutation.Unguarded(form, i, guards[i].Trap);
        }

        var altered = Altering<Word>.Execution(execution);
        foreach (var (site, change) in AlteredRun.Changes(() => form.Operation.Execute(altered)))
            yield return new Mutation.Altered(form, site, change);
        foreach (var misreading in Misreading.Of(form)) yield return new Mutation.Misread(form, misreading);
        foreach (var slip in Slip.Of(form)) yield return new Mutation.Slipped(form, slip);
    }

    private static bool IsMeant(Form form, Trap trap, Profile profile) =>
        trap is not Trap.BranchBudget || profile.BranchLimit is Allowance<ulong>.Remaining || form.Displacement.IsEmpty;

    // Any state will do, as a rule asks for the same operations in all of them: one with a call to return from.
    private static Execution<Word> Sample(Form form, Profile profile)
    {
        var start = new Start(profile) { Context = [0], Host = DefaultHost.Granting([0x02]) }.State();
        var zero = Word.Of(0);
        var frame = new Frame<Word>(zero, [zero, zero, zero, zero, zero]);
        var isHelper = form.Operation is CallOperation.ByHelperId;
        return new(
            form,
            new(
                Word.Wrap(1, Width.Bits4),
                Word.Wrap(2, Width.Bits4),
                Word.Wrap(0, Width.Bits16),
                Word.Wrap(isHelper ? 0x02UL : 0, Width.Bits32),
                Word.Wrap(0, Width.Bits32)),
            form.Operation is CallOperation.Exit ? start with { Frames = [frame] } : start,
            profile);
    }
}

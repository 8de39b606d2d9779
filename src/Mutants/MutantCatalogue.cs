using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Mutants;

/// <summary>Every mutant of the rules of a profile.</summary>
public static class MutantCatalogue
{
    // A helper for which a call does all that it can: it grants views to read and to write, and copies.
    private static readonly HelperFunction<Word> Copying = new(
        new(2, "copy", "Copies r3 bytes from r2 to r1; the result is r1.",
            [
                new ArgumentKind.Writable(new ByteCount.InArgument(3)), new ArgumentKind.Readable(new ByteCount.InArgument(3)),
                new ArgumentKind.Value(),
            ]),
        call => new(call.Arguments[0], call.State, []) { Copies = [new(1, 2, call.Arguments[2])] });

    private static readonly HostState<Word> Host = HostState<Word>.Bare with { Helpers = [Copying] };

    /// <summary>The encodings that a profile has, in the order of the table.</summary>
    public static Sequence<Form> Forms(Profile profile) =>
        [.. OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs))];

    /// <summary>Every mutant of every rule of a profile, in the order of the table.</summary>
    public static Sequence<RuleMutant> Of(Profile profile) => [.. Forms(profile).SelectMany(form => Of(form, profile))];

    /// <summary>Every mutant of one encoding's rule.</summary>
    public static IEnumerable<RuleMutant> Of(Form form, Profile profile)
    {
        var execution = new MutantExecution<Word>(Sample(form, profile));
        var guards = execution.Execute().Guards;
        for (var i = 0; i < guards.Count; i++)
        {
            // A guard of a constant false is no part of the rule in this profile.
            if (IsMeant(form, guards[i].Trap, profile)) yield return new GuardMutant(form, i, guards[i].Trap);
        }

        foreach (var changed in MutantRun.Changes(MutantScope.EveryState, execution.Execute))
            yield return new OperationMutant(form, changed);
        foreach (var mutant in FieldMutant.Of(form)) yield return mutant;
        foreach (var mutant in EffectMutant.Of(form)) yield return mutant;
    }

    private static bool IsMeant(Form form, Trap trap, Profile profile) =>
        trap is not Trap.BranchBudget || profile.BranchLimit is Allowance<ulong>.Remaining || form.Displacement.IsEmpty;

    // Any state will do, as a rule asks for the same operations in all of them: one with a call to return from.
    private static Execution<Word> Sample(Form form, Profile profile)
    {
        var start = new Start(profile) { Context = [0], Host = Host }.State();
        var zero = Word.Of(0);
        var frame = new Frame<Word>(zero, [zero, zero, zero, zero, zero]);
        var isHelper = form.Operation is CallOperation.ByHelperId;
        return new(
            form,
            new(
                Word.Wrap(1, Width.Bits4),
                Word.Wrap(2, Width.Bits4),
                Word.Wrap(0, Width.Bits16),
                Word.Wrap(isHelper ? Copying.Declaration.Id : 0, Width.Bits32),
                Word.Wrap(0, Width.Bits32)),
            form.Operation is CallOperation.Exit ? start with { Frames = [frame] } : start,
            profile);
    }
}

using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Selection;

/// <summary>The score of a suite: how many mutants of the rules it tells from the reference machine.</summary>
/// <param name="Killed">The mutants that at least one vector finds.</param>
/// <param name="Alive">The others.</param>
/// <param name="Left">How many vectors were left out, because the reference machine does not do what they say.</param>
public sealed record Score(Sequence<RuleMutant> Killed, Sequence<RuleMutant> Alive, int Left)
{
    /// <summary>Measures a suite against every mutant of the catalogue.</summary>
    /// <param name="vectors">The suite, in any of our formats.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="isMeant">Whether the mutants of an encoding are meant, by its id; all are if nothing is said.</param>
    public static Score Of(IReadOnlyList<Vector> vectors, Profile profile, Func<string, bool>? isMeant = null)
    {
        var measure = new SuiteMeasure(vectors, profile);
        var mutants = Mutants(profile, isMeant);
        return Of(mutants, [.. mutants.AsParallel().AsOrdered().Select(measure.Kills)], measure.Left);
    }

    /// <summary>The mutants that a suite is measured against.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="isMeant">Whether the mutants of an encoding are meant, by its id; all are if nothing is said.</param>
    public static Sequence<RuleMutant> Mutants(Profile profile, Func<string, bool>? isMeant = null) =>
        [.. MutantCatalogue.Of(profile).Where(mutant => isMeant is null || isMeant(mutant.Form.Id))];

    /// <summary>The score of a suite of which it is known what it finds.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="killed">Whether a vector finds each.</param>
    /// <param name="left">How many vectors were left out.</param>
    public static Score Of(Sequence<RuleMutant> mutants, IReadOnlyList<bool> killed, int left) => new(
        [.. mutants.Where((_, index) => killed[index])],
        [.. mutants.Where((_, index) => !killed[index])],
        left);
}

/// <summary>A suite that mutants of the rules are put to.</summary>
public sealed class SuiteMeasure
{
    private readonly ILookup<string, Run> byForm;

    /// <summary>A suite, each vector of which is run once.</summary>
    /// <param name="vectors">The suite, in any of our formats.</param>
    /// <param name="profile">The machine variant.</param>
    public SuiteMeasure(IReadOnlyList<Vector> vectors, Profile profile)
    {
        var machine = new VectorMachine(profile);
        var runs = vectors.AsParallel().AsOrdered().Select(vector => RunOf(vector, machine)).ToList();
        byForm = runs.Select(each => each.Run).OfType<Run>()
            .SelectMany(run => run.Forms.Select(form => (form, run)))
            .ToLookup(pair => pair.form, pair => pair.run);
        Left = runs.Count(each => !each.Holds);
    }

    /// <summary>How many vectors are left out, because the reference machine does not do what they say.</summary>
    public int Left { get; }

    /// <summary>Whether a vector tells a mutant from the reference machine.</summary>
    public bool Kills(RuleMutant mutant) =>
        byForm[mutant.Form.Id].OrderByDescending(run => run.Rule == mutant.Form.Id).Any(run => run.Kills(mutant));

    // What is rejected has no run: mutants of rules do not show there.
    private static (bool Holds, Run? Run) RunOf(Vector vector, VectorMachine machine)
    {
        if (vector.Program is not VectorProgram.Code(var code)
            || machine.Run(code, vector.Memory, vector.Setting) is not { } answered
            || VectorRunner.Judge(vector.Expectation, answered.Answer) is not VectorResult.Passed)
        {
            return (false, null);
        }

        if (answered.Before is not { } before) return (true, null);
        var reference = new ReferenceMachine(Program.Of(code.AsSpan()), machine.Profile);
        HashSet<string> forms = [.. Enumerable.Range(0, reference.Program.Length)
            .Select(index => reference.At(index)).OfType<Decoded.Valid>().Select(valid => valid.Instruction.Form.Id)];
        return (true, new(vector.Rule, reference, before, vector.Expectation, answered.Steps, forms));
    }

    private sealed record Run(
        string Rule, ReferenceMachine Machine, State<Word> Before, Expectation Expectation, int Steps, HashSet<string> Forms)
    {
        // A run that takes far longer than it should is found: its end does not matter.
        public bool Kills(RuleMutant mutant) =>
            new MutantMachine(Machine, mutant).Run(Before, (2 * Steps) + 100) is var end
            && (end is Outcome<Word>.Next || VectorRunner.Judge(Expectation, VectorMachine.Of(end)) is not VectorResult.Passed);
    }
}

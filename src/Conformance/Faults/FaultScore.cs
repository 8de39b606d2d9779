using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults;

/// <summary>A fault of the catalogue, by what it is.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">What is wrong, unique in the catalogue.</param>
public readonly record struct MachineFault(string Class, string Name);

/// <summary>How well a suite tells machines with a fault from the right one.</summary>
/// <param name="Killed">The faults that at least one vector shows.</param>
/// <param name="Alive">The others.</param>
/// <param name="Left">
/// The vectors that were left out, because the machine without a fault does not end as they say, to the last register.
/// </param>
public sealed record FaultScore(Sequence<MachineFault> Killed, Sequence<MachineFault> Alive, Sequence<string> Left)
{
    /// <summary>Measures a suite against every fault of the catalogue.</summary>
    /// <param name="vectors">The suite; vectors that say what the reference machine does not do show nothing.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="isMeant">
    /// Whether the faults of a rule are meant, by its id; all are, and those of no single rule, if nothing is said.
    /// </param>
    public static FaultScore Of(IReadOnlyList<Vector> vectors, Profile profile, Func<string, bool>? isMeant = null)
    {
        var measure = new FaultMeasure(vectors, profile, isMeant);
        return measure.Score([.. Enumerable.Range(0, measure.Count).AsParallel().AsOrdered().Select(measure.Shows)]);
    }

    /// <summary>A vector as a case; null if it says what the machine without a fault does not do.</summary>
    internal static PreparedVector? Prepared(Vector vector, Profile profile) =>
        vector.Program is VectorProgram.Code(var code)
        && PreparedVector.Of(profile, code, vector.Memory, vector.Setting) is var input
        && Says(vector.Expectation, input.Right)
        && (vector.After is not { } after || after.Registers.SequenceEqual(input.Registers)) ? input : null;

    private static bool Says(Expectation expectation, Ending end) => (expectation, end.Answer) switch
    {
        (Expectation.Returns(var r0), EndKind.Returned) => r0 == end.R0,
        (Expectation.Refuses, EndKind.Rejected) => true,
        (Expectation.Traps(var trap, var pc), EndKind.Trapped) => trap.ToString() == end.Trap && pc == (ulong)end.ProgramCounter,
        _ => false,
    };
}

/// <summary>A suite that faults of machines are put to.</summary>
public sealed class FaultMeasure
{
    private readonly List<Fault> faults;
    private readonly List<(string Rule, PreparedVector Case)> cases;
    private readonly ILookup<string, PreparedVector> byRule;
    private readonly Sequence<string> left;

    /// <summary>A suite, each vector of which is run once.</summary>
    /// <param name="vectors">The suite.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="isMeant">
    /// Whether the faults of a rule are meant, by its id; all are, and those of no single rule, if nothing is said.
    /// </param>
    public FaultMeasure(IReadOnlyList<Vector> vectors, Profile profile, Func<string, bool>? isMeant = null)
    {
        var read = vectors.AsParallel().AsOrdered()
            .Select(vector => (vector.Name, vector.Rule, Case: FaultScore.Prepared(vector, profile))).ToList();
        cases = [.. read.Where(each => each.Case is not null).Select(each => (each.Rule, each.Case!))];
        byRule = cases.ToLookup(each => each.Rule, each => each.Case);
        faults = FaultCatalogue.Of(profile).Where(fault => isMeant is null || isMeant(fault.Rule)).ToList();
        left = [.. read.Where(each => each.Case is null).Select(each => each.Name)];
    }

    /// <summary>How many faults there are.</summary>
    public int Count => faults.Count;

    /// <summary>Whether a vector shows the fault of a number.</summary>
    public bool Shows(int number) =>
        byRule[faults[number].Rule].Any(input => input.Shows(faults[number])) || cases.Exists(each => each.Case.Shows(faults[number]));

    /// <summary>The score, of what is shown.</summary>
    /// <param name="shown">Whether a vector shows each fault.</param>
    public FaultScore Score(IReadOnlyList<bool> shown) => new(
        [.. faults.Where((_, index) => shown[index]).Select(Named)],
        [.. faults.Where((_, index) => !shown[index]).Select(Named)],
        left);

    private static MachineFault Named(Fault fault) => new(fault.Class, fault.Name);
}

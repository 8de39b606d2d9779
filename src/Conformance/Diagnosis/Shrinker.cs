using RbpfSpec.Conformance.Running;
using RbpfSpec.Fuzzing;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>Makes the program of a deviation small, against the machine that deviates.</summary>
/// <param name="session">The machine.</param>
/// <param name="profile">The machine variant that is right.</param>
public sealed class Shrinker(IMachineSession session, Profile profile)
{
    // So many programs are put to the machine, so many at a time.
    private const int MostTries = 600;
    private const int AtATime = 24;

    private readonly VectorMachine machine = new(profile, Engine.Auto);

    /// <summary>A deviation of the same sort with a program that is as small as it gets; the given one if none is found.</summary>
    /// <param name="found">The deviation.</param>
    /// <param name="cause">What the program has to keep; nothing if null.</param>
    public TestResult Shrunk(TestResult found, CoveragePoint? cause = null)
    {
        // Each try at one that hangs would take all the time that it is given.
        if (found.Status is TestStatus.Hung
            || !found.Vector.Setting.Needs.IsEmpty
            || found.Vector.Program is not VectorProgram.Code(var code))
        {
            return found;
        }

        if (PlainCase.Of(code.AsSpan(), found.Vector.Memory) is not { } plain
            || ProgramVector.Of(machine, plain, found.Vector.Name, out var sort) is null)
        {
            return found;
        }

        var keepsPortable = Choices.AreNone(machine, found.Vector);
        var (best, tries) = (found, 0);
        while (tries < MostTries && Smaller() is { } smaller) (plain, best) = smaller;
        return best;

        (PlainCase, TestResult)? Smaller()
        {
            foreach (var block in plain.Smaller().Chunk(AtATime))
            {
                var tried = block.Select(each => (Plain: each, Vector: Candidate(each))).Where(each => each.Vector is not null).ToList();
                tries += tried.Count;
                var replies = session.Run([.. tried.Select(each => each.Vector!)]);
                foreach (var (each, reply) in tried.Zip(replies))
                {
                    var result = TestRun.Of(each.Vector!, reply);
                    if (result.Status == best.Status && result.Reply?.GetType() == best.Reply?.GetType()) return (each.Plain, result);
                }

                if (tries >= MostTries) return null;
            }

            return null;
        }

        Vector? Candidate(PlainCase each) => ProgramVector.Of(machine, each, found.Vector.Name, out var ends) is { } vector
            && ends == sort
            && (!keepsPortable || Choices.AreNone(machine, vector))
            && (cause is not { } point || Traits.Has(vector, point, machine))
                ? vector with { Rule = found.Vector.Rule, Purpose = found.Vector.Purpose }
                : null;
    }
}

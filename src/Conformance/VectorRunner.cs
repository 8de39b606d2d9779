using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance;

/// <summary>The result of running a vector.</summary>
public abstract record VectorResult
{
    private VectorResult()
    {
    }

    /// <summary>The machine did what the vector says.</summary>
    public sealed record Passed : VectorResult;

    /// <summary>It did something else.</summary>
    public sealed record Failed(string Reason) : VectorResult;

    /// <summary>The vector is about something outside RFC 9669.</summary>
    public sealed record Unsupported(string Reason) : VectorResult;
}

/// <summary>Runs vectors on a machine of this project.</summary>
public static class VectorRunner
{
    /// <summary>Runs one vector under a profile.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="engine">The engine of the fast machine; the semantics if nothing.</param>
    public static VectorResult Run(Vector vector, Profile profile, Engine? engine = null) => vector.Program switch
    {
        VectorProgram.Unsupported(var reason) => new VectorResult.Unsupported(reason),
        VectorProgram.Code when !vector.IsStated => new VectorResult.Unsupported(NothingStated),
        VectorProgram.Code(var bytes) => Judge(
            vector.Expectation, new ConformanceMachine(profile, engine).Run(bytes, vector.Memory)),
    };

    /// <summary>Why a vector without a result is not judged.</summary>
    public const string NothingStated = "nothing says what has to come out: there is no section '-- result' and none '-- error'";

    /// <summary>Whether an answer is what was expected.</summary>
    public static VectorResult Judge(Expectation expectation, Answer answer) => (expectation, answer) switch
    {
        (Expectation.Returns(var expected), Answer.Returned(var actual)) when expected == actual => new VectorResult.Passed(),
        (Expectation.Refuses, Answer.Rejected) => new VectorResult.Passed(),
        (Expectation.Traps(var trap, var pc), Answer.Trapped(var raised, var at)) when trap == raised && pc == at =>
            new VectorResult.Passed(),
        _ => new VectorResult.Failed($"expected {Describe(expectation)}, got {Describe(answer)}"),
    };

    /// <summary>An answer in words.</summary>
    public static string Describe(Answer answer) => answer switch
    {
        Answer.Returned(var r0) => $"r0 = 0x{r0:x}",
        Answer.Rejected(var problems) => $"a rejection: {problems[0]}{More(problems.Count - 1)}",
        Answer.Trapped(var trap, var pc) trapped => trapped.Report?.ToString() ?? $"trap {trap} at slot {pc}",
    };

    /// <summary>An expectation in words.</summary>
    public static string Describe(Expectation expectation) => expectation switch
    {
        Expectation.Returns(var r0) => $"r0 = 0x{r0:x}",
        Expectation.Refuses => "a rejection by the preflight",
        Expectation.Traps(var trap, var pc) => $"trap {trap} at slot {pc}",
    };

    private static string More(int count) => count switch
    {
        0 => "",
        < ConformanceMachine.MostProblems - 1 => $" (and {count} more)",
        _ => " (and many more)",
    };
}

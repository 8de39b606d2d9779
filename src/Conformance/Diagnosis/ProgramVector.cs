using RbpfSpec.Fuzzing;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>Vectors made of programs: what has to come out is what the machine of the profile does.</summary>
public static class ProgramVector
{
    /// <summary>The vector of a program; null if the program does not end.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="plain">The program and its memory.</param>
    /// <param name="name">The vector's name.</param>
    /// <param name="sort">What sort of end it has: a result, the trap, or the check that rejects it.</param>
    public static Vector? Of(VectorMachine machine, PlainCase plain, string name, out string sort)
    {
        var code = plain.Code;
        sort = "";
        if (machine.Run(code, plain.Memory, Setting.Plain) is not { } answered) return null;
        (Expectation expected, sort) = answered.Answer switch
        {
            Answer.Returned(var r0) => ((Expectation)new Expectation.Returns(r0), "result"),
            Answer.Trapped(var trap, var pc) => (new Expectation.Traps(trap, pc), $"{trap}"),
            Answer.Rejected(var problems) => (new Expectation.Refuses(), problems[0].Check),
        };
        return new(name, new VectorProgram.Code(code), plain.Memory, expected)
        {
            After = answered.After is { } after ? Snapshot.Of(after) : null,
        };
    }
}

using RbpfSpec.Dialects;
using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Programs on HAVM with native code, from slot 0 without a context, beside its instruction set interpreted.</summary>
public static class HavmDifference
{
    private const int Fuel = 1000;

    /// <summary>Runs a program in both ways.</summary>
    /// <param name="program">The program.</param>
    /// <param name="compiler">The compiler to native code.</param>
    public static DialectDifference Of(Program program, HavmCompiler compiler)
    {
        var dialect = Havm.Dialect;
        var interpreter = new DialectMachine(program, dialect);
        var problems = interpreter.Check(0, Admission.Of(dialect.Profile, []));
        var start = new Start(dialect.Profile).State();

        // The published machine comes without a preflight check: programs are compiled whatever they are.
        return compiler.Compile(program) is HavmCompiled.ReadsOutside(var slot)
            ? new(
                program,
                new(true, "reads outside the program while it compiles", $": slot {slot.Signed}"),
                problems.IsEmpty ? Of(interpreter, start) : DialectDifference.Rejected(problems))
            : problems.IsEmpty
                ? new(program, Of(new HavmMachine(program, compiler).Run(start, Fuel)), Of(interpreter, start))
                : new(program, DialectDifference.Rejected(problems), DialectDifference.Rejected(problems));
    }

    private static Fate Of(DialectMachine machine, Semantics.Machine.State<Word> start) => DialectDifference.Of(machine.Run(start, Fuel));

    private static Fate Of(HavmOutcome outcome) => outcome switch
    {
        HavmOutcome.Regular regular => DialectDifference.Of(regular.Outcome),
        HavmOutcome.Lost lost => new(true, $"native code {lost.Reason}", ""),
        HavmOutcome.ReadsOutside(var slot) => new(true, "reads outside the program while it compiles", $": slot {slot.Signed}"),
    };
}

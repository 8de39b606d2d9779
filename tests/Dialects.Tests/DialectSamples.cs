using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects.Tests;

/// <summary>Runs of small programs on historic machines and on the normative one.</summary>
internal static class DialectSamples
{
    /// <summary>EXIT, the last slot of most programs.</summary>
    public const string Exit = " 9500000000000000";

    /// <summary>A program on the machine of a deviation, with that deviation alone.</summary>
    public static DialectMachine With(string number, string program)
    {
        var deviation = DialectTable.Deviation(number);
        var profile = DialectTable.All.Single(dialect => dialect.Deviations.Contains(deviation)).Profile;
        return new(Samples.ProgramOf(program), profile, [deviation]);
    }

    /// <summary>The ids of the checks that a program breaks.</summary>
    public static IEnumerable<string> Broken(this DialectMachine machine) =>
        machine.Check(0, Admission.Of(machine.Profile, [])).Select(problem => problem.Check);

    /// <summary>The outcome of a run from slot 0, with a context of 8 bytes.</summary>
    public static DialectOutcome Run(this DialectMachine machine) =>
        machine.Run(new Start(machine.Profile) { Context = [1, 2, 3, 4, 5, 6, 7, 8] }.State(), 1000);

    /// <summary>The result of a run that ends by EXIT.</summary>
    public static ulong Result(this DialectOutcome outcome) => outcome.Regular().Result();

    /// <summary>The trap of a run that ends by one.</summary>
    public static Trap Trap(this DialectOutcome outcome) => outcome.Regular().Trap();

    /// <summary>The ids of the checks that a program breaks on the normative machine.</summary>
    public static IEnumerable<string> BrokenNormatively(string program) =>
        Preflight.Check(Samples.ProgramOf(program), 0, Admission.Of(Profile.Rbpf, [])).Select(problem => problem.Check);

    /// <summary>The outcome of a run of the normative machine, from slot 0, with a context of 8 bytes.</summary>
    public static Outcome<Word> RunNormatively(string program) =>
        new ReferenceMachine(Samples.ProgramOf(program), Profile.Rbpf)
            .Run(new Start(Profile.Rbpf) { Context = [1, 2, 3, 4, 5, 6, 7, 8] }.State());

    private static Outcome<Word> Regular(this DialectOutcome outcome) =>
        outcome.ShouldBeOfType<DialectOutcome.Regular>().Outcome;
}

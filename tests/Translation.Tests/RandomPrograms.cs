using RbpfSpec.Fuzzing;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Translation.Tests;

/// <summary>Programs drawn by a seed, with a state to run from.</summary>
internal static class RandomPrograms
{
    public const ulong Seed = 20261129;

    // Helpers are the machine's business.
    private static readonly Setting Setting = Setting.Of(Profile.Rbpf);

    /// <summary>The program of a number, and the state that it begins in.</summary>
    public static (CheckedProgram Program, State<Word> Start) Draw(ulong number)
    {
        var drawn = FuzzCase.Draw(Setting, Seed, number, out var program);
        return (program, (drawn with { Beginning = drawn.Beginning with { Instructions = null } }).State());
    }

    /// <summary>How a run of the rules ends.</summary>
    public static Outcome<Word> Reference(CheckedProgram program, State<Word> start) => new ConcreteMachine(program).Run(start);

    /// <summary>That two runs end alike, in everything that a program or its host can see.</summary>
    public static void ShouldEndAs(this Outcome<Word> actual, Outcome<Word> expected, ulong number)
    {
        var name = $"program {number} of seed {Seed}";
        actual.GetType().ShouldBe(expected.GetType(), name);
        (actual as Outcome<Word>.Trapped)?.Trap.ShouldBe(((Outcome<Word>.Trapped)expected).Trap, name);
        actual.State.Registers.ToString().ShouldBe(expected.State.Registers.ToString(), name);
        actual.State.ProgramCounter.ShouldBe(expected.State.ProgramCounter, name);
        actual.State.Budget.ShouldBe(expected.State.Budget, name);
        actual.State.Memory.Regions.ShouldBe(expected.State.Memory.Regions, name);
    }
}

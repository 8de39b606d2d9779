using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>Runs the same state on the semantics and on every engine that works here, and compares all that can be seen.</summary>
internal static class Comparison
{
    // Of a state without limits: a generated program may not end.
    private static readonly Allowance<Word> Enough = new Allowance<Word>.Remaining(Word.Of(60));

    /// <summary>The engines that interpret and work in this build.</summary>
    public static Engine[] Interpreters { get; } = [.. new[] { Engine.Switch, Engine.Threaded }.Where(Engines.IsAvailable)];

    /// <summary>The engines that work in this build; what is compiled takes a millisecond a program.</summary>
    public static Engine[] Available { get; } = [.. new[] { Engine.Switch, Engine.Threaded, Engine.Compiled }.Where(Engines.IsAvailable)];

    /// <summary>The program if it may run with the helpers of <see cref="Samples"/>; else nothing.</summary>
    public static CheckedProgram? Check(Semantics.Encoding.Program program, Semantics.Profiles.Profile profile) =>
        CheckedProgram.Check(program, 0, Samples.RulesOf(profile), out _);

    /// <summary>The state with some limit, so that every run of it ends soon.</summary>
    public static State<Word> Ending(State<Word> state) => IsSmall(state.Budget.Branches) || IsSmall(state.Budget.Instructions)
        ? state
        : state with { Budget = state.Budget with { Branches = Enough } };

    private static bool IsSmall(Allowance<Word> allowance) => allowance is Allowance<Word>.Remaining({ Value: <= 1_000 });

    /// <summary>Fails unless every interpreter ends as the semantics does: state, trap, registers, memory, frames, budget, host.</summary>
    public static void Agrees(CheckedProgram program, State<Word> state)
    {
        foreach (var engine in Interpreters) Agrees(program, state, new EngineMachine(program, engine));
    }

    /// <summary>Fails unless a machine ends as the semantics does.</summary>
    public static void Agrees(CheckedProgram program, State<Word> state, EngineMachine machine)
    {
        var expected = new ReferenceMachine(program.Program, program.Rules.Profile).Run(state);
        var found = machine.Run(state);
        if (found.Equals(expected)) return;
        throw new InvalidOperationException(Difference(program, state, machine, expected, found));
    }

    private static string Difference(
        CheckedProgram program, State<Word> state, EngineMachine machine, Outcome<Word> expected, Outcome<Word> found) =>
        $"""
        {machine.Engine} under {program.Rules.Profile.Name} differs from the semantics on
        {Disassembler.Text(program.Program, Syntax.Conformance)}
        from    {Text(state)}
        expected {Kind(expected)} {Text(expected.State)}
        found    {Kind(found)} {Text(found.State)}
        """;

    private static string Kind(Outcome<Word> outcome) => outcome switch
    {
        Outcome<Word>.Next => "goes on",
        Outcome<Word>.Exited => "exits",
        Outcome<Word>.Trapped trapped => $"{trapped.Trap}",
    };

    private static string Text(State<Word> state) =>
        $"pc={state.ProgramCounter} {state.Registers} {state.Budget} frames={state.Frames} stack={state.Memory.Stack.Start} "
        + string.Join(' ', state.Memory.Regions.Select(region =>
            $"{region.Name}@{region.Start}={Convert.ToHexStringLower(((ByteTree)region.Bytes).ToArray())}"));
}

using RbpfSpec.Host;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance;

/// <summary>A machine in the setting of a vector: its preflight, the state it begins in, and how it ends.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Engine">The engine of the fast machine; the semantics if nothing.</param>
public sealed record VectorMachine(Profile Profile, Engine? Engine = null)
{
    /// <summary>How many steps a program of a suite may take.</summary>
    public const int Steps = 20_000;

    /// <summary>The problems that the preflight of the profile finds in a program.</summary>
    public Sequence<Problem> Problems(Sequence<byte> code, Setting setting) =>
        Preflight.Check(code.AsSpan(), setting.Entry, RulesOf(setting));

    /// <summary>The state to begin in.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/>.</exception>
    public State<Word> Start(Sequence<byte> memory, Setting setting) => Beginning(memory, setting).State();

    /// <summary>Why there is no memory with the regions of a setting: one wraps around, or two overlap; null if there is.</summary>
    public string? Problem(Sequence<byte> memory, Setting setting) =>
        Beginning(memory, setting).Problems() is { IsEmpty: false } problems ? problems[0] : null;

    /// <summary>Checks a program and, if it passes, runs it; null if it does not end within <see cref="Steps"/>.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/>.</exception>
    public Answered? Run(Sequence<byte> code, Sequence<byte> memory, Setting setting)
    {
        if (CheckedProgram.Check(code.AsSpan(), setting.Entry, RulesOf(setting), out var problems, most: 1) is not { } program)
            return new(new Answer.Rejected(problems), null, null, 0);
        var before = Start(memory, setting);
        if (Engine is { } engine) return RunFast(program, code, engine, before);
        var (outcome, steps) = Runs.Limited(new ConcreteMachine(program).Step, before, Steps);
        return outcome is Outcome<Word>.Next ? null : new(Of(outcome, code, Profile, before.Budget), before, outcome.State, (int)steps);
    }

    /// <summary>The answer that the end of a run stands for.</summary>
    /// <exception cref="ArgumentException">It is no end.</exception>
    public static Answer Of(Outcome<Word> end) => end switch
    {
        Outcome<Word>.Exited exited => new Answer.Returned(exited.Result.Value),
        Outcome<Word>.Trapped trapped => new Answer.Trapped(trapped.Trap, trapped.State.ProgramCounter.Value),
        Outcome<Word>.Next => throw new ArgumentException("the run goes on", nameof(end)),
    };

    /// <summary>The answer that the end of a run stands for, with what is to be said of a trap.</summary>
    /// <param name="end">The end.</param>
    /// <param name="code">The program.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="granted">The budget that the run began with.</param>
    /// <exception cref="ArgumentException">It is no end.</exception>
    internal static Answer Of(Outcome<Word> end, Sequence<byte> code, Profile profile, Budget<Word> granted) => end switch
    {
        Outcome<Word>.Trapped trapped => new Answer.Trapped(trapped.Trap, trapped.State.ProgramCounter.Value)
        {
            Reporting = () => TrapReport.Of(Program.Of(code.AsSpan()), profile, granted, trapped),
        },
        Outcome<Word>.Next or Outcome<Word>.Exited => Of(end),
    };

    private Start Beginning(Sequence<byte> memory, Setting setting) => new(Profile)
    {
        Entry = setting.Entry,
        Context = memory,
        Regions = setting.Regions.Map(region => region.Concrete()),
        Host = DefaultHost.Granting(Profile.Callable(DefaultHost.Ids, setting.Helpers)),
        BranchLimit = Limit(setting.Branches),
        InstructionLimit = Limit(setting.Instructions),
    };

    private Admission RulesOf(Setting setting) => Admission.Of(Profile, Profile.Callable(DefaultHost.Ids, setting.Helpers));

    // It is limited by its meter: a trap for want of instructions where there is no limit is no end.
    private Answered? RunFast(CheckedProgram program, Sequence<byte> code, Engine engine, State<Word> before)
    {
        var isLimited = before.Budget.Instructions is Allowance<Word>.Remaining;
        var start = isLimited
            ? before
            : before with { Budget = before.Budget with { Instructions = new Allowance<Word>.Remaining(Word.Of(Steps)) } };
        var end = EngineMachine.RunOnce(program, engine, start, out var executed);
        var answer = Of(end, code, Profile, before.Budget);
        return !isLimited && answer is Answer.Trapped(Trap.InstructionBudget, _)
            ? null
            : new(answer, before, end.State, (int)executed + (answer is Answer.Trapped ? 1 : 0));
    }

    private static Allowance<ulong>? Limit(ulong? count) => count is { } limit ? new Allowance<ulong>.Remaining(limit) : null;
}

/// <summary>An answer, with the states that a run began and ended in.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Before">The state that the run began in; null if it did not begin.</param>
/// <param name="After">The state that it ended in; null if it did not begin.</param>
/// <param name="Steps">How many instructions it took, the last one included.</param>
public sealed record Answered(Answer Answer, State<Word>? Before, State<Word>? After, int Steps);

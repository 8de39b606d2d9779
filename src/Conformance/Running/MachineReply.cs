using RbpfSpec.Interp;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Running;

/// <summary>What a machine made of a vector; that it crashes or hangs is a result, too.</summary>
public abstract record MachineReply
{
    private MachineReply()
    {
    }

    /// <summary>What the machine tells of the state that the program ended in; null if nothing.</summary>
    public ToldState? State { get; init; }

    /// <summary>The program ended with this value in r0.</summary>
    public sealed record Returned(ulong R0) : MachineReply;

    /// <summary>The program was rejected or stopped.</summary>
    /// <param name="Kind">The machine's word for it: <c>Rejected</c>, the name of a trap, or one of its own; perhaps empty.</param>
    /// <param name="Detail">What else it said.</param>
    public sealed record Refused(string Kind, string Detail) : MachineReply
    {
        /// <summary>What happened, as the machine tells people; perhaps empty. It is not judged.</summary>
        public string Explanation { get; init; } = "";
    }

    /// <summary>The machine itself ended.</summary>
    public sealed record Crashed(string Detail) : MachineReply;

    /// <summary>There is no such machine.</summary>
    public sealed record NotStarted(string Problem) : MachineReply;

    /// <summary>Nothing came in time.</summary>
    public sealed record TimedOut(TimeSpan After) : MachineReply;

    /// <summary>What came is no answer.</summary>
    public sealed record Nonsense(string Text) : MachineReply;

    /// <summary>The reply that an answer of the reference machine is.</summary>
    public static MachineReply Of(Answer answer) => answer switch
    {
        Answer.Returned(var r0) => new Returned(r0),
        Answer.Trapped(var trap, var pc) trapped => new Refused(trap.ToString(), $"at slot {pc}") { Explanation = trapped.Report?.Text ?? "" },
        Answer.Rejected(var problems) => new Refused(RejectedKind, problems[0].ToString()),
    };

    /// <summary>Why a reply is not what a vector asks for, in words; null if it is.</summary>
    public string? Deviation(Vector vector) =>
        !Meets(vector.Expectation) ? $"expected {VectorRunner.Describe(vector.Expectation)}, got {Describe()}"
        : State is { } state && vector.After is { } after && state.Difference(after) is { } difference ? $"got {Describe()} as expected, but {difference}"
        : null;

    /// <summary>Whether a reply is what a vector expects.</summary>
    /// <remarks>A machine that has words of its own for why it stops is only asked whether it does.</remarks>
    public bool Meets(Expectation expectation) => (expectation, this) switch
    {
        (Expectation.Returns(var expected), Returned(var r0)) => expected == r0,
        (Expectation.Refuses, Refused(var kind, _)) => !IsTrap(kind),
        (Expectation.Traps(var trap, var pc), Refused(var kind, var detail)) =>
            kind != RejectedKind && (!IsTrap(kind) || (kind == trap.ToString() && (!detail.StartsWith("at slot ", StringComparison.Ordinal) || detail == $"at slot {pc}"))),
        _ => false,
    };

    /// <summary>The reply in words.</summary>
    public string Describe() => this switch
    {
        Returned(var r0) => $"r0 = 0x{r0:x}",
        Refused(var kind, var detail) refused => string.Join(' ', ((string[])[kind == "" ? "a refusal" : kind == RejectedKind ? "a rejection:" : $"trap {kind}", detail]).Where(text => text != ""))
            + (refused.Explanation == "" ? "" : $": {refused.Explanation}"),
        Crashed(var detail) => $"a crash: {detail}",
        NotStarted(var problem) => $"no machine: {problem}",
        TimedOut(var after) => $"nothing within {after.TotalSeconds:0.#} s",
        Nonsense(var text) => $"no answer, but '{(text.Length > 60 ? text[..60] + "…" : text)}'",
    };

    private const string RejectedKind = "Rejected";

    private static bool IsTrap(string kind) => Enum.TryParse<Trap>(kind, out var trap) && Enum.IsDefined(trap);
}

/// <summary>One machine at work: it is given vectors one after the other.</summary>
public interface IMachineSession : IDisposable
{
    /// <summary>Runs a vector whose needs the machine provides.</summary>
    MachineReply Run(Vector vector);
}

/// <summary>A machine to test.</summary>
public abstract record MachineUnderTest
{
    private MachineUnderTest()
    {
    }

    /// <summary>A machine of this project, in this process.</summary>
    /// <param name="Profile">The machine variant.</param>
    /// <param name="Engine">The engine of the fast machine; the semantics if nothing.</param>
    public sealed record Own(Profile Profile, Engine? Engine = null) : MachineUnderTest;

    /// <summary>A command that speaks the plugin protocol: one process for each vector.</summary>
    public sealed record Plugin(string Command, TimeSpan Limit) : MachineUnderTest;

    /// <summary>What limits of time are measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A command that speaks the batch protocol: one process for many.</summary>
    /// <param name="Command">The command line, as a shell takes it.</param>
    /// <param name="Limit">The time for one vector.</param>
    /// <param name="Provides">What it provides besides program and memory, in the words of <see cref="Vector.Needs"/>.</param>
    public sealed record Batch(string Command, TimeSpan Limit, Sequence<string> Provides) : MachineUnderTest;

    /// <summary>For people.</summary>
    public string Name => this switch
    {
        Own(var profile, null) => $"the reference machine under {profile.Name}",
        Own(var profile, var engine) => $"the fast machine ({engine.ToString()!.ToLowerInvariant()}) under {profile.Name}",
        Plugin(var command, _) => command,
        Batch(var command, _, _) => command,
    };

    /// <summary>Why a vector cannot be put to the machine; null if it can.</summary>
    public string? Refuses(Vector vector)
    {
        if (vector.Program is VectorProgram.Unsupported(var reason)) return reason;
        var missing = this switch
        {
            Own => [],
            Plugin => vector.Needs.ToList(),
            Batch(_, _, var provides) => vector.Needs.Where(need => !provides.Contains(need)).ToList(),
        };
        return missing.Count == 0 ? null : $"it needs {string.Join(" and ", missing)} of the harness";
    }

    /// <summary>Begins a session.</summary>
    public IMachineSession Open() => this switch
    {
        Own(var profile, var engine) => new OwnSession(profile, engine),
        Plugin(var command, var limit) => new PluginSession(command, limit, Clock),
        Batch(var command, var limit, _) => new BatchSession(command, limit, Clock),
    };
}

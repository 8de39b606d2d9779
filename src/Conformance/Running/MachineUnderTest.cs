using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Running;

/// <summary>One machine at work.</summary>
public interface IMachineSession : IDisposable
{
    /// <summary>Runs vectors whose needs the machine provides; yields a reply for each, in order.</summary>
    IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors);
}

/// <summary>A machine to test.</summary>
public abstract record MachineUnderTest
{
    // Linux takes no argument that is longer; a byte is two digits and two blanks.
    private const int LongestMemory = ((128 * 1024) - 1) / 4;

    private MachineUnderTest()
    {
    }

    /// <summary>A machine of this project, in this process.</summary>
    /// <param name="Profile">The machine variant.</param>
    /// <param name="Engine">The engine of the fast machine; the semantics if nothing.</param>
    public sealed record Own(Profile Profile, Engine? Engine = null) : MachineUnderTest;

    /// <summary>A command that speaks the plugin protocol: one process for each vector.</summary>
    /// <param name="Command">The command line, not for the shell.</param>
    /// <param name="Limit">The time for one vector.</param>
    public sealed record Plugin(string Command, TimeSpan Limit) : MachineUnderTest
    {
        /// <summary>Whether it is given programs as ELF objects.</summary>
        public bool TakesElf { get; init; }
    }

    /// <summary>A command that speaks the batch protocol: one process for many.</summary>
    /// <param name="Command">The command line, as a shell takes it.</param>
    /// <param name="Limit">The time for one vector.</param>
    /// <param name="Provides">What it provides besides program and memory, in the words of <see cref="Vector.Needs"/>.</param>
    public sealed record Batch(string Command, TimeSpan Limit, Sequence<string> Provides) : MachineUnderTest;

    /// <summary>A machine that another part of the project brings along, in this process.</summary>
    /// <param name="Title">Its name, for people.</param>
    /// <param name="Provides">What it provides besides program and memory, in the words of <see cref="Vector.Needs"/>.</param>
    /// <param name="Begin">Begins a session.</param>
    public sealed record Provided(string Title, Sequence<string> Provides, Func<IMachineSession> Begin) : MachineUnderTest;

    /// <summary>The clock that limits of time are measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The machine's words for why there is no result.</summary>
    public MachineWords Words { get; init; } = MachineWords.OfProtocol;

    /// <summary>Where it chooses otherwise than the profiles of this specification, in the words of <see cref="Choices.All"/>.</summary>
    public Sequence<string> Lacks { get; init; } = [];

    /// <summary>For people.</summary>
    public string Name => this switch
    {
        Own(var profile, null) => $"the reference machine under {profile.Name}",
        Own(var profile, var engine) => $"the fast machine ({engine.ToString()!.ToLowerInvariant()}) under {profile.Name}",
        Plugin(var command, _) => command,
        Batch(var command, _, _) => command,
        Provided(var title, _, _) => title,
    };

    /// <summary>How many vectors it is given at a time.</summary>
    internal int AtATime => this switch
    {
        Own => 16,
        Plugin => 1,
        Batch or Provided => 64,
    };

    /// <summary>Why a vector cannot be put to the machine; null if it can.</summary>
    public string? Refuses(Vector vector)
    {
        if (vector.Program is VectorProgram.Unsupported(var reason)) return reason;
        if (this is Plugin && vector.Memory.Count > LongestMemory)
            return $"its memory of {vector.Memory.Count} bytes does not fit an argument of a command";
        var missing = this switch
        {
            Own => [],
            Plugin => vector.Needs.Where(IsMissing).ToList(),
            Batch(_, _, var provides) => vector.Needs.Where(need => !provides.Contains(need) && IsMissing(need)).ToList(),
            Provided(_, var provides, _) => vector.Needs.Where(need => !provides.Contains(need) && IsMissing(need)).ToList(),
        };
        return missing.Count == 0 ? null : $"it needs {string.Join(" and ", missing)} of the harness";

        bool IsMissing(string need) => !Choices.All.Contains(need) || Lacks.Contains(need);
    }

    /// <summary>Begins a session.</summary>
    /// <param name="watch">What all sessions of a run know of whether the machine works at all.</param>
    public IMachineSession Open(StartWatch watch) => this switch
    {
        Own(var profile, var engine) => new OwnSession(profile, engine),
        Plugin plugin => new PluginSession(plugin, watch),
        Batch batch => new BatchSession(batch, watch),
        Provided(_, _, var begin) => begin(),
    };
}

/// <summary>Finds out, for all sessions of a run together, that a machine does not work at all, before every vector has told so.</summary>
public sealed class StartWatch
{
    // So many processes may end or hang, and none of them answer, before the machine is given up.
    private const int Patience = 3;

    private readonly Lock gate = new();
    private int silent;
    private bool hasAnswered;

    /// <summary>Why there is no machine; null if there may be one.</summary>
    public MachineReply.NotStarted? Verdict { get; private set; }

    /// <summary>It answered: whatever comes, there is a machine.</summary>
    public void Answered() => hasAnswered = true;

    /// <summary>A process did not start.</summary>
    public MachineReply.NotStarted NotStarted(string problem)
    {
        lock (gate) return Verdict ??= new(problem);
    }

    /// <summary>A process ended or hung, and had not answered; yields what that comes to.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="hint">What helps to see why, with what separates it; or nothing.</param>
    public MachineReply Silent(MachineReply end, string hint)
    {
        lock (gate)
        {
            if (hasAnswered || ++silent < Patience) return end;
            return Verdict ??= new($"{Patience} processes, and not one answer: {end.Describe()}{hint}");
        }
    }
}

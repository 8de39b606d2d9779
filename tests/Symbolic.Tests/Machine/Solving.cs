using RbpfSpec.Assembly;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Machine;

/// <summary>Programs to ask about, and what decides.</summary>
internal static class Solving
{
    /// <summary>Limits that small programs keep.</summary>
    public static SymbolicLimits Limits { get; } = new(200, 200);

    /// <summary>A session of z3 in this process.</summary>
    public static Decider Decider(double seconds = 20) =>
        new(Z3Solver.Open().ShouldBeOfType<SolverSession.Opened>().Solver, TimeSpan.FromSeconds(seconds));

    /// <summary>A program in assembly, with all helpers that ship.</summary>
    public static SymbolicProgram SymbolicProgram(string assembly, int size, Profile? profile = null) =>
        SymbolicProgram(Assembler.Parse(assembly).ShouldBeOfType<Assembled.Success>().Program, size, profile);

    /// <summary>A program, with all helpers that ship.</summary>
    public static SymbolicProgram SymbolicProgram(Program program, int size, Profile? profile = null)
    {
        var variant = profile ?? Profile.Rbpf;
        return new(
            new(program, variant), new(variant) { Host = DefaultHost.Granting(DefaultHost.Ids) }, size);
    }

    /// <summary>All paths of a program.</summary>
    public static List<SymbolicPath> Paths(
        SymbolicProgram subject, Decider? decider = null, SymbolicLimits? limits = null, Meeting meeting = Meeting.Alone) =>
        [.. new SymbolicMachine(subject.Machine, decider ?? Decider(), limits ?? Limits, meeting).Run(subject.Symbolic())];

    /// <summary>The values that an input gives to the variables of a program.</summary>
    public static Assignment Assignment(Input input)
    {
        Dictionary<Term, ulong> values = new(ReferenceEqualityComparer.Instance) { [Make.Variable("now", 64)] = input.Milliseconds };
        for (var i = 0; i < input.Context.Count; i++) values[CellBytes.Variable("context", (ulong)i)] = input.Context[i];
        return Symbolic.Terms.Assignment.Zero with { Variable = variable => values[variable] };
    }

    /// <summary>Whether a path is the one that some values take.</summary>
    public static bool IsTaken(this SymbolicPath path, Assignment values) =>
        path.Condition.Terms.TrueForAll(term => values.Evaluate(term) == UInt128.One);

    /// <summary>An input without a time.</summary>
    public static Input Input(params byte[] context) => new(Sequence.Of<byte>(context), 0);
}

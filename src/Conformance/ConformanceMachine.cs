using RbpfSpec.Images;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance;

/// <summary>The answer of a machine to a program.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>It ended by EXIT.</summary>
    public sealed record Returned(ulong R0) : Answer;

    /// <summary>It was refused before it ran.</summary>
    public sealed record Rejected(Sequence<Problem> Problems) : Answer;

    /// <summary>It stopped at a slot.</summary>
    public sealed record Trapped(Trap Trap, ulong ProgramCounter) : Answer
    {
        /// <summary>Makes the report; null where nobody will ask for it.</summary>
        internal Func<TrapReport>? Reporting { get; init; }

        /// <summary>The report for a person; null if there is none. No part of the value.</summary>
        public TrapReport? Report => Reporting?.Invoke();

        public bool Equals(Trapped? other) => other is not null && Trap == other.Trap && ProgramCounter == other.ProgramCounter;

        public override int GetHashCode() => HashCode.Combine(Trap, ProgramCounter);
    }
}

/// <summary>A machine in the environment that bpf_conformance's protocols describe.</summary>
/// <remarks>r1 = address of the memory (0 if none), r2 = its length, r10 = end of the stack; helper 5 exists and does nothing.</remarks>
/// <param name="Profile">The machine variant.</param>
/// <param name="Engine">The engine of the fast machine; the semantics if nothing.</param>
public sealed record ConformanceMachine(Profile Profile, Engine? Engine = null)
{
    /// <summary>How many instructions a vector may take, unless more are granted: ten times what the Linux kernel looks at.</summary>
    public const ulong DefaultInstructionLimit = 10_000_000;

    /// <summary>How many problems of a rejected program are told at least, if it has so many.</summary>
    public const int MostProblems = 16;

    private static readonly HelperFunction<Word> Unwind = new(
        new(5, "unwind", "Does nothing; the result is 0.", []),
        call => new(Word.Of(0), call.State, []));

    private static readonly HostState<Word> Host = HostState<Word>.Bare with { Helpers = [Unwind] };

    /// <summary>How many instructions a vector may take.</summary>
    public ulong InstructionLimit { get; init; } = DefaultInstructionLimit;

    /// <summary>Checks a program and, if it passes, runs it.</summary>
    /// <param name="code">The program bytes.</param>
    /// <param name="memory">The context.</param>
    public Answer Run(Sequence<byte> code, Sequence<byte> memory) => Run(code, memory, out _);

    /// <summary>Checks a program and, if it passes, runs it.</summary>
    /// <param name="code">The program bytes.</param>
    /// <param name="memory">The context.</param>
    /// <param name="after">The state that it ended in; null if it was rejected.</param>
    public Answer Run(Sequence<byte> code, Sequence<byte> memory, out State<Word>? after) =>
        Run(new Image { Format = ImageFormat.Raw, Program = code }, memory, out after);

    /// <summary>Checks an image and, if it passes, runs it with the regions that it brings along.</summary>
    /// <param name="image">The image.</param>
    /// <param name="memory">The context.</param>
    public Answer Run(Image image, Sequence<byte> memory) => Run(image, memory, out _);

    private Answer Run(Image image, Sequence<byte> memory, out State<Word>? after)
    {
        after = null;
        // The harness has one helper, and grants it to every program.
        Sequence<uint> declared = [Unwind.Declaration.Id];
        var rules = Admission.Of(Profile, Profile.Callable(declared, declared));
        if (image.Check(rules, out var problems, MostProblems) is not { } program) return new Answer.Rejected(problems);
        var start = image.Start(Profile) with
        {
            Context = memory,
            Host = Host,
            InstructionLimit = new Allowance<ulong>.Remaining(InstructionLimit),
        };
        var end = Engine is { } engine ? RunFast(program, engine, start.State()) : new ConcreteMachine(program).Run(start.State());
        after = end.State;
        return VectorMachine.Of(end, image.Program, Profile, start.Budget);
    }

    // A method of its own: a process that runs one program on the semantics does not load the fast machine.
    private static Outcome<Word> RunFast(CheckedProgram program, Engine engine, State<Word> state) =>
        EngineMachine.RunOnce(program, engine, state);
}

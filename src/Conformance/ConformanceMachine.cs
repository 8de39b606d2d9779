using RbpfSpec.Images;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Conformance;

/// <summary>What a machine makes of a program.</summary>
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
    public sealed record Trapped(Trap Trap, ulong ProgramCounter) : Answer;
}

/// <summary>The reference machine in the environment that bpf_conformance's protocols describe.</summary>
/// <remarks>r1 = address of the memory (0 if none), r2 = its length, r10 = end of the stack; helper 5 exists and does nothing.</remarks>
/// <param name="Profile">The machine variant.</param>
public sealed record ConformanceMachine(Profile Profile)
{
    /// <summary>How many instructions a vector may take: ten times what the Linux kernel looks at.</summary>
    public const ulong InstructionLimit = 10_000_000;

    private static readonly HelperFunction<Word, Bit> Unwind = new(
        new(5, "unwind", "Does nothing; the result is 0.", []),
        call => new(Word.Of(0), call.State, []));

    private static readonly HostState<Word, Bit> Host = HostState<Word, Bit>.Bare with { Helpers = [Unwind] };

    /// <summary>Checks a program and, if it passes, runs it.</summary>
    /// <param name="code">The program bytes.</param>
    /// <param name="memory">The context.</param>
    public Answer Run(Sequence<byte> code, Sequence<byte> memory) =>
        Run(new Image { Format = ImageFormat.Raw, Program = code }, memory);

    /// <summary>Checks an image and, if it passes, runs it with the regions that it brings along.</summary>
    /// <param name="image">The image.</param>
    /// <param name="memory">The context.</param>
    public Answer Run(Image image, Sequence<byte> memory)
    {
        // The harness has one helper, and grants it to every program.
        Sequence<uint> declared = [Unwind.Declaration.Id];
        var problems = image.Check(Rules.Of(Profile, Profile.Callable(declared, declared)));
        if (!problems.IsEmpty) return new Answer.Rejected(problems);
        var start = image.Start(Profile) with
        {
            Context = memory,
            Host = Host,
            InstructionLimit = new Allowance<ulong>.Remaining(InstructionLimit),
        };
        return image.Machine(Profile).Run(start.State()) switch
        {
            Outcome<Word, Bit>.Exited exited => new Answer.Returned(exited.Result.Value),
            Outcome<Word, Bit>.Trapped trapped => new Answer.Trapped(trapped.Trap, trapped.State.ProgramCounter.Value),
            Outcome<Word, Bit>.Next => throw new System.Diagnostics.UnreachableException("a run ends"),
        };
    }
}

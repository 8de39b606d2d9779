using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Profiles;

/// <summary>A machine variant: what it does at each decision point. Rules read it; none is copied for a variant.</summary>
/// <remarks>Each point is explained, with its clause and its deviation from RFC 9669, in the table of decision points.</remarks>
public sealed record Profile
{
    /// <summary>The name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The conformance groups whose encodings exist.</summary>
    public required Sequence<ConformanceGroup> Groups { get; init; }

    /// <summary>The encodings granted whose meaning is the platform's.</summary>
    public required Sequence<PlatformEncoding> PlatformEncodings { get; init; }

    /// <summary>Division and modulo by zero.</summary>
    public required ZeroDivisor ZeroDivisor { get; init; }

    /// <summary>Shift amounts of the width or more.</summary>
    public required LargeShift LargeShift { get; init; }

    /// <summary>The least signed number by -1.</summary>
    public required SignedOverflow SignedOverflow { get; init; }

    /// <summary>Which accesses are granted.</summary>
    public required MemoryRule Memory { get; init; }

    /// <summary>Whether accesses must be aligned.</summary>
    public required Alignment Alignment { get; init; }

    /// <summary>Whether r10 may be written.</summary>
    public required FramePointer FramePointer { get; init; }

    /// <summary>Non-zero fields that an encoding does not use.</summary>
    public required ReservedFields ReservedFields { get; init; }

    /// <summary>Where jumps may lead.</summary>
    public required JumpTarget JumpTarget { get; init; }

    /// <summary>How a program must end.</summary>
    public required LastInstruction LastInstruction { get; init; }

    /// <summary>How many branches and local calls a run may take, unless the caller says otherwise.</summary>
    public required Allowance<ulong> BranchLimit { get; init; }

    /// <summary>How many instructions a run may execute, unless the caller says otherwise.</summary>
    public required Allowance<ulong> InstructionLimit { get; init; }

    /// <summary>Which helpers may be called.</summary>
    public required HelperAccess HelperAccess { get; init; }

    /// <summary>The greatest number of frames at a time, that of the program's entry included.</summary>
    public required int FrameLimit { get; init; }

    /// <summary>The stack of each frame, in bytes, zeroed when the frame begins.</summary>
    public required int FrameBytes { get; init; }

    /// <summary>The registers' values at the start.</summary>
    public required InitialRegisters InitialRegisters { get; init; }

    /// <summary>The greatest <see cref="FrameLimit"/> of a profile that makes sense: 2^20.</summary>
    public const int MostFrames = 1 << 20;

    /// <summary>
    /// The problems that keep it from being a machine: a number out of range, or a decision that is none. Empty for all that
    /// ship.
    /// </summary>
    public Sequence<string> Problems()
    {
        List<string> problems = [];
        if (FrameBytes < 0) problems.Add($"the profile '{Name}' has frames of {FrameBytes} bytes; the least is 0");
        if (FrameLimit > MostFrames) problems.Add($"the profile '{Name}' has {FrameLimit} frames; the most are {MostFrames}");

        // Frames go down from where the entry's starts, and up to where the context may start: as many bytes each way.
        var all = (long)FrameBytes * Math.Max(FrameLimit, 1);
        if (all > (long)AddressSpace.Stack)
            problems.Add($"the frames of the profile '{Name}' take {all} bytes; the stack has room for {AddressSpace.Stack}");
        Known(ZeroDivisor);
        Known(LargeShift);
        Known(SignedOverflow);
        Known(Memory);
        Known(Alignment);
        Known(FramePointer);
        Known(ReservedFields);
        Known(JumpTarget);
        Known(LastInstruction);
        Known(HelperAccess);
        Known(InitialRegisters);
        foreach (var group in Groups) Known(group);
        foreach (var encoding in PlatformEncodings) Known(encoding);
        if (BranchLimit is null) problems.Add($"the profile '{Name}' has no branch limit; Allowance.Unlimited is one");
        if (InstructionLimit is null) problems.Add($"the profile '{Name}' has no instruction limit; Allowance.Unlimited is one");
        return problems.ToSequence();

        void Known<T>(T decision)
            where T : struct, Enum
        {
            if (!Enum.IsDefined(decision))
            {
                problems.Add(
                    $"the profile '{Name}' has {decision} for {typeof(T).Name}; it must be one of {string.Join(", ", Enum.GetNames<T>())}");
            }
        }
    }

    /// <summary>Whether the encodings of a conformance group exist.</summary>
    public bool Has(ConformanceGroup group) => Groups.Contains(group);

    /// <summary>Whether all of some encodings whose meaning is the platform's are granted.</summary>
    public bool Grants(Sequence<PlatformEncoding> needs) => needs.Intersect(PlatformEncodings).Count == needs.Count;

    /// <summary>The static ids that a program may call, of those that the host declares.</summary>
    /// <param name="declared">The ids of the helpers that the host has.</param>
    /// <param name="granted">The ids that it grants to this program; one that it does not declare is passed over.</param>
    public Sequence<uint> Callable(Sequence<uint> declared, Sequence<uint> granted) => HelperAccess switch
    {
        HelperAccess.Declared => declared,
        HelperAccess.Granted => declared.Intersect(granted),
    };

    /// <summary>The normative machine of this project.</summary>
    public static Profile Rbpf { get; } = new()
    {
        Name = "rbpf",
        Summary = "The normative rBPF machine: defensive, bounded, every helper granted by name.",
        Groups = AllButPacket,
        PlatformEncodings = [],
        ZeroDivisor = ZeroDivisor.Traps,
        LargeShift = LargeShift.Masked,
        SignedOverflow = SignedOverflow.Wraps,
        Memory = MemoryRule.WithinOneRegion,
        Alignment = Alignment.Any,
        FramePointer = FramePointer.ReadOnly,
        ReservedFields = ReservedFields.MustBeZero,
        JumpTarget = JumpTarget.Instruction,
        LastInstruction = LastInstruction.ExitOrJump,
        BranchLimit = new Allowance<ulong>.Remaining(200),
        InstructionLimit = new Allowance<ulong>.Unlimited(),
        HelperAccess = HelperAccess.Granted,
        FrameLimit = 8,
        FrameBytes = 512,
        InitialRegisters = InitialRegisters.ContextAndLength,
    };

    /// <summary>The instruction set as RFC 9669 states it, on the same memory and stack.</summary>
    public static Profile Rfc9669 { get; } = Rbpf with
    {
        Name = "rfc9669",
        Summary = "The instruction set of RFC 9669 as written, without a branch budget.",
        ZeroDivisor = ZeroDivisor.Yields,
        BranchLimit = new Allowance<ulong>.Unlimited(),
        HelperAccess = HelperAccess.Declared,
    };

    /// <summary>Every profile that a user can name, the default first.</summary>
    public static Sequence<Profile> All => [Rbpf, Rfc9669];

    private static Sequence<ConformanceGroup> AllButPacket =>
    [
        ConformanceGroup.Base32, ConformanceGroup.Base64, ConformanceGroup.Divmul32, ConformanceGroup.Divmul64,
        ConformanceGroup.Atomic32, ConformanceGroup.Atomic64,
    ];
}

using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Dialects.Machines;

/// <summary>CertrBPF, 2022: the machine whose C code was extracted from a proof.</summary>
/// <remarks>
/// Left out, because groups are too coarse for them: it has no 32-bit jumps, byte swaps, signed division, sign-extending
/// loads and moves, and no local calls. It asks for alignment of offsets into a region rather than of addresses, which
/// is the same for regions that are aligned themselves.
/// </remarks>
public static partial class CertrBpf
{
    private const string Name = "CertrBPF";

    private static readonly Clause Interpreter = new(Name, "clight/interpreter.c");

    private static readonly Clause Verifier = new(Name, "verifier/clightmodel/verifier.c");

    /// <summary>The machine.</summary>
    public static Dialect Dialect => new(
        Profile.Rbpf with
        {
            Name = "certrbpf",
            Summary = "CertrBPF, 2022: aligned accesses, large shifts trap, 10000 instructions, reserved fields ignored.",
            Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64, ConformanceGroup.Divmul32, ConformanceGroup.Divmul64],
            LargeShift = LargeShift.Traps,
            Alignment = Alignment.Natural,
            FramePointer = FramePointer.Writable,
            ReservedFields = ReservedFields.Ignored,
            LastInstruction = LastInstruction.Exit,
            BranchLimit = new Allowance<ulong>.Unlimited(),
            InstructionLimit = new Allowance<ulong>.Remaining(10_000),
            HelperAccess = HelperAccess.Declared,
            FrameLimit = 1,
            InitialRegisters = InitialRegisters.Context,
        },
        [
            new LastBytesAreOutside(),
            HighHalfAnywhere,
            new ShiftSignExtends(),
            new AddressIsTruncated(),
            new ShiftAmountIsTruncated(),
            NoJumpToStart,
            NoFramePointerCheck,
        ]);

    private static DialectDeviation HighHalfAnywhere => new DialectDeviation.CheckDeviation(
        "C-4",
        Name,
        "Opcode 0x10, which sets the high half of a wide load, is an instruction of its own that may stand anywhere.",
        Verifier)
    {
        Encodings = new HighHalfLoad().Forms,
    };

    private static DialectDeviation NoJumpToStart => new DialectDeviation.CheckDeviation(
        "C-8",
        Name,
        "The bound of a jump is compared before the implicit + 1, which rejects every legal jump to slot 0.",
        Verifier)
    {
        Adds = [new TargetIsPastStart(Verifier)],
    };

    private static DialectDeviation NoFramePointerCheck => new DialectDeviation.CheckDeviation(
        "C-15",
        Name,
        "A program may write r10; the machine's profile says so too.",
        Verifier)
    {
        Drops = ["frame-pointer"],
    };
}

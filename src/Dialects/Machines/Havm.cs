using RbpfSpec.Dialects.Native;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Dialects.Machines;

/// <summary>HAVM, 2024: the hybrid machine of 32 bits, whose arithmetic is compiled and whose other instructions are interpreted.</summary>
/// <remarks>
/// The dialect is its instruction set: registers of 32 bits, here the low halves of registers whose high halves stay zero.
/// Its semantics says nothing of a zero divisor and of shifts by 32 and more; the profile has what RFC 9669 yields. Left
/// out: it ignores the offset of arithmetic, which tells signed division apart, and its C code, but not its model, calls
/// helpers. What it makes of arithmetic is <see cref="HavmMachine"/>.
/// </remarks>
public static partial class Havm
{
    /// <summary>The name of the machine, for people.</summary>
    public const string Name = "HAVM";

    private static readonly Clause Interpreter = new(Name, "jit/jitclight/havm_interpreter.c");

    /// <summary>The machine.</summary>
    public static Dialect Dialect => new(
        Profile.Rbpf with
        {
            Name = "havm32",
            Summary = "HAVM, 2024: registers of 32 bits, aligned accesses, 10000 instructions, reserved fields ignored.",
            Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64, ConformanceGroup.Divmul32],
            ZeroDivisor = ZeroDivisor.Yields,
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
            new JumpsCompareLowHalves(),
            ThirtyTwoBitsOnly,
        ]);

    private static DialectDeviation ThirtyTwoBitsOnly => new DialectDeviation.CheckDeviation(
        "HV-2",
        Name,
        "Instructions of 64 bits are unknown, and so are jumps of class 6, byte swaps, signed division, moves and loads that "
        + "sign-extend, atomics and calls.",
        Interpreter)
    {
        Adds = [new IsOfHavm(Interpreter)],
    };
}

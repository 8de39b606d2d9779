using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Dialects.Machines;

/// <summary>Femto-Containers, the stand-alone C library of 2022.</summary>
/// <remarks>
/// The profile is that of a build with 32-bit arithmetic. Left out, because groups are too coarse for them: it has no
/// 32-bit jumps, byte swaps, signed division, sign-extending loads and moves, and no local calls.
/// </remarks>
public static partial class FemtoContainers
{
    private const string Name = "Femto-Containers";

    private static readonly Clause Interpreter = new(Name, "src, interpreter");

    private static readonly Clause Verifier = new(Name, "src, preflight check");

    private static readonly Clause MemoryCheck = new(Name, "src, memory check");

    /// <summary>The machine.</summary>
    public static Dialect Dialect => new(
        Profile.Rbpf with
        {
            Name = "femto-containers",
            Summary = "Femto-Containers, 2022, built with 32-bit arithmetic: 200 branches, reserved fields ignored.",
            Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64, ConformanceGroup.Divmul32, ConformanceGroup.Divmul64],
            FramePointer = FramePointer.Writable,
            ReservedFields = ReservedFields.Ignored,
            LastInstruction = LastInstruction.Exit,
            BranchLimit = new Allowance<ulong>.Remaining(200),
            HelperAccess = HelperAccess.Declared,
            FrameLimit = 1,
            InitialRegisters = InitialRegisters.Context,
        },
        [
            .. Checks,
            new WideLoadSignExtends(),
            new AccessIsCompared(),
            new ZeroTestReadsWholeRegister(),
            new ShiftAmountIsNotMasked(),
            new SignedResultsSignExtend(),
        ]);
}

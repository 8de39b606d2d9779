using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Dialects.Machines;

/// <summary>rBPF in RIOT, 2020: one verifier and two engines, by jump table and by switch, that disagree.</summary>
/// <remarks>
/// The profile is that of a build with 32-bit arithmetic. Left out, because groups are too coarse for them: it has no
/// 32-bit jumps, byte swaps, signed division, sign-extending loads and moves, and no local calls.
/// </remarks>
public static partial class Rbpf2020
{
    private const string Name = "rBPF in RIOT 2020";

    private static readonly Clause Jumptable = new(Name, "sys/bpf/jumptable.c");

    private static readonly Clause Switch = new(Name, "sys/bpf/instruction.c");

    /// <summary>The machine with its default engine, by jump table.</summary>
    /// <remarks>It divides without a test; the profile has what a Cortex-M4 makes of that.</remarks>
    public static Dialect Dialect => new(
        Profile.Rbpf with
        {
            Name = "rbpf-2020",
            Summary = "rBPF in RIOT, 2020, built with 32-bit arithmetic: no budget, reserved fields ignored.",
            Groups = [ConformanceGroup.Base32, ConformanceGroup.Base64, ConformanceGroup.Divmul32, ConformanceGroup.Divmul64],
            ZeroDivisor = ZeroDivisor.Yields,
            FramePointer = FramePointer.Writable,
            ReservedFields = ReservedFields.Ignored,
            LastInstruction = LastInstruction.Exit,
            BranchLimit = new Allowance<ulong>.Unlimited(),
            HelperAccess = HelperAccess.Declared,
            FrameLimit = 1,
            InitialRegisters = InitialRegisters.Context,
        },
        [
            new MoveTruncates(),
            NoRegisterCheck,
            new DivisionIsUnguarded(),
            JumpsCheckedWhenTaken,
            new NegationSignExtends(),
        ]);

    /// <summary>The machine with its other engine, by switch.</summary>
    public static Dialect SwitchDialect => new(
        Dialect.Profile with
        {
            Name = "rbpf-2020-switch",
            Summary = "rBPF in RIOT, 2020, with the engine that is a switch: no budget, reserved fields ignored.",
        },
        [
            new BitTestIsTruncated(),
            new HalvesComputedIn64Bits(),
            new WideLoadAdds(),
            NoJumpCheck,
            new ShiftComputedIn64Bits(),
        ]);

    private static DialectDeviation NoRegisterCheck => new DialectDeviation.CheckDeviation(
        "R-2",
        Name,
        "Register numbers are not checked: r11 to r15 are read and written past the register file, on the stack of the host.",
        Jumptable)
    {
        Drops = ["register/dst_reg", "register/src_reg"],
    };

    private static DialectDeviation JumpsCheckedWhenTaken => new DialectDeviation.CheckDeviation(
        "R-4",
        Name,
        "Jumps are checked when they are taken, before the implicit + 1: one slot past the end is accepted, slot 0 refused.",
        Jumptable)
    {
        Drops = ["jump/inside", "jump/instruction"],
        Adds = [new DistanceIsInside(Jumptable)],
        Time = CheckTime.TakenJump,
    };

    private static DialectDeviation NoJumpCheck => new DialectDeviation.CheckDeviation(
        "I-5",
        Name,
        "Jumps are not checked: past the end of the program the machine reports success, before its start it executes the host's memory.",
        Switch)
    {
        Drops = ["jump/inside", "jump/instruction"],
    };
}

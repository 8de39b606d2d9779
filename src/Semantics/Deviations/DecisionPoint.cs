using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Deviations;

/// <summary>How a machine's setting relates to RFC 9669.</summary>
public enum DeviationKind
{
    /// <summary>The RFC says something else.</summary>
    Departs,

    /// <summary>The RFC leaves it open; a machine has to choose.</summary>
    Settles,
}

/// <summary>A numbered difference between the normative machine and RFC 9669.</summary>
/// <param name="Number">As in <c>D-01</c>; never reused.</param>
/// <param name="Kind">Whether the RFC says otherwise or says nothing.</param>
/// <param name="Source">Where the choice comes from.</param>
/// <param name="Reason">Why it was made.</param>
public sealed record Deviation(string Number, DeviationKind Kind, Clause Source, string Reason);

/// <summary>A point at which machines differ, with what a profile does there.</summary>
/// <param name="Name">The point, as a noun.</param>
/// <param name="Question">What has to be decided.</param>
/// <param name="Clause">What RFC 9669 says, or where it is silent.</param>
/// <param name="Setting">What a profile does, in words.</param>
/// <param name="Concerns">Whether an operation's rule, or its admission, turns on this point; of whole programs, never.</param>
/// <param name="Deviation">How the profile <c>rbpf</c> differs from the RFC or settles what it leaves open.</param>
public sealed record DecisionPoint(
    string Name, string Question, Clause Clause, Func<Profile, string> Setting, Func<Operation, bool> Concerns, Deviation Deviation)
{
    private static readonly Clause FemtoContainers = new("Femto-Containers", "preflight and interpreter");

    /// <summary>Every decision point, in the order of the specification.</summary>
    public static Sequence<DecisionPoint> All { get; } =
    [
        new(
            "zero divisor",
            "What do division and modulo by zero do?",
            Clause.Rfc("4.1"),
            profile => profile.ZeroDivisor switch
            {
                ZeroDivisor.Yields => "quotient 0, remainder the dividend",
                ZeroDivisor.Traps => "trap DivisionByZero",
            },
            operation => operation.Traps.Contains(Trap.DivisionByZero),
            new("D-01", DeviationKind.Departs, FemtoContainers,
                "A device that divides by zero has a bug; stopping shows it, and the C machines for microcontrollers stop.")),
        new(
            "memory access",
            "Which loads, stores and atomic operations are granted?",
            Clause.Rfc("5.1"),
            profile => profile.Memory switch
            {
                MemoryRule.WithinOneRegion =>
                    "within one region that has the permission, never wrapping around; else trap MemoryAccess",
            },
            operation => operation.Traps.Contains(Trap.MemoryAccess),
            new("D-02", DeviationKind.Settles, FemtoContainers,
                "Isolation is what the machine is for; the RFC leaves the address space to the platform.")),
        new(
            "alignment",
            "Must an address be a multiple of the access size?",
            Clause.Rfc("5.1"),
            profile => profile.Alignment switch
            {
                Alignment.Any => "not required",
                Alignment.Natural => "required; else trap MemoryAlignment",
            },
            operation => operation.Traps.Contains(Trap.MemoryAlignment),
            new("D-03", DeviationKind.Settles, FemtoContainers,
                "Packet headers are not aligned, and a machine can always copy bytes.")),
        new(
            "frame pointer",
            "May a program write r10?",
            Clause.Abi("registers"),
            profile => profile.FramePointer switch
            {
                FramePointer.ReadOnly => "r10 is read-only: a program that writes it is rejected",
                FramePointer.Writable => "r10 may be written",
            },
            operation => operation.Forms.Any(form => form.Writes is WrittenRegister.Destination or WrittenRegister.Source),
            new("D-04", DeviationKind.Settles, Clause.Abi("registers"),
                "The ABI makes r10 the read-only frame pointer; a machine may then keep it out of the register file.")),
        new(
            "reserved fields",
            "What becomes of a non-zero field that an encoding does not use?",
            Clause.Rfc("3.1"),
            profile => profile.ReservedFields switch
            {
                ReservedFields.MustBeZero => "the program is rejected",
                ReservedFields.Ignored => "the field is ignored",
            },
            _ => false,
            new("D-05", DeviationKind.Settles, Clause.Rfc("3.1"),
                "The RFC has unused fields be zero without saying what a machine does; rejecting keeps them free for later.")),
        new(
            "jump target",
            "Where may a jump or local call lead?",
            Clause.Rfc("4.3"),
            profile => profile.JumpTarget switch
            {
                JumpTarget.Instruction =>
                    "to an instruction of the program, never the second slot of a wide one; else the program is rejected",
            },
            operation => operation.Forms.Any(form => !form.Displacement.IsEmpty),
            new("D-06", DeviationKind.Settles, Clause.Rfc("4.3"),
                "The RFC leaves a jump into a wide instruction undefined; a machine must not meet one.")),
        new(
            "end of program",
            "What must the last instruction be?",
            Clause.Rfc("4.3"),
            profile => profile.LastInstruction switch
            {
                LastInstruction.ExitOrJump => "EXIT or an unconditional jump; else the program is rejected",
                LastInstruction.Exit => "EXIT; else the program is rejected",
            },
            _ => false,
            new("D-07", DeviationKind.Settles, FemtoContainers,
                "Execution must not run off the end. An unconditional jump last is as safe as EXIT, and compilers write it.")),
        new(
            "budget",
            "How long may a run last?",
            Clause.Rfc("4.3"),
            profile => $"branches and local calls taken: {Limit(profile.BranchLimit)}; instructions: {Limit(profile.InstructionLimit)}",
            operation => operation.Traps.Contains(Trap.BranchBudget),
            new("D-08", DeviationKind.Settles, FemtoContainers,
                "A run must end. Femto-Containers grants 200 taken branches; local calls count with them, so that recursion ends too.")),
        new(
            "helper functions",
            "Which helper functions may a program call?",
            Clause.Rfc("4.3.1"),
            profile => profile.HelperAccess switch
            {
                HelperAccess.Declared => "those the host declares; else the program is rejected",
                HelperAccess.Granted => "those of the declared ones granted to the program; else it is rejected",
            },
            operation => operation.Traps.Contains(Trap.UnknownHelper),
            new("D-09", DeviationKind.Settles, new("µBPF", "helper access control"),
                "A program gets the capabilities it was given and no others. The result is all 64 bits of r0; r1 to r5 keep " +
                "their values here, and no program may rely on it.")),
        new(
            "local calls",
            "How deep may local calls nest, and what do they keep?",
            Clause.Rfc("4.3.2"),
            profile => $"{profile.FrameLimit} frames of {profile.FrameBytes} bytes; r6 to r10 are kept for the caller",
            operation => operation is CallOperation.Local or CallOperation.Exit,
            new("D-10", DeviationKind.Settles, Clause.Abi("local calls"),
                "The Linux kernel's limits; each frame is a region of its own, zeroed when it begins.")),
        new(
            "initial registers",
            "What do the registers hold at the start?",
            Clause.Abi("registers"),
            profile => profile.InitialRegisters switch
            {
                InitialRegisters.ContextAndLength => "r1 = address of the context, r2 = its length, r10 = end of the stack, others 0",
                InitialRegisters.Context => "r1 = address of the context, r10 = end of the stack, others 0",
            },
            _ => false,
            new("D-11", DeviationKind.Settles, new("bpf_conformance", "plugin protocol"),
                "Every run of a program on the same input is then the same.")),
        new(
            "stack",
            "How large is the stack, and what does it hold at the start?",
            Clause.Abi("registers"),
            profile => $"{profile.FrameBytes} bytes, zeroed",
            _ => false,
            new("D-12", DeviationKind.Settles, FemtoContainers,
                "512 bytes as everywhere; zeroed, so that nothing leaks from one run to the next.")),
        new(
            "conformance groups",
            "Which encodings exist?",
            Clause.Rfc("2.4"),
            profile => string.Join(", ", profile.Groups.Select(group => group.Name())),
            operation => operation is PacketLoad,
            new("D-13", DeviationKind.Settles, Clause.Rfc("5.5"),
                "The packet group is deprecated, and its meaning is one kernel's.")),
        new(
            "platform encodings",
            "Which encodings exist whose meaning is the platform's?",
            Clause.Rfc("5.4"),
            profile => profile.PlatformEncodings.IsEmpty
                ? "none: calls by BTF id and wide loads of maps, variables and code addresses are rejected"
                : string.Join(", ", profile.PlatformEncodings),
            operation => operation.Forms.Any(form => !form.Needs.IsEmpty),
            new("D-14", DeviationKind.Settles, Clause.Rfc("5.4"),
                "A microcontroller has no BTF and no maps; a host that has them grants them.")),
        new(
            "signed overflow",
            "What do signed division and modulo of the least number by -1 do?",
            Clause.Rfc("4.1"),
            profile => profile.SignedOverflow switch
            {
                SignedOverflow.Wraps => "quotient the dividend, remainder 0",
                SignedOverflow.Traps => "trap SignedOverflow",
            },
            operation => operation.Traps.Contains(Trap.SignedOverflow),
            new("D-15", DeviationKind.Settles, Clause.Rfc("4.1"),
                "Not named in the RFC; what follows from its rule that arithmetic wraps around.")),
        new(
            "shift amount",
            "What does a shift do with an amount of the width or more?",
            Clause.Rfc("4.1"),
            profile => profile.LargeShift switch
            {
                LargeShift.Masked => "the low 5 (32-bit) or 6 (64-bit) bits of the amount count",
                LargeShift.Traps => "trap ShiftAmount",
            },
            operation => operation.Traps.Contains(Trap.ShiftAmount),
            new("D-16", DeviationKind.Settles, Clause.Rfc("4.1"),
                "As the RFC has it; the number is kept for the machines that refuse such amounts.")),
        new(
            "map value offset",
            "How do the 32 bits of next_imm add to the 64-bit address of a map's value?",
            Clause.Rfc("5.4"),
            _ => "next_imm is sign-extended",
            operation => operation is WideLoad.MapValueByFd or WideLoad.MapValueByIndex,
            new("D-17", DeviationKind.Settles, Clause.Rfc("5.4"),
                "The RFC adds next_imm without saying how it is extended; immediates are signed wherever it does say so.")),
        new(
            "byte order of slots",
            "In which order are the register fields and the bytes of offset and imm in a slot?",
            Clause.Rfc("3.1"),
            _ => "dst_reg in the low 4 bits of byte 1, offset and imm with the least significant byte first, whatever the processor",
            _ => false,
            new("D-18", DeviationKind.Settles, Clause.Rfc("3.1"),
                "The RFC leaves it to the host: on a big-endian one, dst_reg is in the high 4 bits, and offset and imm are big-endian. " +
                "Here a program is the same bytes for every device.")),
        new(
            "byte order of memory",
            "In which order are the bytes of a word in memory?",
            Clause.Rfc("5.1"),
            _ => "the least significant byte first, whatever the processor",
            operation => operation is MemoryOperation or AtomicOperation,
            new("D-19", DeviationKind.Settles, FemtoContainers,
                "The RFC leaves it to the host. Here a program that writes a word and reads its bytes finds the same on every device.")),
        new(
            "byte order conversion",
            "What do the conversions between the host's byte order and little- or big-endian do?",
            Clause.Rfc("4.2"),
            _ => "le keeps the order of the bytes, be reverses it, whatever the processor: the machine's own order is little-endian",
            operation => operation is AluOperation.ToLittleEndian or AluOperation.ToBigEndian,
            new("D-20", DeviationKind.Settles, Clause.Rfc("4.2"),
                "The RFC converts from and to the host's byte order, so that on a big-endian host le would reverse, and be would not. " +
                "It follows from D-19 that this machine does as a little-endian one.")),
    ];

    private static string Limit(Allowance<ulong> limit) => limit switch
    {
        Allowance<ulong>.Unlimited => "no limit",
        Allowance<ulong>.Remaining(var count) => $"at most {count}",
    };
}

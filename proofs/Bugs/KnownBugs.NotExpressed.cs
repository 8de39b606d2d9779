using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Bugs;

public static partial class KnownBugs
{
    private const string Image = "The specification has no image inside the machine: a program is its slots, and regions are the caller's.";
    private const string Host = "The code of helpers is the host's; here a helper is a total function whose arguments the machine checks.";
    private const string Choice = "A choice, not a bug of a rule: a decision point of the profile says it.";
    private const string Record = "What is left in the C structures between or after runs; a run here is a function of its start.";
    private const string Tool = "Of a tool or an example around the machine.";
    private const string Refused = "A program that is not compiled does nothing wrong; the interpreter has the instruction.";
    private const string Widths = "C integers narrower than 64 bits in the interface; addresses and sizes here have 64.";

    /// <summary>The published bugs that no claim finds, machine by machine.</summary>
    public static Sequence<NotExpressed> Others { get; } =
    [
        new("R-6", "There is no limit of time.", Choice),
        new("R-7", "Helpers dereference pointers that nobody checked.", Host),
        new("R-8", "The key/value store writes through a null pointer when it is full.", Host),
        new("R-9", "Fetching a missing key takes an entry of the store.", Host),
        new("R-10", "The demonstration copies a block without a bound.", Tool),
        new("R-11", "The jump table puts the high half of a wide load into the register that the second slot names.",
            "A register that no field of the instruction names: a rule reads the fields of its encoding, and this is none of them."),
        new("I-1", "A negative result is taken for an error.", Record),
        new("I-6", "There is no preflight check, and a program need not end by EXIT.",
            "I-5 and FC-8 show what missing checks lead to; running off the end counts as success by choice."),
        new("FC-9", "The offset of CALL and EXIT is range-checked although it is not used.",
            "The check is that of FC-2, put in there; the specified preflight check rejects such an offset too, as it is reserved."),
        new("FC-11", "The loads of addresses in the image sign-extend the low half of the distance.",
            "RFC 9669 has no such load, so there is nothing that it should equal."),
        new("FC-12", "The bases of .data and .rodata are computed with the size of another structure.", Image),
        new("FC-13", "The magic number is never checked, and is not what the tool writes.", Image),
        new("FC-14", "The lengths in the header are not bounded by the length of the image.", Image),
        new("FC-15", "Of an empty program the slot before its first is read.",
            "The specification rejects an empty program as a whole, before any check of a slot."),
        new("FC-16", "Negation has an opcode of its own, and the standard one is illegal.",
            "A missing instruction traps; no rule is wrong. R-5 shows what negation at that opcode did."),
        new("FC-18", "A region of no bytes, or a stale one, passes the check as well.",
            "The overflow is that of FC-17; stale regions are left in the C structures, as FC-28's flag is."),
        new("FC-19", "The size of a helper's access is cut to 8 bits.", Widths),
        new("FC-20", "32-bit hosts drop the high half of an address.", Widths),
        new("FC-24", "32-bit jumps, byte swaps and signed division are missing, which shows only in the run.",
            "Missing instructions are the profile's conformance groups; that unknown opcodes pass is FC-8."),
        new("FC-25", "The budget's counter wraps around after the jump that exhausts it.", Record),
        new("FC-26", "The flag that waives the last EXIT waives the budget too.",
            "The flag stands for two decision points, which a profile sets apart."),
        new("FC-27", "The budget does not count straight-line code and the time of helpers.", Choice),
        new("FC-28", "A flag says that the program was checked, and stays when the program is replaced.", Record),
        new("FC-29", "r10 may be written.", "Found as C-15, of another machine."),
        new("FC-30", "Execution without a context still passes one.", Record),
        new("FC-31", "The stack is not cleared between runs.", Record),
        new("FC-32", "The result of a helper is cut to 32 bits.", Host),
        new("FC-33", "r0 is reported even of a run that failed.", Record),
        new("FC-34", "Setup forgets the regions added before.", Record),
        new("FC-35", "Calls of the key/value store have no cases.", Host),
        new("FC-36", "Accesses that are not aligned are granted, and fault on small processors.", Choice),
        new("FC-37", "The package's glue shifts every helper's arguments by one register.", Host),
        new("C-2", "A region of the size of one access cannot be used.", "A consequence of C-1."),
        new("C-3", "The standard wide load is rejected.", "A missing instruction; what stands for it is C-4."),
        new("C-9", "Fields that are not used are not checked.", Choice),
        new("C-10", "The ids of helpers are not checked before the run.",
            "The call traps when it is reached; the family of necessity drops the check of functions and finds that."),
        new("C-11", "Two reasons to stop share one code.", "Codes are an interface of the C code; traps here are values."),
        new("C-12", "The enumeration of codes lacks one that is raised.", "Codes are an interface of the C code; traps here are values."),
        new("C-13", "The benchmarks pass the length in bytes where slots are counted.", Tool),
        new("C-14", "Helpers are assumed, not proved.", "About a proof, not about a machine."),
        new("C-16", "A result of 0 may be an error.", "Codes are an interface of the C code; traps here are values."),
        new("J-9", "Code and table are written without a bound.", "C arrays of the compiler; here they are as long as they have to be."),
        new("U-16", "A store of an immediate of 8 bytes is refused.", Refused),
        new("U-17", "SUB of an immediate above 255 is refused.", Refused),
        new("U-18", "Byte swaps, packet loads and atomics end the compiler.", Refused),
        new("U-19", "Native code has no budget.", Choice),
    ];
}

using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs;

/// <summary>All that must be right for the proofs to mean what they say.</summary>
public static class TrustedBase
{
    /// <summary>The assumptions, the heaviest first.</summary>
    public static Sequence<Assumption> Assumptions { get; } =
    [
        new(
            "The solver's answer unsat is right.",
            "Each session first answers small questions whose answers are known, "
            + "and a mutant of each claim must be found by the solver that proves it, "
            + "which is also what would show that it keeps anything of a question before; "
            + "--cross-check asks a second solver the same scripts; an answer sat is not trusted but replayed on the concrete machine."),
        new(
            "The claims say what they should.",
            "Every claim for all values has mutants that it must find; a claim that does not find one of them is refuted. "
            + "What a claim takes from others, its lemmas, the ledger names; they are claims like it."),
        new(
            "The transcriptions in spec/reference say what RFC 9669 says.",
            "They are written by hand from its text, and owe nothing to the rules."),
        new(
            "A transcription's terms with a rule's operands in the places of its parameters are what it says of them.",
            "That the terms are what its text says of the parameters is proved, by a solver that reads the text itself."),
        new(
            "Terms mean what the printer writes, and their simplification keeps their meaning.",
            "A claim that holds by simplification alone rests on it; models are evaluated on the unsimplified machine."),
        new(
            "A rule does on words what it did on terms.",
            "It is the same C# text, written once over an abstract word; the .NET compiler and runtime are trusted to run it."),
        new(
            "Compiled code does what ECMA-335 says of its instructions, as our reader of it has them, "
            + "in a little-endian process of 64 bits.",
            "The reader rejects what it does not know; the runtime's compiler is trusted. "
            + "Both engines are compared with the reference machine by tests and fuzzing."),
        new(
            "The fast machine strings steps together as decoding made them: in the order of slots, "
            + "each jump's distance that to its target's first step.",
            "That, how a run begins and ends, and what calls of helpers do beyond granting their arguments are tested against the "
            + "reference machine, not proved."),
        new(
            "A Cortex-M4 does what the rules of src/Arm say, with CCR.DIV_0_TRP and CCR.UNALIGN_TRP zero, and data memory of the type "
            + "Normal.",
            "Each instruction is compared with QEMU's by tests; the decoder refuses whatever the architecture leaves open. "
            + "Nothing is assumed of the C compiler: what it wrote is what is read."),
        new(
            "The compiler's library divides 64-bit words: __aeabi_uldivmod yields quotient and remainder, and keeps R4 to R11.",
            "The claims about division, and about native code's, take it as a contract. A test calls the builds' own copies on QEMU: a "
            + "million times each, drawn by the seed 15, with none wrong (RBPFSPEC_DIVISIONS)."),
        new(
            "A helper in C keeps to its contract: it keeps R4 to R11 and SP, and of the machine changes r0 alone, or nothing if it yields "
            + "RBPF_MEMORY_ACCESS; and it does what its declaration says.",
            "It is what device/rbpf.h and the procedure call standard of ARM ask of it; the application brings its helpers. That they are "
            + "called with the machine and its registers, and what is done with what they yield, is proved."),
        new(
            "On the device, the machine, its frames, the table of regions, the stacks, the program and the bytes of regions share no byte, "
            + "begin at multiples of four, and do not wrap around the end of addresses; no region begins where NULL points to.",
            "It is what device/rbpf.h asks of who uses it. Of regions that do not overlap, one at most grants an access, so claims about "
            + "loads and stores have that one; that it is found in a table of any length is claimed by induction."),
        new(
            "The halves of a 64-bit product add up to it, a remainder is what the quotient leaves, and a signed quotient is that of "
            + "magnitudes.",
            "Facts about numbers, put into the claims about the device's multiplication and division, and about sets of products, "
            + "quotients and remainders; no solver decides them in time."),
        new(
            "Long division and long multiplication, bit by bit, give quotients and products.",
            "The claims that quotients and products are in order are about one step of them; by induction they hold of all."),
        new(
            "Operations of range analysis are put together of the parts that the claims are about, as the code says.",
            "Tests compare them with all members of all sets of few bits, and the rules on sets with the rules on words."),
        new(
            "HAVM's state and the block of stack that its native code gets share no byte, and begin at multiples of four.",
            "It is how the published machine calls its blocks; only claims about them rest on it."),
        new(
            "Memory of three regions, calls of the profile's depth, and the lengths that the claims state stand for all.",
            "Addresses, sizes, permissions and contents are arbitrary within these bounds."),
    ];
}

namespace RbpfSpec.Dialects.Machines;

public static partial class FemtoContainers
{
    private static Sequence<DialectDeviation> Checks =>
    [
        new DialectDeviation.CheckDeviation(
            "FC-1",
            Name,
            "The bound of a jump is compared before the implicit + 1, so that a jump to one slot past the end is accepted.",
            Verifier)
        {
            Drops = ["jump/inside"],
            Adds = [new DistanceIsInside(Verifier)],
        },
        new DialectDeviation.CheckDeviation(
            "FC-2",
            Name,
            "The same comparison rejects every legal jump to slot 0.",
            Verifier)
        {
            Adds = [new DistanceIsInside(Verifier)],
        },
        new DialectDeviation.CheckDeviation(
            "FC-3",
            Name,
            "The second slot of a wide load may be the EXIT that ends the program; execution runs off the end.",
            Verifier)
        {
            Drops = ["wide/opcode", "end"],
            Adds = [new LastSlotIsExit(Verifier)],
        },
        new DialectDeviation.CheckDeviation(
            "FC-4",
            Name,
            "The same holds of the machine's own wide loads, of addresses in .data (0xb8) and .rodata (0xd8).",
            Verifier)
        {
            Drops = ["wide/opcode", "end"],
            Adds = [new LastSlotIsExit(Verifier)],
            Encodings = SectionLoads,
        },
        new DialectDeviation.CheckDeviation(
            "FC-5",
            Name,
            "With the flag NO_RETURN a wide load may be the last slot; its high half is read past the end, and execution goes on there.",
            Verifier)
        {
            Drops = ["wide/whole"],
        },
        new DialectDeviation.CheckDeviation(
            "FC-6",
            Name,
            "The second slot of 0xb8 and 0xd8 is checked as if it were an instruction, which rejects legal ones, "
            + "and the second slot of 0x18 is not checked at all.",
            Verifier)
        {
            Drops = ["wide/opcode", "wide/dst_reg", "wide/src_reg", "wide/offset"],
            Adds = [new SecondSlotIsInstruction(Verifier)],
            Encodings = SectionLoads,
        },
        new DialectDeviation.CheckDeviation(
            "FC-7",
            Name,
            "A jump may lead to the second slot of a wide load, and that slot, never checked, is then executed.",
            Verifier)
        {
            Drops = ["jump/instruction", "wide/opcode", "wide/dst_reg", "wide/src_reg", "wide/offset"],
        },
        new DialectDeviation.CheckDeviation(
            "FC-8",
            Name,
            "Opcodes are not checked; one that is unknown traps only when it is reached.",
            Verifier)
        {
            Drops = ["opcode", "group"],
            Adds = [new LastSlotIsExit(Verifier)],
        },
    ];

    private static Sequence<Semantics.Instructions.Form> SectionLoads =>
        [.. new SectionLoad(ImageSection.Data).Forms, .. new SectionLoad(ImageSection.ReadOnlyData).Forms];
}

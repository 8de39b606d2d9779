using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Bugs.Native;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Bugs;

public static partial class KnownBugs
{
    // What native code cannot do with registers of 32 bits is right of the instruction of 32 bits, and wrong of the other.
    private static Claim OfMicroBpf(NativeBug bug) => bug.Number switch
    {
        "U-1" => OfCode(bug, Of("mem/ldxw", 0, 1)),
        "U-2" => OfCode(bug, Of("alu/div32-x", 0, 1)),
        "U-3" => OfCode(bug, Of("jmp/jge32-x", 0, 1, offset: 1)),
        "U-4" => OfCode(bug, Of("jmp/jset32-x", 0, 1, offset: 1)),
        "U-5" => OfCode(bug, Of("alu/arsh32-k", 1, 0, immediate: 4)),
        "U-6" => OfCode(bug, Of("alu/sub32-x", 1, 10)),
        "U-7" => OfCode(bug, Of("alu/add32-k", 0, 0, immediate: 300)),
        "U-8" => OfCode(bug, Of("alu/add32-k", 0, 0, immediate: -5000)),
        "U-9" => OfCode(bug, Of("alu/rsh64-k", 0, 0, immediate: 32)),
        "U-10" => OfCode(bug, Of("alu/le16", 0, 0)),
        "U-11" => OfCode(bug, Of("imm/lddw", 1, 0, immediate: 7), Of("imm/lddw", 1, 0, immediate: 7, nextImmediate: 1)),
        "U-12" => OfCode(bug, Of("alu/add32-x", 0, 1), Of("alu/add64-x", 0, 1)),
        "U-13" => OfCode(bug, Of("jmp/jsgt32-x", 0, 1, offset: 1), Of("jmp/jsgt64-x", 0, 1, offset: 1)),
        "U-14" => OfCode(bug, Of("mem/ldxw", 0, 1), Of("mem/ldxdw", 0, 1)),
        "U-15" => OfCode(bug, Of("alu/arsh32-k", 1, 0, immediate: 0)),
        var number => throw new ArgumentOutOfRangeException(nameof(bug), number, "no instruction is known that shows it"),
    };

    private static Claim OfCode(NativeBug bug, Instruction instruction) => OfCode(bug, instruction, instruction);

    private static Claim OfCode(NativeBug bug, Instruction right, Instruction wrong) => Of(
        bug,
        $"The native code of {right.Form.Id} does what the rule does on registers whose high halves are zero, and leaves them so.",
        () => MicroBpfReading.About(right, new([])),
        () => MicroBpfReading.About(wrong, new([bug.Number])));

    private static Instruction Of(
        string form, byte destination, byte source, short offset = 0, int immediate = 0, int nextImmediate = 0) => Instruction.Of(
            OperationTable.WithId(form), new(destination), new(source), offset, immediate, nextImmediate);
}

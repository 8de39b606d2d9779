using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Symbolic.Tests.Machine;

/// <summary>Small programs whose way depends on their context of eight bytes.</summary>
internal static class RandomPrograms
{
    private static readonly Dictionary<string, Form> ById = OperationTable.Forms.ToDictionary(form => form.Id, StringComparer.Ordinal);

    private static readonly Form[] Forms =
        [.. OperationTable.Forms.Where(form => form.Needs.IsEmpty && Profile.Rbpf.Groups.Contains(form.Group))];

    private static readonly Form[] Jumps = [.. Forms.Where(form => form.Operation is JumpOperation)];

    private static readonly Form[] Accesses = [.. Forms.Where(form => form.Operation is MemoryOperation or AtomicOperation)];

    private static readonly int[] Helpers = [0x02, 0x10, 0x11, 0x12, 0x13, 0x20, 0x30];

    /// <summary>
    /// A program: r3 a byte, r4 a half word and r5 all of the context; r6 an unknown address in it, r7 one on the
    /// stack; then instructions of every sort, jumps mostly ahead, and EXIT.
    /// </summary>
    public static Program Program(this Dice dice)
    {
        var count = dice.Between(1, 9);
        return Semantics.Encoding.Program.Of(
        [
            Of("mem/ldxb", 3, 1, offset: dice.Between(0, 7)),
            Of("mem/ldxh", 4, 1, offset: dice.Between(0, 6)),
            Of("mem/ldxdw", 5, 1),
            Of("alu/mov64-x", 6, 3),
            Of("alu/and64-k", 6, immediate: 7),
            Of("alu/mov64-x", 7, 10),
            Of("alu/sub64-x", 7, 6),
            Of("alu/add64-x", 6, 1),
            .. dice.Several(count, Instruction),
            Of("jmp/exit"),
        ]);

        Instruction Instruction(Dice each)
        {
            var form = each.Between(0, 5) switch
            {
                0 or 1 => each.Pick(Jumps),
                2 => each.Pick(Accesses),
                _ => each.Pick(Forms),
            };
            var distance = each.OnceIn(8) ? each.Between(-count, count) : each.Between(0, 3);
            var address = each.Pick(1, 6, 6, 7, 7, 10);
            var isAccess = form.Operation is MemoryOperation or AtomicOperation;
            return Semantics.Instructions.Instruction.Of(
                form,
                Register(isAccess ? address : each.Between(0, 7)),
                Register(isAccess && form.Mnemonic.StartsWith('l') ? address : each.Between(0, 7)),
                (short)(form.Displacement.Contains(Field.Offset) ? distance : isAccess ? each.Between(-9, 9) : 0),
                form.Displacement.Contains(Field.Immediate) ? distance
                    : form.Operation is CallOperation.ByHelperId ? each.Pick(Helpers)
                    : each.Pick(0, 1, -1, 2, 7, 8, 31, 63, 0x80, 0xff, int.MinValue, (int)each.Next()),
                0);
        }
    }

    private static Register Register(int number) => new((byte)number);

    private static Instruction Of(string id, int destination = 0, int source = 0, int offset = 0, int immediate = 0) =>
        Semantics.Instructions.Instruction.Of(
            ById[id], Register(destination), Register(source), (short)offset, immediate, 0);
}

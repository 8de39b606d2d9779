using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Selection;

/// <summary>
/// The flow of a program as a verifier sees it that follows every edge, whatever the registers hold, as the Linux kernel's
/// does.
/// </summary>
/// <param name="Unwritten">The registers that may be read before they are written, besides r1, r2 and r10.</param>
/// <param name="Unreached">How many instructions no edge leads to.</param>
internal readonly record struct Flow(Sequence<int> Unwritten, int Unreached)
{
    private const int Start = (1 << 1) | (1 << 2) | (1 << Register.Last);

    /// <summary>Whether the first slot is jumped or called to.</summary>
    public bool ReturnsToFirst { get; private init; }

    /// <summary>That of a program which every edge stays within.</summary>
    /// <param name="program">The instructions.</param>
    /// <param name="entry">The slot at which it begins.</param>
    public static Flow Of(IEnumerable<Instruction> program, int entry = 0)
    {
        Dictionary<int, Instruction> at = [];
        var slot = 0;
        foreach (var instruction in program)
        {
            at[slot] = instruction;
            slot += instruction.Form.Layout.Slots;
        }

        Dictionary<int, int> written = [];
        var unwritten = 0;
        var returnsToFirst = false;
        Stack<(int Slot, int Written)> open = new([(entry, Start)]);
        while (open.TryPop(out var here))
        {
            if (!at.TryGetValue(here.Slot, out var instruction)) continue;
            var before = written.TryGetValue(here.Slot, out var known) ? known & here.Written : here.Written;
            if (written.ContainsKey(here.Slot) && before == known) continue;
            written[here.Slot] = before;
            unwritten |= Read(instruction) & ~before;
            var after = before | Written(instruction);
            foreach (var next in Next(instruction, here.Slot))
            {
                returnsToFirst |= next == 0;
                open.Push((next, after));
            }
        }

        return new([.. Enumerable.Range(0, Register.Last).Where(register => (unwritten >> register & 1) != 0)], at.Count - written.Count)
        {
            ReturnsToFirst = returnsToFirst,
        };
    }

    private static IEnumerable<int> Next(Instruction instruction, int slot)
    {
        var after = slot + instruction.Form.Layout.Slots;
        if (instruction.Form.Operation is CallOperation.Exit) return [];
        if (instruction.Form.Displacement.IsEmpty) return [after];
        var target = after + (instruction.Form.Displacement[0] is Field.Immediate ? instruction.Immediate : instruction.Offset);
        return instruction.Form.Operation is JumpOperation.Always ? [target] : [after, target];
    }

    private static int Read(Instruction instruction)
    {
        var (destination, source) = (1 << instruction.Destination.Number, 1 << instruction.Source.Number);
        var operand = instruction.Form.Operand is SourceOperand.Register ? source : 0;
        return instruction.Form.Operation switch
        {
            AluOperation.Move or AluOperation.MoveSigned => operand,
            AluOperation => destination | operand,
            JumpOperation.Always or WideLoad or CallOperation.ByHelperId or CallOperation.ByBtfId or CallOperation.Local => 0,
            JumpOperation => destination | operand,
            MemoryOperation { Kind: Access.Read } => source,
            MemoryOperation.StoreImmediate => destination,
            AtomicOperation.CompareExchange => destination | source | 1,
            MemoryOperation or AtomicOperation => destination | source,
            CallOperation.Exit => 1,
            _ => 0,
        };
    }

    // A called function leaves a result, or what its caller's r0 was: it has to have written it to return.
    private static int Written(Instruction instruction) =>
        instruction.Form.Operation is CallOperation.Local
            ? 1
            : instruction.Form.Writes switch
            {
                WrittenRegister.Destination => 1 << instruction.Destination.Number,
                WrittenRegister.Source => 1 << instruction.Source.Number,
                WrittenRegister.R0 => 1,
                WrittenRegister.None => 0,
            };
}

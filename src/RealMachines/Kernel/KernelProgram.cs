using System.Buffers.Binary;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>A program, made to run in the Linux kernel as it would here.</summary>
/// <remarks>
/// The kernel begins with r1 as the address of a packet, gives 32 bits of the result, and takes no program that reads what nothing was
/// written to. So instructions come before the program that set r1 to the address of the memory, which is the value of a map, r2 to its
/// length, all other registers and the stack to zero; and each EXIT of the entry function becomes a jump to others that put r0 into
/// a second map.
/// </remarks>
/// <param name="Slots">The program for the kernel.</param>
/// <param name="IsWrapped">
/// Whether it has these instructions. One that jumps or calls out of itself has not: a target before the first slot would be among them.
/// </param>
internal sealed record KernelProgram(Sequence<Slot> Slots, bool IsWrapped)
{
    /// <summary>The result of a wrapped program: that it came to its end.</summary>
    public const uint Ended = 0x72427066;

    private static readonly Form LongJump = OperationTable.WithId("jmp/ja32");
    private static readonly Form ShortJump = OperationTable.WithId("jmp/ja");
    private static readonly Form Number = OperationTable.WithId("imm/lddw");
    private static readonly Form MapValue = OperationTable.WithId("imm/lddw-map-val-by-fd");

    // With all other fields zero.
    private static readonly Slot Exit = Encoder.Encode(Instruction.Of(OperationTable.WithId("jmp/exit")))[0];

    /// <summary>The program as the kernel reads it.</summary>
    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[Slots.Count * Slot.Size];
            for (var i = 0; i < Slots.Count; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * Slot.Size), Slots[i].Bits);
            return bytes;
        }
    }

    /// <summary>Why the kernel would run something else than a program says; null if it would not.</summary>
    /// <param name="program">The program.</param>
    public static string? Unlike(Program program)
    {
        foreach (var (_, instruction) in Instructions(program))
        {
            switch (instruction.Form.Operation)
            {
                case CallOperation.ByHelperId or CallOperation.ByBtfId:
                    return "it calls a helper, and those of the kernel are others";
                case WideLoad when instruction.Form != Number:
                    return "it loads the address of a map or of a variable, and those of the kernel are others";
            }
        }

        return null;
    }

    /// <summary>Makes a program for the kernel.</summary>
    /// <param name="program">The program.</param>
    /// <param name="entry">The slot at which it begins.</param>
    /// <param name="result">The descriptor of the map that takes r0.</param>
    /// <param name="memory">The descriptor of the map that is the memory; null if there is none.</param>
    /// <param name="length">The length of the memory in bytes.</param>
    /// <param name="zeroesStack">Whether the stack is set to zero.</param>
    public static KernelProgram Of(Program program, int entry, uint result, uint? memory, int length, bool zeroesStack)
    {
        var targets = Targets(program).ToList();
        if (targets.Any(target => target.Slot < 0 || target.Slot >= program.Length)) return new([.. program.Slots], IsWrapped: false);
        List<Slot> slots = [.. Beginning(memory, length, zeroesStack)];
        slots.Add(default);
        var end = slots.Count;
        slots.AddRange(End(result));
        slots[end - 1] = Jump(end - 1, slots.Count + entry);
        var first = slots.Count;

        // A function ends where another begins, and only the entry function ends the run.
        var functions = targets.Where(target => target.IsCall).Select(target => target.Slot).Append(program.Length).Min();
        var seconds = SecondSlots(program);
        for (var index = 0; index < program.Length; index++)
        {
            var isEnd = index < functions && program.Slots[index] == Exit && !seconds.Contains(index);
            slots.Add(isEnd ? Jump(first + index, end) : program.Slots[index]);
        }

        return new([.. slots], IsWrapped: true);
    }

    /// <summary>Whether a program calls functions of its own.</summary>
    public static bool HasCalls(Program program) => Targets(program).Any(target => target.IsCall);


    private static IEnumerable<Slot> Beginning(uint? memory, int length, bool zeroesStack)
    {
        List<string> lines =
        [
            .. Enumerable.Range(0, Register.Last).Where(register => register is not (1 or 2)).Select(register => $"mov %r{register}, 0"),
            $"mov %r2, {length}",
        ];
        if (memory is null) lines.Add("mov %r1, 0");
        const int word = sizeof(ulong);
        if (zeroesStack)
            lines.AddRange(Enumerable.Range(1, StackBytes / word).Select(index => $"stdw [%r10-{index * word}], 0"));
        return [.. Assembled(lines), .. memory is { } map ? Address(1, map) : []];
    }

    // r1 to r5 are of no use any more; r0 is what it is about.
    private static IEnumerable<Slot> End(uint result) =>
        [.. Address(1, result), .. Assembled(["stxdw [%r1], %r0", $"mov32 %r0, {Ended}", "exit"])];

    private const int StackBytes = 512;

    private static Sequence<Slot> Assembled(IEnumerable<string> lines) =>
        Assembler.Parse(string.Join('\n', lines), Syntax.Conformance) is Assembled.Success success
            ? success.Program.Slots
            : throw new InvalidOperationException("the instructions around a program are valid");

    private static Sequence<Slot> Address(byte register, uint map) =>
        Encoder.Encode(Instruction.Of(MapValue, new Register(register), immediate: (int)map));

    private static Slot Jump(int from, int to)
    {
        var distance = to - from - 1;
        return Encoder.Encode(distance is >= short.MinValue and <= short.MaxValue
            ? Instruction.Of(ShortJump, offset: (short)distance)
            : Instruction.Of(LongJump, immediate: distance))[0];
    }

    private static IEnumerable<(int Slot, bool IsCall)> Targets(Program program)
    {
        foreach (var (slot, instruction) in Instructions(program))
        {
            if (instruction.Form.Operation is CallOperation.Exit || instruction.Form.Displacement.IsEmpty) continue;
            var distance = instruction.Form.Displacement[0] is Field.Immediate ? instruction.Immediate : instruction.Offset;
            var target = Math.Clamp(slot + 1L + distance, int.MinValue, int.MaxValue);
            yield return ((int)target, instruction.Form.Operation is CallOperation.Local);
        }
    }

    private static HashSet<int> SecondSlots(Program program) =>
        [.. Instructions(program).Where(each => each.Instruction.Form.Layout.Slots == 2).Select(each => each.Slot + 1)];

    // Slots that are no instruction are passed over.
    private static IEnumerable<(int Slot, Instruction Instruction)> Instructions(Program program)
    {
        for (var index = 0; index < program.Length;)
        {
            if (Preflight.Decode(program, index) is Decoded.Valid(var instruction))
            {
                yield return (index, instruction);
                index += instruction.Form.Layout.Slots;
            }
            else
            {
                index++;
            }
        }
    }
}

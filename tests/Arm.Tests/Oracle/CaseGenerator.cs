using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Tests.Oracle;

/// <summary>Draws cases: every encoding as often as every other, operands, registers, flags and memory at random.</summary>
internal sealed class CaseGenerator(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A case of a row of the table.</summary>
    public OracleCase Draw(Row row)
    {
        while (true)
        {
            if (Attempt(row) is { } drawn) return drawn;
        }
    }

    /// <summary>Whether a row is for the emulator: not SVC and BKPT, which end the test, nor hints, which may wait.</summary>
    public static bool IsTried(Row row) => row.Instruction != typeof(Instruction.SupervisorCall)
        && row.Instruction != typeof(Instruction.Breakpoint) && row.Instruction != typeof(Instruction.NoOperation);

    private OracleCase? Attempt(Row row)
    {
        var bits = row.Pattern.Complete((uint)random.NextInt64(1L << 32));
        var (first, second) = row.Pattern.Halfwords == 1 ? ((ushort)bits, (ushort)0) : ((ushort)(bits >> 16), (ushort)bits);
        if (Decoder.Decode(first, second) is not Decoded.Allowed { Instruction: var instruction }) return null;
        if (instruction.GetType() != row.Instruction) return null;
        instruction = Near(instruction);
        if (Encoder.Find(instruction) is not { } halfwords) return null;

        var window = new byte[OracleCase.WindowLength];
        random.NextBytes(window);
        for (var i = 0; i < window.Length; i += 4)
        {
            if (random.Next(3) == 0) BitConverter.TryWriteBytes(window.AsSpan(i), CodeAddress());
        }

        var registers = Sequence.Generate(15, _ => Arithmetic<Word>.Constant(Value()))
            .With(13, Arithmetic<Word>.Constant(OracleCase.Window + 64 + (4 * (uint)random.Next(44))));
        registers = Aimed(instruction, registers);
        Flags<Word> flags = new(Flag(), Flag(), Flag(), Flag());
        var it = instruction.Placement is not Placement.OutsideIt && random.Next(4) == 0
            ? new ItState((byte)((random.Next(14) << 4) | 8))
            : default;
        return OracleCase.Of(instruction, halfwords, new(registers, flags, new MappedMemory([]), it), window);
    }

    // Branches that stay in the code area.
    private Instruction Near(Instruction instruction)
    {
        if (instruction is Instruction.Branch { Encoding: Encoding.T3 or Encoding.T4 } branch)
            return branch with { Distance = 2 * random.Next(-30_000, 60_000) };
        return instruction is Instruction.BranchLink call ? call with { Distance = 2 * random.Next(-30_000, 60_000) } : instruction;
    }

    // Registers with which loads and stores are in the window, and branches in the code area, most of the time.
    private Sequence<Word> Aimed(Instruction instruction, Sequence<Word> registers)
    {
        switch (instruction)
        {
            case Instruction.TransferImmediate x:
                return At(registers, x.Base, Distance(x.Offset, x.IsAdded, x.Indexing));
            case Instruction.TransferDouble x:
                return At(registers, x.Base, Distance(x.Offset, x.IsAdded, x.Indexing));
            case Instruction.TransferMultiple x:
                return At(registers, x.Base, 0);
            case Instruction.TransferRegister x:
                return Indexed(registers, x.Base, x.Index);
            case Instruction.TableBranch x:
                return Indexed(registers, x.Base, x.Index);
            case Instruction.BranchExchange x when x.Target < 13:
                return registers.With(x.Target, Arithmetic<Word>.Constant(CodeAddress()));
            case Instruction.DataRegister { Destination: 15, Operation: DataOperation.Mov } x when x.Second < 13:
                return registers.With(x.Second, Arithmetic<Word>.Constant(CodeAddress()));
            case Instruction.DataRegister { Destination: 15, Operation: DataOperation.Add } x when x.Second < 13:
                return registers.With(x.Second, Arithmetic<Word>.Constant((uint)random.Next(60_000)));
            default:
                return registers;
        }
    }

    private static uint Distance(uint offset, bool isAdded, Indexing indexing) =>
        indexing is Indexing.PostIndexed ? 0 : isAdded ? offset : 0 - offset;

    private Sequence<Word> Indexed(Sequence<Word> registers, int at, int index)
    {
        if (index < 13) registers = registers.With(index, Arithmetic<Word>.Constant((uint)random.Next(32)));
        return at == index ? registers : At(registers, at, 0);
    }

    private Sequence<Word> At(Sequence<Word> registers, int register, uint offset) => register >= 13
        ? registers
        : registers.With(register, Arithmetic<Word>.Constant(unchecked(WindowAddress() - offset)));

    private uint WindowAddress() => OracleCase.Window + (random.Next(4) == 0
        ? (uint)random.Next(OracleCase.WindowLength)
        : 4 * (uint)random.Next(OracleCase.WindowLength / 4));

    private uint CodeAddress() => OracleCase.Code + (2 * (uint)random.Next(OracleCase.CodeLength / 2)) + (random.Next(8) == 0 ? 0U : 1);

    private uint Value() => random.Next(8) switch
    {
        0 => (uint)random.Next(40),
        1 => 0U - (uint)random.Next(40),
        2 => 0x80000000 + (uint)random.Next(-2, 3),
        3 => 1U << random.Next(32),
        4 => WindowAddress(),
        _ => (uint)random.NextInt64(1L << 32),
    };

    private Truth<Word> Flag() => Truth<Word>.Of(random.Next(2) == 0);
}

using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

/// <summary>Writes instructions of the processor, each in its shortest encoding. Flags are free unless a caller says otherwise.</summary>
internal sealed class Emitter
{
    /// <summary>A register for what lives no longer than an instruction of the program.</summary>
    public const int Scratch = 10;

    /// <summary>Another one.</summary>
    public const int Scratch2 = 11;

    /// <summary>The register that holds the address of the machine's state.</summary>
    public const int Machine = 12;

    /// <summary>The register that counts the branches left.</summary>
    public const int Budget = ArmState<Word>.Link;

    private static readonly DataOperation[] Commutative =
        [DataOperation.And, DataOperation.Orr, DataOperation.Eor, DataOperation.Add, DataOperation.Adc];

    /// <summary>The code so far.</summary>
    public CodeBuilder Code { get; } = new();

    /// <summary>An operation on two registers that need not set the flags, nor keep them.</summary>
    public void Data(DataOperation operation, int destination, int first, int second)
    {
        (first, second) = Ordered(operation, destination, first, second);
        var kept = new DataRegister(operation, FlagSetting.Kept, destination, first, second);
        Code.AddFirst(Shortest(kept with { Flags = FlagSetting.SetOutsideIt }, kept));
    }

    /// <summary>An operation on two registers that sets the flags.</summary>
    public void DataSetting(DataOperation operation, int destination, int first, int second)
    {
        (first, second) = Ordered(operation, destination, first, second);
        var set = new DataRegister(operation, FlagSetting.Set, destination, first, second);
        Code.AddFirst(set with { Flags = FlagSetting.SetOutsideIt }, set);
    }

    /// <summary>An operation on two registers, the second one shifted, that keeps the flags.</summary>
    public void Shifted(DataOperation operation, int destination, int first, int second, Shift shift, int amount) =>
        Code.Add(new DataRegister(operation, FlagSetting.Kept, destination, first, second, shift, amount));

    /// <summary>An operation on a register and a constant; what no encoding holds goes through a register.</summary>
    public void DataConstant(DataOperation operation, int destination, int first, uint constant, bool sets = false, int through = Scratch)
    {
        var wide = new DataImmediate(operation, sets ? FlagSetting.Set : FlagSetting.Kept, destination, first, constant);
        if (Try(wide with { Flags = FlagSetting.SetOutsideIt }, wide)) return;
        if (operation is DataOperation.And && !sets && constant is 0xffff)
        {
            Code.Add(new Extend(IsSigned: false, 16, destination, first));
            return;
        }

        if (operation is DataOperation.And or DataOperation.Add or DataOperation.Sub && !sets
            && Try(new DataImmediate(Inverse(operation), FlagSetting.Kept, destination, first, Complement(operation, constant))))
        {
            return;
        }

        Constant(through, constant);
        if (sets) DataSetting(operation, destination, first, through);
        else Data(operation, destination, first, through);
    }

    /// <summary>The flags of a comparison of two registers.</summary>
    public void Compare(int first, int second) =>
        Code.Add(new DataRegister(DataOperation.Cmp, FlagSetting.Set, None, first, second));

    /// <summary>The flags of a comparison with a constant.</summary>
    public void CompareConstant(int first, uint constant, int through = Scratch)
    {
        if (Try(
            new DataImmediate(DataOperation.Cmp, FlagSetting.Set, None, first, constant),
            new DataImmediate(DataOperation.Cmn, FlagSetting.Set, None, first, 0 - constant)))
        {
            return;
        }

        Constant(through, constant);
        Compare(first, through);
    }

    /// <summary>A copy of a register.</summary>
    public void Move(int destination, int source)
    {
        if (destination != source) Code.Add(new DataRegister(DataOperation.Mov, FlagSetting.Kept, destination, None, source));
    }

    /// <summary>A constant into a register. Keeps the flags where it must.</summary>
    public void Constant(int destination, uint constant, bool keepsFlags = false)
    {
        var kept = new DataImmediate(DataOperation.Mov, FlagSetting.Kept, destination, None, constant);
        if (!keepsFlags && Try(kept with { Flags = FlagSetting.SetOutsideIt })) return;
        if (Try(kept, kept with { Operation = DataOperation.Mvn, Immediate = ~constant })) return;
        Code.Add(kept with { Immediate = constant & 0xffff });
        Code.Add(new MoveTop(destination, constant >> 16));
    }

    /// <summary>A register shifted by a constant; by nothing is a copy.</summary>
    public void ShiftBy(Shift shift, int destination, int source, int amount)
    {
        if (amount == 0)
        {
            Move(destination, source);
            return;
        }

        var kept = new DataRegister(DataOperation.Mov, FlagSetting.Kept, destination, None, source, shift, amount);
        Code.AddFirst(Shortest(kept with { Flags = FlagSetting.SetOutsideIt }, kept));
    }

    /// <summary>A register shifted by another.</summary>
    public void ShiftByRegister(Shift shift, int destination, int source, int amount)
    {
        var kept = new ShiftRegister(shift, FlagSetting.Kept, destination, source, amount);
        Code.AddFirst(Shortest(kept with { Flags = FlagSetting.SetOutsideIt }, kept));
    }

    /// <summary>The low 32 bits of a product.</summary>
    public void Multiply(int destination, int first, int second)
    {
        if (second != destination) (first, second) = (second, first);
        var kept = new Multiply(MultiplyOperation.Multiply, FlagSetting.Kept, destination, first, second);
        Code.AddFirst(Shortest(kept with { Flags = FlagSetting.SetOutsideIt }, kept));
    }

    /// <summary>A load or store at a register and a constant.</summary>
    public void Access(Transfer transfer, int register, int @base, int offset) =>
        Code.Add(new TransferImmediate(transfer, register, @base, (uint)offset));

    /// <summary>A word of the machine's state.</summary>
    public void Load(int register, int offset) => Access(Transfer.LoadWord, register, Machine, offset);

    /// <summary>A word to the machine's state.</summary>
    public void Store(int register, int offset) => Access(Transfer.StoreWord, register, Machine, offset);

    /// <summary>Two words of the machine's state, or to it.</summary>
    public void Pair(bool isLoad, int low, int high, int offset) =>
        Code.Add(new TransferDouble(isLoad, low, high, Machine, (uint)offset));

    // AND with a constant is BIC with its complement; ADD is SUB of the negative.
    private static DataOperation Inverse(DataOperation operation) => operation switch
    {
        DataOperation.And => DataOperation.Bic,
        DataOperation.Add => DataOperation.Sub,
        _ => DataOperation.Add,
    };

    private static uint Complement(DataOperation operation, uint constant) =>
        operation is DataOperation.And ? ~constant : 0 - constant;

    private bool Try(params ReadOnlySpan<Instruction> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (Arm.Encodings.Encoder.Find(candidate) is null) continue;
            Code.Add(candidate);
            return true;
        }

        return false;
    }

    // Both set flags that are free; where both exist the shorter is taken.
    private static Instruction[] Shortest(Instruction setting, Instruction keeping) =>
        Arm.Encodings.Encoder.Find(setting) is { Count: 1 } ? [setting] : [keeping];

    // The 16-bit encodings of what commutes want the destination first.
    private static (int First, int Second) Ordered(DataOperation operation, int destination, int first, int second) =>
        destination == second && first != second && Commutative.Contains(operation) ? (second, first) : (first, second);
}

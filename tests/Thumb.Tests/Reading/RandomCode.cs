using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Thumb.Tests.Reading;

/// <summary>Code drawn at random that ends at its last byte: straight on, with branches forward and IT blocks.</summary>
/// <remarks>r6 and r7 point into the window and are never written; nor is the stack pointer, but by PUSH and POP.</remarks>
internal sealed class RandomCode(Random random)
{
    private readonly Row[] rows = [.. EncodingTable.All.Where(row => IsPlain(row.Instruction))];

    /// <summary>The bytes of so many instructions, and a few more.</summary>
    public byte[] Draw(int count)
    {
        List<byte> bytes = [];
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            if (left == 0 && random.Next(6) == 0)
            {
                var mask = random.Next(1, 16);
                left = 4 - System.Numerics.BitOperations.TrailingZeroCount(mask);
                Add(bytes, new Instruction.IfThen((Condition)random.Next(14), mask));
            }
            else if (left == 0 && random.Next(6) == 0)
            {
                // Over one instruction of 32 bits, which is added at once.
                Add(bytes, random.Next(2) == 0
                    ? new Instruction.Branch((Condition)random.Next(14), 2) { Encoding = Encoding.T1 }
                    : new Instruction.CompareBranch(random.Next(2) == 0, random.Next(6), 2));
                Add(bytes, DrawOne(wide: true));
            }
            else
            {
                Add(bytes, DrawOne(wide: false));
                left = Math.Max(0, left - 1);
            }
        }

        // What is left of a block, so that the end is outside.
        for (; left > 0; left--) Add(bytes, new Instruction.NoOperation { Encoding = Encoding.T1 });
        return [.. bytes];
    }

    private static void Add(List<byte> bytes, Instruction instruction)
    {
        foreach (var halfword in Encoder.Encode(instruction)) bytes.AddRange([(byte)halfword, (byte)(halfword >> 8)]);
    }

    private static bool IsPlain(Type type) =>
        type != typeof(Instruction.Branch) && type != typeof(Instruction.BranchLink) && type != typeof(Instruction.BranchExchange)
        && type != typeof(Instruction.CompareBranch) && type != typeof(Instruction.TableBranch) && type != typeof(Instruction.IfThen)
        && type != typeof(Instruction.Breakpoint) && type != typeof(Instruction.SupervisorCall) && type != typeof(Instruction.Undefined);

    private Instruction DrawOne(bool wide)
    {
        while (true)
        {
            var row = rows[random.Next(rows.Length)];
            if (wide && row.Pattern.Halfwords == 1) continue;
            var bits = row.Pattern.Complete((uint)random.NextInt64(1L << 32));
            var (first, second) = row.Pattern.Halfwords == 1 ? ((ushort)bits, (ushort)0) : ((ushort)(bits >> 16), (ushort)bits);
            if (Decoder.Decode(first, second) is not Decoded.Allowed(var instruction, _) || Near(instruction) is not { } near) continue;
            if (Encoder.Find(near) is not null && (!wide || Encoder.Encode(near).Count == 2)) return near;
        }
    }

    // The same with addresses in the window, words at multiples of four; null where it would write what must stay.
    private Instruction? Near(Instruction instruction)
    {
        switch (instruction)
        {
            case Instruction.TransferImmediate { Transfer: Transfer.LoadWord or Transfer.StoreWord, Indexing: Indexing.Offset } x:
                return Kept(x.Register) || x.Register == 15 || x.Base > 12
                    ? null
                    : x with { Base = random.Next(6, 8), Offset = 4 * (x.Offset % 8) };
            case Instruction.TransferDouble { Indexing: Indexing.Offset } x:
                return Kept(x.First) || Kept(x.Second) || x.Base > 12 ? null : x with { Base = random.Next(6, 8), Offset = x.Offset % 32 };
            case Instruction.TransferMultiple { Base: 13, IsWrittenBack: true } x when x.IsBefore != x.IsLoad:
                return (x.Registers & 0x80c0) == 0 ? x : null;
            case Instruction.NoOperation or Instruction.MemoryBarrier:
                return instruction;
            default:
                return Destinations(instruction) is { } written && !written.Any(Kept) && instruction.Placement is Placement.Anywhere
                    ? instruction
                    : null;
        }
    }

    // The registers that an instruction which only computes writes; null where it does not only compute.
    private static int[]? Destinations(Instruction instruction)
    {
        switch (instruction)
        {
            case Instruction.DataImmediate x:
                return x.First == 15 && x.Operation is DataOperation.Add or DataOperation.Sub ? null : [x.Destination];
            case Instruction.DataRegister x:
                return x.Second is 13 or 15 || x.First == 13 ? null : [x.Destination];
            case Instruction.ShiftRegister x:
                return [x.Destination];
            case Instruction.MoveTop x:
                return [x.Destination];
            case Instruction.Multiply x:
                return [x.Destination];
            case Instruction.MultiplyLong x:
                return [x.Low, x.High];
            case Instruction.Divide x:
                return [x.Destination];
            case Instruction.Unary x:
                return [x.Destination];
            case Instruction.Extend x:
                return [x.Destination];
            case Instruction.ExtractBits x:
                return [x.Destination];
            case Instruction.InsertBits x:
                return [x.Destination];
            default:
                return null;
        }
    }

    private static bool Kept(int register) => register is 6 or 7 or 13;
}

using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Thumb.Tests.Paths;

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

    private static bool IsPlain(Type type) => type != typeof(Instruction.Branch) && type != typeof(Instruction.BranchLink)
        && type != typeof(Instruction.BranchExchange) && type != typeof(Instruction.CompareBranch) && type != typeof(Instruction.TableBranch)
        && type != typeof(Instruction.IfThen) && type != typeof(Instruction.Breakpoint) && type != typeof(Instruction.SupervisorCall)
        && type != typeof(Instruction.Undefined);

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

    // The same with addresses in the window; null where it would write what must stay.
    private Instruction? Near(Instruction instruction) => instruction switch
    {
        Instruction.DataImmediate x => Kept(x.Destination) || x.First == 15 && x.Operation is DataOperation.Add or DataOperation.Sub ? null : x,
        Instruction.DataRegister x => Kept(x.Destination) || x.Placement is Placement.LastInIt || x.Second == 15 || x.First == 13 || x.Second == 13 ? null : x,
        Instruction.ShiftRegister x => Kept(x.Destination) ? null : x,
        Instruction.MoveTop x => Kept(x.Destination) ? null : x,
        Instruction.Multiply x => Kept(x.Destination) ? null : x,
        Instruction.MultiplyLong x => Kept(x.Low) || Kept(x.High) ? null : x,
        Instruction.Divide x => Kept(x.Destination) ? null : x,
        Instruction.Unary x => Kept(x.Destination) ? null : x,
        Instruction.Extend x => Kept(x.Destination) ? null : x,
        Instruction.ExtractBits x => Kept(x.Destination) ? null : x,
        Instruction.InsertBits x => Kept(x.Destination) ? null : x,
        Instruction.TransferImmediate x => Kept(x.Register) || x.Register == 15 || x.Base > 12 || x.Indexing is not Indexing.Offset
            ? null
            : x with { Base = random.Next(6, 8), Offset = x.Offset % 29 },
        Instruction.TransferDouble x => Kept(x.First) || Kept(x.Second) || x.Base > 12 || x.Indexing is not Indexing.Offset
            ? null
            : x with { Base = random.Next(6, 8), Offset = x.Offset % 32 },
        Instruction.TransferMultiple x => x.Base == 13 && x.IsWrittenBack && (x.Registers & 0x80c0) == 0 ? x : null,
        Instruction.NoOperation or Instruction.MemoryBarrier => instruction,
        _ => null,
    };

    private static bool Kept(int register) => register is 6 or 7 or 13;
}

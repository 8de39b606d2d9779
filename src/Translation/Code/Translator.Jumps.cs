using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Translation.Native;
using Instruction = RbpfSpec.Semantics.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

public sealed partial class Translator
{
    private void Jump(int slot, Instruction instruction, JumpOperation operation)
    {
        var target = HeadOf(Flow.TargetOf(slot, instruction)!.Value);
        if (operation is JumpOperation.Always)
        {
            Take(slot, target);
            FlushExits();
            return;
        }

        var next = HeadOf(slot + 1);
        var condition = Compare(slot, instruction, operation);
        if (!IsLimited)
        {
            Code.Branch(target, condition);
            return;
        }

        Code.Branch(next, condition.Opposite());
        Take(slot, target);
    }

    // One branch less to take, and the branch; where none was left, the machine is to trap.
    private void Take(int slot, Label target)
    {
        if (!IsLimited)
        {
            Code.Branch(target);
            return;
        }

        emitter.DataConstant(DataOperation.Sub, Emitter.Budget, Emitter.Budget, 1, sets: true);
        Code.Branch(target, Condition.CarrySet);
        emitter.Constant(Scratch, (uint)slot);
        Code.Branch(spent);
    }

    private Condition Compare(int slot, Instruction instruction, JumpOperation operation)
    {
        var isConstant = instruction.Form.Operand is SourceOperand.Immediate;
        var (dst, src) = ((int)instruction.Destination.Number, (int)instruction.Source.Number);
        var known = flow.Before(slot);
        var isNarrow = instruction.Form.Width.Bits == 32;

        // Where both high words are zero, unsigned comparisons need not look at them.
        var isSigned = operation is JumpOperation.GreaterSigned or JumpOperation.GreaterOrEqualSigned
            or JumpOperation.LessSigned or JumpOperation.LessOrEqualSigned;
        var isLow = isNarrow || (!isSigned && known[dst] && (isConstant ? instruction.Immediate >= 0 : known[src]));
        var loan = default(Loan?);
        var left = Words(dst, Scratch, Scratch2, isLow);
        SourceWords right = default;
        if (!isConstant)
        {
            if (allocation[dst] is null && allocation[src] is null && !isLow && src != dst)
            {
                loan = Borrow(src, reads: true);
                right = new(loan.Value.Pair.Low, loan.Value.Pair.High);
            }
            else if (src == dst)
            {
                right = left;
            }
            else
            {
                right = allocation[dst] is null ? Words(src, Scratch2, Scratch2, isLow) : Words(src, Scratch, Scratch2, isLow);
            }
        }

        var condition = isConstant
            ? CompareConstant(operation, left, instruction.Immediate, isLow, allocation[dst] is null)
            : CompareWords(operation, left, right, isLow);
        if (loan is { } lent) GiveBack(lent, src, isWritten: false);
        return condition;
    }

    private SourceWords Words(int register, int low, int high, bool isLow)
    {
        if (allocation[register] is { } pair) return new(pair.Low, pair.High);
        if (isLow) emitter.Load(low, NativeLayout.OfRegister(register));
        else emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(register));
        return new(low, high);
    }

    private Condition CompareWords(JumpOperation operation, SourceWords left, SourceWords right, bool isLow)
    {
        // Greater and at most are less and at least of the operands in the other order.
        if (operation is JumpOperation.AnyBitSet)
        {
            Test(left.Low, right.Low);
            if (!isLow) Also(Condition.Equal, () => Test(left.High!.Value, right.High!.Value));
            return Condition.NotEqual;
        }

        if (operation is JumpOperation.Equal or JumpOperation.NotEqual)
        {
            emitter.Compare(left.Low, right.Low);
            if (!isLow) Also(Condition.Equal, () => emitter.Compare(left.High!.Value, right.High!.Value));
            return operation is JumpOperation.Equal ? Condition.Equal : Condition.NotEqual;
        }

        if (isLow)
        {
            emitter.Compare(left.Low, right.Low);
            return LowCondition(operation);
        }

        var isSwapped = IsGreaterOrAtMost(operation);
        var (first, second) = isSwapped ? (right, left) : (left, right);
        emitter.Compare(first.Low, second.Low);
        SubtractHigh(first.High!.Value, second.High!.Value);
        return OrderCondition(operation);
    }

    private Condition CompareConstant(JumpOperation operation, SourceWords left, int constant, bool isLow, bool isLoaded)
    {
        var (low, high) = ((uint)constant, Sign(constant));

        // More than a number is at least the next one.
        if (IsGreaterOrAtMost(operation) && (isLow ? low : (ulong)(long)constant) is var bits
            && bits != (isLow ? uint.MaxValue : ulong.MaxValue) && !(isLow && constant == int.MaxValue))
        {
            var next = bits + 1;
            (low, high) = ((uint)next, (uint)(next >> 32));
            operation = Turned(operation);
        }

        // Words that were loaded into the scratch registers leave none for a constant that no instruction holds.
        var through = isLow ? Scratch2 : Scratch;
        if (isLoaded && !isLow && (!IsHeld(operation, low) || IsGreaterOrAtMost(operation)))
            return CompareLoaded(operation, left, low, high);
        if (operation is JumpOperation.AnyBitSet)
        {
            TestConstant(left.Low, low, through);
            if (!isLow && high != 0) Also(Condition.Equal, () => Test(left.High!.Value, left.High!.Value));
            return Condition.NotEqual;
        }

        if (operation is JumpOperation.Equal or JumpOperation.NotEqual)
        {
            if (!isLow && constant == 0) emitter.DataSetting(DataOperation.Orr, Scratch, left.Low, left.High!.Value);
            else emitter.CompareConstant(left.Low, low, through);
            if (constant == 0) isLow = true;
            if (!isLow) Also(Condition.Equal, () => emitter.CompareConstant(left.High!.Value, high));
            return operation is JumpOperation.Equal ? Condition.Equal : Condition.NotEqual;
        }

        if (isLow)
        {
            emitter.CompareConstant(left.Low, low, through);
            return LowCondition(operation);
        }

        // The constant is the second operand, or the first where they change places.
        if (!IsGreaterOrAtMost(operation))
        {
            emitter.CompareConstant(left.Low, low);
            emitter.DataConstant(DataOperation.Sbc, Scratch, left.High!.Value, high, sets: true);
            return OrderCondition(operation);
        }

        emitter.Constant(Scratch, low);
        emitter.Constant(Scratch2, high);
        emitter.Compare(Scratch, left.Low);
        SubtractHigh(Scratch2, left.High!.Value);
        return OrderCondition(operation);
    }

    private static bool IsHeld(JumpOperation operation, uint constant) => Arm.Encodings.Encoder.Find(
        new Arm.Instructions.Instruction.DataImmediate(
            operation is JumpOperation.AnyBitSet ? DataOperation.Tst : DataOperation.Cmp,
            FlagSetting.Set, Arm.Instructions.Instruction.None, Scratch, constant)) is not null;

    private static JumpOperation Turned(JumpOperation operation) => operation switch
    {
        JumpOperation.Greater => new JumpOperation.GreaterOrEqual(),
        JumpOperation.LessOrEqual => new JumpOperation.Less(),
        JumpOperation.GreaterSigned => new JumpOperation.GreaterOrEqualSigned(),
        JumpOperation.LessOrEqualSigned => new JumpOperation.LessSigned(),
        JumpOperation.Always or JumpOperation.AnyBitSet or JumpOperation.Equal or JumpOperation.NotEqual
            or JumpOperation.Less or JumpOperation.GreaterOrEqual
            or JumpOperation.LessSigned or JumpOperation.GreaterOrEqualSigned => operation,
    };

    // Both words are in the scratch registers: the constant takes the place of a pair.
    private Condition CompareLoaded(JumpOperation operation, SourceWords left, uint low, uint high)
    {
        var victim = allocation.InPairs.First();
        var pair = allocation[victim]!.Value;
        if (written.Contains(victim)) emitter.Pair(isLoad: false, pair.Low, pair.High, NativeLayout.OfRegister(victim));
        emitter.Constant(pair.Low, low);
        emitter.Constant(pair.High, high);
        var condition = CompareWords(operation, left, new(pair.Low, pair.High), isLow: false);
        emitter.Pair(isLoad: true, pair.Low, pair.High, NativeLayout.OfRegister(victim));
        return condition;
    }

    private void Also(Condition condition, Action emit)
    {
        Code.Add(new Arm.Instructions.Instruction.IfThen(condition, 8));
        emit();
    }

    private void Test(int first, int second) => Code.Add(new Arm.Instructions.Instruction.DataRegister(
        DataOperation.Tst, FlagSetting.Set, Arm.Instructions.Instruction.None, first, second));

    private void TestConstant(int first, uint constant, int through)
    {
        var test = new Arm.Instructions.Instruction.DataImmediate(
            DataOperation.Tst, FlagSetting.Set, Arm.Instructions.Instruction.None, first, constant);
        if (Arm.Encodings.Encoder.Find(test) is not null)
        {
            Code.Add(test);
            return;
        }

        emitter.Constant(through, constant);
        Test(first, through);
    }

    private void SubtractHigh(int first, int second) => Code.Add(new Arm.Instructions.Instruction.DataRegister(
        DataOperation.Sbc, FlagSetting.Set, Scratch, first, second));

    private static bool IsGreaterOrAtMost(JumpOperation operation) => operation is JumpOperation.Greater or JumpOperation.LessOrEqual
        or JumpOperation.GreaterSigned or JumpOperation.LessOrEqualSigned;

    private static Condition LowCondition(JumpOperation operation) => operation switch
    {
        JumpOperation.Greater => Condition.Higher,
        JumpOperation.GreaterOrEqual => Condition.CarrySet,
        JumpOperation.Less => Condition.CarryClear,
        JumpOperation.LessOrEqual => Condition.LowerOrSame,
        JumpOperation.GreaterSigned => Condition.Greater,
        JumpOperation.GreaterOrEqualSigned => Condition.GreaterOrEqual,
        JumpOperation.LessSigned => Condition.Less,
        JumpOperation.LessOrEqualSigned => Condition.LessOrEqual,
        JumpOperation.Always or JumpOperation.AnyBitSet or JumpOperation.Equal or JumpOperation.NotEqual =>
            throw new ArgumentException($"{operation} is no order", nameof(operation)),
    };

    // After a subtraction whose operands have changed places where they have to.
    private static Condition OrderCondition(JumpOperation operation) => operation switch
    {
        JumpOperation.Less or JumpOperation.Greater => Condition.CarryClear,
        JumpOperation.GreaterOrEqual or JumpOperation.LessOrEqual => Condition.CarrySet,
        JumpOperation.LessSigned or JumpOperation.GreaterSigned => Condition.Less,
        JumpOperation.GreaterOrEqualSigned or JumpOperation.LessOrEqualSigned => Condition.GreaterOrEqual,
        JumpOperation.Always or JumpOperation.AnyBitSet or JumpOperation.Equal or JumpOperation.NotEqual =>
            throw new ArgumentException($"{operation} is no order", nameof(operation)),
    };
}

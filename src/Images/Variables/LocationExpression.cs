using RbpfSpec.Images.Dwarf;

namespace RbpfSpec.Images.Variables;

/// <summary>Evaluates expressions of DWARF that say where a variable is (DWARF 5 §2.5, §2.6).</summary>
/// <remarks>They have no loops here: the time is linear in their length. What is not known makes the value unknown, never wrong.</remarks>
public static class LocationExpression
{
    private const string Optimised = "optimised away";
    private const int MostStack = 64;
    private const int MostBytes = 4096;
    private const int StackRegister = 10;

    /// <summary>Evaluates an expression.</summary>
    /// <param name="location">The expression.</param>
    /// <param name="machine">The machine.</param>
    public static VariablePlace Evaluate(VariableLocation location, LocationMachine machine)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(machine);
        var cursor = new DwarfCursor(location.Expression.AsSpan());
        var state = new Progress();
        while (!cursor.IsAtEnd)
        {
            var isDone = Step(ref cursor, location, machine, state);
            if (!isDone || cursor.HasFailed || state.Stack.Count > MostStack || state.Pieces.Count > MostBytes)
                return new VariablePlace.Gone(state.Lack ?? Optimised);
        }

        if (state.HasPieces) return new VariablePlace.Value([.. state.Pieces]);
        return state switch
        {
            { IsImplicit: true, Simple: { } known } => new VariablePlace.Value(known),
            { Stack: [.., var top], IsValue: true } => new VariablePlace.Value(Bytes(top, sizeof(ulong))),
            { Stack: [.., var top] } => new VariablePlace.Memory(top),
            _ => new VariablePlace.Gone(state.Lack ?? Optimised),
        };
    }

    private sealed class Progress
    {
        public List<ulong> Stack { get; } = [];

        public List<byte?> Pieces { get; } = [];

        // Whether the top of the stack is the value, and not its address.
        public bool IsValue { get; set; }

        public bool IsImplicit { get; set; }

        public Sequence<byte?>? Simple { get; set; }

        public bool HasPieces { get; set; }

        public string? Lack { get; set; }

        public bool Push(ulong? value)
        {
            if (value is { } known) Stack.Add(known);
            return value is not null;
        }

        public ulong Pop()
        {
            var top = Stack[^1];
            Stack.RemoveAt(Stack.Count - 1);
            return top;
        }
    }

    private static bool Step(ref DwarfCursor cursor, VariableLocation location, LocationMachine machine, Progress state)
    {
        var code = cursor.Byte();
        switch (code)
        {
            case 0x06:
                return state.Stack.Count > 0 && state.Push(machine.Memory(state.Pop(), sizeof(ulong)));
            case 0x94:
                var size = cursor.Byte();
                return state.Stack.Count > 0 && size is >= 1 and <= 8 && state.Push(machine.Memory(state.Pop(), size));
            case 0x08 or 0x0a or 0x0c or 0x0e:
                return state.Push(Number(cursor.Take(1UL << ((code - 8) / 2)), isSigned: false));
            case 0x09 or 0x0b or 0x0d or 0x0f:
                return state.Push(Number(cursor.Take(1UL << ((code - 9) / 2)), isSigned: true));
            case 0x10:
                return state.Push(cursor.Unsigned());
            case 0x11:
                return state.Push((ulong)cursor.Signed());
            case >= 0x30 and <= 0x4f:
                return state.Push(code - 0x30UL);
            case >= 0x50 and <= 0x6f:
                return InRegister(machine, state, code - 0x50);
            case 0x90:
                return InRegister(machine, state, (int)Math.Min(cursor.Unsigned(), int.MaxValue));
            case >= 0x70 and <= 0x8f:
                return Based(machine, state, code - 0x70, cursor.Signed());
            case 0x92:
                var register = (int)Math.Min(cursor.Unsigned(), int.MaxValue);
                return Based(machine, state, register, cursor.Signed());
            case 0x91:
                return InFrame(location, machine, state, cursor.Signed());
            case 0x93:
                return Piece(machine, state, cursor.Unsigned());
            case 0x9e:
                state.IsImplicit = true;
                state.Simple = Known(cursor.Take(cursor.Unsigned()));
                return true;
            case 0x9f:
                state.IsValue = true;
                return state.Stack.Count > 0;
            case 0x96:
                return true;
            case 0xa8:
                return Converted(location, state, cursor.Unsigned());
            default:
                return Calculated(ref cursor, code, state);
        }
    }

    private static bool Calculated(ref DwarfCursor cursor, byte code, Progress state)
    {
        var stack = state.Stack;
        switch (code)
        {
            case 0x12 when stack.Count > 0:
                return state.Push(stack[^1]);
            case 0x13 when stack.Count > 0:
                state.Pop();
                return true;
            case 0x14 when stack.Count > 1:
                return state.Push(stack[^2]);
            case 0x16 when stack.Count > 1:
                (stack[^1], stack[^2]) = (stack[^2], stack[^1]);
                return true;
            case 0x1f when stack.Count > 0:
                return state.Push(unchecked(0 - state.Pop()));
            case 0x20 when stack.Count > 0:
                return state.Push(~state.Pop());
            case 0x23 when stack.Count > 0:
                return state.Push(unchecked(state.Pop() + cursor.Unsigned()));
            case (>= 0x1a and <= 0x27) or (>= 0x29 and <= 0x2e) when stack.Count > 1:
                var right = state.Pop();
                return state.Push(Applied(code, state.Pop(), right));
            default:
                return false;
        }
    }

    private static ulong? Applied(byte code, ulong left, ulong right) => code switch
    {
        0x1a => left & right,
        0x1b => right == 0 || (right == ulong.MaxValue && left == 1UL << 63) ? null : (ulong)((long)left / (long)right),
        0x1c => unchecked(left - right),
        0x1d => right == 0 ? null : left % right,
        0x1e => unchecked(left * right),
        0x21 => left | right,
        0x22 => unchecked(left + right),
        0x24 => right < 64 ? left << (int)right : 0,
        0x25 => right < 64 ? left >> (int)right : 0,
        0x26 => (ulong)((long)left >> (int)Math.Min(right, 63)),
        0x27 => left ^ right,
        0x29 => Truth(left == right),
        0x2a => Truth((long)left >= (long)right),
        0x2b => Truth((long)left > (long)right),
        0x2c => Truth((long)left <= (long)right),
        0x2d => Truth((long)left < (long)right),
        0x2e => Truth(left != right),
        _ => null,
    };

    private static ulong Truth(bool value) => value ? 1UL : 0UL;

    private static bool InRegister(LocationMachine machine, Progress state, int register)
    {
        state.IsImplicit = true;
        state.Simple = machine.Register(register) is { } value ? Bytes(value, sizeof(ulong)) : null;
        if (state.Simple is null) state.Lack = "in a register that is not kept of a caller";
        return state.Simple is not null;
    }

    private static bool Based(LocationMachine machine, Progress state, int register, long offset) =>
        state.Push(machine.Register(register) is { } value ? unchecked(value + (ulong)offset) : null);

    // clang counts upwards from the lowest byte that the function uses of its stack, which r10 is the end of; whoever
    // counts from r10 itself counts downwards.
    private static bool InFrame(VariableLocation location, LocationMachine machine, Progress state, long offset)
    {
        if (offset >= 0 && location.FrameSize == 0)
        {
            state.Lack = "on the stack, at a place that is not told";
            return false;
        }

        return Based(machine, state, StackRegister, offset >= 0 ? offset - location.FrameSize : offset);
    }

    // To a type of numbers, or to words of 64 bits.
    private static bool Converted(VariableLocation location, Progress state, ulong type)
    {
        if (state.Stack.Count == 0) return false;
        if (type == 0) return true;
        if (location.Bases.FirstOrDefault(known => known.Offset == type) is not { } number) return false;
        var unused = 64 - (8 * number.Size);
        var value = state.Pop() << unused;
        return state.Push(number.IsSigned ? (ulong)((long)value >> unused) : value >> unused);
    }

    private static bool Piece(LocationMachine machine, Progress state, ulong size)
    {
        if (size > MostBytes) return false;
        state.HasPieces = true;
        for (var i = 0; i < (int)size; i++)
        {
            state.Pieces.Add(state switch
            {
                { IsImplicit: true, Simple: { } known } => i < known.Count ? known[i] : null,
                { IsValue: true, Stack: [.., var top] } => i < sizeof(ulong) ? (byte)(top >> (8 * i)) : null,
                { Stack: [.., var address] } => (byte?)machine.Memory(unchecked(address + (ulong)i), 1),
                _ => null,
            });
        }

        (state.IsImplicit, state.IsValue, state.Simple) = (false, false, null);
        state.Stack.Clear();
        return true;
    }

    private static ulong? Number(ReadOnlySpan<byte> bytes, bool isSigned)
    {
        if (bytes.IsEmpty) return null;
        var value = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        var unused = 64 - (8 * bytes.Length);
        return isSigned ? (ulong)((long)(value << unused) >> unused) : value;
    }

    private static Sequence<byte?> Known(ReadOnlySpan<byte> bytes)
    {
        var known = new byte?[bytes.Length];
        for (var i = 0; i < known.Length; i++) known[i] = bytes[i];
        return Sequence.Of<byte?>(known);
    }

    private static Sequence<byte?> Bytes(ulong value, int count) => Sequence.Generate(count, i => (byte?)(value >> (8 * i)));
}

using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Running;

/// <summary>How a call of native code ended.</summary>
/// <param name="Bytes">The state of the machine and its regions afterwards.</param>
/// <param name="Executed">How many instructions of the processor it took.</param>
/// <param name="Problem">What went wrong; null if it returned as it should.</param>
public sealed record NativeCallResult(byte[] Bytes, long Executed, string? Problem);

/// <summary>The processor, as <c>src/Arm</c> defines it, that runs native code on numbers.</summary>
public sealed class NativeProcessor
{
    /// <summary>Where the code lies.</summary>
    internal const uint CodeAddress = 0x2200_0000;

    private const uint StackTop = 0x2000_8000;
    private const uint ReturnAddress = 0x0000_1000;
    private const int StackBytes = 256;

    /// <summary>Where the function that divides words of 64 bits is.</summary>
    internal const uint DivideAddress = 0x0000_5000;

    private readonly Dictionary<uint, Decoded> decoded = [];
    private readonly NativeProgram program;

    /// <summary>A processor with native code in its memory.</summary>
    public NativeProcessor(NativeProgram program) => this.program = program;

    /// <summary>Where the state of the machine lies.</summary>
    public static uint StateAddress => 0x2100_0000;

    /// <summary>Calls native code.</summary>
    /// <param name="state">The state of the machine and its regions, at <see cref="StateAddress"/>.</param>
    /// <param name="entry">Where to begin, in bytes from the start of the code.</param>
    /// <param name="most">How many instructions are enough.</param>
    public NativeCallResult Call(byte[] state, int entry, long most)
    {
        byte[] bytes = [.. state];
        var memory = new DeviceMemory((StateAddress, bytes), (StackTop - StackBytes, new byte[StackBytes]));
        var values = new uint[15];
        for (var register = 0; register < values.Length; register++) values[register] = 0xbad0_0000 + (uint)register;
        (values[0], values[1]) = (StateAddress, CodeAddress + (uint)entry + 1);
        (values[ArmState<Word>.StackPointer], values[ArmState<Word>.Link]) = (StackTop, ReturnAddress + 1);
        var no = Truth<Word>.Of(false);
        var start = new ArmState<Word>([.. values.Select(Arithmetic<Word>.Constant)], new(no, no, no, no), memory);
        var run = Run(start, 0, most, _ => false);
        return new(
            bytes, run.Executed, run.Problem ?? (run.Address == ReturnAddress ? Kept(start, run.State) : $"it goes to {run.Address:x}"));
    }

    /// <summary>Runs native code until it leaves the code, or comes to a place where it is to stop, outside of an IT block.</summary>
    /// <param name="start">The state to begin in.</param>
    /// <param name="offset">Where to begin, in bytes from the start of the code.</param>
    /// <param name="most">How many instructions are enough.</param>
    /// <param name="stops">Whether to stop at an offset, after one instruction at least.</param>
    internal (ArmState<Word> State, uint Address, long Executed, string? Problem) Run(
        ArmState<Word> start, int offset, long most, Func<int, bool> stops)
    {
        var current = start;
        var at = CodeAddress + (uint)offset;
        for (var executed = 0L; executed < most; executed++)
        {
            if (at == DivideAddress)
            {
                if (Divided(current) is not { } divided) return (current, at, executed, "the library divides by zero");
                at = (uint)current.Registers[ArmState<Word>.Link].Value & ~1U;
                current = divided;
                continue;
            }

            if (at - CodeAddress >= program.Code.Length || (executed > 0 && !current.It.IsInBlock && stops((int)(at - CodeAddress))))
                return (current, at, executed, null);
            if (Fetch(at) is not Decoded.Allowed allowed) return (current, at, executed, $"no instruction at {at - CodeAddress:x}");
            var effect = allowed.Instruction.Execute(current, Arithmetic<Word>.Constant(at));
            foreach (var guard in effect.Guards)
            {
                if (guard.When.Value) return (current, at, executed, $"{guard.Fault} at {at - CodeAddress:x}");
            }

            current = effect.State;
            at = effect.Jump is { Taken.Value: true } jump ? (uint)jump.Target.Value : at + (uint)allowed.Length;
        }

        return (current, at, most, $"more than {most} instructions");
    }

    // What the compiler's library does: the quotient and the remainder, and registers that a callee need not keep changed.
    private static ArmState<Word>? Divided(ArmState<Word> state)
    {
        var (dividend, divisor) = (Pair(0), Pair(2));
        if (divisor == 0) return null;
        foreach (var (at, value) in ((int, ulong)[])[(0, dividend / divisor), (2, dividend % divisor)])
            state = state.With(at, Word.Wrap(value, Width.Bits32)).With(at + 1, Word.Wrap(value >> 32, Width.Bits32));
        return state.With(12, Arithmetic<Word>.Constant(0xbad0_0012)).With(ArmState<Word>.Link, Arithmetic<Word>.Constant(0xbad0_0014));

        ulong Pair(int low) => (state.Registers[low + 1].Value << 32) | state.Registers[low].Value;
    }

    // What a callee saves for its caller.
    private static string? Kept(ArmState<Word> start, ArmState<Word> end)
    {
        foreach (var register in (int[])[4, 5, 6, 7, 8, 9, 10, 11, 13])
        {
            if (start.Registers[register] != end.Registers[register]) return $"r{register} is not what it was";
        }

        return null;
    }

    private Decoded? Fetch(uint address)
    {
        if (decoded.TryGetValue(address, out var known)) return known;
        var offset = address - CodeAddress;
        if (offset >= program.Code.Length - 1) return null;
        return decoded[address] = Decoder.Decode(program.Code, (int)offset);
    }
}

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
    private const uint CodeAddress = 0x2200_0000;
    private const uint StackTop = 0x2000_8000;
    private const uint ReturnAddress = 0x0000_1000;
    private const int StackBytes = 256;

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
        var current = new ArmState<Word>([.. values.Select(Arithmetic<Word>.Constant)], new(no, no, no, no), memory);
        var start = current;
        var at = CodeAddress;
        for (var executed = 0L; executed < most; executed++)
        {
            if (at == ReturnAddress) return new(bytes, executed, Kept(start, current));
            if (Fetch(at) is not Decoded.Allowed allowed) return new(bytes, executed, $"no instruction at {at - CodeAddress:x}");
            var effect = allowed.Instruction.Execute(current, Arithmetic<Word>.Constant(at));
            foreach (var guard in effect.Guards)
            {
                if (guard.When.Value) return new(bytes, executed, $"{guard.Fault} at {at - CodeAddress:x}");
            }

            current = effect.State;
            at = effect.Jump is { Taken.Value: true } jump ? (uint)jump.Target.Value : at + (uint)allowed.Length;
        }

        return new(bytes, most, $"more than {most} instructions");
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

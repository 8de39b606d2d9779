using System.Buffers.Binary;
using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Dialects.Native;

/// <summary>HAVM as it runs: arithmetic in the native code that its compiler wrote, on a Cortex-M; all else interpreted.</summary>
/// <remarks>
/// A whole block spends one unit of fuel, as one interpreted instruction does. A slot of class 4 that has no entry in the
/// table has what an array of zeros holds there: word 0, and no further instruction.
/// </remarks>
public sealed class HavmMachine
{
    private const uint Code = 0x0800_0000;
    private const uint Host = 0x0900_0000;
    private const uint StateAt = 0x2000_0000;
    private const uint StackAt = 0x2000_1000;
    private const uint CallerStack = 0x2000_2000;
    private const int StateBytes = 52;
    private const int StackBytes = 48;
    private const int MostSteps = 100_000;

    private readonly HavmCompiled compiled;
    private readonly DialectMachine interpreter;

    /// <summary>A machine with a compiler, loaded with a program.</summary>
    public HavmMachine(Program program, HavmCompiler compiler)
    {
        compiled = compiler.Compile(program);
        interpreter = new(program, Machines.Havm.Dialect);
    }

    /// <summary>Runs a state to its end, or until the fuel is spent.</summary>
    /// <param name="state">Where to begin.</param>
    /// <param name="fuel">How many blocks and interpreted instructions it may execute, at least one.</param>
    public HavmOutcome Run(State<Word> state, int fuel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fuel, 1);
        if (compiled is not HavmCompiled.Done code) return new HavmOutcome.ReadsOutside(((HavmCompiled.ReadsOutside)compiled).Slot);
        while (true)
        {
            var outcome = IsNative(state) ? Enter(code, state) : new HavmOutcome.Regular(interpreter.Step(state));
            if (--fuel == 0 || outcome is not HavmOutcome.Regular { Outcome: DialectOutcome.Regular { Outcome: Outcome<Word>.Next next } })
                return outcome;
            state = next.State;
        }
    }

    private bool IsNative(State<Word> state) =>
        state.ProgramCounter.Value < (ulong)interpreter.Program.Length
        && HavmCompiler.IsNative(interpreter.Program.Slots[(int)state.ProgramCounter.Value].Fields.Opcode).Value;

    private static HavmOutcome Enter(HavmCompiled.Done code, State<Word> state)
    {
        var entry = code.Entries.GetValueOrDefault((int)state.ProgramCounter.Value);
        var registers = Enumerable.Range(0, Registers<Word>.Count).Select(number => (uint)state.Registers[number].Value);
        switch (Call(code.Words, entry.Offset, [.. registers]))
        {
            case HavmBlockOutcome.Returned returned:
                var after = state.Registers;
                for (var number = 0; number < returned.Registers.Count; number++)
                    after = after.With(number, Word.Of(returned.Registers[number]));
                return new HavmOutcome.Regular(new DialectOutcome.Regular(new Outcome<Word>.Next(
                    state with { Registers = after, ProgramCounter = state.After(entry.Further + 1) })));
            case HavmBlockOutcome.Lost lost:
                return new HavmOutcome.Lost(lost.Reason);
            default:
                throw new InvalidOperationException("a block either returns or is lost");
        }
    }

    /// <summary>Calls a block with registers of the program, as the machine does.</summary>
    /// <param name="words">The code.</param>
    /// <param name="offset">Where the block begins, in words.</param>
    /// <param name="registers">The registers of the program, r0 first.</param>
    public static HavmBlockOutcome Call(Sequence<uint> words, int offset, Sequence<uint> registers)
    {
        var before = At(words, registers);
        var (state, address) = (before, Code + (4 * (uint)offset));
        for (var steps = 0; address != Host; steps++)
        {
            if (steps == MostSteps) return new HavmBlockOutcome.Lost("runs on and on");
            switch (ArmMachine.Step(state, address))
            {
                case ArmOutcome.Next next:
                    (state, address) = (next.State, next.Address);
                    break;
                case ArmOutcome.Faulted faulted:
                    return new HavmBlockOutcome.Lost($"faults ({faulted.Fault}) at word {(address - Code) / 4}");
                case ArmOutcome.Refused:
                    return new HavmBlockOutcome.Lost($"runs what is no code, at word {(address - Code) / 4}");
            }
        }

        for (var register = 4; register <= ArmState<Word>.StackPointer; register++)
        {
            var kept = register == ArmState<Word>.StackPointer ? Word.Wrap(CallerStack, Width.Bits32) : before.Registers[register];
            if (register != 12 && state.Registers[register] != kept)
                return new HavmBlockOutcome.Lost($"returns with R{register} of its caller changed");
        }

        return new HavmBlockOutcome.Returned(
            Sequence.Generate(registers.Count, number => Read(state, number)), Read(state, registers.Count));
    }

    private static uint Read(ArmState<Word> state, int number) =>
        (uint)state.Memory.Read(Word.Wrap(StateAt + (4 * (uint)number), Width.Bits32), Width.Bits32).Value;

    private static ArmState<Word> At(Sequence<uint> words, Sequence<uint> registers)
    {
        var stack = new byte[StackBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(stack, CallerStack);
        return new(
            Sequence.Generate(ArmState<Word>.ProgramCounter, register => Word.Wrap(
                register switch
                {
                    0 => Code,
                    1 => StateAt,
                    ArmState<Word>.StackPointer => StackAt,
                    ArmState<Word>.Link => Host | 1,
                    _ => 0xcafe_0000 | (uint)register,
                },
                Width.Bits32)),
            new(Truth<Word>.Of(false), Truth<Word>.Of(false), Truth<Word>.Of(false), Truth<Word>.Of(false)),
            new MappedMemory(
            [
                new(Code, Bytes(words, 4 * words.Count), IsWritable: false),
                new(StateAt, Bytes(registers, StateBytes), IsWritable: true),
                new(StackAt, ByteTree.Of(stack), IsWritable: true),
            ]));
    }

    private static ByteTree Bytes(Sequence<uint> words, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < words.Count; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return ByteTree.Of(bytes);
    }
}

/// <summary>The outcome of a call of one block.</summary>
public abstract record HavmBlockOutcome
{
    private HavmBlockOutcome()
    {
    }

    /// <summary>It returns, with all that it has to keep as it was.</summary>
    /// <param name="Registers">The registers of the program.</param>
    /// <param name="ProgramCounter">The program counter in the state, which was zero.</param>
    public sealed record Returned(Sequence<uint> Registers, uint ProgramCounter) : HavmBlockOutcome;

    /// <summary>It does not return as it should.</summary>
    /// <param name="Reason">What happens, as a verb and what follows.</param>
    public sealed record Lost(string Reason) : HavmBlockOutcome;
}

/// <summary>The outcome of a run of HAVM.</summary>
public abstract record HavmOutcome
{
    private HavmOutcome()
    {
    }

    /// <summary>That of the last step.</summary>
    /// <param name="Outcome">The outcome.</param>
    public sealed record Regular(DialectOutcome Outcome) : HavmOutcome;

    /// <summary>Native code does what it must not.</summary>
    /// <param name="Reason">What, as a verb and what follows.</param>
    public sealed record Lost(string Reason) : HavmOutcome;

    /// <summary>The compiler reads a slot outside the program.</summary>
    /// <param name="Slot">The index of the slot, 64 bits.</param>
    public sealed record ReadsOutside(Word Slot) : HavmOutcome;
}

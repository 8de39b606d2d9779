using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Interp.Compact;

/// <summary>Makes compact programs.</summary>
/// <remarks>
/// An instruction becomes its guards, if the profile or the budget asks for some, and one step. There are at most three
/// guards (one that pays, and two of signed division), so a program takes at most 96 bytes a slot and the time is
/// proportional to its length. The decision points of the profile are decided here: no step reads a profile.
/// </remarks>
internal sealed class Compactor
{
    // A step's distance is 32 bits of bytes.
    private const int MostSteps = int.MaxValue / 24;

    private readonly CheckedProgram program;
    private readonly Profile profile;
    private readonly Platform<Word> platform;
    private readonly Engine engine;
    private readonly bool isMetered;
    private readonly List<CompactInstruction> steps;
    private readonly List<int> slots;
    private readonly int[] firstStep;

    private Compactor(CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered)
    {
        this.program = program;
        this.platform = platform;
        this.engine = engine;
        this.isMetered = isMetered;
        profile = program.Rules.Profile;
        steps = new(program.Program.Length * (isMetered ? 2 : 1));
        slots = new(steps.Capacity);
        firstStep = new int[program.Program.Length];
    }

    /// <summary>The compact form of a program for an engine.</summary>
    /// <param name="program">The program.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    /// <param name="engine">The engine, not <see cref="Engine.Auto"/>.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <exception cref="ArgumentException">The program has more than 22 million slots.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian, as programs are.</exception>
    public static CompactProgram Compact(CheckedProgram program, Platform<Word> platform, Engine engine, bool isMetered)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("the fast machine needs a little-endian processor");
        if (program.Program.Length > MostSteps / 4) throw new ArgumentException("the program is too long", nameof(program));
        return new Compactor(program, platform, engine, isMetered).Compact();
    }

    private CompactProgram Compact()
    {
        var starts = Preflight.Starts(program.Program);
        for (var slot = 0; slot < firstStep.Length; slot++)
        {
            firstStep[slot] = -1;
            if (starts[slot]) AddInstruction(slot);
        }

        var array = GC.AllocateUninitializedArray<CompactInstruction>(steps.Count, pinned: true);
        steps.CopyTo(array);
        var isTarget = new bool[array.Length];
        for (var i = 0; i < array.Length; i++)
        {
            if (!Jumps(array[i].Code)) continue;
            var target = firstStep[array[i].Offset];
            isTarget[target] = true;
            array[i].Offset = (target - i) * Unsafe.SizeOf<CompactInstruction>();
        }

        Superinstruction.Fuse(array, isTarget);
        if (engine is Engine.Threaded) SetHandlers(array);
        return new(array, firstStep, [.. slots], isMetered);
    }

    // Safe: a handler has the type of the field.
    private static unsafe void SetHandlers(Span<CompactInstruction> steps)
    {
        foreach (ref var step in steps) step.Handler = HandlerTable.Of(step.Code);
    }

    private void AddInstruction(int index)
    {
        var slot = program.Program.Slots[index];
        var (form, code) = Codes.At(slot);
        var next = form.Layout.IsWide ? program.Program.Slots[index + 1].Immediate : 0;
        var instruction = Instruction.Of(
            form, new(slot.Destination), new(slot.Source), slot.Offset, slot.Immediate, next);
        firstStep[index] = steps.Count;
        if (isMetered) Add(index, new() { Code = Code.Pay });
        var step = StepOf(index, instruction, code);
        AddGuards(index, instruction, step);
        Add(index, step);
    }

    private void Add(int slot, CompactInstruction step)
    {
        steps.Add(step);
        slots.Add(slot);
    }

    private CompactInstruction StepOf(int index, Instruction instruction, Code code)
    {
        var form = instruction.Form;
        return new()
        {
            Code = code,
            Destination = (byte)(instruction.Destination.Number * 8),
            Source = form.Operation is PacketLoad.Absolute ? (byte)(MachineState.ZeroRegister * 8) : (byte)(instruction.Source.Number * 8),
            Offset = form.Displacement.IsEmpty ? instruction.Offset : Target(index, instruction),
            Immediate = form.Operation switch
            {
                WideLoad load => load.Value<Word, Bit>(Half(instruction.Immediate), Half(instruction.NextImmediate), platform).Value,
                PacketLoad => platform.PacketStart.Value + (ulong)instruction.Immediate,
                AluOperation.Move when form.Width is Width.Bits32 => (uint)instruction.Immediate,
                _ => (ulong)instruction.Immediate,
            },
        };
    }

    // A slot for now; the distance in bytes once all steps are there.
    private static int Target(int index, Instruction instruction) => index + instruction.Form.Layout.Slots
        + (instruction.Form.Displacement[0] is Field.Offset ? instruction.Offset : instruction.Immediate);

    private static Word Half(int immediate) => Word.Wrap((uint)immediate, Width.Bits32);

    private static bool Jumps(Code code) =>
        code is Code.CallLocal or (>= Code.Always and <= Code.IfLessOrEqualSigned64X);

    private void AddGuards(int index, Instruction instruction, CompactInstruction step)
    {
        var form = instruction.Form;
        switch (form.Operation)
        {
            case AluOperation.Divide or AluOperation.Modulo:
                AddZeroGuard(index, form, step);
                break;
            case AluOperation.DivideSigned or AluOperation.ModuloSigned:
                AddZeroGuard(index, form, step);
                AddOverflowGuard(index, form, step);
                break;
            case AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned:
                AddShiftGuard(index, form, step);
                break;
            case MemoryOperation.Load or MemoryOperation.LoadSigned:
                AddAlignmentGuard(index, form, step.Source, (ulong)step.Offset, Grants.Read);
                break;
            case MemoryOperation:
                AddAlignmentGuard(index, form, step.Destination, (ulong)step.Offset, Grants.Write);
                break;
            case AtomicOperation:
                AddAlignmentGuard(index, form, step.Destination, (ulong)step.Offset, Grants.ReadWrite);
                break;
            case PacketLoad:
                AddAlignmentGuard(index, form, step.Source, step.Immediate, Grants.Read);
                break;
        }
    }

    private void AddZeroGuard(int index, Form form, CompactInstruction step)
    {
        if (profile.ZeroDivisor is ZeroDivisor.Yields) return;
        if (form.Operand is SourceOperand.Register)
            Add(index, step with { Code = form.Width is Width.Bits64 ? Code.TrapOnZero64 : Code.TrapOnZero32 });
        else if (step.Immediate == 0)
            Add(index, new() { Code = Code.TrapAlways, Immediate = Stop.DivisionByZero });
    }

    private void AddOverflowGuard(int index, Form form, CompactInstruction step)
    {
        if (profile.SignedOverflow is SignedOverflow.Wraps) return;
        if (form.Operand is SourceOperand.Register)
            Add(index, step with { Code = form.Width is Width.Bits64 ? Code.TrapOnOverflow64X : Code.TrapOnOverflow32X });
        else if (step.Immediate == ulong.MaxValue)
            Add(index, step with { Code = form.Width is Width.Bits64 ? Code.TrapOnOverflow64K : Code.TrapOnOverflow32K });
    }

    private void AddShiftGuard(int index, Form form, CompactInstruction step)
    {
        if (profile.LargeShift is LargeShift.Masked) return;
        if (form.Operand is SourceOperand.Register)
            Add(index, step with { Code = form.Width is Width.Bits64 ? Code.TrapOnLargeShift64 : Code.TrapOnLargeShift32 });
        else if (step.Immediate >= (ulong)form.Width)
            Add(index, new() { Code = Code.TrapAlways, Immediate = Stop.ShiftAmount });
    }

    private void AddAlignmentGuard(int index, Form form, byte @base, ulong distance, ulong permission)
    {
        if (profile.Alignment is Alignment.Any || form.Width is Width.Bits8) return;
        Add(index, new()
        {
            Code = Code.TrapOnMisaligned,
            Source = @base,
            Offset = form.Width.Bytes() + (256 * (int)permission),
            Immediate = distance,
        });
    }
}

using System.Reflection.Emit;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Compiles a program to one method in CIL: from a state and an entry to the slot at which the interpreter goes on.</summary>
/// <remarks>
/// <para>
/// Registers are local variables. Nothing is called. Whatever is rare is left to the interpreter: the method stores the
/// registers and budgets, as they are before that instruction, and returns its slot; so every observable is the
/// interpreter's.
/// </para>
/// <para>
/// Unsafe, and safe: of the state it reads and writes the registers, the budgets, and what says where regions are; of
/// other memory only bytes of a region or of the stack frame at hand, at a distance that was compared with the reach that
/// it has worked out from the region's length and permission when it was entered, or that <see cref="RunFacts"/> prove.
/// Regions stay while it runs, since it calls nothing. An instruction that it cannot do so it leaves.
/// </para>
/// </remarks>
internal sealed partial class Emitter
{
    // Leaves that share the code that stores the state: each alone would be large, and all in one would be slow to compile.
    private const int MostShared = 16;

    private const int LastRegister = RunState.RegisterCount - 1;

    private readonly CompiledPlan plan;
    private readonly Expectations expectations;
    private readonly RunFacts? facts;
    private readonly Beginning? beginning;
    private readonly CilWriter writer;
    private readonly Dictionary<int, Label> places = [];
    private readonly Dictionary<(int Slot, int Unpaid), Label> leaves = [];
    private readonly LocalBuilder?[] registers = new LocalBuilder?[RunState.RegisterCount];
    private readonly bool[] isWritten = new bool[RunState.RegisterCount];
    private readonly LocalBuilder branches;
    private readonly LocalBuilder left;
    private readonly LocalBuilder? instructions;
    private readonly List<CompiledCut> cuts = [];

    // Of the run of instructions at hand those that are paid for and lie ahead, without and with the one at hand.
    private int unpaid;
    private int unpaidNow;

    private Emitter(CompiledPlan plan, Expectations expectations, RunFacts? facts, Beginning? beginning, ILGenerator il)
    {
        (this.plan, this.expectations, this.facts, this.beginning) = (plan, expectations, facts, beginning);
        writer = new(il);
        branches = writer.Local(typeof(ulong));
        left = writer.Local(typeof(int));
        if (plan.IsMetered) instructions = writer.Local(typeof(ulong));
    }

    /// <summary>Compiles.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="expectations">Where accesses are expected.</param>
    /// <param name="facts">What is proved of every run from the program's entry; null if nothing is.</param>
    /// <param name="beginning">How each call begins, if each begins the program; null if calls begin at any entry.</param>
    /// <param name="il">Where the method's body goes; its parameters are those of <see cref="CompiledCode"/>.</param>
    public static CompiledBody Emit(
        CompiledPlan plan, Expectations expectations, RunFacts? facts, Beginning? beginning, ILGenerator il)
    {
        var emitter = new Emitter(plan, expectations, facts, beginning, il);
        emitter.Emit();
        var written = emitter.writer;
        return new(
            written.Bytes,
            written.Blocks,
            written.Variables,
            written.Uses,
            emitter.cuts.ToSequence(),
            emitter.Variables(),
            emitter.writesStack);
    }

    private CompiledVariables Variables() => new(
        [.. registers.Select(register => register?.LocalIndex)],
        [.. isWritten],
        branches.LocalIndex,
        instructions?.LocalIndex,
        stackStart?.LocalIndex,
        stackHost?.LocalIndex,
        hosts.ToDictionary(pair => pair.Key, pair => pair.Value.LocalIndex),
        reaches.ToDictionary(pair => pair.Key, pair => pair.Value.LocalIndex));

    private void Emit()
    {
        FindRegisters();
        foreach (var instruction in plan.Instructions) places[instruction.Slot] = writer.Label();
        Head();
        for (var i = 0; i < plan.Instructions.Count; i++)
        {
            var instruction = plan.Instructions[i];
            writer.Mark(places[instruction.Slot]);
            cuts.Add(new(instruction.Slot, writer.Bytes, unpaid, ReserveAt(instruction.Slot)));
            unpaidNow = 0;
            if (LoopAt(i) is { } loop) Emit(loop);
            if (plan.IsMetered && unpaid == 0) Pay(i);
            if (CompiledPlan.AlwaysLeaves(instruction))
            {
                writer.Jump(OpCodes.Br, LeaveAt(instruction));
                continue;
            }

            if (plan.IsMetered) unpaidNow = unpaid--;
            if (IsZeroExtension(i))
            {
                Assign(instruction.Own.Destination, () => Converted(instruction.Own.Destination, nameof(Low32)));
                i++;
                continue;
            }

            foreach (var step in instruction.Steps) Do(instruction, step);
        }

        Leaves();
    }

    // The shifts by 32 to the left and to the right by which compilers extend a number of 32 bits.
    private bool IsZeroExtension(int index)
    {
        if (plan.IsMetered || index + 1 >= plan.Instructions.Count) return false;
        if (plan.Leaders.Contains(plan.Instructions[index + 1].Slot)) return false;
        var (first, second) = (plan.Instructions[index], plan.Instructions[index + 1]);
        return first.Steps.Count == 1 && second.Steps.Count == 1 && first.Own.Destination == second.Own.Destination
            && first.Own is { Code: Code.ShiftLeft64K, Immediate: 32 } && second.Own is { Code: Code.ShiftRight64K, Immediate: 32 };
    }

    private void FindRegisters()
    {
        foreach (var instruction in plan.Instructions)
        {
            if (CompiledPlan.AlwaysLeaves(instruction)) continue;
            var own = instruction.Own;
            var row = CompiledPlan.RowOf(own);
            Use(own.Destination / 8);
            if (CompiledPlan.ReadsSource(own)) Use(own.Source / 8);
            if (row.Kind is Kind.Straight || row.Kind is Kind.Access { Permission: Permission.Read }) isWritten[own.Destination / 8] = true;
        }

        void Use(int number) => registers[number] ??= writer.Local(typeof(ulong));
    }

    private void Do(DecodedInstruction instruction, PredecodedStep step)
    {
        var row = CompiledPlan.RowOf(step);
        var name = CompiledPlan.NameOf(step);
        switch (row.Kind)
        {
            case Kind.Straight:
                Straight(instruction, step, name);
                break;
            case Kind.Branch:
                Branch(instruction, step, name);
                break;
            case Kind.Jump:
                PayBranch(instruction);
                writer.Jump(OpCodes.Br, places[step.Offset]);
                break;
            case Kind.Access access:
                Access(instruction, step, name, access);
                break;
            case Kind.AlignmentGuard:
                Register(step.Source);
                Plus(step.Immediate);
                writer.Number(((ulong)step.Offset & 0xff) - 1);
                writer.Do(OpCodes.And);
                writer.Jump(OpCodes.Brtrue, LeaveAt(instruction));
                break;
            case Kind.Guard when step.Code is Code.TrapOnLargeShift32 or Code.TrapOnLargeShift64:
                Register(step.Source);
                if (step.Code is Code.TrapOnLargeShift32)
                {
                    writer.Do(OpCodes.Conv_U4);
                    writer.Number32(32);
                }
                else
                {
                    writer.Number(64);
                }

                writer.Jump(OpCodes.Bge_Un, LeaveAt(instruction));
                break;

            // A division itself leaves where one of these could trap, and what is paid for is paid for a run at a time.
            case Kind.Guard or Kind.Pay:
                break;

            // Instructions with these are left to the interpreter.
            case Kind.Trap or Kind.HostCall or Kind.LocalCall or Kind.Exit or Kind.Fused:
                throw new ArgumentException($"{row.Code} cannot be compiled", nameof(step));
        }
    }

    private void Straight(DecodedInstruction instruction, PredecodedStep step, StepName name)
    {
        switch (name.Method)
        {
            case nameof(Steps.Constant):
                Assign(step.Destination, () => writer.Number(step.Immediate));
                break;
            case nameof(Steps.Move):
                Assign(step.Destination, () => Converted(step.Source, name.Arguments[0]));
                break;
            case nameof(Steps.Convert):
                Assign(step.Destination, () => Converted(step.Destination, name.Arguments[0]));
                break;
            default:
                if (Emission.IsDivision(CompiledPlan.RowOf(step)) && !Emission.IsOfImmediate(name))
                    LeaveOnRareDivisor(instruction, step, name);
                Assign(step.Destination, () =>
                {
                    Operands(step, name);
                    Emission.Arithmetic(writer, name.Arguments[0], Emission.Is32(name));
                    if (Emission.Is32(name)) writer.Do(OpCodes.Conv_U8);
                });
                break;
        }
    }

    private void Converted(byte register, string conversion)
    {
        Register(register);
        Emission.Convert(writer, conversion);
    }

    private void LeaveOnRareDivisor(DecodedInstruction instruction, PredecodedStep step, StepName name)
    {
        Operand(step, name);
        writer.Jump(OpCodes.Brfalse, LeaveAt(instruction));
        if (!Emission.IsSigned(name)) return;
        Operand(step, name);
        if (Emission.Is32(name)) writer.Number32(-1);
        else writer.Number(ulong.MaxValue);
        writer.Jump(OpCodes.Beq, LeaveAt(instruction));
    }

    // A loop's jump back pays before it is decided whether it jumps, so that it is a single jump of the processor.
    private void Branch(DecodedInstruction instruction, PredecodedStep step, StepName name)
    {
        var condition = name.Arguments[0];
        if (step.Offset <= instruction.Slot)
        {
            PayBranch(instruction);
            Compare(step, name);
            writer.Jump(Emission.Condition(condition, holds: true), places[step.Offset]);
            writer.Get(branches);
            Plus(1);
            writer.Set(branches);
            return;
        }

        var next = writer.Label();
        Compare(step, name);
        writer.Jump(Emission.Condition(condition, holds: false), next);
        PayBranch(instruction);
        writer.Jump(OpCodes.Br, places[step.Offset]);
        writer.Mark(next);
    }

    private void Compare(PredecodedStep step, StepName name)
    {
        Operands(step, name);
        if (name.Arguments[0] is nameof(AnyBitSet)) writer.Do(OpCodes.And);
    }

    // How many branches must be left at a slot; none where it is proved that they never are too few.
    private int ReserveAt(int slot) => facts?.MostBranches is null ? plan.Reserves[slot] : 0;

    private void PayBranch(DecodedInstruction instruction)
    {
        if (facts?.MostBranches is null && plan.IsCounted(instruction))
            JumpIfFewer(1 + ReserveAt(instruction.Own.Offset), LeaveAt(instruction));

        writer.Get(branches);
        writer.Number(1);
        writer.Do(OpCodes.Sub);
        writer.Set(branches);
    }

    private void JumpIfFewer(int count, Label target)
    {
        writer.Get(branches);
        if (count > 1) writer.Number((ulong)count);
        writer.Jump(count > 1 ? OpCodes.Blt_Un : OpCodes.Brfalse, target);
    }

    // Pays for the run of instructions from here on that are all done, or left with what is not used given back.
    private void Pay(int index)
    {
        var count = 0;
        for (var i = index; i < plan.Instructions.Count; i++)
        {
            var instruction = plan.Instructions[i];
            if ((i > index && plan.Leaders.Contains(instruction.Slot)) || CompiledPlan.AlwaysLeaves(instruction)) break;
            count++;
            if (CompiledPlan.RowOf(instruction.Own).Jumps) break;
        }

        if (count == 0) return;
        unpaid = count;
        writer.Get(instructions!);
        writer.Number((ulong)count);
        writer.Jump(OpCodes.Blt_Un, LeaveAt(plan.Instructions[index]));
        writer.Get(instructions!);
        writer.Number((ulong)count);
        writer.Do(OpCodes.Sub);
        writer.Set(instructions!);
    }

    private void Assign(byte destination, Action value)
    {
        value();
        writer.Set(registers[destination / 8]!);
    }

    private void Operands(PredecodedStep step, StepName name)
    {
        Register(step.Destination);
        if (Emission.Is32(name)) writer.Do(OpCodes.Conv_I4);
        Operand(step, name);
    }

    private void Operand(PredecodedStep step, StepName name)
    {
        if (Emission.IsOfImmediate(name))
        {
            if (Emission.Is32(name)) writer.Number32((int)step.Immediate);
            else writer.Number(step.Immediate);
            return;
        }

        if (Emission.LosesSource(CompiledPlan.RowOf(step)))
        {
            LowHalf(step.Source);
            return;
        }

        Register(step.Source);
        if (Emission.Is32(name)) writer.Do(OpCodes.Conv_I4);
    }

    // By way of the state, whose field may have any value meanwhile.
    private void LowHalf(byte register)
    {
        StoreField(register, registers[register / 8]!);
        writer.FieldOfState(register);
        writer.Do(OpCodes.Ldind_I4);
    }

    // Without local calls r10 has one value, which was compared on entry.
    private void Register(byte place)
    {
        if (place / 8 == LastRegister && !plan.HasLocalCalls) writer.Number(expectations.StackStart + plan.FrameBytes);
        else writer.Get(registers[place / 8]!);
    }

    private void Plus(ulong number)
    {
        if (number == 0) return;
        writer.Number(number);
        writer.Do(OpCodes.Add);
    }
}

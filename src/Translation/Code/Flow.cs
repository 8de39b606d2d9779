using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using Decoded = RbpfSpec.Semantics.Validity.Decoded;

namespace RbpfSpec.Translation.Code;

/// <summary>The facts on a program that the translator uses: its instructions, where control goes, and which high words are zero.</summary>
internal sealed class Flow
{
    private readonly int[] depths;
    private readonly bool[] targets;
    private readonly bool[] entered;
    private readonly bool[] heads;
    private readonly ZeroHigh?[] before;

    /// <summary>The flow of a program.</summary>
    public Flow(CheckedProgram program)
    {
        Profile = program.Rules.Profile;
        Length = program.Program.Length;
        var machine = new ReferenceMachine(program);
        var starts = Preflight.Starts(program.Program);
        Instructions = new SortedDictionary<int, Instruction>(Enumerable.Range(0, Length)
            .Where(index => starts[index] && machine.At(index) is Decoded.Valid)
            .ToDictionary(index => index, index => ((Decoded.Valid)machine.At(index)).Instruction));
        (depths, targets, entered, before) = (new int[Length], new bool[Length], new bool[Length + 1], new ZeroHigh?[Length + 1]);
        heads = new bool[Length];
        Known = Profile.FramePointer is FramePointer.ReadOnly ? ZeroHigh.None.With(Register.Last) : ZeroHigh.None;
        entered[program.Entry] = true;
        Calls = Handling.HasNativeCalls(Profile)
            ? [.. Instructions.Where(pair => pair.Value.Form.Operation is CallOperation.Local).Select(pair => pair.Key)]
            : [];
        foreach (var (index, instruction) in Instructions) Mark(index, instruction);
        Solve();
    }

    /// <summary>The machine variant.</summary>
    public Profile Profile { get; }

    /// <summary>The number of slots.</summary>
    public int Length { get; }

    /// <summary>The instructions by their slots.</summary>
    public IReadOnlyDictionary<int, Instruction> Instructions { get; }

    /// <summary>The slots of the local calls that native code does.</summary>
    public Sequence<int> Calls { get; }

    /// <summary>Whether native code does an instruction: where it is a call or EXIT, in a program with local calls.</summary>
    public bool IsTranslated(int index) => Handling.IsNative(Instructions[index], Profile)
        || (!Calls.IsEmpty && Instructions[index].Form.Operation is CallOperation.Local or CallOperation.Exit);

    /// <summary>How many loops a slot is in.</summary>
    public int LoopDepth(int index) => depths[index];

    /// <summary>Whether a jump leads to a slot.</summary>
    public bool IsTarget(int index) => targets[index];

    /// <summary>Whether the machine may begin native code at a slot without looking: it is where it comes to of itself.</summary>
    public bool IsEntered(int index) => entered[index];

    /// <summary>Whether a loop begins at a slot.</summary>
    public bool IsLoopHead(int index) => heads[index];

    /// <summary>The high words that are always zero: that of the frame pointer, where programs cannot write it.</summary>
    public ZeroHigh Known { get; }

    /// <summary>The high words that are zero before an instruction; of one that nothing leads to, none.</summary>
    public ZeroHigh Before(int index) => before[index] ?? Known;

    /// <summary>Whether an instruction and the next one are a shift up by 32 bits and down again, and nothing leads between them.</summary>
    public bool IsExtension(int index) =>
        Instructions[index] is { Form.Operation: AluOperation.ShiftLeft, Form: { Width.Bits: 64, Operand: SourceOperand.Immediate } } up
        && up.Immediate == 32
        && Instructions.TryGetValue(index + 1, out var down)
        && down is
        {
            Form: { Operation: AluOperation.ShiftRight or AluOperation.ShiftRightSigned, Width.Bits: 64, Operand: SourceOperand.Immediate },
            Immediate: 32,
        }
        && up.Destination == down.Destination
        && !IsTarget(index + 1) && !IsEntered(index + 1);

    /// <summary>Where an instruction jumps to; null if it is no jump.</summary>
    public static int? TargetOf(int index, Instruction instruction) => instruction.Form switch
    {
        { Operation: JumpOperation, Displacement: [Field.Offset] } => index + 1 + instruction.Offset,
        { Operation: JumpOperation } => index + 1 + instruction.Immediate,
        _ => null,
    };

    private void Mark(int index, Instruction instruction)
    {
        var next = index + instruction.Form.Layout.Slots;
        if (TargetOf(index, instruction) is { } target)
        {
            targets[target] = true;
            heads[target] |= target <= index;
            for (var slot = target; slot <= index; slot++) depths[slot]++;
        }

        // After what the machine does, it may enter native code again; and where a local call leads, and comes back to.
        if (!Handling.IsNative(instruction, Profile)) entered[next] = true;
        if (instruction.Form.Operation is CallOperation.Local) entered[next + instruction.Immediate] = true;
    }

    private void Solve()
    {
        var open = new Queue<int>();
        for (var index = 0; index < Length; index++)
        {
            if (entered[index]) Reach(index, Known);
        }

        Spread();
        foreach (var index in Instructions.Keys)
        {
            // What nothing leads to is translated, too, and leads to what others lead to.
            if (before[index] is not null || (index > 0 && Instructions.ContainsKey(index - 1) && IsExtension(index - 1))) continue;
            Reach(index, Known);
            Spread();
        }

        void Spread()
        {
            while (open.TryDequeue(out var index)) Follow(index);
        }

        void Follow(int index)
        {
            if (!Instructions.TryGetValue(index, out var instruction)) return;
            if (!Handling.IsNative(instruction, Profile)) return;
            var after = before[index]!.Value.After(instruction);
            if (IsExtension(index))
            {
                Reach(index + 2, Instructions[index + 1].Form.Operation is AluOperation.ShiftRight
                    ? after.With(instruction.Destination.Number)
                    : after.Without(instruction.Destination.Number));
                return;
            }

            if (TargetOf(index, instruction) is { } target) Reach(target, after);
            if (instruction.Form.Operation is not JumpOperation.Always) Reach(index + instruction.Form.Layout.Slots, after);
        }

        void Reach(int index, ZeroHigh facts)
        {
            if (index >= Length) return;
            var met = before[index] is { } known ? known.And(facts) : facts;
            if (before[index] == met) return;
            before[index] = met;
            open.Enqueue(index);
        }
    }
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Native;
using Instruction = RbpfSpec.Semantics.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

/// <summary>Translates programs to native code for ARMv7-M, with a certificate that says where everything is.</summary>
/// <remarks>
/// The five registers that a program uses most have a pair of registers of the processor all the time; the others stay in
/// the machine's state. What native code does not do, it leaves to the machine: it puts all registers back, and returns with
/// the program counter at the instruction. So do accesses outside the window, zero divisors and spent budgets; the
/// machine then does the instruction by its own means, or traps. Nothing that the translator says is trusted.
/// </remarks>
public sealed partial class Translator
{
    private readonly Flow flow;
    private readonly Allocation allocation;
    private readonly HashSet<int> written;
    private readonly Emitter emitter = new();
    private readonly Label leave = new();
    private readonly Label spent = new();
    private readonly List<(int Slot, Label Label, ZeroHigh Known)> cuts = [];
    private readonly Dictionary<int, Label> heads = [];
    private readonly Dictionary<int, Label> exits = [];
    private readonly Queue<(int Slot, Label Label, bool IsSpent)> pending = new();
    private readonly List<(int Slot, Label Head)> guarded = [];

    private Translator(CheckedProgram program)
    {
        flow = new Flow(program);
        allocation = Allocation.For(flow);
        written =
        [
            .. flow.Instructions.Values
                .Where(instruction => Handling.IsNative(instruction, flow.Profile)
                    && instruction.Form.Writes is WrittenRegister.Destination)
                .Select(instruction => (int)instruction.Destination.Number),
        ];

        // A return from a local call writes them.
        if (flow.Calls.Count > 0) written.UnionWith(Enumerable.Range(FirstKept, Register.Last - FirstKept));
    }

    private CodeBuilder Code => emitter.Code;

    /// <summary>Why programs of a profile cannot be translated; null if they can.</summary>
    public static string? Refusal(Profile profile) => Handling.Refusal(profile);

    /// <summary>The native code of a program, and the certificate of it.</summary>
    /// <exception cref="ArgumentException">Programs of the profile cannot be translated, as <see cref="Refusal"/> says.</exception>
    public static (NativeProgram Program, Certificate Certificate) Translate(CheckedProgram program)
    {
        if (Refusal(program.Rules.Profile) is { } refusal) throw new ArgumentException(refusal, nameof(program));
        return new Translator(program).Translate();
    }

    private (NativeProgram Program, Certificate Certificate) Translate()
    {
        Enter();
        Leave();
        foreach (var (slot, instruction) in flow.Instructions)
        {
            if (flow.Instructions.ContainsKey(slot - 1) && flow.IsExtension(slot - 1)) continue;
            Cut(slot, HeadOf(slot), flow.Before(slot));
            if (!flow.IsTranslated(slot))
            {
                LeaveAt(slot);
                FlushExits();
                continue;
            }

            if (flow.IsLoopHead(slot) && flow.Before(slot) != flow.Known) guarded.Add((slot, HeadOf(slot)));
            Emit(slot, instruction);
        }

        FinishCalls();
        foreach (var (slot, head) in guarded) Guard(slot, head);
        FlushExits();
        return Result();
    }

    private (NativeProgram Program, Certificate Certificate) Result()
    {
        var bytes = Code.Build();
        Sequence<Cut> all = [.. cuts.Select(cut => new Cut(
            cut.Slot, Code.OffsetOf(cut.Label), [.. Enumerable.Range(0, Register.Last + 1).Where(register => cut.Known[register])]))];
        var known = Enumerable.Range(0, Register.Last + 1).Count(register => flow.Known[register]);
        var entries = new int?[flow.Length];
        foreach (var cut in all)
        {
            // Guards come last: where a loop begins without them, they are not asked.
            if (cut.ZeroHigh.Count != known || !flow.IsTranslated(cut.Slot)) continue;
            entries[cut.Slot] ??= cut.Offset;
        }

        Sequence<Placed> places = [.. allocation.InPairs.Select(register => new Placed(
            register, allocation[register]!.Value.Low, allocation[register]!.Value.High, written.Contains(register)))];
        return (new NativeProgram(bytes, entries.ToSequence()), new Certificate(flow.Profile.Name, places, all));
    }

    private Label HeadOf(int slot)
    {
        if (!heads.TryGetValue(slot, out var label)) heads[slot] = label = new Label();
        return label;
    }

    private void Cut(int slot, Label label, ZeroHigh known)
    {
        Code.Place(label);
        cuts.Add((slot, label, known));
    }

    // The first code: from a call with the state in r0 and where to begin in r1.
    private void Enter()
    {
        Code.Add(new Arm.Instructions.Instruction.TransferMultiple(false, 13, 0x4ff8, IsBefore: true, IsWrittenBack: true));
        emitter.Move(Emitter.Machine, 0);
        emitter.Move(Emitter.Scratch, 1);
        foreach (var register in allocation.InPairs) Exchange(register, isLoad: true);
        if (IsLimited) emitter.Load(Emitter.Budget, NativeLayout.Branches);
        Code.Add(new Arm.Instructions.Instruction.BranchExchange(false, Emitter.Scratch));
    }

    // The end of all ways out, also where a branch was counted that could not be paid for. The slot where the machine goes on
    // is in the scratch register.
    private void Leave()
    {
        Code.Place(spent);
        if (IsLimited) emitter.Constant(Emitter.Budget, 0);
        Code.Place(leave);
        foreach (var register in allocation.InPairs.Where(written.Contains)) Exchange(register, isLoad: false);
        emitter.Store(Emitter.Scratch, NativeLayout.ProgramCounter);
        if (IsLimited) emitter.Store(Emitter.Budget, NativeLayout.Branches);
        Code.Add(new Arm.Instructions.Instruction.TransferMultiple(true, 13, 0x8ff8, IsBefore: false, IsWrittenBack: true));
    }

    private void Exchange(int register, bool isLoad)
    {
        var (low, high) = allocation[register]!.Value;
        emitter.Pair(isLoad, low, high, NativeLayout.OfRegister(register));
    }

    private bool IsLimited => flow.Profile.BranchLimit is not Allowance<ulong>.Unlimited;

    private void LeaveAt(int slot)
    {
        if (!exits.ContainsKey(slot))
        {
            exits[slot] = Code.Here();
        }

        emitter.Constant(Emitter.Scratch, (uint)slot);
        Code.Branch(leave);
    }

    /// <summary>A way out in front of an instruction, written where control does not come by itself.</summary>
    private Label ExitAt(int slot)
    {
        if (exits.TryGetValue(slot, out var label)) return label;
        exits[slot] = label = new Label();
        pending.Enqueue((slot, label, false));
        return label;
    }

    private void FlushExits()
    {
        while (pending.TryDequeue(out var exit))
        {
            Code.Place(exit.Label);
            emitter.Constant(Emitter.Scratch, (uint)exit.Slot);
            Code.Branch(leave);
        }
    }

    // Into a loop from the machine, if what the loop relies on holds.
    private void Guard(int slot, Label head)
    {
        var label = new Label();
        Cut(slot, label, flow.Known);
        foreach (var register in Enumerable.Range(0, Register.Last))
        {
            if (!flow.Before(slot)[register]) continue;
            if (allocation[register] is { } pair)
            {
                Code.BranchOnZero(pair.High, isNonZero: true, ExitAt(slot));
            }
            else
            {
                emitter.Load(Emitter.Scratch, NativeLayout.OfRegister(register) + 4);
                Code.BranchOnZero(Emitter.Scratch, isNonZero: true, ExitAt(slot));
            }
        }

        Code.Branch(head);
    }

    private void Emit(int slot, Instruction instruction)
    {
        switch (instruction.Form.Operation)
        {
            case AluOperation operation:
                Alu(slot, instruction, operation);
                break;
            case WideLoad:
                OnDestination(instruction, readsIt: false, code => code.Load(instruction.WideImmediate), slot);
                break;
            case MemoryOperation operation:
                Access(slot, instruction, operation);
                break;
            case JumpOperation operation:
                Jump(slot, instruction, operation);
                break;
            case CallOperation.Local:
                Call(slot, slot + 1 + instruction.Immediate);
                FlushExits();
                break;
            case CallOperation.Exit:
                Return(slot);
                FlushExits();
                break;
        }
    }
}

using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Tests;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Interp.Tests;

/// <summary>A program drawn with a liking for loops, calls, aliases, edges of memory and of budgets; and a state for it.</summary>
/// <param name="Body">The instructions but for the last, which is EXIT.</param>
/// <param name="Profile">The machine variant.</param>
/// <param name="Seed">What decides the state.</param>
internal sealed record GeneratedProgram(IReadOnlyList<Instruction> Body, Profile Profile, ulong Seed)
{
    private static readonly int[] Addresses = [1, 6, 10];

    /// <summary>The program.</summary>
    public Program Program => Program.Of([.. Body, Samples.InstructionOf("jmp/exit")]);

    /// <summary>A program and state.</summary>
    public static GeneratedProgram Draw(Dice dice, Profile profile)
    {
        var forms = OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs)).ToArray();
        var count = dice.Between(1, 14);
        var chosen = Enumerable.Range(0, count).Select(_ => Choose(dice, forms)).ToList();
        int[] starts = [0, .. Prefix(chosen)];
        return new([.. chosen.Select((form, i) => Fill(dice, form, starts[i], starts))], profile, dice.Next());
    }

    /// <summary>Smaller programs: without an instruction, or with a smaller operand; the simplest first.</summary>
    public IEnumerable<GeneratedProgram> Shrink()
    {
        for (var i = 0; i < Body.Count; i++) yield return this with { Body = [.. Body.Take(i), .. Body.Skip(i + 1)] };
        for (var i = 0; i < Body.Count; i++)
        {
            var old = Body[i];
            foreach (var immediate in new[] { 0, 1, old.Immediate / 2 })
            {
                if (Math.Abs((long)immediate) >= Math.Abs((long)old.Immediate)) continue;
                var smaller = Instruction.Of(old.Form, old.Destination, old.Source, old.Offset, immediate, old.NextImmediate);
                yield return this with { Body = [.. Body.Take(i), smaller, .. Body.Skip(i + 1)] };
            }
        }
    }

    /// <summary>The state: registers that point to the edges of regions, and a small budget.</summary>
    public State<Word, Bit> State()
    {
        var dice = new Dice(Seed);
        var context = dice.Bytes(dice.Pick(1, 7, 8, 16));
        var start = new Start(Profile)
        {
            Context = Semantics.Sequence.Of<byte>(context),
            Regions =
            [
                Region.Of("constants", AddressSpace.Context + (ulong)context.Length, dice.Bytes(12), Permission.Read),
                Region.Of("sink", AddressSpace.Added, dice.Bytes(4), Permission.Write),
            ],
            Host = Samples.Host,
            BranchLimit = new Allowance<ulong>.Remaining((ulong)dice.Pick(0, 1, 2, 3, 40)),
            InstructionLimit = dice.OnceIn(3) ? new Allowance<ulong>.Remaining((ulong)dice.Between(0, 30)) : null,
        };
        var state = start.State();
        for (var i = 0; i < Registers<Word, Bit>.Count - 1; i++)
        {
            var value = dice.Between(0, 3) switch
            {
                0 => dice.Value(),
                1 => AddressSpace.Context + (ulong)dice.Between(-9, context.Length + 13),
                2 => AddressSpace.Stack + (ulong)dice.Pick(0, Profile.FrameBytes) + (ulong)dice.Between(-9, 9),
                _ => AddressSpace.Added + (ulong)dice.Between(-8, 4),
            };
            state = state with { Registers = state.Registers.With(i, Word.Of(value)) };
        }

        return state;
    }

    private static IEnumerable<int> Prefix(List<Form> forms)
    {
        var slot = 0;
        foreach (var form in forms) yield return slot += form.Layout.Slots;
    }

    private static Form Choose(Dice dice, Form[] forms)
    {
        var form = dice.Pick(forms);
        return dice.Between(0, 6) switch
        {
            0 => dice.Pick(forms.Where(candidate => candidate.Operation is MemoryOperation or AtomicOperation).ToArray()),
            1 => dice.Pick(forms.Where(candidate => candidate.Operation is JumpOperation).ToArray()),
            2 => dice.Pick(forms.Where(candidate => candidate.Operation is CallOperation).ToArray()),
            3 => dice.Pick(
                Generators.FormOf("alu/mov64-x"), Generators.FormOf("alu/add64-k"), Generators.FormOf("alu/add64-x"),
                Generators.FormOf("alu/xor64-x"), Generators.FormOf("alu/lsh64-k"), Generators.FormOf("alu/rsh64-k"),
                Generators.FormOf("jmp/jlt64-x"), Generators.FormOf("jmp/jne64-k"), Generators.FormOf("mem/ldxb")),
            _ => form,
        };
    }

    private static Instruction Fill(Dice dice, Form form, int slot, int[] starts)
    {
        var target = dice.Pick(starts) - slot - form.Layout.Slots;
        var isMemory = form.Operation is MemoryOperation or AtomicOperation;
        var near = (byte)dice.Between(0, 3);
        var destination = isMemory && form.Operation is not (MemoryOperation.Load or MemoryOperation.LoadSigned) ? (byte)dice.Pick(Addresses) : near;
        var source = isMemory && dice.OnceIn(2) ? (byte)dice.Pick(Addresses) : (byte)dice.Between(0, 3);
        var immediate = form.Operation switch
        {
            CallOperation.ByHelperId => dice.Pick(Samples.HelperIds),
            CallOperation.ByBtfId => dice.Pick(Samples.Complement, Samples.Exchange),
            AluOperation.ShiftLeft or AluOperation.ShiftRight when dice.OnceIn(2) => 32,
            _ => dice.AnyImmediate(),
        };
        return Instruction.Of(
            form,
            new(destination),
            new(source),
            form.Displacement.Contains(Field.Offset) ? (short)target : (short)dice.Between(-9, 9),
            form.Displacement.Contains(Field.Immediate) ? target : immediate,
            dice.AnyImmediate());
    }
}

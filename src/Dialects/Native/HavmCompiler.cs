using System.Collections.Immutable;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Dialects.Native;

/// <summary>HAVM's compiler: each run of 32-bit arithmetic becomes a block of Thumb-2, one for each place where it is entered.</summary>
/// <remarks>
/// The words are those that the published C code writes; what a bug makes different is under its number. Without bugs it
/// is what the same design comes to if each instruction is done as RFC 9669 says.
/// </remarks>
/// <param name="Bugs">The numbers of the bugs that it has.</param>
public sealed record HavmCompiler(Sequence<string> Bugs)
{
    private static readonly Clause Source = new(Machines.Havm.Name, "jit/jitclight/rbpf_jit_compiler.c");

    /// <summary>The bugs of the compiler in C.</summary>
    public static Sequence<NativeBug> Known =>
    [
        Bug("J-1", "The list of arithmetic has no LSH, RSH, ARSH, DIV and MOD by an immediate and no MOD by a register: where one of "
            + "them begins a run, the table has no entry, and the block at word 0 runs instead."),
        Bug("J-2", "DIV by a register emits nothing."),
        Bug("J-3", "MOD emits nothing."),
        Bug("J-4", "NEG negates the immediate instead of the register."),
        Bug("J-5", "Shifts by a register are those of ARM, which take eight bits of the amount. The published semantics is stuck from "
            + "32 on; compared with RFC 9669, which masks."),
        Bug("J-6", "DIV by an immediate of 0 emits nothing, and so do shifts by an immediate of 32 and more. The published semantics is "
            + "stuck there; compared with RFC 9669, which yields 0 and masks."),
        Bug("J-7", "The target of a jump is read while the program is compiled, and not compared with its length."),
        Bug("J-8", "In revision 0acbfffd, R11 of the caller is written before it is saved, or is not saved at all."),
    ];

    /// <summary>The compiler with every bug of the revision that the others were found in, which saves R11 in time.</summary>
    public static HavmCompiler Published { get; } = new([.. Known.Select(bug => bug.Number).Where(number => number is not "J-8")]);

    /// <summary>The compiler without bugs.</summary>
    public static HavmCompiler Mended { get; } = new([]);

    /// <summary>Whether the compiler takes an opcode for one that begins a run.</summary>
    public Truth<T> Begins<T>(T opcode)
        where T : IWord<T>
    {
        var isAny = Truth<T>.Of(false);
        foreach (var one in Bugs.Contains("J-1") ? Listed : Arithmetic) isAny |= T.Same(opcode, T.Constant(one, Width.Bits8));
        return isAny;
    }

    /// <summary>Whether the machine enters native code at an opcode, and a run goes on with it: it is of class 4.</summary>
    public static Truth<T> IsNative<T>(T opcode)
        where T : IWord<T> => T.Same(opcode & T.Constant(7, Width.Bits8), T.Constant(4, Width.Bits8));

    /// <summary>Whether the compiler reads the slot that a jump leads to.</summary>
    /// <param name="target">The index of that slot, 64 bits.</param>
    /// <param name="length">The number of slots in the program, 64 bits.</param>
    public Truth<T> ReadsTarget<T>(T target, T length)
        where T : IWord<T> => Bugs.Contains("J-7") ? Truth<T>.Of(true) : T.LessUnsigned(target, length);

    /// <summary>Compiles a program.</summary>
    public HavmCompiled Compile(Program program)
    {
        List<uint> words = [];
        var entries = ImmutableSortedDictionary.CreateBuilder<int, HavmEntry>();
        var length = Word.Of((ulong)program.Length);
        for (var index = 0; index < program.Length;)
        {
            var slot = program.Slots[index];
            if (Begins(slot.Fields.Opcode).Value)
            {
                index += Enter(index);
                continue;
            }

            index++;
            if (!IsJump(slot.Opcode)) continue;
            var target = Word.Of((ulong)(index + slot.Offset));
            if (!ReadsTarget(target, length).Value) continue;
            if (target.Value >= length.Value) return new HavmCompiled.ReadsOutside(target);
            if (Begins(program.Slots[(int)target.Value].Fields.Opcode).Value) Enter((int)target.Value);
        }

        return new HavmCompiled.Done([.. words], entries.ToImmutable());

        // Each place where a run is entered gets a block of its own, of all that is left of the run.
        int Enter(int first)
        {
            var count = 1;
            while (first + count < program.Length && IsNative(program.Slots[first + count].Fields.Opcode).Value) count++;
            entries[first] = new(words.Count, count - 1);
            words.AddRange(Block([.. program.Slots.AsSpan().Slice(first, count)]));
            return count;
        }
    }

    /// <summary>The words of the block of a run; each is two halfwords, the first in the low half.</summary>
    public Sequence<uint> Block(Sequence<Slot> run) => new HavmBlock(Bugs, isModel: false).Of(run);

    /// <summary>The words of the block that the compiler in the model writes for a run; null if it refuses the run.</summary>
    /// <remarks>It refuses what J-2 to J-6 are about, and runs of more than 255 instructions.</remarks>
    public static Sequence<uint>? ModelBlock(Sequence<Slot> run) =>
        run.Count is 0 or > 255 || !run.All(IsModelled) ? null : new HavmBlock([], isModel: true).Of(run);

    private static bool IsModelled(Slot slot) => slot.Opcode switch
    {
        0x3c or 0x6c or 0x7c or 0x84 or 0x94 or 0x9c or 0xcc => false,
        0x34 => slot.Immediate != 0,
        0x64 or 0x74 or 0xc4 => (uint)slot.Immediate < 32,
        _ => Arithmetic.Contains(slot.Opcode),
    };

    private static NativeBug Bug(string number, string summary) => new(number, Machines.Havm.Name, summary, Source);

    private static bool IsJump(byte opcode) => (opcode & 7) == 5 && opcode is not (0x85 or 0x8d or 0x95 or 0x9d) && opcode <= 0xdd;

    // The list in the published code.
    private static Sequence<byte> Listed =>
    [
        0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x3c, 0x44, 0x4c, 0x54, 0x5c, 0x6c, 0x7c, 0x84, 0xa4, 0xac, 0xb4, 0xbc, 0xcc,
    ];

    private static Sequence<byte> Arithmetic => [.. Listed, 0x34, 0x64, 0x74, 0x94, 0x9c, 0xc4];
}

/// <summary>The result of HAVM's compiler on a program.</summary>
public abstract record HavmCompiled
{
    private HavmCompiled()
    {
    }

    /// <summary>Code and a table.</summary>
    /// <param name="Words">The blocks, one after the other.</param>
    /// <param name="Entries">The blocks by the slots at which they are entered.</param>
    public sealed record Done(Sequence<uint> Words, ImmutableSortedDictionary<int, HavmEntry> Entries) : HavmCompiled;

    /// <summary>Nothing: it reads a slot outside the program.</summary>
    /// <param name="Slot">The index of the slot, 64 bits.</param>
    public sealed record ReadsOutside(Word Slot) : HavmCompiled;
}

/// <summary>An entry of HAVM's table.</summary>
/// <param name="Offset">Where the block begins, in words.</param>
/// <param name="Further">How many instructions the run has after its first.</param>
public readonly record struct HavmEntry(int Offset, int Further);

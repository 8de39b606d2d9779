using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>Every program of up to three slots over an alphabet that has every encoding of the profile.</summary>
internal static class SmallPrograms
{
    private static readonly int[] Immediates = [3, -1, 0, 32, 1, int.MinValue, 31, 64];
    private static readonly int[] Offsets = [0, -8, 4, 8, 1, -1, 7, -4];
    private static readonly Instruction Exit = Samples.InstructionOf("jmp/exit");

    /// <summary>The machine that runs them: small frames, two of them, so that a state is small.</summary>
    public static Profile Small { get; } = Profile.Rbpf with { FrameBytes = 16, FrameLimit = 2, SignedOverflow = SignedOverflow.Traps };

    /// <summary>The letters: each encoding with so many choices of operands, at most.</summary>
    public static IReadOnlyList<Instruction> Alphabet(int choices) =>
    [
        .. (from form in OperationTable.Forms
            where Small.Has(form.Group) && Small.Grants(form.Needs)
            from choice in Enumerable.Range(0, choices)
            select Letter(form, choice)).Distinct(),
    ];

    /// <summary>Every program that the preflight accepts, with a state to run from.</summary>
    public static IEnumerable<(CheckedProgram Program, State<Word> State)> Over(IReadOnlyList<Instruction> alphabet)
    {
        var states = States();
        Instruction[] ends = [Exit, Samples.InstructionOf("jmp/ja", offset: -2), Samples.InstructionOf("jmp/ja", offset: -3)];
        var count = 0;
        foreach (var program in ends.Select(end => Program.Of([end]))
            .Concat(from first in alphabet from end in ends select Program.Of([first, end]))
            .Concat(from first in alphabet from second in alphabet from end in ends select Program.Of([first, second, end])))
        {
            if (program.Length <= 3 && Comparison.Check(program, Small) is { } known) yield return (known, states[count++ % states.Length]);
        }
    }

    private static Instruction Letter(Form form, int choice)
    {
        var immediate = form.Operation switch
        {
            CallOperation.Local => choice % 2,
            CallOperation => Samples.Mix,
            JumpOperation.Always => choice % 2,
            _ => Immediates[choice % Immediates.Length],
        };
        var destination = form.Operation is MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister or AtomicOperation
            ? (byte)(choice % 2 == 0 ? 1 : 10)
            : (byte)(choice / 2 % 2);
        var source = form.Operation is MemoryOperation ? (byte)(choice % 2 == 0 ? 1 : 10) : (byte)(choice % 3);
        var offset = form.Operation is JumpOperation ? choice % 2 : Offsets[choice % Offsets.Length];
        return Instruction.Of(form, new(destination), new(source), (short)offset, immediate);
    }

    private static State<Word>[] States()
    {
        var start = new Start(Small)
        {
            Context = [0x80, 1, 2, 3, 4, 5, 6, 0xff],
            Host = Samples.Host,
            BranchLimit = new Allowance<ulong>.Remaining(2),
        };
        return
        [
            start.State(),
            start.State()
                with { Registers = start.State().Registers.With(0, Word.Of(0x8000_0000_8000_0000)).With(2, Word.Of(ulong.MaxValue)) },
            (start with { InstructionLimit = new Allowance<ulong>.Remaining(2) }).State(),
        ];
    }
}

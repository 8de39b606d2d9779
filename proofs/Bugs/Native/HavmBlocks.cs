using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Bugs.Native;

/// <summary>Family: the published blocks of HAVM that its bugs leave alone do what the rules do.</summary>
/// <remarks>
/// Of the compiler in C with all its bugs, and of the one in the model. A block that the model's compiler refuses is one that
/// a bug of the other is about, or that nothing is claimed of.
/// </remarks>
public static class HavmBlocks
{
    private const uint Nops = 0xbf00_bf00;

    private static readonly Sequence<int> Immediates = [3, 0x1234, 0x1234_5678];

    /// <summary>A claim for each instruction that is compiled rightly, and one for a run of two.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. from form in OperationTable.Forms
           where form.Class is InstructionClass.Alu && Havm.Has(form)
           from immediate in form.Operand is SourceOperand.Immediate ? Immediates : [0]
           let run = (Sequence<Slot>)[Slot.Of(form.Opcode, 4, form.Operand is SourceOperand.Register ? (byte)5 : (byte)0, 0, immediate)]
           where HavmCompiler.ModelBlock(run) is not null
           select Of($"{form.Id}{(form.Operand is SourceOperand.Immediate ? $"[0x{immediate:x}]" : "")}", run),
        Of("run", [Slot.Of(0x04, 4, 0, 0, 1), Slot.Of(0x1c, 5, 4, 0, 0)]),
    ];

    private static Claim Of(string name, Sequence<Slot> run)
    {
        var published = HavmCompiler.Published.Block(run);
        var model = HavmCompiler.ModelBlock(run)!.Value;
        return new()
        {
            Id = $"havm/{name}@{Havm.Dialect.Name}",
            Sentence = "The published block does what the rules of its run do, whatever the registers are: that of the C code, and that of "
                + "the model. It returns to its caller with SP and R4 to R11 as they were.",
            Source = new(Havm.Name, "jit/jitclight/rbpf_jit_compiler.c"),
            State = () => About(published, model),
            Mutants =
            [
                new("r4 is not stored in the state", () => About(Without(published, 0x4010_f8cc), model)),
                new("R4 of the caller is not brought back", () => About(Without(published, 0x4010_f8dd), model)),
            ],
        };

        Proposition About(Sequence<uint> words, Sequence<uint> modelWords) => new(
            [],
            HavmReading.IsRight(words, run, isModel: false) & HavmReading.IsRight(modelWords, run, isModel: true),
            assignment => HavmReading.Replayed(words, run, assignment));
    }

    private static Sequence<uint> Without(Sequence<uint> words, uint word) => words.Map(other => other == word ? Nops : other);
}

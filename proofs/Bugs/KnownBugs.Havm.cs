using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Bugs.Native;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Bugs;

public static partial class KnownBugs
{
    private const byte Exit = 0x95;
    private const byte Jump = 0x05;
    private const byte MoveImmediate = 0xb4;

    private static readonly Term Opcode = Make.Variable("opcode", 8);
    private static readonly Term Distance = Make.Variable("distance", 16);

    private static Claim OfHavm(NativeBug bug) => bug.Number switch
    {
        "J-1" => OfEntries(bug),
        "J-2" => OfBlock(bug, "div32 r0, r1", Slot.Of(0x3c, 0, 1, 0, 0)),
        "J-3" => OfBlock(bug, "mod32 r0, 4", Slot.Of(0x94, 0, 0, 0, 4)),
        "J-4" => OfBlock(bug, "neg32 r0", Slot.Of(0x84, 0, 0, 0, 0)),
        "J-5" => OfBlock(bug, "lsh32 r0, r1", Slot.Of(0x6c, 0, 1, 0, 0)),
        "J-6" => OfBlock(bug, "div32 r0, 0", Slot.Of(0x34, 0, 0, 0, 0)),
        "J-7" => OfTargets(bug),
        "J-8" => OfBlock(bug, "add32 r0, 0x100", Slot.Of(0x04, 0, 0, 0, 0x100)),
        var number => throw new ArgumentOutOfRangeException(nameof(bug), number, "no block is known that shows it"),
    };

    private static Claim OfBlock(NativeBug bug, string text, Slot slot)
    {
        return Of(
            bug,
            $"The block of {text} does what the rule does, and nothing else, whatever the registers are.",
            () => IsRight(HavmCompiler.Mended),
            () => IsRight(new([bug.Number])));

        Proposition IsRight(HavmCompiler compiler) => new(
            [],
            HavmReading.IsRight(compiler.Block([slot]), [slot], isModel: false),
            assignment => Shown(Moving([slot], assignment, compiler), compiler));
    }

    // Moves before a run become part of its block, and what they save is saved: where that hides the bug, no values matter.
    private static Program Moving(Sequence<Slot> run, Assignment assignment, HavmCompiler compiler)
    {
        var program = HavmReading.ProgramOf(run, assignment);
        return HavmDifference.Of(program, compiler).Differs ? program : new(run.Add(Slot.Of(Exit, 0, 0, 0, 0)));
    }

    // The compiler enters a run at its first slot, and where a jump leads to; the machine comes into native code there and
    // nowhere else. So an entry is missing where the compiler does not know the opcode. Shown by a run of a move, a jump that
    // goes nowhere, and a run that begins with that opcode: it leaves in r0 anything but 7.
    private static Claim OfEntries(NativeBug bug)
    {
        return Of(
            bug,
            "Where the machine enters native code, the table has an entry.",
            () => IsThere(HavmCompiler.Mended),
            () => IsThere(new([bug.Number])));

        Proposition IsThere(HavmCompiler compiler) => new(
            [HavmCompiler.Mended.Begins(new TermWord(Opcode)).Term],
            compiler.Begins(new TermWord(Opcode)).Term,
            assignment => Shown(
                new(
                [
                    Slot.Of(MoveImmediate, 0, 0, 0, 7),
                    Slot.Of(Jump, 0, 0, 0, 0),
                    Slot.Of((byte)assignment.Evaluate(Opcode), 0, 0, 0, 3),
                    Slot.Of(Exit, 0, 0, 0, 0),
                ]),
                compiler));
    }

    // A jump over any distance, and EXIT.
    private static Claim OfTargets(NativeBug bug)
    {
        const int length = 2;
        return Of(
            bug,
            "The compiler reads no slot outside the program.",
            () => IsInside(HavmCompiler.Mended),
            () => IsInside(new([bug.Number])));

        Proposition IsInside(HavmCompiler compiler)
        {
            var target = new TermWord(Distance.SignExtended(64) + 1UL);
            var count = TermWord.Constant(length, Width.Bits64);
            return new(
                [],
                (!compiler.ReadsTarget(target, count) | TermWord.LessUnsigned(target, count)).Term,
                assignment => Shown(
                    new([Slot.Of(Jump, 0, 0, (short)assignment.Evaluate(Distance), 0), Slot.Of(Exit, 0, 0, 0, 0)]), compiler));
        }
    }

    // Reduced only as long as both end as they did at first, roughly.
    private static Replay Shown(Program program, HavmCompiler compiler)
    {
        var first = Run(program);
        return Shown(
            program,
            Run,
            contrast => contrast.Differs
                && contrast.Historic.Kind == first.Historic.Kind && contrast.Normative.Kind == first.Normative.Kind,
            Havm.Name);

        DialectDifference Run(Program other) => HavmDifference.Of(other, compiler);
    }
}

using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation.Programs;

/// <summary>Programs in which every jump of the profile leads far, over wide instructions, or nowhere: one serves them all.</summary>
internal static class FarCases
{
    private const string Rule = "program/far";

    // Registers that hold operands; r0 is the sum of marks.
    private const int Five = 1;
    private const int Six = 2;
    private const int FiveAgain = 3;

    /// <summary>The vectors.</summary>
    public static Sequence<ChosenVector> Vectors(Profile profile)
    {
        var support = new SupportCode(profile);
        Sequence<Form> jumps = [.. MutantCatalogue.Forms(profile).Where(form => form.Operation is JumpOperation)];
        var chooser = new Chooser(Rule, profile, []);
        foreach (var distance in (int[])[300, 1500, 3900])
            Consider(Both(support, jumps, distance), $"each jump leads {distance} slots forward, and back");
        foreach (var length in (int[])[255, 256, 257, 1025, 4096])
            Consider(Long(support, length), $"a program has {length} slots");
        Consider(OverWide(support, jumps, isForward: true), "each jump leads forward over a wide instruction");
        Consider(OverWide(support, jumps, isForward: false), "each jump leads back over a wide instruction");
        Consider(Nowhere(support, jumps), "each jump has the distance 0, and -1 where it is not taken");
        Consider(Farthest(support, jumps), "a jump leads farther forward, and a call farther back, than 16 bits can say");
        return chooser.Choose();

        void Consider(Sequence<Instruction> program, string text) =>
            chooser.Consider(new(program, [], Setting.Plain, [Class.Wanted(text)]));
    }

    private static Sequence<Instruction> Setup(SupportCode support) =>
        [support.Alu("mov", 0, 0), support.Alu("mov", Five, 5), support.Alu("mov", Six, 6), support.Alu("mov", FiveAgain, 5)];

    // The jump, with operands with which it is taken, or not.
    private static Instruction Jump(Form form, int distance, bool isTaken = true)
    {
        if (form.Operation is JumpOperation.Always)
        {
            return Instruction.Of(
                form,
                offset: (short)(form.Displacement[0] is Field.Immediate ? 0 : distance),
                immediate: form.Displacement[0] is Field.Immediate ? distance : 0);
        }

        foreach (var (left, right) in (IEnumerable<(int, int)>)[(Five, FiveAgain), (Five, Six), (Six, Five)])
        {
            var (a, b) = (Word.Wrap(left == Six ? 6UL : 5, form.Width), Word.Wrap(right == Six ? 6UL : 5, form.Width));
            if (((JumpOperation)form.Operation).Holds<Word>(a, b).Value == isTaken)
                return Instruction.Of(form, new((byte)left), new((byte)right), (short)distance, (int)b.Value);
        }

        // JSET of 5 and 2.
        return Instruction.Of(form, new(Five), new(0), (short)distance, 2);
    }

    // Each jump leads from the first block to the second, and the same one back.
    private static Sequence<Instruction> Both(SupportCode support, Sequence<Form> jumps, int distance)
    {
        List<Instruction> first = [.. Setup(support)];


        // A call leads farther yet, to a function at the end.
        first.Add(Instruction.Of(SupportCode.Form("jmp/call-local"), immediate: distance + (2 * jumps.Count) + 2));
        var from = first.Count;
        List<Instruction> second = [];
        foreach (var (form, number) in jumps.Select((form, number) => (form, number)))
        {
            first.AddRange([Jump(form, distance), support.Alu("add", 0, 1)]);
            second.AddRange([support.Alu("add", 0, (number * 37) + 0x1000), Jump(form, -distance - 2)]);
        }

        first.Add(SupportCode.Exit);
        var gap = from + 1 + distance - first.Count;
        return
        [
            .. first,
            .. Enumerable.Repeat(SupportCode.Exit, gap),
            .. second,
            SupportCode.Exit,
            support.Alu("add", 0, 0x77),
            SupportCode.Exit,
        ];
    }

    // Straight code to its end, so that every slot counts.
    private static Sequence<Instruction> Long(SupportCode support, int length) =>
        [support.Alu("mov", 0, 0), .. Enumerable.Range(0, length - 2).Select(number => support.Alu("add", 0, number)), SupportCode.Exit];

    private static Sequence<Instruction> OverWide(SupportCode support, Sequence<Form> jumps, bool isForward)
    {
        var wide = Instruction.Of(SupportCode.Form("imm/lddw"), new(4), immediate: 1, nextImmediate: 1);
        if (!support.IsWide) return [SupportCode.Exit];
        List<Instruction> program = [.. Setup(support)];
        foreach (var (form, number) in jumps.Select((form, number) => (form, number)))
        {
            var mark = support.Alu("add", 0, (number * 37) + 0x1000);
            program.AddRange(isForward
                ? [Jump(form, 2), wide, mark, support.Alu("add", 0, 1)]
                : [SupportCode.Jump(5), support.Alu("add", 0, 1), mark, SupportCode.Jump(3), wide, Jump(form, -5)]);
        }

        program.Add(SupportCode.Exit);
        return program.ToSequence();
    }

    private static Sequence<Instruction> Nowhere(SupportCode support, Sequence<Form> jumps)
    {
        List<Instruction> program = [.. Setup(support)];
        foreach (var form in jumps)
        {
            program.AddRange([Jump(form, 0), support.Alu("add", 0, 1)]);
            if (form.Operation is JumpOperation.Always) program.AddRange([SupportCode.Jump(1), Jump(form, -1)]);
            else program.AddRange([Jump(form, -1, isTaken: false), support.Alu("add", 0, 0x100)]);
        }

        program.AddRange([
            SupportCode.Jump(1),
            Instruction.Of(SupportCode.Form("jmp/call-local"), immediate: -1),
            Instruction.Of(SupportCode.Form("jmp/call-local"), immediate: 0),
            SupportCode.Exit,
        ]);
        return program.ToSequence();
    }

    // More slots than 16 bits count: calls and JA32 from end to end, the others 20,000 slots.
    private static Sequence<Instruction> Farthest(SupportCode support, Sequence<Form> jumps)
    {
        const int End = 65_600;
        var near = Both(support, jumps, 20_000);
        var call = SupportCode.Form("jmp/call-local");
        List<Instruction> program =
        [
            Instruction.Of(SupportCode.Form("jmp/ja32"), immediate: End - 1),
            support.Alu("add", 0, 7),
            SupportCode.Exit,
        ];
        program.AddRange(near);
        program.AddRange(Enumerable.Repeat(SupportCode.Exit, End - program.Count));

        // The end: back to the second slot, a function; then to what is near, as a function; its EXIT returns here.
        program.AddRange([
            Instruction.Of(call, immediate: 1 - (End + 1)),
            support.Alu("mov", 6, new Register(0)),
            Instruction.Of(call, immediate: 3 - (End + 3)),
            support.Alu("add", 0, new Register(6)),
            SupportCode.Exit,
        ]);
        return program.ToSequence();
    }
}

using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Mutations;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Programs in which every jump of the profile leads far, over wide instructions, or nowhere: one serves them all.</summary>
internal static class FarCases
{
    private const string Rule = "program/far";

    // Registers that hold operands; r0 is the sum of marks.
    private const int Five = 1;
    private const int Six = 2;
    private const int FiveAgain = 3;

    /// <summary>The vectors.</summary>
    public static Sequence<Vector> Vectors(Profile profile)
    {
        var palette = new Palette(profile);
        Sequence<Form> jumps = [.. MutationCatalogue.Forms(profile).Where(form => form.Operation is JumpOperation)];
        var chooser = new Chooser(Rule, profile, []);
        foreach (var distance in (int[])[300, 1500, 3900])
            Consider(Both(palette, jumps, distance), $"each jump leads {distance} slots forward, and back");
        foreach (var length in (int[])[255, 256, 257, 1025, 4096])
            Consider(Long(palette, length), $"a program has {length} slots");
        Consider(OverWide(palette, jumps, isForward: true), "each jump leads forward over a wide instruction");
        Consider(OverWide(palette, jumps, isForward: false), "each jump leads back over a wide instruction");
        Consider(Nowhere(palette, jumps), "each jump has the distance 0, and -1 where it is not taken");
        Consider(Farthest(palette, jumps), "a jump leads farther forward, and a call farther back, than 16 bits can say");
        return chooser.Choose();

        void Consider(Sequence<Instruction> program, string text) => chooser.Consider(new(program, [], Setting.Plain, [Class.Wanted(text)]));
    }

    private static Sequence<Instruction> Setup(Palette palette) =>
        [palette.Alu("mov", 0, 0), palette.Alu("mov", Five, 5), palette.Alu("mov", Six, 6), palette.Alu("mov", FiveAgain, 5)];

    // The jump, with operands with which it is taken, or not.
    private static Instruction Jump(Form form, int distance, bool isTaken = true)
    {
        if (form.Operation is JumpOperation.Always) return Instruction.Of(form, offset: (short)(form.Displacement[0] is Field.Immediate ? 0 : distance), immediate: form.Displacement[0] is Field.Immediate ? distance : 0);
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
    private static Sequence<Instruction> Both(Palette palette, Sequence<Form> jumps, int distance)
    {
        List<Instruction> first = [.. Setup(palette)];


        // A call leads farther yet, to a function at the end.
        first.Add(Instruction.Of(Palette.Form("jmp/call-local"), immediate: distance + (2 * jumps.Count) + 2));
        var from = first.Count;
        List<Instruction> second = [];
        foreach (var (form, number) in jumps.Select((form, number) => (form, number)))
        {
            first.AddRange([Jump(form, distance), palette.Alu("add", 0, 1)]);
            second.AddRange([palette.Alu("add", 0, (number * 37) + 0x1000), Jump(form, -distance - 2)]);
        }

        first.Add(Palette.Exit);
        var gap = from + 1 + distance - first.Count;
        return [.. first, .. Enumerable.Repeat(Palette.Exit, gap), .. second, Palette.Exit, palette.Alu("add", 0, 0x77), Palette.Exit];
    }

    // Straight code to its end, so that every slot counts.
    private static Sequence<Instruction> Long(Palette palette, int length) =>
        [palette.Alu("mov", 0, 0), .. Enumerable.Range(0, length - 2).Select(number => palette.Alu("add", 0, number)), Palette.Exit];

    private static Sequence<Instruction> OverWide(Palette palette, Sequence<Form> jumps, bool isForward)
    {
        var wide = Instruction.Of(Palette.Form("imm/lddw"), new(4), immediate: 1, nextImmediate: 1);
        if (!palette.IsWide) return [Palette.Exit];
        List<Instruction> program = [.. Setup(palette)];
        foreach (var (form, number) in jumps.Select((form, number) => (form, number)))
        {
            var mark = palette.Alu("add", 0, (number * 37) + 0x1000);
            program.AddRange(isForward
                ? [Jump(form, 2), wide, mark, palette.Alu("add", 0, 1)]
                : [Palette.Jump(5), palette.Alu("add", 0, 1), mark, Palette.Jump(3), wide, Jump(form, -5)]);
        }

        program.Add(Palette.Exit);
        return program.ToSequence();
    }

    private static Sequence<Instruction> Nowhere(Palette palette, Sequence<Form> jumps)
    {
        List<Instruction> program = [.. Setup(palette)];
        foreach (var form in jumps)
        {
            program.AddRange([Jump(form, 0), palette.Alu("add", 0, 1)]);
            if (form.Operation is JumpOperation.Always) program.AddRange([Palette.Jump(1), Jump(form, -1)]);
            else program.AddRange([Jump(form, -1, isTaken: false), palette.Alu("add", 0, 0x100)]);
        }

        program.AddRange([Palette.Jump(1), Instruction.Of(Palette.Form("jmp/call-local"), immediate: -1), Instruction.Of(Palette.Form("jmp/call-local"), immediate: 0), Palette.Exit]);
        return program.ToSequence();
    }

    // More slots than 16 bits count: calls and JA32 from end to end, the others 20,000 slots.
    private static Sequence<Instruction> Farthest(Palette palette, Sequence<Form> jumps)
    {
        const int End = 65_600;
        var near = Both(palette, jumps, 20_000);
        var call = Palette.Form("jmp/call-local");
        List<Instruction> program = [Instruction.Of(Palette.Form("jmp/ja32"), immediate: End - 1), palette.Alu("add", 0, 7), Palette.Exit];
        program.AddRange(near);
        program.AddRange(Enumerable.Repeat(Palette.Exit, End - program.Count));

        // The end: back to the second slot, a function; then to what is near, as a function; its EXIT returns here.
        program.AddRange([Instruction.Of(call, immediate: 1 - (End + 1)), palette.Alu("mov", 6, new Register(0)), Instruction.Of(call, immediate: 3 - (End + 3)), palette.Alu("add", 0, new Register(6)), Palette.Exit]);
        return program.ToSequence();
    }
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>Programs about jumps: wherever one leads, another mark is left in r0.</summary>
internal static class JumpCases
{
    // Marks are laid before and after the jump; each place that can be reached leaves another sum of them.
    private static readonly int[] Marks = [0x1_0000, 0x2_0000, 0x4_0000, 0x8_0000, 0x10_0000, 0x20_0000];

    /// <summary>The candidates of an encoding, the most telling first.</summary>
    public static IEnumerable<Candidate?> Of(Form form, SupportCode support, int seed) =>
        support.IsShort ? JumpShapes.Of(form, support, seed) : Marked(form, support, seed);

    private static IEnumerable<Candidate?> Marked(Form form, SupportCode support, int seed)
    {
        if (form.Operation is JumpOperation.Always)
        {
            foreach (var distance in (int[])[2, 1, 3, 0, -4, -3]) yield return Program(form, support, distance, 0, 0, 0, 0, []);
            yield break;
        }

        var turn = 0;
        foreach (var (left, right) in EdgeValues.Pairs(seed))
        {
            var distance = (turn % 5) switch { 0 => 2, 1 => -4, 2 => 1, 3 => 3, _ => -3 };
            var (destination, source) = ((byte)(turn % 8 + 1), (byte)((turn + 4) % 8 + 1));
            turn++;
            yield return Program(form, support, distance, destination, source, left, right, ClassesOf(form, left, right));
        }

        if (form.Operand is SourceOperand.Immediate)
        {
            foreach (var immediate in EdgeValues.LongImmediates)
            {
                yield return Program(
                    form, support, 2, 3, 0, (ulong)immediate, (ulong)immediate,
                    [Class.Of("the operands are equal and the immediate has more than 16 bits")]);
            }
        }

        if (form.Operand is not SourceOperand.Register) yield break;
        foreach (var value in EdgeValues.Words(seed))
            yield return Program(form, support, 2, 3, 3, value, value, [Class.Wanted("both operands are one register")]);
        yield return Program(form, support, 2, 4, Register.Last, 0, 0, [Class.Wanted("the second operand is r10")]);
        yield return Program(form, support, 2, Register.Last, 4, 0, 0, [Class.Wanted("the destination is r10")]);
    }

    private static Candidate? Program(
        Form form, SupportCode support, int distance, byte destination, byte source, ulong left, ulong right, IEnumerable<Class> classes)
    {
        var immediate = form.Displacement[0] is Field.Immediate ? distance : (int)right;
        var jump = Instruction.Of(form, new(destination), new(source), (short)distance, immediate);
        var marks = Array.ConvertAll(Marks, mark => support.Alu("xor", 0, mark));

        // A jump that is always taken, and over which a verifier goes on all the same; marks 0 to 2, and on to marks 3 to 5;
        // the jump; marks 3 to 5.
        Sequence<Instruction> tested =
        [
            support.JumpIfEqual(0, (int)UnitProgram.Own(0), 4),
            marks[0],
            marks[1],
            marks[2],
            SupportCode.Jump(1),
            jump,
            marks[3],
            marks[4],
            marks[5],
        ];
        Dictionary<int, Held> values = [];
        if (form.Layout.Destination is FieldUse.NamesRegister && destination < Register.Last) values[destination] = new Held.Number(left);
        if (form.Operand is SourceOperand.Register && source < Register.Last) values[source] = new Held.Number(right);
        if (source == Register.Last) values[destination] = new Held.Stack(0);
        if (destination == Register.Last) values[source] = new Held.Stack(0);
        var place = distance switch
        {
            < 0 => "the target is before the jump",
            0 => "the distance is zero",
            _ => "the target is after the jump",
        };
        var taken =
            form.Operation is JumpOperation.Always
            || (form.Operation is JumpOperation operation
                && destination < Register.Last
                && source < Register.Last
                && operation
                    .Holds<Word>(
                        Word.Wrap(left, form.Width),
                        Word.Wrap(form.Operand is SourceOperand.Immediate ? (ulong)(int)right : right, form.Width))
                    .Value);
        return new UnitProgram { Tested = tested, Values = values }.With(
            support, [.. classes, Class.Wanted(taken ? $"the jump is taken and {place}" : "the jump is not taken")]);
    }

    /// <summary>The classes of two operands.</summary>
    public static IEnumerable<Class> ClassesOf(Form form, ulong left, ulong right)
    {
        var second = form.Operand is SourceOperand.Immediate ? (ulong)(int)right : right;
        foreach (var text in EdgeValues.Classes("the destination", left, form.Width)) yield return text with { IsWanted = false };
        foreach (var text in EdgeValues.Classes("the second operand", second, form.Width))
        {
            if (form.Operand is SourceOperand.Register || !text.Text.Contains("above", StringComparison.Ordinal))
            {
                yield return text with
                {
                    IsWanted = false,
                };
            }
        }

        if (form.Operand is SourceOperand.Immediate && second == 0) yield return Class.Wanted("the immediate is zero");
        var (destination, source) = (Word.Wrap(left, form.Width), Word.Wrap(second, form.Width));
        yield return Class.Wanted(Order(destination.Value.CompareTo(source.Value), destination.Signed.CompareTo(source.Signed)));
        if ((destination.Value & source.Value) == 0 && destination.Value != 0 && source.Value != 0)
            yield return Class.Wanted("the operands have no bit in common");
        if (form.Width.Bits is 32 && left != right && destination == source)
            yield return Class.Wanted("the operands differ only above the 32 bits that count");
        if (form.Width.Bits is 64 && left != right && (uint)left == (uint)second)
            yield return Class.Wanted("the operands differ only in their upper halves");
    }

    private static string Order(int asUnsigned, int asSigned) => (asUnsigned, asSigned) switch
    {
        (0, _) => "the operands are equal",
        ( < 0, < 0) => "the destination is less, signed or not",
        ( < 0, _) => "the destination is less as an unsigned number and greater as a signed one",
        (_, > 0) => "the destination is greater, signed or not",
        _ => "the destination is greater as an unsigned number and less as a signed one",
    };
}

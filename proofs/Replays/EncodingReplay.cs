using RbpfSpec.Assembly;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Models of slots on the concrete encoder and decoder.</summary>
public static class EncodingReplay
{
    /// <summary>Replays a slot that is not exactly one of an encoding and a problem, as far as some checks see.</summary>
    public static Replay OfSlot(EncodingSite site, Sequence<Check> asked, Assignment assignment)
    {
        var hasNext = Concretise.Value(site.Site.HasNext, assignment).Value;
        var slots = new[] { site.First, site.Second }[..(hasNext ? 2 : 1)];
        var program = ProgramOf(slots.Select(slot => Concretise.Value(slot, assignment)));
        var decoded = Preflight.Decode(program, 0);
        Sequence<string> broken = decoded is Decoded.Malformed malformed ? [.. malformed.Problems.Select(problem => problem.Check)] : [];
        var said = Preflight.Checks
            .Where(check => check.Scope is CheckScope.Encoding && Concretise.Value(check.Violated(site.Site), assignment).Value)
            .Select(check => check.Id)
            .ToSequence();
        if (said != broken) return new Replay.NotShown($"the decoder reports {broken}, its terms {said}");
        var made = site.Site.Candidates
            .Where(form => assignment.Evaluate(site.IsMadeOf(form)) == UInt128.One)
            .Select(form => form.Id)
            .ToSequence();
        return new Replay.Shown(
        [
            "slots:",
            .. ProgramText.Lines(program),
            $"the decoder: {Text(decoded)}",
            $"of the checks asked, it breaks {broken.Where(id => asked.Any(check => check.Id == id)).ToSequence()}; it is made of "
                + $"{made}",
        ]);
    }

    /// <summary>Replays a slot whose fields are not those of RFC 9669.</summary>
    public static Replay OfFields(Slot<TermWord> taken, Assignment assignment)
    {
        var slot = new Slot(Concretise.Value(EncodingSite.AnySlot, assignment).Value);
        var said = EncodingSite.Taken(EncodingSite.AnySlot);
        var concrete = slot.Fields;
        return Text(concrete) == Text(said, assignment)
            ? new Replay.Shown([$"slot: {slot}", $"its fields: {Text(concrete)}", $"fields claimed: {Text(taken, assignment)}"])
            : new Replay.NotShown($"slot {slot} has {Text(concrete)}, its terms {Text(said, assignment)}");
    }

    /// <summary>Replays fields that are not found again, or slots that are not encoded again, by what an encoder made of them.</summary>
    public static Replay OfInverse(
        Form form,
        FieldWords<TermWord> fields,
        EncodingSite site,
        (TermWord First, TermWord Second) made,
        (TermWord First, TermWord Second) again,
        Assignment assignment)
    {
        var values = Concretise.Fields(fields, assignment);
        var instruction = Instruction.Of(
            form,
            new((byte)values.Destination.Value),
            new((byte)values.Source.Value),
            (short)values.Offset.Value,
            (int)values.Immediate.Value,
            (int)values.NextImmediate.Value);
        var encoded = new Program(Encoder.Encode(instruction));
        var (first, second) = Encoder.Slots<TermWord>(form, fields);
        if (encoded != Slots(form, (first, second), assignment))
        {
            return new Replay.NotShown($"the encoder makes {encoded}, its terms {Slots(form, (first, second), assignment)}");
        }

        return new Replay.Shown(
        [
            "an instruction, encoded:",
            .. ProgramText.Lines(encoded),
            "as claimed:",
            .. ProgramText.Lines(Slots(form, made, assignment)),
            "slots:",
            .. ProgramText.Lines(Slots(form, (site.First, site.Second), assignment)),
            "their fields encoded, as claimed:",
            .. ProgramText.Lines(Slots(form, again, assignment)),
        ]);
    }

    private static Program Slots(Form form, (TermWord First, TermWord Second) slots, Assignment assignment) =>
        ProgramOf(new[] { slots.First, slots.Second }[..form.Layout.Slots].Select(slot => Concretise.Value(slot, assignment)));

    private static Program ProgramOf(IEnumerable<Word> slots) => new([.. slots.Select(slot => new Slot(slot.Value))]);

    private static string Text(Decoded decoded) => decoded switch
    {
        Decoded.Valid(var instruction) => Disassembler.Print(instruction, Syntax.Conformance),
        Decoded.Malformed(var problems) => string.Join("; ", problems.Select(problem => problem.ToString())),
    };

    private static string Text(Slot<Word> slot) =>
        $"opcode {slot.Opcode}, dst_reg {slot.Destination}, src_reg {slot.Source}, offset {slot.Offset}, imm {slot.Immediate}";

    private static string Text(Slot<TermWord> slot, Assignment assignment) => Text(new Slot<Word>(
        Concretise.Value(slot.Opcode, assignment),
        Concretise.Value(slot.Destination, assignment),
        Concretise.Value(slot.Source, assignment),
        Concretise.Value(slot.Offset, assignment),
        Concretise.Value(slot.Immediate, assignment)));
}

using RbpfSpec.Mutants;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Validity;

/// <summary>Family 1: every slot is exactly one encoding or has a problem, and encoding and decoding undo each other.</summary>
/// <remarks>A slot is an encoding if the encoder makes that very slot of the fields found in it: no check is asked.</remarks>
public static class Encodings
{
    /// <summary>Every claim of the family.</summary>
    public static IEnumerable<Claim> Claims => [OfFields, .. OfOpcodes, OfOtherOpcodes, .. OfForms];

    /// <summary>The checks of the encoding itself, which every profile asks alike.</summary>
    internal static Sequence<Check> Checks => [.. Preflight.Checks.Where(check => check.Scope is CheckScope.Encoding)];

    private static IEnumerable<byte> Opcodes => OperationTable.Forms.Select(form => form.Opcode).Distinct().Order();

    private static Term Rest { get; } = Make.Variable("slot.rest", 56);

    private static Claim OfFields => new()
    {
        Id = "encoding/fields",
        Sentence = "The fields taken from a slot are those of RFC 9669, for all 2^64 slots.",
        Source = Clause.Rfc("3.1"),
        State = () => FieldsOf(EncodingSite.Taken(EncodingSite.AnySlot)),
        Mutants =
        [
            .. ChangedOperation.InThisState(TakenByMutant).Select(changed => new Mutant(
                changed.ToString(), () => FieldsOf(changed.In(TakenByMutant)))),
        ],
    };

    private static Slot<TermWord> TakenByMutant()
    {
        var (opcode, destination, source, offset, immediate) = Slot<MutantWord<TermWord>>.Of(new(EncodingSite.AnySlot));
        return new(opcode.Inner, destination.Inner, source.Inner, offset.Inner, immediate.Inner);
    }

    private static IEnumerable<Claim> OfOpcodes =>
        from opcode in Opcodes
        select Slots(
            $"0x{opcode:x2}",
            $"Every slot with opcode 0x{opcode:x2}, whatever follows it, is exactly one encoding or breaks a check, and never both.",
            new(Make.Concatenate(Rest, Make.Constant(opcode, 8))),
            []);

    private static Claim OfOtherOpcodes => Slots(
        "others",
        "Every slot with an opcode that no encoding has breaks a check, and is no encoding.",
        EncodingSite.AnySlot,
        [.. Opcodes.Select(opcode => EncodingSite.Taken(EncodingSite.AnySlot).Opcode.Term.DiffersFrom(Make.Constant(opcode, 8)))]);

    private static Claim Slots(string name, string sentence, TermWord slot, Sequence<Term> hypotheses)
    {
        var site = EncodingSite.Of(slot);
        return new()
        {
            Id = $"encoding/slot/{name}",
            Sentence = sentence,
            Source = Clause.Rfc("3"),
            State = () => Exactly(site, hypotheses, Checks),
            Mutants =
            [
                .. Checks.Where(check => !check.Violated(site.Site).Term.IsFalse && IsAlone(check, site)).Select(check => new Mutant(
                    $"the check {check.Id} is left out",
                    () => Exactly(site, hypotheses, [.. Checks.Where(other => other != check)]))),
            ],
        };
    }

    // Of an opcode that exists, whether it exists is no question; of one that does not, it is the only one.
    private static bool IsAlone(Check check, EncodingSite site) =>
        site.Site.Candidates.Count < OperationTable.Forms.Count || check is OpcodeExists;

    private static Proposition Exactly(EncodingSite site, Sequence<Term> hypotheses, Sequence<Check> checks)
    {
        var problem = Make.Any(checks.Select(check => check.Violated(site.Site).Term));
        List<Term> exact = [];
        var earlier = Make.False;
        foreach (var form in site.Site.Candidates)
        {
            var encodes = site.IsMadeOf(form);
            exact.Add(!(encodes & earlier));
            earlier |= encodes;
        }

        return new(
            hypotheses, earlier.EqualTo(!problem) & Make.All(exact), assignment => EncodingReplay.OfSlot(site, checks, assignment));
    }

    private static Proposition FieldsOf(Slot<TermWord> taken)
    {
        var slot = EncodingSite.AnySlot.Term;
        return new(
            [],
            Make.All(
                taken.Opcode.Term.EqualTo(Reference.Definitions.Call("rfc:opcode", slot)),
                taken.Destination.Term.EqualTo(Reference.Definitions.Call("rfc:dst_reg", slot)),
                taken.Source.Term.EqualTo(Reference.Definitions.Call("rfc:src_reg", slot)),
                taken.Offset.Term.EqualTo(Reference.Definitions.Call("rfc:offset", slot)),
                taken.Immediate.Term.EqualTo(Reference.Definitions.Call("rfc:imm", slot))),
            assignment => EncodingReplay.OfFields(taken, assignment));
    }

    private static IEnumerable<Claim> OfForms =>
        from form in OperationTable.Forms
        select new Claim
        {
            Id = $"encoding/inverse/{form.Id}",
            Sentence = $"Fields encoded as {form.Id} are {form.Id} alone, break no check and are found again; "
                + $"and a slot that is {form.Id} and breaks no check is what its fields encode to.",
            Source = Clause.Rfc("3"),
            State = () => Inverse(form, fields => Encoder.Slots<TermWord>(form, fields)),
            Mutants = [.. Bugs(form)],
        };

    private static Proposition Inverse(Form form, Func<FieldWords<TermWord>, (TermWord First, TermWord Second)> encode)
    {
        var fields = SetupCatalogue.FieldsOf(form);
        var (first, second) = encode(fields);
        var made = EncodingSite.Of(first, second, form);
        var found = made.Fields;
        var forward = Make.All(
        [
            .. made.Site.Candidates.Select(other => Decoder.Matches(other, made.Site.Slot).Term.EqualTo(Make.Truth(other == form))),
            .. Checks.Select(check => !check.Violated(made.Site).Term),
            .. Used(form).Select(field => found[field].Term.EqualTo(fields[field].Term)),
        ]);

        var site = EncodingSite.Of(EncodingSite.AnySlot, EncodingSite.AnyNext, form);
        var (again, secondAgain) = encode(site.Fields);
        var backward = Make.Implies(
            Make.All([Decoder.Matches(form, site.Site.Slot).Term, .. Checks.Select(check => !check.Violated(site.Site).Term)]),
            again.Term.EqualTo(EncodingSite.AnySlot.Term)
                & (form.Layout.IsWide ? secondAgain.Term.EqualTo(EncodingSite.AnyNext.Term) : Make.True));
        return new(
            [.. SetupCatalogue.RegistersExist(form)],
            forward & backward,
            assignment => EncodingReplay.OfInverse(form, fields, site, (first, second), (again, secondAgain), assignment));
    }

    private static IEnumerable<Mutant> Bugs(Form form)
    {
        var one = TermWord.Constant(1, Width.Bits64);
        yield return new("the opcode is encoded as another", () => Inverse(form, fields =>
        {
            var (first, second) = Encoder.Slots<TermWord>(form, fields);
            return (first ^ one, second);
        }));
        foreach (var field in Used(form))
        {
            yield return new($"{field.Name()} is not encoded", () => Inverse(form, fields =>
                Encoder.Slots<TermWord>(form, Without(fields, field))));
        }
    }

    private static IEnumerable<Field> Used(Form form) =>
        Enum.GetValues<Field>().Where(field => form.Layout[field] is FieldUse.NamesRegister or FieldUse.HoldsValue);

    private static FieldWords<TermWord> Without(FieldWords<TermWord> fields, Field field)
    {
        var zero = TermWord.Constant(0, field.Width());
        return field switch
        {
            Field.Destination => fields with { Destination = zero },
            Field.Source => fields with { Source = zero },
            Field.Offset => fields with { Offset = zero },
            Field.Immediate => fields with { Immediate = zero },
            Field.NextImmediate => fields with { NextImmediate = zero },
        };
    }
}

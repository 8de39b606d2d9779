using RbpfSpec.Proofs.Programs;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>The first step of a short program whose first slot is an encoding, whatever checks say of it.</summary>
/// <param name="Form">The encoding.</param>
/// <param name="Profile">The machine variant.</param>
public sealed record FirstStep(Form Form, Profile Profile)
{
    private const uint UnknownFunction = 0x7777;

    /// <summary>That the slots are the encoding, and not what the encoder makes of the fields found in them.</summary>
    public Term IsAmbiguous
    {
        get
        {
            var (first, second) = Encoder.Slots<TermWord>(Form, Decoder.Fields(Slot, Next));
            return Make.And(Matches, Make.Or(
                first.Term.DiffersFrom(UnknownProgram.SlotAt(0).Term),
                Make.Truth(Form.Layout.IsWide)
                    & (UnknownProgram.IsInside(TermWord.Constant(1, Width.Bits64)).Term
                        & second.Term.DiffersFrom(UnknownProgram.SlotAt(1).Term))));
        }
    }

    /// <summary>That the slot is the encoding, and its rule does harm.</summary>
    public Term IsHarmful
    {
        get
        {
            var fields = Decoder.Fields(Slot, Next);

            // The rule of a call must know what it calls; no host has this function.
            var isCall = Form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;
            var unknown = TermWord.Constant(UnknownFunction, Width.Bits32);
            var execution = new Execution<TermWord>(
                Form,
                FieldsOf(Form, isCall ? fields with { Immediate = unknown } : fields),
                SetupCatalogue.Arbitrary(Profile, 1) with { ProgramCounter = TermWord.Constant(0, Width.Bits64) },
                Profile);
            var harms = Safety.Harms(execution, ReferenceMachine.Execute(execution), UnknownProgram.IsInside, UnknownProgram.Starts);
            return Make.All(
                Matches,
                isCall ? TermWord.Same(fields.Immediate, unknown).Term : Make.True,
                Make.Any(harms.Select(harm => harm.When.Term)));
        }
    }

    /// <summary>The fields as the rule of an encoding sees them: those that it does not use are zero.</summary>
    public static FieldWords<T> FieldsOf<T>(Form form, FieldWords<T> found, Func<Width, T> zero)
    {
        return new(Of(Field.Destination), Of(Field.Source), Of(Field.Offset), Of(Field.Immediate), Of(Field.NextImmediate));

        T Of(Field field) => form.Layout[field] is FieldUse.NamesRegister or FieldUse.HoldsValue ? found[field] : zero(field.Width());
    }

    private static FieldWords<TermWord> FieldsOf(Form form, FieldWords<TermWord> found) =>
        FieldsOf(form, found, width => TermWord.Constant(0, width));

    private static Slot<TermWord> Slot => UnknownProgram.FieldsAt(0);

    private static Slot<TermWord> Next => UnknownProgram.FieldsAt(1);

    private Term Matches => Decoder.Matches(Form, Slot).Term;
}

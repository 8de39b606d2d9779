using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>An instruction of a program of any length about to execute, where the preflight check has looked at it.</summary>
/// <param name="Setup">The instruction, its fields those of the slot, and the state.</param>
/// <param name="Site">Its place, as checks see it.</param>
/// <param name="Operands">The values of the registers that fields name, where they are read, as variables of their own.</param>
public sealed record CheckedSetup(Setup Setup, Site<TermWord> Site, Sequence<(Term Read, Term Value)> Operands)
{
    /// <summary>The slot of the instruction, its opcode known.</summary>
    public TermWord Slot => AnyProgram.SlotOf(Setup.Form.Opcode);

    /// <summary>The setups of an encoding; see <see cref="SetupCatalogue.Of"/>.</summary>
    /// <remarks>
    /// Registers are arbitrary, and written so that a read of the one that a field names, which exists, is a variable. Local
    /// calls at the greatest depth of frames are left out: they trap, as the family of traps has it.
    /// </remarks>
    public static IEnumerable<CheckedSetup> Of(Form form, Profile profile) =>
        from setup in SetupCatalogue.Of(form, profile, 1)
        where form.Operation is not CallOperation.Local || setup.State.Frames.Count + 1 < profile.FrameLimit
        select At(setup);

    /// <summary>A place with the opcode of an encoding, in a profile.</summary>
    public static Site<TermWord> SiteOf(Form form, Profile profile) =>
        AnyProgram.SiteOf(AnyProgram.SlotOf(form.Opcode), RulesOf(profile, SetupCatalogue.Arbitrary(profile, 0)));

    /// <summary>The checks' rules for a profile and the functions that a state's host has.</summary>
    public static Admission RulesOf(Profile profile, State<TermWord> state) => new(
        profile,
        state.Host.Helpers.Map(function => function.Declaration.Id),
        state.Host.BtfFunctions.Map(function => function.Declaration.Id));

    /// <summary>
    /// The hypotheses: the program, the encoding, where functions return to, and that no check is broken but those left out.
    /// </summary>
    /// <remarks>
    /// That the slot after the instruction is one of the program follows from that; the family of the preflight check proves it.
    /// </remarks>
    public Sequence<Term> Hypotheses(params IEnumerable<Check> leftOut) =>
    [
        .. AnyProgram.Hypotheses,
        .. Setup.Hypotheses,
        .. Preflight.Checks.Where(check => !leftOut.Contains(check)).Select(check => !check.Violated(Site).Term),
        .. Preflight.Checks.OfType<EndIsClosed>().Where(check => !leftOut.Contains(check) && !check.Violated(Site).Term.IsFalse)
            .Select(_ => AnyProgram.GoesOn(Setup.Form.Layout.Slots)),
    ];

    /// <summary>The effect of the machine.</summary>
    public Effect<TermWord> Execute() => ReferenceMachine.Execute(Setup.Execution);

    /// <summary>The harm that it, or a mutant of it, does.</summary>
    public IEnumerable<(string Harm, Truth<TermWord> When)> Harms(Effect<TermWord> effect) =>
        Safety.Harms(Setup.Execution, effect, AnyProgram.IsInside, Site.StartsInstruction);

    /// <summary>The same setup with a limit of instructions.</summary>
    public CheckedSetup Limited => this with
    {
        Setup = Setup with
        {
            State = Setup.State with
            {
                Budget = Setup.State.Budget with
                {
                    Instructions = new Allowance<TermWord>.Remaining(TermWord.Variable("instructions", Width.Bits64)),
                },
            },
        },
    };

    /// <summary>A claim about the setup, stated in its operands and in what its hypotheses leave open.</summary>
    /// <param name="leftOut">The checks that are not known to hold.</param>
    /// <param name="more">Further hypotheses.</param>
    /// <param name="conclusion">What is claimed.</param>
    /// <param name="replay">What a model looks like.</param>
    public Proposition About(Sequence<Check> leftOut, IEnumerable<Term> more, Term conclusion, Func<Assignment, Replay> replay)
    {
        var reads = Operands.ToDictionary(operand => operand.Read, operand => operand.Value);
        var (hypotheses, simplified) = ContextualSimplifier.Simplify([.. more, .. Hypotheses(leftOut)], Dag.Substitute(conclusion, reads));
        return new(hypotheses, simplified, replay) { Preferred = () => AnyProgram.IsShort(Slot) };
    }

    private static CheckedSetup At(Setup setup)
    {
        var slot = AnyProgram.SlotOf(setup.Form.Opcode);
        var site = AnyProgram.SiteOf(slot, RulesOf(setup.Profile, setup.State));
        var found = Decoder.Fields(site.Slot, site.Next);
        var fields = new FieldWords<TermWord>(
            Of(Field.Destination), Of(Field.Source), Of(Field.Offset), Of(Field.Immediate), Of(Field.NextImmediate));
        var named = ((Sequence<Field>)[Field.Destination, Field.Source])
            .Where(field => setup.Form.Layout[field] is FieldUse.NamesRegister)
            .Select(field => (Number: fields[field], Value: TermWord.Variable($"{field.Name()}.value", Width.Bits64)))
            .ToSequence();
        var registers = Registers<TermWord>.Of([.. Enumerable.Range(0, Register.Last + 1).Select(number => named.Reverse().Aggregate(
            setup.State.Registers[number],
            (value, operand) => TermWord.Choose(IsNumber(operand.Number, number), operand.Value, value)))]);
        return new(
            setup with
            {
                Fields = fields,
                State = setup.State with { Registers = registers },
                Hypotheses =
                [
                    Decoder.Matches(setup.Form, site.Slot).Term,
                    .. Enum.GetValues<Field>().Where(IsFixed).Select(field => found[field].Term.EqualTo(setup.Fields[field].Term)),
                    .. setup.State.Frames.Select(frame => AnyProgram.IsInstruction(frame.ReturnTo, slot)),
                    named.Count < 2 ? Make.True
                        : named[0].Number.Term.EqualTo(named[1].Number.Term).Implies(named[0].Value.Term.EqualTo(named[1].Value.Term)),
                ],
            },
            site,
            [.. named.Select(operand => (registers.Read(operand.Number).Term, operand.Value.Term))]);

        static Truth<TermWord> IsNumber(TermWord field, int number) => TermWord.Same(field, TermWord.Constant((ulong)number, Width.Bits4));

        // What the layout uses is read from the slots, unless the setup is of one value; the rest rules see as zero.
        TermWord Of(Field field) => IsUsed(field) && !setup.Fields[field].IsKnown(out _) ? found[field] : setup.Fields[field];

        bool IsFixed(Field field) => IsUsed(field) && setup.Fields[field].IsKnown(out _);

        bool IsUsed(Field field) => setup.Form.Layout[field] is FieldUse.NamesRegister or FieldUse.HoldsValue;
    }
}

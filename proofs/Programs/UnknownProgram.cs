using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Programs;

/// <summary>A program of one to four slots, all of them unknown: what witnesses of a check's necessity are.</summary>
/// <remarks>
/// Where <see cref="AnyProgram"/> has any length and two slots that a step can see, here every slot is seen, and checks look
/// at all instructions: a witness is a whole program.
/// </remarks>
/// <param name="Forms">The encodings that its slots may be; a slot with another opcode is no encoding.</param>
public sealed record UnknownProgram(Sequence<Form> Forms)
{
    private const int Longest = 4;

    /// <summary>The number of slots.</summary>
    public static TermWord Length { get; } = TermWord.Variable("length", Width.Bits64);

    /// <summary>The 64 bits of a slot.</summary>
    public static TermWord SlotAt(int index) => TermWord.Variable($"slot{index}", Width.Bits64);

    /// <summary>The hypotheses: the length, and that no slot has the opcode of an encoding that is not among those considered.</summary>
    public Sequence<Term> Hypotheses =>
    [
        Length.Term.DiffersFrom(0),
        !Make.Constant(Longest, 64).Below(Length.Term),
        .. from index in Enumerable.Range(0, Longest)
           from opcode in OperationTable.Forms.Select(form => form.Opcode).Distinct().Except(Forms.Select(form => form.Opcode))
           select FieldsAt(index).Opcode.Term.DiffersFrom(Make.Constant(opcode, 8)),
    ];

    /// <summary>The slot at an index as fields.</summary>
    public static Slot<TermWord> FieldsAt(int index) => index < Longest
        ? Slot<TermWord>.Of(SlotAt(index))
        : Slot<TermWord>.Of(TermWord.Constant(0, Width.Bits64));

    /// <summary>Whether an index is one of a slot of the program.</summary>
    public static Truth<TermWord> IsInside(TermWord index) => TermWord.LessUnsigned(index, Length);

    /// <summary>Whether an instruction starts at an index of the program.</summary>
    public static Truth<TermWord> Starts(TermWord index) => TermTruths.Of(Make.Any(Enumerable.Range(0, Longest)
        .Select(start => TermWord.Same(index, At(start)).Term & StartsAt(start))));

    /// <summary>That wherever an instruction starts no check is broken but those left out.</summary>
    public Term Passes(Admission rules, Sequence<Check> leftOut) => Make.All(
        from index in Enumerable.Range(0, Longest)
        let site = SiteAt(index, rules)
        let broken = Make.Any(Preflight.Checks.Where(check => !leftOut.Contains(check)).Select(check => check.Violated(site).Term))
        select (IsInside(At(index)).Term & StartsAt(index)).Implies(!broken));

    /// <summary>The place at an index, as checks see it.</summary>
    public Site<TermWord> SiteAt(int index, Admission rules) => new(
        FieldsAt(index), FieldsAt(index + 1), IsInside(At(index + 1)), At(index), Length, Starts, Forms, rules);

    /// <summary>The program that a model gives.</summary>
    public static Program Concrete(Assignment assignment) => new(Sequence.Generate(
        (int)assignment.Evaluate(Length.Term), index => new Slot((ulong)assignment.Evaluate(SlotAt(index).Term))));

    private static TermWord At(int index) => TermWord.Constant((ulong)index, Width.Bits64);

    // As Preflight.Starts reads a program from slot 0 on: after an instruction of one slot or of two.
    private static Term StartsAt(int index) => index switch
    {
        < 0 => Make.False,
        0 => Make.True,
        _ => (StartsAt(index - 1) & !AnyProgram.IsWide(SlotAt(index - 1)))
            | (index < 2 ? Make.False : StartsAt(index - 2) & AnyProgram.IsWide(SlotAt(index - 2))),
    };
}

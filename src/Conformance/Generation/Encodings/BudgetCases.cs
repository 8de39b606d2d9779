using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation.Encodings;

/// <summary>Programs about what jumps cost: loops that take as many branches as the budget has, and one more.</summary>
internal static class BudgetCases
{
    private const byte Counter = 8;

    /// <summary>The candidates of a jump; none where the profile has no budget of branches.</summary>
    public static IEnumerable<Candidate?> Of(Form form, Profile profile, SupportCode support)
    {
        if (profile.BranchLimit is not Allowance<ulong>.Remaining(var limit) || limit is < 8 or > 1000) yield break;
        var rounds = (int)limit / 2;

        // A round takes two branches, the last one takes one.
        yield return Loop(
            form, support, true, rounds, (int)limit - (2 * rounds - 1),
            Class.Wanted("it is taken as often as the budget allows"));
        yield return Loop(
            form, support, true, rounds, (int)limit - (2 * rounds - 1) + 1,
            Class.Wanted("it would take one branch more than the budget has"));
        if (form.Operation is not JumpOperation.Always)
        {
            yield return Loop(form, support, false, rounds + rounds / 2, 0, Class.Of("it is not taken, and costs nothing"));
            yield return Loop(form, support, false, rounds + rounds / 2, 1, Class.Of("it is not taken between an odd number of branches"));
        }

        // The budget ends at the jump itself: all rounds but the last are of other jumps.
        yield return Loop(form, support, true, 1, (int)limit, Class.Of("nothing is left of the budget"));
        yield return Loop(form, support, true, 2, (int)limit - 3, Class.Of("three branches are left of the budget"));
        yield return Loop(form, support, true, 1, (int)limit - 1, Class.Of("one branch is left of the budget"));
        if (form.Operation is not JumpOperation.Always)
            yield return Loop(form, support, false, 1, (int)limit, Class.Of("nothing is left of the budget and it is not taken"));
    }

    private static Candidate? Loop(Form form, SupportCode support, bool isTaken, int rounds, int others, Class text)
    {
        if (Operands(form, isTaken) is not var (left, right)) return null;
        var jump = Instruction.Of(form, new(2), new(3), 1, form.Displacement[0] is Field.Immediate ? 1 : (int)right);
        var back = SupportCode.Form(support.IsWide ? "jmp/jne64-k" : "jmp/jne32-k");
        Sequence<Instruction> tested =
        [
            .. Enumerable.Repeat(SupportCode.Jump(0), others),
            jump,
            support.Alu("xor", 0, 0x1_0000),
            support.Alu("add", 0, 0x10_0000),
            support.Alu("sub", Counter, 1),
            Instruction.Of(back, new(Counter), offset: -5),
        ];
        var values = new Dictionary<int, Held> { [Counter] = new Held.Number((ulong)rounds) };
        if (form.Layout.Destination is FieldUse.NamesRegister) values[2] = new Held.Number(left);
        if (form.Operand is SourceOperand.Register) values[3] = new Held.Number(right);
        return new UnitProgram { Tested = tested, Values = values }.With(support, text);
    }

    private static (ulong Left, ulong Right)? Operands(Form form, bool isTaken)
    {
        if (form.Operation is not JumpOperation operation || operation is JumpOperation.Always) return isTaken ? (0, 0) : null;
        foreach (var (left, right) in (IEnumerable<(ulong, ulong)>)[(5, 5), (5, 6), (6, 5), (5, 2)])
        {
            if (operation.Holds<Word>(Word.Wrap(left, form.Width), Word.Wrap(right, form.Width)).Value == isTaken) return (left, right);
        }

        return null;
    }
}

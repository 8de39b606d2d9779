using RbpfSpec.Host;
using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Witnesses of a check's necessity, on the concrete preflight check and the concrete rules.</summary>
public static class NecessityReplay
{
    /// <summary>Replays a program that only one check rejects, and what it does if that check is not asked.</summary>
    public static Replay Of(Check check, Admission rules, Assignment assignment)
    {
        var program = UnknownProgram.Concrete(assignment);
        var problems = Preflight.Check(program, 0, rules);
        if (problems.IsEmpty || problems.Any(problem => problem.Check != check.Id))
            return new Replay.NotShown($"the preflight check reports {ProgramText.Checks(problems)}, not only {check.Id}");
        var harms = Harms(check, program, rules, assignment);
        return harms.IsEmpty
            ? new Replay.NotShown($"without the check {check.Id} the program does no harm: {string.Join(", ", program.Slots)}")
            : new Replay.Shown(["program:", .. ProgramText.Lines(program), .. problems.Select(problem => $"only {problem}"), .. harms]);
    }

    /// <summary>Replays an entry at which no instruction starts, of a program that passes everything else.</summary>
    public static Replay OfEntry(TermWord entry, Admission rules, Assignment assignment)
    {
        var program = UnknownProgram.Concrete(assignment);
        var at = (int)assignment.Evaluate(entry.Term);
        var problems = Preflight.Check(program, at, rules);
        if (problems.IsEmpty || problems.Any(problem => problem.Check != "entry"))
            return new Replay.NotShown($"the preflight check reports {ProgramText.Checks(problems)}, not only entry");
        var outcome = new ReferenceMachine(program, rules.Profile).Step(new Start(rules.Profile) { Entry = at }.State());
        return outcome is Outcome<Word>.Trapped trapped && Safety.Excluded.Contains(trapped.Trap)
            ? new Replay.Shown(["program:", .. ProgramText.Lines(program), .. problems.Select(problem => $"only {problem}"),
                $"the machine: trap {trapped.Trap}"])
            : new Replay.NotShown($"the program runs from slot {at}");
    }

    private static Sequence<string> Harms(Check check, Program program, Admission rules, Assignment assignment)
    {
        var (slot, next) = (program.Slots[0], program.Length > 1 ? program.Slots[1] : default);
        var forms = OperationTable.WithOpcode(slot.Opcode).Where(form => Decoder.Matches(form, slot.Fields).Value).ToSequence();
        if (forms.IsEmpty) return ["without it there is no rule to execute"];
        var found = Decoder.Fields(slot.Fields, next.Fields);
        var form = forms[0];
        if (check is ReservedIsZero or SecondSlotIsZero)
        {
            var (first, second) = Encoder.Slots<Word>(form, found);
            Program encoded = new(form.Layout.IsWide ? [new(first.Value), new(second.Value)] : [new(first.Value)]);
            var same = encoded.Slots.Select((other, index) => other == program.Slots[index]).All(equal => equal);
            return same ? [] : ["without it this would be as good an encoding as:", .. ProgramText.Lines(encoded)];
        }

        var fields = FirstStep.FieldsOf(form, found, width => Word.Wrap(0, width));
        var arbitrary = SetupCatalogue.Arbitrary(rules.Profile, 1) with { ProgramCounter = TermWord.Constant(0, Width.Bits64) };
        var state = Concretise.State(
            arbitrary, assignment, HostState<Word>.Bare with { Helpers = DefaultHost.StoreFunctions<Word>() });
        var execution = new Execution<Word>(form, fields, state, rules.Profile);
        var effect = ReferenceMachine.Execute(execution);
        var starts = Preflight.Starts(program);
        var harms = Safety.Harms(
            execution,
            effect,
            index => Truth<Word>.Of(index.Value < (ulong)program.Length),
            index => Truth<Word>.Of(index.Value < (ulong)program.Length && starts[(int)index.Value]));
        return
        [
            .. harms.Where(harm => harm.When.Value)
                .Select(harm =>
                    $"without it: {SetupReplay.Before(form, fields, state)}; "
                    + $"{SetupReplay.Happened(effect).Text(state, SetupReplay.Touched(form, fields))}; {harm.Harm}"),
        ];
    }
}

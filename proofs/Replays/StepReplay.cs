using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Models of checked instructions on the concrete preflight check and the concrete machine.</summary>
public static class StepReplay
{
    /// <summary>Replays a model in which an instruction that the checks let pass does something else than claimed.</summary>
    /// <param name="setup">The instruction.</param>
    /// <param name="claimed">What it does: the machine's own effect, or a mutant's.</param>
    /// <param name="leftOut">The checks that were not asked.</param>
    /// <param name="seen">What breaks the claim, for people.</param>
    /// <param name="assignment">The model.</param>
    public static Replay Of(
        CheckedSetup setup,
        Effect<TermWord> claimed,
        Sequence<Check> leftOut,
        IEnumerable<string> seen,
        Assignment assignment)
    {
        var site = Concrete(setup.Site, assignment);
        foreach (var check in Preflight.Checks.Where(check => !leftOut.Contains(check)))
        {
            if (check.Violated(site).Value) return new Replay.NotShown($"the slot breaks the check {check.Id}, its terms do not");
        }

        var state = Concretise.State(setup.Setup.State, assignment, SetupReplay.Host(setup.Setup, assignment));
        var program = AnyProgram.Concrete(setup.Slot, assignment);
        var happened = SetupReplay.Happened(Step(setup.Setup, program, leftOut, state, assignment));
        var said = SetupReplay.Said(Effect.Of(setup.Setup, setup.Execute()), assignment);
        if (happened != said) return new Replay.NotShown($"the concrete machine comes to '{happened}', its terms to '{said}'");
        var broken = program is null ? "" : ProgramText.Checks(Preflight.Check(program, (int)state.ProgramCounter.Value, site.Rules));
        if (broken.Split(", ").Any(id => id != "" && leftOut.All(check => check.Id != id)))
            return new Replay.NotShown($"the preflight check rejects the program by {broken}");
        var mutated = SetupReplay.Said(Effect.Of(setup.Setup, claimed), assignment);
        var (form, fields) = (setup.Setup.Form, Concretise.Fields(setup.Setup.Fields, assignment));
        var touched = SetupReplay.Touched(form, fields);
        return new Replay.Shown(
        [
            .. Text(program, site),
            broken == "" ? "the preflight check accepts it" : $"the preflight check rejects it only by {broken}",
            $"before: {SetupReplay.Before(form, fields, state)}",
            $"the machine: {happened.Text(state, touched)}",
            .. mutated == happened ? (ReadOnlySpan<string>)[] : [$"the mutant: {mutated.Text(state, touched)}"],
            .. seen,
            .. program is not null && broken == "" && SetupCatalogue.Profiles.Contains(setup.Setup.Profile)
                ? (ReadOnlySpan<string>)[$"as a program: {ProgramText.Command(program, setup.Setup.Profile)}"]
                : [],
        ]);
    }

    /// <summary>A place as an assignment has it.</summary>
    public static Site<Word> Concrete(Site<TermWord> site, Assignment assignment) => new(
        Concrete(site.Slot, assignment),
        Concrete(site.Next, assignment),
        Concretise.Value(site.HasNext, assignment),
        Concretise.Value(site.Index, assignment),
        Concretise.Value(site.Length, assignment),
        index => Concretise.Value(site.StartsInstruction(TermWord.Constant(index.Value, Width.Bits64)), assignment),
        site.Candidates,
        site.Rules);

    private static Slot<Word> Concrete(Slot<TermWord> slot, Assignment assignment) => new(
        Concretise.Value(slot.Opcode, assignment),
        Concretise.Value(slot.Destination, assignment),
        Concretise.Value(slot.Source, assignment),
        Concretise.Value(slot.Offset, assignment),
        Concretise.Value(slot.Immediate, assignment));

    // The whole machine, where there is a whole program that it takes; else what it does once it has decoded the instruction.
    private static Effect<Word> Step(
        Setup setup, Program? program, Sequence<Check> leftOut, State<Word> state, Assignment assignment) =>
        program is not null && leftOut.IsEmpty
            ? new ReferenceMachine(program, setup.Profile).Step<Word>(state)
            : ReferenceMachine.Execute(new Execution<Word>(setup.Form, Concretise.Fields(setup.Fields, assignment), state, setup.Profile));

    private static IEnumerable<string> Text(Program? program, Site<Word> site) => program is not null
        ? ["program:", .. ProgramText.Lines(program)]
        : [
            $"slot {site.Index} of {site.Length}:",
            .. ProgramText.Lines(
                new([new(site.Slot.Bits.Value), .. site.HasNext.Value ? (ReadOnlySpan<Slot>)[new(site.Next.Bits.Value)] : []])),
        ];
}

using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects;

/// <summary>A historic machine that runs: the reference machine with some of its rules, checks and tests replaced.</summary>
/// <remarks>
/// Where the historic machine would touch what is not the program's, this one stops and says so. Slow, and meant so: it
/// shows that a counterexample of a proof is one. Helpers check their arguments as in the normative machine.
/// </remarks>
public sealed class DialectMachine
{
    // What the machine still asks of an instruction that it is about to execute.
    private readonly Sequence<Check> refusals;
    private readonly Sequence<Check> takenJumps;

    /// <summary>A machine of a profile with some deviations, loaded with a program.</summary>
    public DialectMachine(Program program, Profile profile, Sequence<DialectDeviation> deviations)
    {
        Program = program;
        Profile = profile;
        Deviations = deviations;
        var checks = deviations.Checks();
        refusals =
        [
            .. Preflight.Checks.Where(check => check.Scope is CheckScope.Encoding or CheckScope.Admission)
                .Where(check => check is GroupExists or PlatformGrants || checks.Contains(check)),
        ];
        takenJumps = deviations.ChecksOfTakenJumps();
    }

    /// <summary>A historic machine, loaded with a program.</summary>
    public DialectMachine(Program program, Dialect dialect)
        : this(program, dialect.Profile, dialect.Deviations)
    {
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>The profile: the machine's choice at each decision point.</summary>
    public Profile Profile { get; }

    /// <summary>The deviations from the normative machine.</summary>
    public Sequence<DialectDeviation> Deviations { get; }

    /// <summary>The problems of the program, as this machine sees them, in the order of its slots.</summary>
    /// <param name="entry">The slot at which it will be entered.</param>
    /// <param name="rules">What it is checked against; the profile is this machine's in any case.</param>
    public Sequence<Problem> Check(int entry, Admission rules)
    {
        var starts = Preflight.Starts(Program, slot => SlotsAt(slot));
        List<Problem> problems = [.. Preflight.ProblemsOfEntry(Program, entry, starts)];
        var checks = Deviations.Checks();
        for (var index = 0; index < Program.Length; index++)
        {
            if (!starts[index]) continue;
            var site = SiteOf(index, starts, rules with { Profile = Profile });
            problems.AddRange(checks.Where(check => check.Violated(site).Value).Select(check => check.ProblemAt(site)));
        }

        return problems.ToSequence();
    }

    /// <summary>One step of a concrete state.</summary>
    public DialectOutcome Step(State<Word> state)
    {
        var index = state.ProgramCounter;
        if (index.Value >= (ulong)Program.Length) return new DialectOutcome.LeftProgram(index, state);
        var site = SiteOf((int)index.Value, [], Admission.Of(Profile, []));
        foreach (var form in site.Candidates)
        {
            if (Decoder.Matches(form, site.Slot).Value) return Step(form, site, state);
        }

        return Trapped(Trap.IllegalInstruction, state);
    }

    /// <summary>Runs a concrete state to its end, or until it has taken a number of steps.</summary>
    /// <param name="state">Where to begin.</param>
    /// <param name="steps">The greatest number of steps, at least one.</param>
    /// <returns>The outcome of the last step; a machine that would still go on says so.</returns>
    public DialectOutcome Run(State<Word> state, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var outcome = Step(state);
        while (--steps > 0 && outcome is DialectOutcome.Regular { Outcome: Outcome<Word>.Next })
            outcome = Step(outcome.State);
        return outcome;
    }

    private DialectOutcome Step(Form form, Site<Word> site, State<Word> state)
    {
        if (refusals.Any(check => check.Violated(site).Value)) return Trapped(Trap.IllegalInstruction, state);
        if (form.Layout.IsWide && !site.HasNext.Value) return new DialectOutcome.LeftProgram(state.After(1), state);
        foreach (var field in Decoder.InSlot)
        {
            var number = site.Slot[field].Value;
            if (form.Layout[field] is FieldUse.NamesRegister && number > Register.Last)
                return new DialectOutcome.IllegalRegister(new((byte)number), state);
        }

        if (state.CannotPay().Value) return Trapped(Trap.InstructionBudget, state);
        var execution = new Execution<Word>(form, Decoder.Fields(site.Slot, site.Next), state.Paid(), Profile);
        return form.Operation.AccessOf(execution) is { } access
            ? Access(execution, access, state)
            : Execute(execution, site, state);
    }

    private DialectOutcome Access(Execution<Word> execution, MemoryAccess<Word> access, State<Word> before)
    {
        var memory = execution.State.Memory;
        if (!Deviations.Grants(memory, access.Address, access.Count, access.Kind).Value) return Trapped(Trap.MemoryAccess, before);

        // The machine's own test stands for this guard; what else the rule refuses, it refuses.
        var step = Deviations.Execute(execution);
        var outcome = (step with { Guards = [.. step.Guards.Where(guard => guard.Trap is not Trap.MemoryAccess)] }).From(before);
        return outcome is Outcome<Word>.Trapped || access.IsGranted(memory).Value
            ? new DialectOutcome.Regular(outcome)
            : new DialectOutcome.Escaped(access.Address, access.Count, before);
    }

    private DialectOutcome.Regular Execute(Execution<Word> execution, Site<Word> site, State<Word> before)
    {
        var outcome = Deviations.Execute(execution).From(before);

        // A jump to the next slot needs no second look: its own slot and the next one have the same distance.
        var isTaken = outcome is Outcome<Word>.Next && !execution.Form.Displacement.IsEmpty
            && outcome.State.ProgramCounter != execution.Advanced.ProgramCounter;
        return isTaken && takenJumps.Any(check => check.Violated(site).Value)
            ? Trapped(Trap.ProgramCounterOutside, before)
            : new DialectOutcome.Regular(outcome);
    }

    private static DialectOutcome.Regular Trapped(Trap trap, State<Word> state) =>
        new(new Outcome<Word>.Trapped(trap, state));

    private Site<Word> SiteOf(int index, Sequence<bool> starts, Admission rules)
    {
        var site = Preflight.SiteOf(Program, index, starts, rules);
        return site with { Candidates = Deviations.Candidates(site.Slot) };
    }

    private int SlotsAt(Slot slot)
    {
        var slots = 1;
        foreach (var form in Deviations.Candidates(slot.Fields)) slots = form.Layout.Slots;
        return slots;
    }
}

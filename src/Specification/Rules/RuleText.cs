using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Rules;

/// <summary>The rule of an encoding as pseudo-code, printed by running the very rule over text.</summary>
public static class RuleText
{
    // Which numbers the registers have does not matter, as long as they differ from each other and from r0.
    private const int Destination = 1;
    private const int Source = 2;
    private const ulong AnyHelper = 0;

    /// <summary>The lines: first the traps in the order in which they are asked for, then what changes.</summary>
    public static Sequence<string> Of(Form form, Profile profile)
    {
        // What was in memory before has a name where it is used twice, so that the lines say the same read one after the other.
        var before = State(profile, new FormulaMemory(form.Operation is AtomicOperation && AtomicOperation.Fetches(form) ? "old" : ""));
        var fields = new FieldWords<Formula>(
            Formula.Constant(Destination, Width.Bits4),
            Formula.Constant(Source, Width.Bits4),
            Formula.Named("offset", Width.Bits16),
            IsHelperCall(form) ? Formula.Constant(AnyHelper, Width.Bits32) : Formula.Named("imm", Width.Bits32),
            Formula.Named("next_imm", Width.Bits32));
        var execution = new Execution<Formula>(form, fields, before, profile);
        var result = form.Operation.Execute(execution);
        return
        [
            .. IsHelperCall(form)
                ? (string[])["trap UnknownHelper if imm is no function granted", "trap MemoryAccess if an argument is not granted"]
                : [],
            .. form.Operation is CallOperation.Local ? (string[])[$"trap CallDepth if {profile.FrameLimit} frames are in use"] : [],
            .. result.Guards.Select(guard => $"trap {guard.Trap} {guard.When.Condition}"),
            .. Lines(form, before, result.Value),
        ];
    }

    private static bool IsHelperCall(Form form) =>
        form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    private static IEnumerable<string> Lines(Form form, State<Formula> before, Outcome<Formula> outcome)
    {
        if (outcome is Outcome<Formula>.Exited)
        {
            yield return "in the entry function: end with r0";
            yield return "in a local function: pc = the caller's return slot, r6 to r10 = the caller's";
            yield break;
        }

        var after = outcome.State;
        foreach (var line in ((FormulaMemory)after.Memory).Lines) yield return line;
        for (var i = 0; i < Registers<Formula>.Count; i++)
        {
            if (after.Registers[i] != before.Registers[i]) yield return $"{before.Registers[i]} = {after.Registers[i]}";
        }

        if (after.Frames.Count > before.Frames.Count)
        {
            yield return "a new zeroed stack frame begins below the current one; the caller's r6 to r10 are kept";
        }

        if (after.Budget.Branches != before.Budget.Branches && after.Budget.Branches is Allowance<Formula>.Remaining(var branches))
            yield return $"branches = {branches}";
        if (after.ProgramCounter != before.After(form.Layout.Slots)) yield return $"pc = {after.ProgramCounter}";
        else if (after with { ProgramCounter = before.ProgramCounter } == before) yield return "nothing changes";
    }

    private static State<Formula> State(Profile profile, FormulaMemory memory)
    {
        var registers = new Formula[Registers<Formula>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Formula.Named($"r{i}", Width.Bits64);
        registers[Destination] = Formula.Named("dst", Width.Bits64);
        registers[Source] = Formula.Named("src", Width.Bits64);
        var host = HostState<Formula>.Bare;
        HelperFunction<Formula> any = new(
            new((uint)AnyHelper, "function", "Any function.", []),
            call => new(Formula.Named("function[imm](r1, r2, r3, r4, r5)", Width.Bits64), call.State, []));
        return new(
            Registers<Formula>.Of(registers),
            Formula.Named("pc", Width.Bits64),
            memory,
            [],
            new(
                profile.BranchLimit is Allowance<ulong>.Unlimited
                    ? new Allowance<Formula>.Unlimited()
                    : new Allowance<Formula>.Remaining(Formula.Named("branches", Width.Bits64)),
                new Allowance<Formula>.Unlimited()),
            host with { Helpers = [any], BtfFunctions = [any], Platform = Platform() });
    }

    private static Platform<Formula> Platform() => new(
        number => Formula.Named($"map_by_fd({number})", Width.Bits64),
        number => Formula.Named($"map_by_idx({number})", Width.Bits64),
        number => Formula.Named($"map_val({number})", Width.Bits64),
        number => Formula.Named($"var_addr({number})", Width.Bits64),
        number => Formula.Named($"code_addr({number})", Width.Bits64),
        Formula.Named("packet.start", Width.Bits64));
}

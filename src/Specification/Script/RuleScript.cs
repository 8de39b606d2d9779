using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Specification.Script;

/// <summary>The rule of an encoding as a function of JavaScript, compiled by running the very rule over expressions.</summary>
/// <remarks>
/// The function takes the state <c>s</c> and the fields <c>f</c>, all numbers BigInt, and yields
/// <c>{ guards, next }</c>: each guard a trap and whether it holds, and what changes where none does. A call to a
/// function of the host is the one thing left to the script's reader: the rule says that, as <c>host</c>.
/// </remarks>
public static class RuleScript
{
    /// <summary>Whether a profile has an encoding.</summary>
    public static bool Exists(Form form, Profile profile) => profile.Has(form.Group) && profile.Grants(form.Needs);

    /// <summary>The text of the function.</summary>
    /// <remarks>How deep the calls are is the one thing of a state that is enumerated: all depths of the profile.</remarks>
    public static string Of(Form form, Profile profile)
    {
        var depths = Enumerable.Range(0, Math.Max(profile.FrameLimit, 1)).Select(depth => At(form, profile, depth)).ToList();
        List<int> changes = [.. Enumerable.Range(0, depths.Count).Where(depth => depth == 0 || depths[depth] != depths[depth - 1])];
        return changes.Count == 1
            ? depths[0]
            : $"byDepth([{string.Join(", ", changes.Select(depth => $"[{depth}, {depths[depth]}]"))}])";
    }

    /// <summary>The payment of every instruction where the number of instructions is limited: a rule as above.</summary>
    /// <exception cref="InvalidOperationException">An encoding pays in another way than the others.</exception>
    internal static string Payment(Profile profile)
    {
        var guard = ScriptWord.TruthOf(false);
        var left = ScriptWord.Constant(0, Width.Bits64);
        foreach (var form in OperationTable.Forms.Where(form => Exists(form, profile) && !CallsHost(form)))
        {
            var free = Execute(form, profile, 0);
            var paid = Execute(form, profile, 0, isLimited: true);
            if (paid.Value.State.Budget.Instructions is not Allowance<ScriptWord>.Remaining(var count)
                || paid.Guards.IsEmpty
                || paid.Guards[0].Trap != Trap.InstructionBudget
                || Function(form, profile, free) != Function(form, profile, paid with { Guards = [.. paid.Guards.Skip(1)] }))
            {
                throw new InvalidOperationException($"{form.Id} does not pay first, and then do what it does");
            }

            (guard, left) = (paid.Guards[0].When, count);
        }

        return $"(s) => ({{ guards: [[\"{Trap.InstructionBudget}\", {TermText.Of(guard.Term)}]], instructions: "
            + $"{TermText.Of(left.Term)} }})";
    }

    private static bool CallsHost(Form form) => form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    private static string At(Form form, Profile profile, int depth)
    {
        var text = Function(form, profile, Execute(form, profile, depth));
        return CallsHost(form) ? $"(s, f) => s.helpers.includes(f.imm) ? host(s, f) : ({text})(s, f)" : text;
    }

    private static Effect<ScriptWord> Execute(Form form, Profile profile, int depth, bool isLimited = false)
    {
        // Without a function granted, the rule of a call to the host is the refusal of the call.
        var fields = new FieldWords<ScriptWord>(
            ScriptWord.Named("f.dst", Width.Bits4),
            ScriptWord.Named("f.src", Width.Bits4),
            ScriptWord.Named("f.offset", Width.Bits16),
            CallsHost(form) ? ScriptWord.Constant(0, Width.Bits32) : ScriptWord.Named("f.imm", Width.Bits32),
            ScriptWord.Named("f.next", Width.Bits32));
        return ReferenceMachine.Execute(new Execution<ScriptWord>(form, fields, Before(profile, depth, isLimited), profile));
    }

    private static string Function(Form form, Profile profile, Effect<ScriptWord> result)
    {
        var before = Before(profile, 0, isLimited: false);
        List<(string Name, ScriptTerm[] Terms, Func<TermText, string> Text)> parts = [];
        parts.Add(("guards", [.. result.Guards.Select(guard => guard.When.Term)], text =>
            $"[{string.Join(", ", result.Guards.Select(guard => $"[\"{guard.Trap}\", {text.Text(guard.When.Term)}]"))}]"));
        var next = result.Value is Outcome<ScriptWord>.Exited ? [] : Changes(before, result.Value.State).ToList();
        var roots = parts.Concat(next).SelectMany(part => part.Terms);
        var writer = new TermText(roots);
        var guards = parts[0].Text(writer);
        var changes = result.Value is Outcome<ScriptWord>.Exited
            ? "exits: true"
            : string.Join(", ", next.Select(part => $"{part.Name}: {part.Text(writer)}"));
        var value = $"{{ guards: {guards}, next: {{ {changes} }} }}";
        return writer.Constants.Length == 0 ? $"(s, f) => ({value})" : $"(s, f) => {{ {writer.Constants}return {value}; }}";
    }

    private static IEnumerable<(string Name, ScriptTerm[] Terms, Func<TermText, string> Text)> Changes(
        State<ScriptWord> before, State<ScriptWord> after)
    {
        if (((ScriptRegisters)after.Registers).Writes is { IsEmpty: false } written)
        {
            yield return (
                "registers",
                [.. written.SelectMany(write => (ScriptTerm[])[write.Which, write.Value])],
                text => $"[{string.Join(", ", written.Select(write => $"[{text.Text(write.Which)}, {text.Text(write.Value)}]"))}]");
        }

        foreach (var change in MemoryChanges(before, after)) yield return change;
        if (after.Budget.Branches is Allowance<ScriptWord>.Remaining(var branches) && after.Budget.Branches != before.Budget.Branches)
            yield return One("branches", branches);
        yield return One("pc", after.ProgramCounter);
    }

    private static IEnumerable<(string Name, ScriptTerm[] Terms, Func<TermText, string> Text)> MemoryChanges(
        State<ScriptWord> before, State<ScriptWord> after)
    {
        var memory = (ScriptMemory)after.Memory;
        if (memory.IsPopped) yield return ("pop", [], _ => "true");
        if (memory.Writes is { IsEmpty: false } writes)
        {
            yield return (
                "memory",
                [.. writes.SelectMany(write => (ScriptTerm[])[write.Address, write.Value.Term])],
                text =>
                {
                    var triples = writes.Select(write =>
                        $"[{text.Text(write.Address)}, {text.Text(write.Value.Term)}, {write.Value.Width.Bytes}]");
                    return $"[{string.Join(", ", triples)}]";
                }
            );
        }

        if (memory.Pushed is { } pushed)
        {
            var frame = after.Frames[^1];
            yield return (
                "push",
                [pushed.Start.Term, pushed.Length.Term, frame.ReturnTo.Term, .. frame.Saved.Select(saved => saved.Term)],
                text => $"{{ name: \"stack frame\", start: {text.Text(pushed.Start.Term)}, length: {text.Text(pushed.Length.Term)}, "
                    + $"returnTo: {text.Text(frame.ReturnTo.Term)}, saved: "
                    + $"[{string.Join(", ", frame.Saved.Select(saved => text.Text(saved.Term)))}] }}");
        }

        if (memory.FrameStart != before.Memory.FrameStart) yield return One("stackStart", memory.FrameStart);
    }

    private static (string Name, ScriptTerm[] Terms, Func<TermText, string> Text) One(string name, ScriptWord word) =>
        (name, [word.Term], text => text.Text(word.Term));

    private static State<ScriptWord> Before(Profile profile, int depth, bool isLimited) => new(
        new ScriptRegisters([]),
        ScriptWord.Named("s.pc", Width.Bits64),
        new ScriptMemory(
            ScriptWord.Named("s.stackStart", Width.Bits64), ScriptWord.Constant((ulong)profile.FrameBytes, Width.Bits64)),
        Sequence.Generate(depth, FrameAt(depth)),
        new(
            profile.BranchLimit is Allowance<ulong>.Unlimited
                ? new Allowance<ScriptWord>.Unlimited()
                : new Allowance<ScriptWord>.Remaining(ScriptWord.Named("s.branches", Width.Bits64)),
            isLimited
                ? new Allowance<ScriptWord>.Remaining(ScriptWord.Named("s.instructions", Width.Bits64))
                : new Allowance<ScriptWord>.Unlimited()),
        HostState<ScriptWord>.Bare);

    // Only the last frame can be met by a rule; the names of the others would be an error in the script.
    private static Func<int, Frame<ScriptWord>> FrameAt(int depth) => index =>
    {
        var frame = index == depth - 1 ? "top(s)" : "below";
        return new(
            ScriptWord.Named($"{frame}.returnTo", Width.Bits64),
            Sequence.Generate(5, saved => ScriptWord.Named($"{frame}.saved[{saved}]", Width.Bits64)));
    };
}

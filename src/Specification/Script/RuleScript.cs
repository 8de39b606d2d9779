using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

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

        return $"(s) => ({{ guards: [[\"{Trap.InstructionBudget}\", {TermText.Of(guard.Term)}]], instructions: {TermText.Of(left.Term)} }})";
    }

    private static bool CallsHost(Form form) => form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    private static string At(Form form, Profile profile, int depth)
    {
        var text = Function(form, profile, Execute(form, profile, depth));
        return CallsHost(form) ? $"(s, f) => s.helpers.includes(f.imm) ? host(s, f) : ({text})(s, f)" : text;
    }

    private static Guarded<ScriptWord, Outcome<ScriptWord>> Execute(Form form, Profile profile, int depth, bool isLimited = false)
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

    private static string Function(Form form, Profile profile, Guarded<ScriptWord, Outcome<ScriptWord>> result)
    {
        var before = Before(profile, 0, isLimited: false);
        List<(string Name, Term[] Terms, Func<TermText, string> Text)> parts = [];
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
        var function = writer.Constants.Length == 0 ? $"(s, f) => ({value})" : $"(s, f) => {{ {writer.Constants}return {value}; }}";
        return function.Contains(AnyRegion.Prefix, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{form.Id} uses memory in a way that the script does not know: {function}")
            : function;
    }

    private static IEnumerable<(string Name, Term[] Terms, Func<TermText, string> Text)> Changes(
        State<ScriptWord> before, State<ScriptWord> after)
    {
        if (Registers(after) is { Count: > 0 } written)
        {
            yield return (
                "registers",
                [.. written.SelectMany(write => (Term[])[write.Which, write.Value])],
                text => $"[{string.Join(", ", written.Select(write => $"[{text.Text(write.Which)}, {text.Text(write.Value)}]"))}]");
        }

        foreach (var change in Regions(before, after)) yield return change;
        if (after.Budget.Branches is Allowance<ScriptWord>.Remaining(var branches) && after.Budget.Branches != before.Budget.Branches)
            yield return One("branches", branches);
        yield return One("pc", after.ProgramCounter);
    }

    private static IEnumerable<(string Name, Term[] Terms, Func<TermText, string> Text)> Regions(
        State<ScriptWord> before, State<ScriptWord> after)
    {
        var regions = after.Memory.Regions;
        if (regions.IsEmpty)
        {
            yield return ("pop", [], _ => "true");
        }
        else if (regions[0].Bytes is AnyRegion.Content { Writes: { IsEmpty: false } writes })
        {
            yield return (
                "memory",
                [.. writes.SelectMany(write => (Term[])[write.Address, write.Value.Term])],
                text => $"[{string.Join(", ", writes.Select(write => $"[{text.Text(write.Address)}, {text.Text(write.Value.Term)}, {write.Value.Width.Bytes}]"))}]");
        }

        if (regions.Count > before.Memory.Regions.Count)
        {
            var (region, frame) = (regions[^1], after.Frames[^1]);
            yield return (
                "push",
                [region.Start.Term, region.Length.Term, frame.ReturnTo.Term, .. frame.Saved.Select(saved => saved.Term)],
                text => $"{{ name: \"{region.Name}\", start: {text.Text(region.Start.Term)}, length: {text.Text(region.Length.Term)}, "
                    + $"returnTo: {text.Text(frame.ReturnTo.Term)}, saved: [{string.Join(", ", frame.Saved.Select(saved => text.Text(saved.Term)))}] }}");
        }

        if (after.Memory.Stack.Start != before.Memory.Stack.Start) yield return One("stackStart", after.Memory.Stack.Start);
    }

    private static (string Name, Term[] Terms, Func<TermText, string> Text) One(string name, ScriptWord word) =>
        (name, [word.Term], text => text.Text(word.Term));

    // A write to the register that a word names is a choice for each register: told as one write.
    private static List<(Term Which, Term Value)> Registers(State<ScriptWord> after)
    {
        List<(int Number, Term Value)> changed =
        [
            .. from number in Enumerable.Range(0, Registers<ScriptWord>.Count)
               let value = after.Registers[number].Term
               where value != new Term.Register(number)
               select (number, value),
        ];
        var named = changed.Select(change => WrittenByName(change.Number, change.Value)).Distinct().ToList();
        return changed.Count == Registers<ScriptWord>.Count && named is [{ } only]
            ? [only]
            : [.. changed.Select(change => ((Term)new Term.Number((ulong)change.Number), change.Value))];
    }

    private static (Term Which, Term Value)? WrittenByName(int number, Term value) =>
        value is Term.Apply
        {
            Shape: Shape.Choose,
            Operands: [Term.Apply { Shape: Shape.Same, Operands: [var which, Term.Number(var asked)] }, var written, Term.Register(var kept)],
        }
        && asked == (ulong)number
        && kept == number
            ? (which, written)
            : null;

    private static State<ScriptWord> Before(Profile profile, int depth, bool isLimited) => new(
        Registers<ScriptWord>.Of([.. Enumerable
            .Range(0, Registers<ScriptWord>.Count)
            .Select(number => ScriptWord.Of(new Term.Register(number), Width.Bits64))]),
        ScriptWord.Named("s.pc", Width.Bits64),
        new(
            [AnyRegion.Region],
            new(
                ScriptWord.Named("s.stackStart", Width.Bits64),
                ScriptWord.Constant((ulong)profile.FrameBytes, Width.Bits64),
                new AnyRegion.Content([]))),
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

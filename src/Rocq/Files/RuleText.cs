using System.Globalization;
using System.Text;
using RbpfSpec.Rocq.Terms;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Rocq.Files;

/// <summary>The rule of an encoding as a definition of Rocq, made by running the very rule over expressions.</summary>
/// <param name="profile">The machine variant.</param>
/// <param name="rule">The rule by which the encoding is executed: its own, or a mutant.</param>
internal sealed class RuleText(Profile profile, Rule<RocqWord> rule)
{
    private const string Parameters = "(h : host) (f : fields) (s : state)";

    /// <summary>The name of an encoding in Rocq, such as <c>alu_add64_x</c>.</summary>
    public static string NameOf(Form form) => form.Id.Replace('/', '_').Replace('-', '_');

    /// <summary>The definition.</summary>
    public string Of(Form form)
    {
        var byDepth = Enumerable.Range(0, Math.Max(profile.FrameLimit, 1)).Select(depth => ByBudget(form, depth)).ToList();
        List<int> changes = [.. Enumerable.Range(0, byDepth.Count).Where(depth => depth == 0 || byDepth[depth] != byDepth[depth - 1])];
        var text = new StringBuilder();
        for (var i = 0; i < changes.Count - 1; i++)
            text.Append(CultureInfo.InvariantCulture, $"  if depth s <? {changes[i + 1]} then\n{byDepth[changes[i]]}  else\n");
        text.Append(byDepth[changes[^1]]);
        var body = CallsHost(form)
            ? $"  match {(form.Operation is CallOperation.ByBtfId ? "call_btf" : "call_helper")} h (imm f) s with\n"
                + $"  | Some called => called\n  | None =>\n{text}  end\n"
            : text.ToString();
        return $"(** [{form.Id}], {form.Operation.Source}. {form.Operation.Summary} *)\n"
            + $"Definition rule_{NameOf(form)} {Parameters} : outcome :=\n{body.TrimEnd('\n')}.\n";
    }

    /// <summary>The payment of every instruction where their number is limited: the guard, and what is left.</summary>
    /// <exception cref="InvalidOperationException">An encoding pays in another way than the others.</exception>
    public (RocqTerm CannotPay, RocqTerm Left) Payment()
    {
        (RocqTerm, RocqTerm)? payment = null;
        foreach (var form in OperationTable.Forms.Where(form => !CallsHost(form)))
        {
            var free = Execute(form, 0, Left, Unlimited);
            var paid = Execute(form, 0, Left, Left);
            if (paid.Value.State.Budget.Instructions is not Allowance<RocqWord>.Remaining(var left)
                || paid.Guards.IsEmpty
                || paid.Guards[0].Trap != Trap.InstructionBudget
                || End(free, 0) != End(paid with { Guards = [.. paid.Guards.Skip(1)] }, 0)
                || (payment is { } other && other != (paid.Guards[0].When.Term, left.Term)))
            {
                throw new InvalidOperationException($"{form.Id} does not pay first, and then do what it does");
            }

            payment = (paid.Guards[0].When.Term, left.Term);
        }

        return payment ?? throw new InvalidOperationException("there are no encodings");
    }

    private static bool CallsHost(Form form) => form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId;

    /// <summary>The fields of an instruction as words that the text knows by their names.</summary>
    /// <remarks>Of a call to the host, no id is that of a function: so the rule says how the call is refused.</remarks>
    internal static FieldWords<RocqWord> FieldsOf(Form form) => new(
        RocqWord.Named("dst f", Width.Bits4),
        RocqWord.Named("src f", Width.Bits4),
        RocqWord.Named("offset f", Width.Bits16),
        CallsHost(form) ? RocqWord.Constant(0, Width.Bits32) : RocqWord.Named("imm f", Width.Bits32),
        RocqWord.Named("next_imm f", Width.Bits32));

    /// <summary>The state before an instruction, whose parts the text knows by their names.</summary>
    /// <param name="depth">How many local calls have not returned.</param>
    /// <param name="branches">The branches left.</param>
    /// <param name="instructions">The instructions left.</param>
    internal static State<RocqWord> Before(int depth, Allowance<RocqWord> branches, Allowance<RocqWord> instructions) => new(
        new RocqRegisters(RocqWord.Called("registers s")),
        RocqWord.Named("pc s", Width.Bits64),
        new RocqMemory(RocqWord.Called("mem s")),
        Sequence.Generate(depth, index => FrameAt(index == depth - 1 ? "top s" : "below")),
        new(branches, instructions),
        new([], [], Platform, null));

    private static Platform<RocqWord> Platform => new(
        Asked("map_by_fd"),
        Asked("map_by_index"),
        Asked("map_value"),
        Asked("variable_address"),
        Asked("code_address"),
        RocqWord.Named("packet_start h", Width.Bits64));

    private static Func<RocqWord, RocqWord> Asked(string function) =>
        number => RocqWord.Of(Width.Bits64, $"{function} h {{0}}", number.Term);

    // Only the last frame can be met by a rule; the name of the others would be an error in Rocq.
    private static Frame<RocqWord> FrameAt(string frame) => new(
        RocqWord.Of(Width.Bits64, "return_to {0}", RocqWord.Called(frame)),
        Sequence.Generate(5, saved => RocqWord.Of(Width.Bits64, $"read_at (saved {{0}}) {saved}", RocqWord.Called(frame))));

    private static Allowance<RocqWord> Left => new Allowance<RocqWord>.Remaining(RocqWord.Named("remaining", Width.Bits64));

    private static Allowance<RocqWord> Unlimited => new Allowance<RocqWord>.Unlimited();

    private Effect<RocqWord> Execute(Form form, int depth, Allowance<RocqWord> branches, Allowance<RocqWord> instructions) =>
        ReferenceMachine.Execute(
            new Execution<RocqWord>(form, FieldsOf(form), Before(depth, branches, instructions), profile), rule);

    private string ByBudget(Form form, int depth)
    {
        var unlimited = End(Execute(form, depth, Unlimited, Unlimited), depth);
        var limited = End(Execute(form, depth, Left, Unlimited), depth);
        return unlimited == limited
            ? unlimited
            : $"  match branches s with\n  | None =>\n{unlimited}  | Some remaining =>\n{limited}  end\n";
    }

    private static string End(Effect<RocqWord> effect, int depth)
    {
        List<(RocqTerm When, Trap Trap)> guards = [];
        foreach (var guard in effect.Guards)
        {
            guards.Add((guard.When.Term, guard.Trap));
            if (guard.When.IsKnown(out var always) && always) break;
        }

        var isReached = guards.Count == 0 || guards[^1].When is not RocqTerm.Truth(true);
        var parts = isReached && effect.Value is Outcome<RocqWord>.Next ? After(effect.Value.State, depth) : [];
        var writer = new RocqText([.. guards.Select(guard => guard.When), .. parts.Select(part => part.Value).OfType<RocqTerm>()]);
        var body = new StringBuilder();
        foreach (var (when, trap) in guards)
        {
            body.Append(when is RocqTerm.Truth(true)
                ? $"  Trapped {trap} s\n"
                : $"  if {writer.Outer(when)} then Trapped {trap} s else\n");
        }

        if (isReached && effect.Value is Outcome<RocqWord>.Exited) body.Append("  Exited s\n");
        if (parts.Count > 0)
        {
            var written = parts.Select(part =>
                $"{part.Name} := {(part.Value is { } term ? writer.Outer(term) : part.Text)}").ToList();
            body.Append(CultureInfo.InvariantCulture, $"  Next {{| {string.Join(";\n    ", written)} |}}\n");
        }

        return writer.Definitions + body;
    }

    // The parts of the state after an instruction: a term, or a text where there is none.
    private static List<(string Name, RocqTerm? Value, string Text)> After(State<RocqWord> state, int depth)
    {
        var branches = state.Budget.Branches switch
        {
            Allowance<RocqWord>.Remaining(var count) when count.Term != ((Allowance<RocqWord>.Remaining)Left).Count.Term =>
                new RocqTerm.Apply("Some {0}", [count.Term]),
            Allowance<RocqWord>.Remaining or Allowance<RocqWord>.Unlimited => null,
        };
        return
        [
            ("registers", ((RocqRegisters)state.Registers).Term, ""),
            ("pc", state.ProgramCounter.Term, ""),
            ("mem", ((RocqMemory)state.Memory).Term, ""),
            ("frames", FramesOf(state.Frames, depth), ""),
            ("branches", branches, "branches s"),
            ("instructions", null, "instructions s"),
        ];
    }

    // What lies below the frames that a rule pushes or pops, it has left alone.
    private static RocqTerm FramesOf(Sequence<Frame<RocqWord>> after, int depth)
    {
        var before = RocqWord.Called("frames s");
        return (after.Count - depth) switch
        {
            0 => before,
            -1 => new RocqTerm.Apply("tl {0}", [before]),
            1 => new RocqTerm.Apply(
                "Frame {0} [{1}; {2}; {3}; {4}; {5}] :: {6}",
                [after[^1].ReturnTo.Term, .. after[^1].Saved.Select(saved => saved.Term), before]),
            var more => throw new InvalidOperationException($"a rule changes the number of frames by {more}"),
        };
    }
}

using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Findings;

/// <summary>The ways in which what is known of a word changes.</summary>
public enum WordChange
{
    /// <summary>A run begins with it.</summary>
    Given,

    /// <summary>An instruction made it of something else.</summary>
    Made,

    /// <summary>A jump, or an instruction that did not trap, leaves fewer words that it may be.</summary>
    Narrowed,

    /// <summary>Ways meet on which it is different.</summary>
    Joined,
}

/// <summary>An event in the history of a word.</summary>
/// <param name="Change">The kind of event.</param>
/// <param name="Slot">The slot of the instruction; of ways that meet, the slot where they do.</param>
/// <param name="Text">The register and what is known of it from then on.</param>
public sealed record WordEvent(WordChange Change, int Slot, string Text)
{
    /// <summary>As in <c>made at slot 2: r3 is [0, 255]</c>.</summary>
    public override string ToString() => Change is WordChange.Given
        ? $"given: {Text}"
        : FormattableString.Invariant($"{Change.ToString().ToLowerInvariant()} at slot {Slot}: {Text}");
}

/// <summary>A conditional jump that every way to an instruction passes with the same outcome.</summary>
/// <param name="Slot">The slot of the jump.</param>
/// <param name="IsTaken">Whether it is taken.</param>
public readonly record struct PathStep(int Slot, bool IsTaken);

/// <summary>Follows a word back to where it was made, through what an analysis confirmed.</summary>
public static class WordHistory
{
    private const int MostSteps = 500;
    private const int MostEvents = 8;
    private const int MostPathSteps = 12;

    /// <summary>The history of a register's word before an instruction, the oldest event first.</summary>
    /// <param name="confirmed">The states before each instruction, confirmed.</param>
    /// <param name="node">The node of the instruction.</param>
    /// <param name="register">The register.</param>
    public static Sequence<WordEvent> Of(CheckedCase.True confirmed, int node, int register)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        List<WordEvent> events = [];
        var (program, flow) = (confirmed.Program, confirmed.Flow);
        for (var step = 0; step < MostSteps && events.Count < MostEvents; step++)
        {
            var now = confirmed.Visits[node].State;
            var word = now.Registers[register];
            var before = Ways(confirmed, node);
            if (node == 0 && before.Length == 0)
            {
                events.Add(new(WordChange.Given, flow.Nodes[0].Slot, $"r{register} is {ValueNames.Of(word, program, flow)}"));
                break;
            }

            if (before.Length == 0) break;
            if (flow.IsMeeting(node))
            {
                var words = before.Select(way => way.State.Registers[register]).ToArray();
                var ahead = before.Where(way => !flow.IsBack(way.From, node)).ToArray();
                if (words.Any(other => !other.Values.Equals(word.Values)) || ahead.Length == 0 || words.Distinct().Count() > 1)
                {
                    events.Add(new(WordChange.Joined, flow.Nodes[node].Slot, Joined(confirmed, register, word, before)));
                    if (ahead.Length != 1) break;
                }

                node = ahead[0].From;
                continue;
            }

            var (from, arriving) = before[0];
            var was = confirmed.Visits[from].State;
            if (was.Frames.Count > now.Frames.Count && register is >= 6 and <= 9) break;
            var old = was.Registers[register];
            if (old.Link == word.Link && Equals(old.Base, word.Base) && (word.Link is not null || old.Values.Equals(word.Values)))
            {
                if (Narrowing(was, arriving, old, word, flow) is { } more)
                    events.Add(new(WordChange.Narrowed, flow.Nodes[from].Slot, $"r{register} is {ValueNames.Short(word, program)}{more}"));
            }
            else
            {
                events.Add(new(WordChange.Made, flow.Nodes[from].Slot, $"r{register} is {ValueNames.Of(word, program, flow)}"));
                if (Source(confirmed, from, was, word) is not { } source) break;
                register = source;
            }

            node = from;
        }

        events.Reverse();
        return events.ToSequence();
    }

    /// <summary>The conditional jumps whose outcome is the same on all ways to a node, as runs pass them; the last twelve.</summary>
    public static Sequence<PathStep> PathTo(CheckedCase.True confirmed, int node)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        List<PathStep> steps = [];
        var flow = confirmed.Flow;
        for (var to = node; to > 0 && steps.Count < MostPathSteps; to = flow.DominatorOf(to))
        {
            if (flow.Previous[to].Length != 1) continue;
            var from = flow.Previous[to][0];
            var slot = flow.Nodes[from].Slot;
            if (flow.Next[from].Length != 2 || confirmed.Program.Machine.At(slot) is not Decoded.Valid(var instruction)) continue;
            steps.Add(new(slot, flow.Nodes[to].Slot != slot + instruction.Form.Layout.Slots));
        }

        steps.Reverse();
        return steps.ToSequence();
    }

    private static (int From, AbstractState State)[] Ways(CheckedCase.True confirmed, int node)
    {
        var flow = confirmed.Flow;
        List<(int From, AbstractState State)> ways = [];
        foreach (var from in flow.Previous[node].Order())
        {
            if (!confirmed.Visits.TryGetValue(from, out var visited)) continue;
            foreach (var successor in visited.Step.Successors)
            {
                if (successor.Slot == flow.Nodes[node].Slot && successor.State.Frames.Count == flow.Nodes[node].Calls.Count + 1)
                    ways.Add((from, successor.State));
            }
        }

        return [.. ways];
    }

    private static string Joined(
        CheckedCase.True confirmed, int register, RangeWord word, (int From, AbstractState State)[] ways)
    {
        var (program, flow) = (confirmed.Program, confirmed.Flow);
        var from = ways.Select(way => FormattableString.Invariant(
            $"{ValueNames.Short(way.State.Registers[register], program)} from slot {flow.Nodes[way.From].Slot}"));
        return $"r{register} is {ValueNames.Of(word, program, flow)}: {string.Join(", ", from.Distinct())}";
    }

    // What was found out of a word between an instruction and the next; null if nothing was.
    private static string? Narrowing(AbstractState was, AbstractState now, RangeWord old, RangeWord word, ControlFlow flow)
    {
        var text = "";
        if (word.Link is { } link)
        {
            var known = was.Relations.Facts.ToArray();
            foreach (var fact in now.Relations.Facts)
            {
                if (fact.FactorOf(link.Value) != 0 && !known.Contains(fact))
                    text += $", {fact.ToString(value => ValueNames.Of(value, flow))} >= 0";
            }
        }

        return text != "" || !old.Values.Equals(word.Values) ? text : null;
    }

    // The register that an instruction made a word of; null if it made it of memory, of a number, or of several.
    private static int? Source(CheckedCase.True confirmed, int node, AbstractState was, RangeWord word)
    {
        if (confirmed.Program.Machine.At(confirmed.Flow.Nodes[node].Slot) is not Decoded.Valid(var instruction)) return null;
        if (instruction.Form.Operation is not AluOperation || word.Link is not { } link) return null;
        int[] candidates = [instruction.Destination.Number, instruction.Source.Number];
        foreach (var register in candidates)
        {
            if (was.Registers[register].Link is { } linked && linked.Value == link.Value) return register;
        }

        // A sum of two, and a part of one, are new: of these the first operand is followed, if it is no number.
        return !was.Registers[candidates[0]].IsKnown(out _) && IsRead(instruction.Form) ? candidates[0] : null;
    }

    private static bool IsRead(Form form) => form.Operation is not (AluOperation.Move or AluOperation.MoveSigned);
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A slot of a program in a chain of local calls.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Calls">The slots that the calls in progress return to, the latest last.</param>
public readonly record struct FlowNode(int Slot, Sequence<int> Calls);

/// <summary>A loop of a program: it is entered at its head only.</summary>
/// <param name="Head">The node of its head.</param>
/// <param name="Body">The nodes of it, the head among them.</param>
/// <param name="Backs">The nodes from which it begins anew.</param>
public sealed record FlowLoop(int Head, Sequence<int> Body, Sequence<int> Backs);

/// <summary>The control flow of a program, its local calls followed into each function anew.</summary>
/// <remarks>The nodes are in an order in which, loops apart, each comes after those before it.</remarks>
public sealed class ControlFlow
{
    private const int MostNodes = 100_000;
    private const int MostCalls = 16;

    private readonly int[] dominators;
    private readonly HashSet<int>?[] outermost;
    private readonly bool[] heads;
    private readonly Dictionary<FlowNode, int> numbers = [];

    private readonly ReferenceMachine machine;
    private IReadOnlyList<int>? relevant;

    private ControlFlow(ReferenceMachine machine, FlowNode[] nodes, int[][] next)
    {
        this.machine = machine;
        (Nodes, Next) = (nodes, next);
        for (var i = 0; i < nodes.Length; i++) numbers[nodes[i]] = i;
        Previous = Reversed(next);
        dominators = Dominators(Previous);
        List<FlowLoop> loops = [];
        List<int>[] backs = [.. nodes.Select(_ => new List<int>())];
        for (var node = 0; node < nodes.Length; node++)
        {
            foreach (var to in next[node])
            {
                if (to > node) continue;
                if (Dominates(to, node)) backs[to].Add(node);
                else IsReducible = false;
            }
        }

        for (var head = 0; head < nodes.Length; head++)
        {
            if (backs[head].Count > 0) loops.Add(new(head, Body(head, backs[head]), backs[head].ToSequence()));
        }

        Loops = loops.ToSequence();

        // Of the loops that have a node the one begun first is the outermost.
        outermost = new HashSet<int>?[nodes.Length];
        heads = new bool[nodes.Length];
        foreach (var loop in loops)
        {
            HashSet<int> body = [.. loop.Body];
            heads[loop.Head] = true;
            foreach (var node in body) outermost[node] ??= body;
        }
    }

    /// <summary>The nodes; the entry is the first.</summary>
    public IReadOnlyList<FlowNode> Nodes { get; }

    /// <summary>The nodes that come after each, that of a jump not taken first.</summary>
    public IReadOnlyList<int[]> Next { get; }

    /// <summary>The nodes before each.</summary>
    public IReadOnlyList<int[]> Previous { get; }

    /// <summary>The loops, those that begin earlier first; of two that share nodes one has the other in it.</summary>
    public Sequence<FlowLoop> Loops { get; }

    /// <summary>Whether each cycle is a loop with one head.</summary>
    public bool IsReducible { get; } = true;

    /// <summary>Of each node the registers that something hangs on, as <see cref="Relevance"/> finds them.</summary>
    internal IReadOnlyList<int> Relevant => relevant ??= Relevance.Of(machine, this);

    /// <summary>Whether it is the control flow of what a machine is loaded with, from an entry on.</summary>
    public bool IsOf(ReferenceMachine other, int entry) =>
        ReferenceEquals(machine, other) && Nodes[0].Slot == entry && Nodes[0].Calls.IsEmpty;

    /// <summary>The number of a node; -1 if nothing leads there.</summary>
    public int NumberOf(FlowNode node) => numbers.GetValueOrDefault(node, -1);

    /// <summary>Whether ways meet at a node: there a certificate has a state.</summary>
    public bool IsMeeting(int node) => Previous[node].Length > (node == 0 ? 0 : 1);

    /// <summary>Whether a node is the head of a loop.</summary>
    public bool IsHead(int node) => heads[node];

    /// <summary>The nodes of the outermost loop that a node is in; null if it is in none.</summary>
    public IReadOnlySet<int>? LoopOf(int node) => outermost[node];

    /// <summary>Whether going from one node to another begins a loop anew.</summary>
    public bool IsBack(int from, int to) => to <= from && Dominates(to, from);

    /// <summary>Whether every way from the entry to a node passes another.</summary>
    public bool Dominates(int node, int other)
    {
        while (other > node) other = dominators[other];
        return other == node;
    }

    /// <summary>The last node, other than itself, that every way from the entry to a node passes; -1 of the entry.</summary>
    public int DominatorOf(int node) => node == 0 ? -1 : dominators[node];

    /// <summary>The control flow of a program; null if its calls are too many or too deep to be followed.</summary>
    /// <param name="machine">The machine, loaded with a program that passed the preflight check.</param>
    /// <param name="entry">The slot to begin at.</param>
    public static ControlFlow? Of(ReferenceMachine machine, int entry)
    {
        Dictionary<FlowNode, int> found = [];
        List<FlowNode> nodes = [];
        List<int[]> next = [];
        List<FlowNode> pending = [];
        List<int> order = [];
        Stack<(int Node, int At)> stack = [];
        if (!Add(new(entry, []))) return null;
        stack.Push((0, 0));
        while (stack.TryPop(out var top))
        {
            // The last of the next ones is followed first, so that it comes last in the order: what follows a loop comes behind it.
            if (top.At == next[top.Node].Length)
            {
                order.Add(top.Node);
                continue;
            }

            stack.Push((top.Node, top.At + 1));
            var to = next[top.Node][next[top.Node].Length - 1 - top.At];
            if (to >= 0) continue;
            var wanted = pending[~to];
            if (!found.TryGetValue(wanted, out var number))
            {
                number = nodes.Count;
                if (!Add(wanted)) return null;
                stack.Push((number, 0));
            }

            next[top.Node][next[top.Node].Length - 1 - top.At] = number;
        }

        order.Reverse();
        var renumbered = new int[nodes.Count];
        for (var i = 0; i < order.Count; i++) renumbered[order[i]] = i;
        return new(
            machine,
            [.. order.Select(node => nodes[node])],
            [.. order.Select(node => next[node].Select(to => renumbered[to]).ToArray())]);

        bool Add(FlowNode node)
        {
            if (nodes.Count == MostNodes || node.Calls.Count > MostCalls) return false;
            found[node] = nodes.Count;
            nodes.Add(node);
            List<int> waiting = [];
            foreach (var after in After(machine, node).Distinct())
            {
                pending.Add(after);
                waiting.Add(~(pending.Count - 1));
            }

            next.Add([.. waiting]);
            return true;
        }
    }

    private static IEnumerable<FlowNode> After(ReferenceMachine machine, FlowNode node)
    {
        if (node.Slot < 0 || node.Slot >= machine.Program.Length) yield break;
        if (machine.At(node.Slot) is not Decoded.Valid(var instruction)) yield break;
        var form = instruction.Form;
        var next = node.Slot + form.Layout.Slots;
        switch (form.Operation)
        {
            case CallOperation.Exit:
                if (!node.Calls.IsEmpty) yield return new(node.Calls[^1], node.Calls.WithoutLast());
                break;
            case CallOperation.Local:
                if (node.Calls.Count + 1 < machine.Profile.FrameLimit) yield return new(next + Distance(instruction), node.Calls.Add(next));
                break;
            case JumpOperation.Always:
                yield return node with { Slot = next + Distance(instruction) };
                break;
            case JumpOperation:
                yield return node with { Slot = next };
                yield return node with { Slot = next + Distance(instruction) };
                break;
            default:
                yield return node with { Slot = next };
                break;
        }
    }

    private static int Distance(Instruction instruction) =>
        instruction.Form.Displacement[0] is Field.Immediate ? instruction.Immediate : instruction.Offset;

    private static int[][] Reversed(int[][] next)
    {
        List<int>[] previous = [.. next.Select(_ => new List<int>())];
        for (var node = 0; node < next.Length; node++)
        {
            foreach (var to in next[node]) previous[to].Add(node);
        }

        return [.. previous.Select(list => list.ToArray())];
    }

    // Cooper, Harvey, Kennedy: until nothing changes, in the order of the nodes.
    private static int[] Dominators(IReadOnlyList<int[]> previous)
    {
        var nearest = new int[previous.Count];
        Array.Fill(nearest, -1);
        nearest[0] = 0;
        for (var changes = true; changes;)
        {
            changes = false;
            for (var node = 1; node < nearest.Length; node++)
            {
                var meeting = -1;
                foreach (var one in previous[node])
                {
                    if (nearest[one] < 0) continue;
                    var (left, right) = (one, meeting);
                    while (right >= 0 && left != right)
                    {
                        while (left > right) left = nearest[left];
                        while (right > left) right = nearest[right];
                    }

                    meeting = left;
                }

                if (nearest[node] == meeting) continue;
                nearest[node] = meeting;
                changes = true;
            }
        }

        return nearest;
    }

    private Sequence<int> Body(int head, List<int> backs)
    {
        SortedSet<int> body = [head];
        Stack<int> waiting = new(backs);
        while (waiting.TryPop(out var node))
        {
            if (!body.Add(node)) continue;
            foreach (var before in Previous[node]) waiting.Push(before);
        }

        return body.ToSequence();
    }
}

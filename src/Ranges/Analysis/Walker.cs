namespace RbpfSpec.Ranges.Analysis;

/// <summary>Follows a program from one node where ways meet to the next ones: in between, each node has one way to it.</summary>
/// <param name="flow">The control flow.</param>
/// <param name="stepper">What executes instructions.</param>
public sealed class Walker(ControlFlow flow, Stepper stepper)
{
    private readonly IReadOnlyList<int> relevant = flow.Relevant;

    /// <summary>Is told of each instruction, the state before it, and what it does.</summary>
    public delegate void Visit(int node, AbstractState state, in Step step);

    /// <summary>Is told of each state that comes to a node where ways meet, and from which node it does.</summary>
    public delegate void Arrive(int from, int to, AbstractState state);

    /// <summary>Follows all ways from a state of a node.</summary>
    public void Walk(int node, AbstractState state, Arrive arrive, Visit? visit = null)
    {
        Stack<(int Node, AbstractState State)> waiting = [];
        waiting.Push((node, state));
        while (waiting.TryPop(out var at))
        {
            var step = stepper.Execute(at.Node, flow.Nodes[at.Node].Slot, at.State, After(at.Node));
            visit?.Invoke(at.Node, at.State, step);
            foreach (var successor in step.Successors)
            {
                var to = Next(at.Node, successor);
                if (flow.IsMeeting(to)) arrive(at.Node, to, successor.State);
                else waiting.Push((to, successor.State));
            }
        }
    }

    private int After(int node)
    {
        var after = 0;
        foreach (var next in flow.Next[node]) after |= relevant[next];
        return after;
    }

    private int Next(int node, in Successor successor)
    {
        foreach (var to in flow.Next[node])
        {
            if (flow.Nodes[to].Slot == successor.Slot && flow.Nodes[to].Calls.Count == successor.State.Frames.Count - 1) return to;
        }

        throw new InvalidOperationException($"slot {successor.Slot} does not follow slot {flow.Nodes[node].Slot}");
    }
}

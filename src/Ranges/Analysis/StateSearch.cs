using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>Looks for a state at each node where ways meet. Not trusted: what it finds is a claim, and checked.</summary>
internal sealed class StateSearch
{
    private const int RoundsPerNode = 200;
    private const int RoundsWithSums = 16;
    private const int RoundsWithValues = 24;
    private const int StepsPerNode = 200;
    private const int SettlingRounds = 12;

    private readonly ControlFlow flow;
    private readonly Walker walker;
    private readonly Dictionary<int, Meeting> meetings = [];
    private readonly Dictionary<int, HashSet<(int From, int To)>> targets = [];
    private readonly Dictionary<int, AbstractState> followed = [];
    private readonly AbstractState initial;
    private readonly List<Part> parts = [];
    private int steps;

    private StateSearch(AnalysedProgram program, ControlFlow flow)
    {
        this.flow = flow;
        walker = new(flow, new(program));
        initial = program.Initial();
        var thresholds = Thresholds(program);
        var relevant = flow.Relevant;
        var around = Around(flow);
        for (var node = 0; node < flow.Nodes.Count; node++)
        {
            if (!flow.IsMeeting(node)) continue;
            meetings[node] = new(node, flow.IsHead(node), thresholds, Goals(program, node), relevant[node], around[node]);
        }

        Arrange();
    }

    private int Most => StepsPerNode * (meetings.Count + 10);

    // A node where ways meet; of the head of a loop, what is in the loop.
    private sealed record Part(int Node, List<Part>? Body);

    // Of the loops that have a node the last begun is the innermost.
    private void Arrange()
    {
        Dictionary<int, List<Part>> bodies = [];
        Dictionary<int, int> innermost = [];
        foreach (var loop in flow.Loops)
        {
            bodies[loop.Head] = [];
            foreach (var node in loop.Body)
            {
                if (node != loop.Head) innermost[node] = loop.Head;
            }
        }

        foreach (var node in meetings.Keys)
        {
            (innermost.TryGetValue(node, out var head) ? bodies[head] : parts).Add(new(node, bodies.GetValueOrDefault(node)));
        }
    }

    /// <summary>A state for each node where ways meet and to which some run may come.</summary>
    public static IReadOnlyDictionary<int, AbstractState> Run(AnalysedProgram program, ControlFlow flow) =>
        new StateSearch(program, flow).Run();

    private Dictionary<int, AbstractState> Run()
    {
        if (meetings.TryGetValue(0, out var first)) first.Set(-1, Arrival.At(flow, -1, 0, initial));
        else Follow(0);
        Execute(flow.IsReducible ? parts : []);
        if (!flow.IsReducible || steps > Most)
        {
            foreach (var meeting in meetings.Values) meeting.GivesUp = true;

            // That this does not come to an end has not been seen; what is then found would be refused by the checker.
            if (!Settle(new(meetings.Keys), RoundsPerNode * (meetings.Count + 1))) return States();
        }

        var found = States();
        foreach (var meeting in meetings.Values) meeting.TakeUp();
        Narrow();
        return IsInductive() ? States() : found;
    }

    // In the order of the nodes, each loop until nothing changes before what comes behind it.
    private void Execute(IReadOnlyList<Part> whole)
    {
        foreach (var (node, body) in whole)
        {
            if (steps > Most) return;
            var meeting = meetings[node];
            if (body is null) Follow(node, meeting);
            else Repeat(node, meeting, body);
        }
    }

    private void Repeat(int node, Meeting head, IReadOnlyList<Part> body)
    {
        // Entered as before, it comes to what it came to before.
        if (!head.Restart(out var keeps)) return;
        if (!keeps) Forget(node, body);
        if (!head.IsEntered)
        {
            Leave(node);
            Execute(body);
            return;
        }

        do
        {
            if (head.Rounds == RoundsWithSums) head.HasFacts = false;
            if (head.Rounds == RoundsWithValues) head.GivesUp = true;
            Follow(node, head);
            Execute(body);
        }
        while (head.IsOpen && steps <= Most);
    }

    // What came back to the head is gone, so it must be found again.
    private void Forget(int node, IReadOnlyList<Part> body)
    {
        followed.Remove(node);
        foreach (var (inner, parts) in body) Forget(inner, parts ?? []);
    }

    private void Follow(int node, Meeting meeting)
    {
        steps++;
        meeting.Join(widens: true);
        if (meeting.State is not null) Follow(node);
        else Leave(node);
    }

    private void Leave(int node)
    {
        followed.Remove(node);
        Drop(node, []);
    }

    // Until nothing is open, or for as many rounds as granted: whether nothing is.
    private bool Settle(SortedSet<int> waiting, int rounds)
    {
        while (waiting.Count > 0)
        {
            if (rounds-- == 0) return false;
            var node = waiting.Min;
            waiting.Remove(node);
            var meeting = meetings[node];
            if (!meeting.IsOpen) continue;
            meeting.Join(widens: true);
            waiting.UnionWith(Follow(node));
        }

        return meetings.Values.All(static meeting => !meeting.IsOpen);
    }

    private void Narrow()
    {
        Follow(0);
        foreach (var (node, meeting) in meetings)
        {
            meeting.Join(widens: false, hopes: false);
            if (meeting.State is not null) Follow(node);
            else Leave(node);
        }
    }

    // What was narrowed may have been narrowed too much: then what is open is joined again.
    private bool IsInductive()
    {
        for (var round = 0; round < SettlingRounds; round++)
        {
            Follow(0);
            var isOpen = false;
            foreach (var (node, meeting) in meetings)
            {
                if (meeting.IsOpen)
                {
                    isOpen = true;
                    meeting.Join(widens: round > SettlingRounds / 2, hopes: false);
                }

                if (meeting.State is not null) Follow(node);
                else Leave(node);
            }

            if (!isOpen && meetings.Values.All(static meeting => !meeting.IsOpen)) return true;
        }

        return false;
    }

    private Dictionary<int, AbstractState> States() => meetings
        .Where(static pair => pair.Value.State is not null)
        .ToDictionary(static pair => pair.Key, static pair => pair.Value.State!);

    // The nodes at which something arrives from the ways that begin at a node.
    private HashSet<int> Follow(int node)
    {
        HashSet<int> reached = [];
        HashSet<(int From, int To)> ways = [];
        if ((meetings.TryGetValue(node, out var meeting) ? meeting.State : initial) is not { } state) return [];

        // From the same state the same arrives.
        if (followed.TryGetValue(node, out var before) && ReferenceEquals(before, state)) return [];
        followed[node] = state;
        walker.Walk(node, state, (from, to, arriving) =>
        {
            meetings[to].Set(from, Arrival.At(flow, from, to, arriving));
            reached.Add(to);
            ways.Add((from, to));
        });
        Drop(node, ways);
        return reached;
    }

    // What came from a node before, and does no more.
    private void Drop(int node, HashSet<(int From, int To)> ways)
    {
        if (targets.TryGetValue(node, out var before))
        {
            foreach (var way in before)
            {
                if (!ways.Contains(way)) meetings[way.To].Set(way.From, null);
            }
        }

        targets[node] = ways;
    }

    // Of each node the heads of the loops that it is in.
    private static HashSet<int>[] Around(ControlFlow flow)
    {
        HashSet<int>[] around = [.. flow.Nodes.Select(static _ => new HashSet<int>())];
        foreach (var loop in flow.Loops)
        {
            foreach (var node in loop.Body) around[node].Add(loop.Head);
        }

        return around;
    }

    // What a register that counts is compared with in a loop by whether it is equal: numbers, or registers that some instruction put
    // a number into.
    private List<ulong> Goals(AnalysedProgram program, int head)
    {
        SortedSet<ulong> goals = [];
        foreach (var loop in flow.Loops)
        {
            if (loop.Head != head) continue;
            var body = Instructions(program, loop);
            var counting = Counting(body);
            foreach (var jump in body)
            {
                if (jump.Form.Operation is not (JumpOperation.Equal or JumpOperation.NotEqual)) continue;
                if ((counting & (Target(jump) | Source(jump))) == 0) continue;
                if (jump.Form.Layout.Immediate is FieldUse.HoldsValue) goals.Add((ulong)jump.Immediate);
                else goals.UnionWith(Moved(program));
            }
        }

        return [.. goals];
    }

    private List<Instruction> Instructions(AnalysedProgram program, FlowLoop loop)
    {
        List<Instruction> instructions = [];
        foreach (var node in loop.Body)
        {
            if (program.Machine.At(flow.Nodes[node].Slot) is Decoded.Valid(var instruction)) instructions.Add(instruction);
        }

        return instructions;
    }

    // A bit for each register that something is added to in a loop, or that comes of such a one or of memory that might hold one.
    private static int Counting(List<Instruction> body)
    {
        var counting = 0;
        for (var before = -1; before != counting;)
        {
            before = counting;
            foreach (var one in body)
            {
                counting |= one.Form.Operation switch
                {
                    AluOperation.Add or AluOperation.Subtract => Target(one),
                    AluOperation when (Source(one) & counting) != 0 => Target(one),
                    MemoryOperation.Load when one.Source.Number == Register.Last => Target(one),
                    _ => 0,
                };
            }
        }

        return counting;
    }

    private static int Target(Instruction instruction) => 1 << instruction.Destination.Number;

    private static int Source(Instruction instruction) =>
        instruction.Form.Layout.Source is FieldUse.NamesRegister ? 1 << instruction.Source.Number : 0;

    private static IEnumerable<ulong> Moved(AnalysedProgram program)
    {
        for (var slot = 0; slot < program.Machine.Program.Length; slot++)
        {
            if (program.Machine.At(slot) is Decoded.Valid(var move) && move.Form.Operation is AluOperation.Move
                && move.Form.Layout.Immediate is FieldUse.HoldsValue)
            {
                yield return (ulong)move.Immediate;
            }
        }
    }

    private static List<ulong> Thresholds(AnalysedProgram program)
    {
        SortedSet<ulong> thresholds =
            [0, 1, byte.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue, 1UL << 63, ulong.MaxValue];
        var code = program.Machine.Program;
        for (var slot = 0; slot < code.Length; slot++)
        {
            if (program.Machine.At(slot) is not Decoded.Valid(var instruction)) continue;
            var form = instruction.Form;
            if (form.Layout.Immediate is not FieldUse.HoldsValue || form.Displacement.Contains(Field.Immediate)) continue;
            Around(form.Layout.IsWide ? instruction.WideImmediate : (ulong)instruction.Immediate);
        }

        foreach (var region in program.AllRegions)
        {
            Around(region.Start);
            Around(region.Start + region.Length.Values.Greatest.Value);
        }

        Around(AddressSpace.Stack);
        Around(AddressSpace.Stack + (ulong)program.Profile.FrameBytes);
        Around((ulong)program.Context.Least);
        Around((ulong)program.Context.Greatest);
        return [.. thresholds];

        void Around(ulong number)
        {
            thresholds.Add(number - 1);
            thresholds.Add(number);
            thresholds.Add(number + 1);
        }
    }
}

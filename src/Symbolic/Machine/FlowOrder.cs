using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>An order of a program's slots in which only the jumps that close a loop lead backwards.</summary>
/// <remarks>
/// Reverse postorder of the flow graph, function by function: compilers place blocks where they like, so the order of the slots
/// themselves would take many a jump for a loop.
/// </remarks>
internal sealed class FlowOrder
{
    private readonly int[] places;

    /// <summary>The order of a program that is entered at a slot.</summary>
    public FlowOrder(ReferenceMachine machine, int entry)
    {
        places = new int[machine.Program.Length];
        var visited = new bool[places.Length];
        List<int> postorder = [];
        Stack<int> functions = new([entry]);
        while (functions.TryPop(out var function)) Walk(machine, function, visited, postorder, functions);
        for (var i = 0; i < postorder.Count; i++) places[postorder[i]] = postorder.Count - i;
    }

    /// <summary>The place of a slot in the order.</summary>
    public int this[ulong slot] => slot < (ulong)places.Length ? places[slot] : 0;

    private static void Walk(ReferenceMachine machine, int function, bool[] visited, List<int> postorder, Stack<int> functions)
    {
        Stack<(int Slot, IEnumerator<int> Successors)> path = [];
        Enter(function);
        while (path.TryPeek(out var at))
        {
            if (at.Successors.MoveNext())
            {
                Enter(at.Successors.Current);
                continue;
            }

            postorder.Add(at.Slot);
            path.Pop();
        }

        void Enter(int slot)
        {
            if (slot < 0 || slot >= visited.Length || visited[slot]) return;
            visited[slot] = true;
            path.Push((slot, Successors(machine, slot, functions).GetEnumerator()));
        }
    }

    // Where an instruction leads within its function; the function that it calls is noted.
    private static IEnumerable<int> Successors(ReferenceMachine machine, int slot, Stack<int> functions)
    {
        if (machine.At(slot) is not Decoded.Valid(var instruction)) yield break;
        var form = instruction.Form;
        var next = slot + form.Layout.Slots;
        var isCall = form.Operation is CallOperation.Local;
        if (!form.Displacement.IsEmpty)
        {
            var distance = form.Displacement[0] is Field.Offset ? instruction.Offset : instruction.Immediate;
            var target = (long)next + distance;
            if (target >= 0 && target < machine.Program.Length)
            {
                if (isCall) functions.Push((int)target);
                else yield return (int)target;
            }
        }

        if (form.Operation is not (JumpOperation.Always or CallOperation.Exit)) yield return next;
    }
}

using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The registers of whose values something hangs later: a branch, an address, a divisor, what a helper is given.</summary>
/// <remarks>Nothing that is claimed relies on it: of other registers less is looked for.</remarks>
public static class Relevance
{
    /// <summary>All registers.</summary>
    public const int All = 0x7ff;

    private const int OfCaller = 0x03f;
    private const int OfHelper = 0x03e;
    private const int StackPointer = 10;

    /// <summary>Of each node a bit for each register, that of r0 the lowest.</summary>
    public static IReadOnlyList<int> Of(ReferenceMachine machine, ControlFlow flow)
    {
        var relevant = new int[flow.Nodes.Count];
        for (var changes = true; changes;)
        {
            changes = false;
            for (var node = relevant.Length - 1; node >= 0; node--)
            {
                var after = 0;
                foreach (var next in flow.Next[node]) after |= relevant[next];
                var before = Before(machine, flow, node, after, relevant) | (1 << StackPointer);
                changes |= before != relevant[node];
                relevant[node] = before;
            }
        }

        return relevant;
    }

    private static int Before(ReferenceMachine machine, ControlFlow flow, int node, int after, int[] relevant)
    {
        var (slot, calls) = flow.Nodes[node];
        if (machine.At(slot) is not Decoded.Valid(var instruction)) return All;
        var form = instruction.Form;
        var target = 1 << instruction.Destination.Number;
        var source = form.Layout.Source is FieldUse.NamesRegister ? 1 << instruction.Source.Number : 0;
        var others = after & ~target;
        switch (form.Operation)
        {
            case CallOperation.Exit:
                return after & OfCaller;
            case CallOperation.Local:
                var back = flow.NumberOf(new(slot + form.Layout.Slots, calls));
                return after | (back < 0 ? 0 : relevant[back] & ~OfCaller);
            case CallOperation:
                return (after & ~1) | OfHelper;
            case JumpOperation.Always:
                return after;
            case JumpOperation:
                return after | target | source;
            case AluOperation.Move:
                return (after & target) == 0 ? after : others | source;
            case AluOperation.Division:
                return after | source | ((after & target) == 0 ? 0 : target);
            case AluOperation:
                return (after & target) == 0 ? after : after | source;
            case MemoryOperation.Load or MemoryOperation.LoadSigned:
                return others | source;
            case MemoryOperation:
                // Only what goes to the stack itself is followed.
                return after | target | (instruction.Destination.Number == StackPointer ? source : 0);
            case AtomicOperation:
                return after | target | source;
            default:
                return others | source;
        }
    }
}

using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Findings;

/// <summary>How many branches and local calls a run can take at most.</summary>
public static class BranchBound
{
    private static readonly UInt128 Most = UInt128.One << 62;

    /// <summary>The most; null if it is not bounded.</summary>
    /// <remarks>
    /// Each jump counts as often as the loops around it can come to it: once more than each begins anew; one that begins a loop anew
    /// itself, once less. That is more than any run takes where a round can pass one of two jumps only.
    /// </remarks>
    /// <param name="confirmed">What the checker confirmed.</param>
    /// <param name="rounds">By the node of its head, how often each loop begins anew each time that it is entered.</param>
    public static ulong? Of(CheckedCase.True confirmed, IReadOnlyDictionary<int, ulong?> rounds)
    {
        var flow = confirmed.Flow;
        if (!flow.IsReducible) return null;
        UInt128 all = 0;
        foreach (var (node, visited) in confirmed.Visits)
        {
            foreach (var successor in visited.Step.Successors)
            {
                if (!IsTaken(confirmed, node, successor.Slot)) continue;
                var to = Array.Find(flow.Next[node], next => flow.Nodes[next].Slot == successor.Slot);
                UInt128 times = 1;
                foreach (var loop in flow.Loops)
                {
                    if (!loop.Body.Contains(node)) continue;
                    if (rounds.GetValueOrDefault(loop.Head) is not { } most) return null;
                    times *= to == loop.Head ? most : (UInt128)most + 1;
                    if (times >= Most) return null;
                }

                all += times;
            }
        }

        return all < Most ? (ulong)all : null;
    }

    private static bool IsTaken(CheckedCase.True confirmed, int node, int to)
    {
        var slot = confirmed.Flow.Nodes[node].Slot;
        var instruction = ((Decoded.Valid)confirmed.Program.Machine.At(slot)).Instruction;
        return instruction.Form.Operation switch
        {
            CallOperation.Local or JumpOperation.Always => true,
            JumpOperation => to != slot + instruction.Form.Layout.Slots || instruction.Offset == 0,
            _ => false,
        };
    }
}

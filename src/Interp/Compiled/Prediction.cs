using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Which region each access is expected in: the stack frame if its address comes from r10, else the context.</summary>
/// <remarks>
/// A guess, by which registers are made from r10 on every path that was looked at. What was seen at run time replaces it.
/// </remarks>
internal static class Prediction
{
    /// <summary>The expectations before a program has run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stackStart">The address of the entry's stack frame.</param>
    /// <param name="others">The region in which accesses are expected that are not by r10; null if there is none but the stack.</param>
    public static Expectations Of(CompiledPlan plan, ulong stackStart, ExpectedRegion? others)
    {
        var from = new Dictionary<int, int>();
        var stack = 1 << (RunState.RegisterCount - 1);
        foreach (var slot in plan.Entries) from[slot] = stack;
        var bySlot = new Dictionary<int, Sequence<ExpectedRegion>>();
        Sequence<ExpectedRegion> inStack = [ExpectedRegion.Stack];
        var inOthers = others is null ? inStack : [others];

        // Twice, so that what a loop makes is seen where it begins.
        for (var round = 0; round < 2; round++)
        {
            var made = stack;
            foreach (var instruction in plan.Instructions)
            {
                if (from.TryGetValue(instruction.Slot, out var here)) made = here;
                var own = instruction.Own;
                var row = CompiledPlan.RowOf(own);
                var (destination, source) = (1 << (own.Destination / 8), 1 << (own.Source / 8));
                if (row.Kind is Kind.Access(nameof(Steps.SourceAddress) or nameof(Steps.DestinationAddress), var permission))
                {
                    var isStack = (made & (permission is Permission.Read ? source : destination)) != 0;
                    bySlot[instruction.Slot] = isStack ? inStack : inOthers;
                    if (permission is Permission.Read) made &= ~destination;
                }
                else if (row.Kind is Kind.Straight)
                {
                    made = CompiledPlan.NameOf(own) switch
                    {
                        { Method: nameof(Steps.Move) } => (made & source) != 0 ? made | destination : made & ~destination,
                        { Method: nameof(Steps.Alu64X), Arguments: [nameof(Add)] } => (made & source) != 0 ? made | destination : made,
                        { Method: nameof(Steps.Alu64X) or nameof(Steps.Alu64K), Arguments: [nameof(Add) or nameof(Subtract)] } => made,
                        _ => made & ~destination,
                    };
                }

                if (row.Jumps) from[own.Offset] = from.GetValueOrDefault(own.Offset, made) & made;
                if (row.Kind is Kind.HostCall or Kind.LocalCall) made &= ~0b11_1111;
            }
        }

        return new(stackStart, bySlot, others is null ? [] : [others.Index]);
    }
}

using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Where the accesses of a program were that were not where they had been expected.</summary>
/// <param name="plan">The plan.</param>
internal sealed unsafe class Learned(CompiledPlan plan)
{
    // By slot the regions seen, and how often.
    private readonly Dictionary<int, Dictionary<ExpectedRegion, int>> seen = [];

    /// <summary>Notes where an access is that the interpreter is about to do.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="state">The state before it.</param>
    public void Note(DecodedInstruction instruction, RunState* state)
    {
        var own = instruction.Own;
        var row = CompiledPlan.RowOf(own);
        var permission = ((Kind.Access)row.Kind).Permission;
        var address = state->Registers[(permission is Permission.Read ? own.Source : own.Destination) / 8] + (ulong)own.Offset;
        var region = Grants.Find(state, address, (ulong)Emission.SizeOf(StepName.Of(row.Step)), (ulong)permission);
        if (region == null) return;
        var expected = region->Host == state->StackHost ? ExpectedRegion.Stack : new((int)(region - state->Regions), region->Start);
        if (!seen.TryGetValue(instruction.Slot, out var here)) seen[instruction.Slot] = here = [];
        here[expected] = here.GetValueOrDefault(expected) + 1;
    }

    /// <summary>The regions expected from now on: at most two for an access, and of each one address.</summary>
    /// <param name="state">The state, which says where regions are.</param>
    public Expectations Expectations(RunState* state)
    {
        var predicted = Prediction.Of(plan, state->StackStart, Others(state));
        var bySlot = new Dictionary<int, Sequence<ExpectedRegion>>(predicted.BySlot);
        foreach (var (slot, here) in seen)
        {
            var frequent = here.OrderByDescending(pair => pair.Value).Select(pair => pair.Key).Where(region => IsThere(region, state));
            bySlot[slot] = [.. bySlot[slot].AsSpan().ToArray().Concat(frequent).Distinct().Take(2)];
        }

        return predicted with
        {
            BySlot = bySlot,
            Granting = [.. Enumerable.Range(0, (int)state->RegionCount).Where(i => Grants(state->Regions[i]))],
        };

        static bool Grants(MappedRegion region) => (region.Permission & Execution.Grants.ReadWrite) == Execution.Grants.ReadWrite;
    }

    private static bool IsThere(ExpectedRegion region, RunState* state) => region.Index < 0
        || ((ulong)region.Index < state->RegionCount && state->Regions[region.Index].Start == region.Start);

    // The first region that is not the stack: of a Vm the context.
    private static ExpectedRegion? Others(RunState* state)
    {
        for (var i = 0; (ulong)i < state->RegionCount; i++)
        {
            if (state->Regions[i].Host != state->StackHost && state->Regions[i].Length > 0) return new(i, state->Regions[i].Start);
        }

        return null;
    }
}

using System.Reflection.Emit;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Short loops: several rounds are done at a time, for which accesses and branches are looked at once.</summary>
/// <remarks>
/// Where a loop begins, the addresses in the first and in the last of the next rounds are looked at, if each round adds the
/// same to them, and whether the branches are left that these rounds take. If so, the rounds are done without a further look; else
/// the loop does one round as all code does it. Branches are paid for when the rounds end: until then they are owed. Of a very
/// short loop that counts up to a limit it is looked at once as well whether the rounds all go on; where not, fewer are done as above.
/// </remarks>
internal sealed unsafe partial class Emitter
{
    private const int Rounds = 4;
    private const int RoundsOfFew = 8;
    private const int FewInLoop = 6;
    private const int MostInLoop = 16;
    private const int MostLoops = 8;

    // Above it a program may come too near to what the runtime's compiler no longer optimises.
    private const int MostForLoops = 500;

    // The least stride that a register must not have, and the greatest of numbers, either way.
    private const ulong RegisterStride = 1UL << 32;
    private const ulong NumberStride = 1UL << 16;

    // So far from the greatest number that what counts cannot pass it meanwhile.
    private const ulong CountStart = 1UL << 62;

    private int loops;

    /// <summary>An access whose address each round of a loop changes by the same.</summary>
    /// <param name="Distance">From the start of its region, when the round begins.</param>
    /// <param name="Stride">The change: a number, or a register that the loop does not change.</param>
    /// <param name="Limit">What the distance is below.</param>
    private sealed record Stream(LinearSum Distance, LinearSum Stride, CompiledLimit Limit);

    /// <summary>A number that goes up by the same in each round of a loop, which goes on while it is below a limit that stays.</summary>
    /// <param name="Value">The number as it is compared in the round, in terms of the registers when it begins.</param>
    /// <param name="Stride">The change.</param>
    /// <param name="Limit">The limit.</param>
    private sealed record Counter(LinearSum Value, LinearSum Stride, CompiledLimit Limit);

    /// <summary>A loop.</summary>
    /// <param name="First">The place of its first instruction.</param>
    /// <param name="Last">That of the jump back.</param>
    /// <param name="Exit">That of the branch that ends it, which is the jump back or stands before it.</param>
    /// <param name="Counter">What says that it goes on; null if its branch is asked in every round.</param>
    /// <param name="Streams">Its accesses that are looked at.</param>
    /// <param name="Changes">Before each instruction, what the round has added so far to each register; null if that is not known.</param>
    /// <param name="Values">Before each instruction, each register in terms of those when the round began; null if not known.</param>
    private sealed record Loop(
        int First,
        int Last,
        int Exit,
        Counter? Counter,
        Sequence<Stream> Streams,
        Sequence<Sequence<LinearSum?>> Changes,
        Sequence<Sequence<LinearSum?>> Values)
    {
        /// <summary>How many rounds are done at a time.</summary>
        public int Rounds => Counter is not null ? RoundsOfFew : Emitter.Rounds;
    }

    // The loop that begins at an instruction, if it is one for several rounds at a time.
    private Loop? LoopAt(int first)
    {
        if (plan.IsMetered || loops >= MostLoops || plan.Instructions.Count > MostForLoops) return null;
        var start = plan.Instructions[first].Slot;
        if (!plan.Targets.Contains(start)) return null;
        LinearSum?[] now = [.. LinearSum.EachRegister];
        List<(LinearSum Address, ExpectedRegion Region, Permission Permission, int Bytes)> accesses = [];
        List<Sequence<LinearSum?>> before = [];
        for (var i = first; i < plan.Instructions.Count && i - first < MostInLoop; i++)
        {
            var instruction = plan.Instructions[i];
            var own = instruction.Own;
            if (CompiledPlan.AlwaysLeaves(instruction) || instruction.Steps.Count != 1) return null;
            if (i > first && plan.Leaders.Contains(instruction.Slot)) return null;
            before.Add([.. now]);
            var row = CompiledPlan.RowOf(own);
            switch (row.Kind)
            {
                case Kind.Branch when own.Offset == start:
                    return LoopOf(first, i, i, accesses, before, now);
                case Kind.Branch when i + 1 < plan.Instructions.Count && own.Offset > plan.Instructions[i + 1].Slot
                    && plan.Instructions[i + 1] is var back && !plan.Leaders.Contains(back.Slot)
                    && CompiledPlan.RowOf(back.Own).Kind is Kind.Jump && back.Own.Offset == start && back.Steps.Count == 1:
                    before.Add([.. now]);
                    return LoopOf(first, i + 1, i, accesses, before, now);
                case Kind.Access access when IsWatched(instruction, row) is { } isWatched:
                    if (isWatched)
                    {
                        if (now[BaseOf(own, row) / 8] is not { } address) return null;
                        accesses.Add((
                            address + LinearSum.Of((ulong)own.Offset),
                            expectations.BySlot[instruction.Slot][0],
                            access.Permission,
                            Emission.SizeOf(CompiledPlan.NameOf(own))));
                    }

                    if (access.Permission is Permission.Read) now[own.Destination / 8] = null;
                    break;
                case Kind.Straight when !Emission.IsDivision(row) || Emission.IsOfImmediate(CompiledPlan.NameOf(own)):
                    now[own.Destination / 8] = After(own, now);
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    // Whether an access must be looked at; null if it is none for a loop.
    private bool? IsWatched(DecodedInstruction instruction, Row row) =>
        IsInFrame(instruction.Own, row, Emission.SizeOf(CompiledPlan.NameOf(instruction.Own))) switch
        {
            true => false,
            false => null,
            null when ProvedRegion(instruction.Slot) is not null => false,
            null when expectations.BySlot[instruction.Slot] is [{ Index: var index }] && (index >= 0 || !plan.HasLocalCalls) => true,
            null => null,
        };

    // What a register is after a step that changes no memory, in terms of the registers when the round began.
    private static LinearSum? After(PredecodedStep step, LinearSum?[] now)
    {
        var (destination, source) = (now[step.Destination / 8], now[step.Source / 8]);
        return CompiledPlan.NameOf(step) switch
        {
            { Method: nameof(Steps.Constant) } => LinearSum.Of(step.Immediate),
            { Method: nameof(Steps.Move), Arguments: [nameof(Same)] } => source,
            { Method: nameof(Steps.Alu64K), Arguments: [nameof(Add)] } =>
                destination is null ? null : destination + LinearSum.Of(step.Immediate),
            { Method: nameof(Steps.Alu64K), Arguments: [nameof(Subtract)] } =>
                destination is null ? null : destination - LinearSum.Of(step.Immediate),
            { Method: nameof(Steps.Alu64K), Arguments: [nameof(ShiftLeft)] } =>
                destination is null ? null : destination * (1UL << (int)(step.Immediate & 63)),
            { Method: nameof(Steps.Alu64X), Arguments: [nameof(Add)] } =>
                destination is null || source is null ? null : destination + source,
            { Method: nameof(Steps.Alu64X), Arguments: [nameof(Subtract)] } =>
                destination is null || source is null ? null : destination - source,
            _ => null,
        };
    }

    private Loop? LoopOf(
        int first,
        int last,
        int exit,
        List<(LinearSum Address, ExpectedRegion Region, Permission Permission, int Bytes)> accesses,
        List<Sequence<LinearSum?>> before,
        LinearSum?[] after)
    {
        var isKept = new bool[after.Length];
        for (var number = 0; number < after.Length; number++) isKept[number] = after[number] == LinearSum.OfRegister(number);
        var changes = before.ConvertAll(sums => Changes(sums.AsSpan()));
        var all = Changes(after);
        List<Stream> streams = [];
        foreach (var (address, region, permission, bytes) in accesses)
        {
            if (StrideOf(address) is not { } stride) return null;
            if (stride.IsNumber ? unchecked(stride.Number + NumberStride) >= 2 * NumberStride : !stride.IsRegister) return null;

            var start = region.Index < 0 ? expectations.StackStart : region.Start;
            streams.Add(new(address - LinearSum.Of(start), stride, LimitOf(region, permission, bytes)));
        }

        return new(first, last, exit, CounterOf(), [.. streams.Distinct()], [.. changes], [.. before]);

        // Known all the time, so that it can be said of any instruction what the sum was when the round began.
        LinearSum? StrideOf(LinearSum sum)
        {
            var stride = LinearSum.Of(0);
            for (var number = 0; number < RunState.RegisterCount; number++)
            {
                if (!sum.Has(number)) continue;
                if (all[number] is not { } change || changes.Exists(known => known[number] is null)) return null;
                stride = stride.Plus(change, sum.Times[number]);
            }

            return stride;
        }

        Counter? CounterOf()
        {
            if (last - first >= FewInLoop) return null;
            var own = plan.Instructions[exit].Own;
            var name = CompiledPlan.NameOf(own);
            if (Emission.Is32(name) || before[exit - first][own.Destination / 8] is not { } value || StrideOf(value) is not { } stride)
                return null;
            if (stride.IsNumber ? stride.Number is 0 or >= NumberStride : !stride.IsRegister) return null;

            // While it is below the limit, the loop goes on.
            if (name.Arguments[0] is not (nameof(Less) or nameof(NotEqual)) && exit == last) return null;
            if (name.Arguments[0] is not (nameof(GreaterOrEqual) or nameof(Equal)) && exit != last) return null;
            if (Emission.IsOfImmediate(name)) return new(value, stride, new CompiledLimit.Of(own.Immediate));
            return isKept[own.Source / 8] && before[exit - first][own.Source / 8] == LinearSum.OfRegister(own.Source / 8)
                ? new(value, stride, new CompiledLimit.Register(own.Source / 8))
                : null;
        }

        // Numbers, and registers that the loop keeps.
        Sequence<LinearSum?> Changes(ReadOnlySpan<LinearSum?> sums)
        {
            var known = new LinearSum?[sums.Length];
            for (var number = 0; number < known.Length; number++)
            {
                if (sums[number] is not { } sum) continue;
                var change = sum - LinearSum.OfRegister(number);
                if (IsOfKept(change)) known[number] = change;
            }

            return [.. known];
        }

        bool IsOfKept(LinearSum sum)
        {
            for (var number = 0; number < RunState.RegisterCount; number++)
            {
                if (sum.Has(number) && !isKept[number]) return false;
            }

            return true;
        }
    }

    private CompiledLimit LimitOf(ExpectedRegion region, Permission permission, int bytes) => region.Index < 0
        ? new CompiledLimit.Of(Grants.Reach(plan.FrameBytes, (ulong)bytes))
        : new CompiledLimit.Reach(region.Index, Needed(region.Index, permission), bytes);

    // The look ahead, the rounds, and their ends; behind it comes the loop as all code is.
    private void Emit(Loop loop)
    {
        loops++;
        if (loop.Counter is not null) EmitRounds(loop);
        EmitRounds(loop with { Counter = null });
    }

    private void EmitRounds(Loop loop)
    {
        var slow = writer.Label();
        var start = plan.Instructions[loop.First].Slot;
        var exit = plan.Instructions[loop.Exit];
        var target = loop.Exit == loop.Last ? exit.Next : exit.Own.Offset;
        var reserve = Math.Max(ReserveAt(start), ReserveAt(target));
        var rounds = loop.Rounds;
        if (facts?.MostBranches is null) JumpIfFewer(rounds + reserve, slow);
        foreach (var bound in BoundsAt(loop, 0, rounds - 1))
        {
            Sum(bound.Sum);
            Limit(bound.Limit);
            writer.Jump(OpCodes.Bge_Un, slow);
        }

        List<(Label Label, int Owed)> ends = [];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = loop.First; i <= loop.Last; i++)
            {
                var instruction = plan.Instructions[i];
                if (round > 0 || i > loop.First)
                {
                    var (place, ahead) = (i - loop.First, rounds - 1 - round);
                    cuts.Add(new(instruction.Slot, writer.Bytes, 0, facts?.MostBranches is null ? rounds - round + reserve : 0)
                    {
                        Owed = round,
                        Known = () => [.. BoundsAt(loop, place, ahead), .. ValuesAt(loop, place)],
                    });
                }

                if (i == loop.Exit && loop.Counter is not null)
                {
                    writer.Do(OpCodes.Nop);
                }
                else if (i == loop.Exit)
                {
                    var end = writer.Label();
                    ends.Add((end, loop.Exit == loop.Last ? round : round + 1));
                    var name = CompiledPlan.NameOf(instruction.Own);
                    Compare(instruction.Own, name);
                    writer.Jump(Emission.Condition(name.Arguments[0], holds: loop.Exit != loop.Last), end);
                }

                if (i == loop.Last) Back(round);
                else if (i != loop.Exit) InRound(ref i);
            }
        }

        foreach (var (label, owed) in ends)
        {
            writer.Mark(label);
            Owe(owed);
            writer.Jump(OpCodes.Br, places[target]);
        }

        writer.Mark(slow);

        void Back(int round)
        {
            if (round < rounds - 1)
            {
                if (loop.Exit != loop.Last) writer.Do(OpCodes.Nop);
                return;
            }

            Owe(rounds);
            writer.Jump(OpCodes.Br, places[start]);
        }
    }

    private void InRound(ref int index)
    {
        var instruction = plan.Instructions[index];
        var own = instruction.Own;
        var row = CompiledPlan.RowOf(own);
        if (IsZeroExtension(index))
        {
            Assign(own.Destination, () => Converted(own.Destination, nameof(Low32)));
            index++;
        }
        else if (row.Kind is Kind.Access && IsWatched(instruction, row) is true)
        {
            Unchecked(own, row, expectations.BySlot[instruction.Slot][0]);
        }
        else
        {
            Do(instruction, own);
        }
    }

    private void Owe(int count)
    {
        if (count == 0) return;
        writer.Get(branches);
        writer.Number((ulong)count);
        writer.Do(OpCodes.Sub);
        writer.Set(branches);
    }

    // What is known before an instruction of the loop, if that many rounds are ahead after this one.
    private static HashSet<CompiledBound> BoundsAt(Loop loop, int place, int ahead)
    {
        HashSet<CompiledBound> bounds = [];
        if (loop.Counter is { } counter)
        {
            var value = Now(counter.Value);
            bounds.Add(new(value + (counter.Stride * (ulong)ahead), counter.Limit));
            bounds.Add(new(value - (counter.Stride * (ulong)(loop.Rounds - 1 - ahead)), new CompiledLimit.Of(CountStart)));
            if (!counter.Stride.IsNumber) bounds.Add(new(counter.Stride, new CompiledLimit.Of(RegisterStride)));
        }

        foreach (var (distance, stride, limit) in loop.Streams)
        {
            var now = Now(distance);
            bounds.Add(new(now, limit));
            if (ahead > 0) bounds.Add(new(now + (stride * (ulong)ahead), limit));
            if (ahead > 0 && !stride.IsNumber) bounds.Add(new(stride, new CompiledLimit.Of(RegisterStride)));
        }

        return bounds;

        LinearSum Now(LinearSum sum) =>
            NowOf(loop, place, sum) ?? throw new InvalidOperationException("a register of an address or of a count is not known");
    }

    // That registers which the round has set anew are what it has set them to, where addresses are made of them.
    private static IEnumerable<CompiledBound> ValuesAt(Loop loop, int place)
    {
        if (loop.Streams.IsEmpty && loop.Counter is null) yield break;
        for (var number = 0; number < RunState.RegisterCount; number++)
        {
            if (loop.Changes[place][number] is not null || loop.Values[place][number] is not { } value) continue;
            if (NowOf(loop, place, value) is { } now) yield return new(LinearSum.OfRegister(number) - now, new CompiledLimit.Of(1));
        }
    }

    // A sum of registers when the round began, in terms of those before an instruction.
    private static LinearSum? NowOf(Loop loop, int place, LinearSum sum)
    {
        var now = sum;
        for (var number = 0; number < RunState.RegisterCount; number++)
        {
            if (!sum.Has(number)) continue;
            if (loop.Changes[place][number] is not { } change) return null;
            now = now.Plus(change, unchecked(0 - sum.Times[number]));
        }

        return now;
    }
}

using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>The paths under way in one method, by where they are; those that meet go on as one where they can.</summary>
internal sealed class CilMeetings<TMemory>
    where TMemory : class, ICilMemory<TMemory>
{
    private readonly SortedDictionary<int, List<CilWalker<TMemory>>> open = [];

    /// <summary>Adds a path, or joins it with one that is there.</summary>
    public void Add(CilWalker<TMemory> walker)
    {
        var offset = walker.Frame.At.Offset;
        if (!open.TryGetValue(offset, out var here)) open[offset] = here = [];
        for (var i = 0; i < here.Count; i++)
        {
            if (Join(here[i], walker) is not { } joined) continue;
            here[i] = joined;
            return;
        }

        here.Add(walker);
    }

    /// <summary>The path furthest behind; null if there is none.</summary>
    public CilWalker<TMemory>? Take()
    {
        if (open.Count == 0) return null;
        var (offset, here) = open.First();
        var walker = here[^1];
        here.RemoveAt(here.Count - 1);
        if (here.Count == 0) open.Remove(offset);
        return walker;
    }

    /// <summary>Ended paths, those that returned with the same memory as one.</summary>
    public static List<CilPath<TMemory>> Merge(List<CilPath<TMemory>> paths)
    {
        List<CilPath<TMemory>> merged = [];
        foreach (var path in paths)
        {
            var index = merged.FindIndex(other => ReferenceEquals(other.Memory, path.Memory) && Join(other, path) is not null);
            if (index < 0) merged.Add(path);
            else merged[index] = Join(merged[index], path)!;
        }

        return merged;
    }

    private static CilPath<TMemory>? Join(CilPath<TMemory> left, CilPath<TMemory> right)
    {
        if ((left.End, right.End) is not (CilEnd.Returned(var a), CilEnd.Returned(var b))) return null;
        var (common, here) = Meet(left.Condition, right.Condition);
        return a is null && b is null ? left with { Condition = common }
            : Choose(here, a, b) is { } value ? new(common, new CilEnd.Returned(value), left.Memory)
            : null;
    }

    private static CilWalker<TMemory>? Join(CilWalker<TMemory> left, CilWalker<TMemory> right)
    {
        var (a, b) = (left.Frame, right.Frame);
        if (!ReferenceEquals(left.Memory, right.Memory) || a.Stack.Length != b.Stack.Length) return null;
        var (common, here) = Meet(left.Condition, right.Condition);
        return All(here, a.Arguments, b.Arguments) is { } arguments && All(here, a.Locals, b.Locals) is { } locals
            && All(here, a.Stack, b.Stack) is { } stack
            ? new(a with { Arguments = arguments, Locals = locals, Stack = stack }, common, left.Memory)
            : null;
    }

    // What two paths have in common, with what else leads along either; and what tells the left one from the right.
    private static (ImmutableList<Term> Common, Term Left) Meet(ImmutableList<Term> left, ImmutableList<Term> right)
    {
        var shared = 0;
        while (shared < Math.Min(left.Count, right.Count) && ReferenceEquals(left[shared], right[shared])) shared++;
        var common = left.RemoveRange(shared, left.Count - shared);
        var (here, there) = (left.RemoveRange(0, shared), right.RemoveRange(0, shared));

        // Of what one adds, the other mostly denies the first: a or (not a and b) is a or b.
        if (here.Count > 0 && there.Count > 0 && ReferenceEquals(here[0], !there[0]))
        {
            if (here.Count == 1 && there.Count == 1) return (common, here[0]);
            if (here.Count == 1) return (common.Add(here[0] | Make.All(there.Skip(1))), here[0]);
            if (there.Count == 1) return (common.Add(Make.All(here.Skip(1)) | there[0]), here[0]);
            return (common.Add(Make.Choose(here[0], Make.All(here.Skip(1)), Make.All(there.Skip(1)))), here[0]);
        }

        return (common.Add(Make.All(here) | Make.All(there)), Make.All(here));
    }

    private static ImmutableArray<TValue>? All<TValue>(Term isLeft, ImmutableArray<TValue> left, ImmutableArray<TValue> right)
        where TValue : CilValue?
    {
        if (left.SequenceEqual(right)) return left;
        var chosen = new TValue[left.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            // A local that one path did not set is not read after they have met, or the reader would reject it there.
            var value = left[i] is null || right[i] is null ? null : Choose(isLeft, left[i], right[i]);
            if (value is null && left[i] is not null && right[i] is not null) return null;
            chosen[i] = (TValue)value!;
        }

        return [.. chosen];
    }

    private static CilValue? Choose(Term isLeft, CilValue? left, CilValue? right) => (left, right) switch
    {
        _ when left == right => left,
        (CilValue.Number(var a), CilValue.Number(var b)) when a.Width == b.Width => new CilValue.Number(Make.Choose(isLeft, a, b)),
        _ => null,
    };
}

using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>Makes one symbolic state of two that wait at the same place: each value is chosen by which of the two it was.</summary>
/// <remarks>
/// Kuznetsov et al., Efficient State Merging in Symbolic Execution, PLDI 2012. Where it would cost more than it saves, states
/// stay apart: a register that holds an address in one of them keeps its value, since an address that is chosen makes every
/// access a question about all bytes. Of two budgets, which are known, the result has the lesser: who needs it exact must see to it.
/// </remarks>
public static class Merging
{
    /// <summary>The state that is the first where a condition holds, and the second elsewhere; nothing if they are too unlike.</summary>
    /// <param name="condition">What tells them apart.</param>
    /// <param name="first">A state.</param>
    /// <param name="second">Another state.</param>
    public static State<TermWord>? Of(Term condition, State<TermWord> first, State<TermWord> second) =>
        AreAlike(first, second) && TryMerge(condition, first.Host.Data, second.Host.Data, out var data)
            ? first with
            {
                Registers = Registers(condition, first.Registers, second.Registers),
                Memory = first.Memory.WithRegions(
                    Pairs(first.Memory.Regions, second.Memory.Regions, (one, other) => Region(condition, one, other))),
                Frames = Pairs(first.Frames, second.Frames, (one, other) => one with
                {
                    Saved = Pairs(one.Saved, other.Saved, (left, right) => Word(condition, left, right)),
                }),
                Budget = new(
                    Least(first.Budget.Branches, second.Budget.Branches), Least(first.Budget.Instructions, second.Budget.Instructions)),
                Host = first.Host with { Data = data },
            }
            : null;

    private static Allowance<TermWord> Least(Allowance<TermWord> one, Allowance<TermWord> other) => (one, other) switch
    {
        (Allowance<TermWord>.Remaining(var left), Allowance<TermWord>.Remaining(var right)) =>
            left.Term.Value <= right.Term.Value ? one : other,
        (Allowance<TermWord>.Unlimited, _) => other,
        _ => one,
    };

    private static bool AreAlike(State<TermWord> first, State<TermWord> second) =>
        first.ProgramCounter == second.ProgramCounter
        && first.Memory.Stack.Start == second.Memory.Stack.Start
        && All(first.Memory.Regions, second.Memory.Regions, AreAlike)
        && All(first.Frames, second.Frames, (one, other) =>
            one.ReturnTo == other.ReturnTo && All(one.Saved, other.Saved, (left, right) => MayBeChosen(left, right, first.Memory)))
        && Enumerable.Range(0, Registers<TermWord>.Count)
            .All(register => MayBeChosen(first.Registers[register], second.Registers[register], first.Memory));

    private static bool AreAlike(Region<TermWord> one, Region<TermWord> other) =>
        one.Start == other.Start && one.Length == other.Length && one.Readable == other.Readable && one.Writable == other.Writable
        && (ReferenceEquals(one.Bytes, other.Bytes)
            || (one.Bytes is CellBytes left && other.Bytes is CellBytes right && left.Length == right.Length));

    private static bool MayBeChosen(TermWord one, TermWord other, IMemory<TermWord> memory) =>
        one == other || !(IsAddress(one, memory) || IsAddress(other, memory));

    private static bool IsAddress(TermWord word, IMemory<TermWord> memory)
    {
        if (!word.IsKnown(out var address)) return false;
        foreach (var region in memory.Regions)
        {
            if (region.Start.IsKnown(out var start) && region.Length.IsKnown(out var length) && address - start <= length) return true;
        }

        return false;
    }

    private static Registers<TermWord> Registers(
        Term condition, IRegisters<TermWord> first, IRegisters<TermWord> second)
    {
        var registers = new TermWord[Registers<TermWord>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Word(condition, first[i], second[i]);
        return Registers<TermWord>.Of(registers);
    }

    private static Region<TermWord> Region(Term condition, Region<TermWord> one, Region<TermWord> other) =>
        ReferenceEquals(one.Bytes, other.Bytes) ? one : one with { Bytes = ((CellBytes)one.Bytes).Or(condition, (CellBytes)other.Bytes) };

    private static bool TryMerge(
        Term condition, IHostData<TermWord>? first, IHostData<TermWord>? second, out IHostData<TermWord>? merged)
    {
        merged = first is null || second is null ? null : first.Choose(TermTruths.Of(condition), second);
        return merged is not null || (first is null && second is null);
    }

    private static TermWord Word(Term condition, TermWord one, TermWord other) => new(Make.Choose(condition, one.Term, other.Term));

    private static Sequence<T> Pairs<T>(Sequence<T> first, Sequence<T> second, Func<T, T, T> choose) =>
        Sequence.Generate(first.Count, index => choose(first[index], second[index]));

    private static bool All<T>(Sequence<T> first, Sequence<T> second, Func<T, T, bool> holds)
    {
        if (first.Count != second.Count) return false;
        for (var i = 0; i < first.Count; i++)
        {
            if (!holds(first[i], second[i])) return false;
        }

        return true;
    }
}

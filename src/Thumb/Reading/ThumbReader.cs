using System.Collections.Immutable;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Thumb.Reading;

/// <summary>Reads code as formulas: every way from a state to where it stops.</summary>
/// <param name="code">The code.</param>
/// <param name="stops">The addresses where ways end.</param>
/// <param name="contracts">By address, what functions do that are not read.</param>
/// <param name="aligned">Variables that are multiples of 4: the bases of objects.</param>
public sealed class ThumbReader(
    ThumbCode code,
    IReadOnlySet<uint> stops,
    IReadOnlyDictionary<uint, Func<ArmState<TermWord>, Contract>> contracts,
    IReadOnlySet<Term> aligned)
{
    private const int MostSteps = 20_000;

    private readonly SortedSet<uint> met = [];

    /// <summary>The effects of functions whose addresses are no numbers, by the address, its lowest bit zero.</summary>
    public IReadOnlyDictionary<Term, Func<ArmState<TermWord>, Contract>> Functions { get; init; } =
        ImmutableDictionary.Create<Term, Func<ArmState<TermWord>, Contract>>(ReferenceEqualityComparer.Instance);

    /// <summary>The addresses of the instructions that were read.</summary>
    public IReadOnlyCollection<uint> Met => met;

    /// <summary>Every way from a state; the conditions of no two hold together, and under the hypotheses one always does.</summary>
    /// <param name="state">The state.</param>
    /// <param name="address">The address of the first instruction; it is executed even if ways end there.</param>
    /// <param name="hypotheses">What is known to hold.</param>
    public Sequence<ThumbPath> Read(ArmState<TermWord> state, uint address, params IEnumerable<Term> hypotheses)
    {
        List<ThumbPath> paths = [];
        Stack<Way> open = new([new(state, address, [], Facts.Of(hypotheses, aligned))]);
        for (var steps = 0; open.TryPop(out var way); steps++)
        {
            if (steps > MostSteps) return [.. paths, way.Ended(new ThumbEnd.Stuck(way.Address, "the code goes on and on"))];
            Step(way, open, paths);
        }

        return paths.ToSequence();
    }

    private void Step(Way way, Stack<Way> open, List<ThumbPath> paths)
    {
        if (contracts.TryGetValue(way.Address, out var contract))
        {
            Call(way, contract(way.State), open, paths);
            return;
        }

        if (code.At(way.Address) is not Decoded.Allowed(var instruction, var length))
        {
            paths.Add(way.Ended(new ThumbEnd.Stuck(way.Address, ((Decoded.Refused)code.At(way.Address)).Reason)));
            return;
        }

        met.Add(way.Address);
        var effect = instruction.Execute(way.State, Arithmetic<TermWord>.Constant(way.Address));
        Way? here = way;
        foreach (var (when, fault) in effect.Guards)
        {
            if (here is null) return;
            if (Split(here, when.Term, out here) is { } faulted)
                paths.Add(faulted.Ended(new ThumbEnd.Stuck(way.Address, $"fault: {fault}")));
        }

        if (here is null) return;
        here = here with { State = effect.State with { Registers = effect.State.Registers.Map(Normal) } };
        var next = Make.Constant(way.Address + (uint)length, 32);
        if (effect.Jump is not { } jump)
        {
            Go(here, next, open, paths);
            return;
        }

        if (Split(here, jump.Taken.Term, out var passed) is { } taken) Go(taken, jump.Target.Term, open, paths);
        if (passed is not null) Go(passed, next, open, paths);
    }

    private void Call(Way way, Contract contract, Stack<Way> open, List<ThumbPath> paths)
    {
        if (Split(way, !contract.Requires.Term, out var fulfilled) is { } broken)
            paths.Add(broken.Ended(new ThumbEnd.Stuck(way.Address, "a function is called with what it is not made for")));
        foreach (var (when, after) in contract.Ends)
        {
            if (fulfilled is null) return;
            var link = Masked(fulfilled.State.Registers[ArmState<TermWord>.Link].Term);
            if (Split(fulfilled, when.Term, out fulfilled) is { } back) Go(back with { State = after }, link, open, paths);
        }
    }

    private void Go(Way way, Term target, Stack<Way> open, List<ThumbPath> paths)
    {
        target = way.Facts.Resolve(target);
        if (Functions.TryGetValue(target, out var function)) Call(way, function(way.State), open, paths);
        else if (!target.IsConstant) paths.Add(way.Ended(new ThumbEnd.Left(target)));
        else if (stops.Contains((uint)target.Value)) paths.Add(way.Ended(new ThumbEnd.Reached((uint)target.Value)));
        else open.Push(way with { Address = (uint)target.Value });
    }

    // A shift right by a number is a part of the word: what fields are read from, often in two steps.
    private static TermWord Normal(TermWord word)
    {
        var term = word.Term;
        if (term.Operator is not (Operator.ShiftRightLogical or Operator.ShiftRightArithmetic) || !term.Second.IsConstant) return word;
        if (term.Second.Value >= 32) return word;
        var part = term.First.Bits((int)term.Second.Value, 32 - (int)term.Second.Value);
        return new(term.Operator is Operator.ShiftRightLogical ? part.ZeroExtended(32) : part.SignExtended(32));
    }

    private static Term Masked(Term address) => address & Make.Constant(0xffff_fffe, 32);

    // The way on which a condition holds, and the one on which it does not; null where there is none.
    private static Way? Split(Way way, Term condition, out Way? otherwise)
    {
        condition = way.Facts.Resolve(condition);
        otherwise = condition.IsTrue ? null : condition.IsFalse ? way : way.Where(!condition);
        return condition.IsFalse ? null : condition.IsTrue ? way : way.Where(condition);
    }

    private sealed record Way(ArmState<TermWord> State, uint Address, ImmutableList<Term> Condition, Facts Facts)
    {
        public Way Where(Term condition) => this with { Condition = Condition.Add(condition), Facts = Facts.With(condition) };

        public ThumbPath Ended(ThumbEnd end) => new(Condition, State, end);
    }
}

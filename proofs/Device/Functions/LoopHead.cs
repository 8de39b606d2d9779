using System.Collections.Immutable;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>The contents of registers and of the words of the stack frame at the head of a loop, at any turn.</summary>
/// <remarks>
/// Terms over variables that are others at each turn. Of those that a place holds at the first turn, it is the first one that every
/// turn brings back. That is tried on values here, and proved by the claims about the way to the loop and about its turns.
/// </remarks>
internal sealed class LoopHead
{
    private readonly SortedDictionary<int, Queue<Term>> terms = [];

    /// <summary>The head of a loop.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="first">The state at the first turn.</param>
    /// <param name="atFirst">The variables then.</param>
    /// <param name="candidates">What places may hold, beside what they hold at the first turn for good.</param>
    public LoopHead(
        uint address, ArmState<TermWord> first, IReadOnlyDictionary<Term, Term> atFirst, params IEnumerable<Term> candidates)
    {
        Address = address;
        foreach (var (place, value) in PlacesOf(first))
            terms[place] = new([.. candidates.Where(term => Abstraction.Are(Dag.Substitute(term, atFirst), value)), value]);
    }

    /// <summary>Its address.</summary>
    public uint Address { get; }

    /// <summary>Lets go what a turn does not bring back; whether there was any.</summary>
    /// <param name="turn">A way back to the head.</param>
    /// <param name="atNext">The variables at the next turn.</param>
    public bool Loses(ThumbPath turn, IReadOnlyDictionary<Term, Term> atNext)
    {
        var values = PlacesOf(turn.State);
        var lost = terms.Where(place => place.Value.TryPeek(out var term)
            && !Abstraction.Are(Dag.Substitute(term, atNext), values[place.Key])).ToList();
        foreach (var (_, left) in lost) left.Dequeue();
        return lost.Count > 0;
    }

    /// <summary>Whether a register means something there.</summary>
    public bool IsKept(int register) => terms[register].Count > 0;

    /// <summary>The state there.</summary>
    /// <param name="memory">The memory; its stack is replaced.</param>
    public ArmState<TermWord> StateIn(ObjectMemory memory)
    {
        var cells = terms.Where(place => place.Key < 0).ToImmutableDictionary(place => place.Key, TermOf);
        return new(
            Sequence.Generate(15, number => new TermWord(TermOf(new(number, terms[number])))),
            DeviceBuild.AnyFlags,
            memory.With(DeviceBuild.Stack, new WordCells(cells, -DeviceBuild.StackBytes, 0)));

        static Term TermOf(KeyValuePair<int, Queue<Term>> place) =>
            place.Value.TryPeek(out var term) ? term : Make.Variable($"free.{NameOf(place.Key)}", 32);
    }

    /// <summary>That a state is one at the head.</summary>
    /// <param name="state">The state.</param>
    /// <param name="variables">The variables in it.</param>
    public IEnumerable<(string What, Term Holds)> Holds(ArmState<TermWord> state, IReadOnlyDictionary<Term, Term> variables)
    {
        var values = PlacesOf(state);
        return
        [
            .. from place in terms
               where place.Value.Count > 0
               select (NameOf(place.Key), values[place.Key].EqualTo(Dag.Substitute(place.Value.Peek(), variables))),
        ];
    }

    /// <summary>Variables with their terms.</summary>
    public static IReadOnlyDictionary<Term, Term> Variables(params ReadOnlySpan<(Term Variable, Term Value)> values)
    {
        Dictionary<Term, Term> variables = new(ReferenceEqualityComparer.Instance);
        foreach (var (variable, value) in values) variables[variable] = value;
        return variables;
    }

    /// <summary>
    /// The head of the loop that some code comes to: the first place that a branch of its function leads back to, from which it comes
    /// there again.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="function">The function.</param>
    /// <param name="read">Reads code from a state at an address, up to some places.</param>
    /// <param name="begin">The state before it.</param>
    /// <param name="address">Where it begins.</param>
    /// <returns>Its address, and the state at the first turn.</returns>
    public static (uint Address, ArmState<TermWord> First) Find(
        ThumbCode code,
        ThumbSymbol function,
        Func<ArmState<TermWord>, uint, uint, Sequence<ThumbPath>> read,
        ArmState<TermWord> begin,
        uint address)
    {
        foreach (var target in BackwardTargets(code, function))
        {
            foreach (var path in read(begin, address, target).Where(IsThere))
            {
                if (read(path.State, target, target).Any(IsThere)) return (target, path.State);
            }

            bool IsThere(ThumbPath path) => path.End is ThumbEnd.Reached(var reached) && reached == target && target != address;
        }

        throw new InvalidOperationException($"{function.Name} has no loop from {address:x} on");
    }

    /// <summary>Where branches of a function lead back to.</summary>
    public static SortedSet<uint> BackwardTargets(ThumbCode code, ThumbSymbol function) =>
    [
        .. from half in Enumerable.Range(0, (int)function.Length / 2)
           let address = function.Address + (2 * (uint)half)
           let distance = (code.At(address) as Decoded.Allowed)?.Instruction is Instruction.Branch { Distance: < 0 } branch
               ? branch.Distance
               : 0
           where distance < 0
           select address + 4 + (uint)distance,
    ];

    // Registers by their numbers, and the words of the stack by their distances, which are below zero.
    private static SortedDictionary<int, Term> PlacesOf(ArmState<TermWord> state)
    {
        SortedDictionary<int, Term> places = new(((WordCells)((ObjectMemory)state.Memory)[DeviceBuild.Stack]).Cells);
        for (var number = 0; number < 15; number++) places[number] = state.Registers[number].Term;
        return places;
    }

    private static string NameOf(int place) => place < 0 ? $"the stack at {place}" : $"R{place}";
}

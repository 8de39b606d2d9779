using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The verdict of an instruction's guard on the states that an abstract state stands for.</summary>
/// <param name="Trap">The trap that it raises.</param>
/// <param name="When">When.</param>
/// <param name="Holds">Whether it holds on all of them or on none; null if neither is known.</param>
public readonly record struct GuardFound(Trap Trap, Truth<RangeWord> When, bool? Holds);

/// <summary>A state in which an instruction may leave the machine, and the slot that comes next.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="State">The state.</param>
public readonly record struct Successor(int Slot, AbstractState State);

/// <summary>The effect of an instruction on an abstract state.</summary>
/// <param name="Guards">Its guards in order, up to the first that surely holds.</param>
/// <param name="Successors">Where it may go on, the slot after it first.</param>
public readonly record struct Step(Sequence<GuardFound> Guards, Sequence<Successor> Successors);

/// <summary>Executes single instructions on abstract states, by the rules that all machines execute.</summary>
/// <param name="program">The program.</param>
public sealed class Stepper(AnalysedProgram program)
{
    private const int MostValues = 64;
    private const int MostFacts = 96;

    private readonly Sequence<AnalysedRegion> regions = program.AllRegions;
    private readonly HostState<RangeWord> host = program.Host();
    private readonly Decoding?[] decoded = new Decoding?[program.Machine.Program.Length];

    // An instruction's fields as words, and its rule: to find the one for a kind of words takes time.
    private sealed record Decoding(Form Form, FieldWords<RangeWord> Fields, Rule<RangeWord> Rule);

    /// <summary>The program.</summary>
    public AnalysedProgram Program => program;

    /// <summary>The effect of the instruction at a slot on a state.</summary>
    /// <param name="node">The number of the place in the program, of which new values get theirs.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="state">The state.</param>
    /// <param name="relevant">The registers that something hangs on afterwards, a bit for each: values of others get no numbers.</param>
    public Step Execute(int node, int slot, AbstractState state, int relevant = Relevance.All)
    {
        var effect = Effect(slot, program.StateOf(slot, state, regions, host));
        Sequence<GuardFound> guards = [];
        AbstractState? before = state;
        var after = effect.Value is Outcome<RangeWord>.Next ? After(state, effect.Value.State) : null;
        foreach (var (when, trap) in effect.Guards)
        {
            var holds = before is null ? null : before.Decide(when);
            guards = guards.Add(new(trap, when, holds));
            if (holds is true) return new(guards, []);
            if (holds is false) continue;
            before = before?.Assume(when, false);
            after = after?.Assume(when, false);
            if (before is null) return new(guards.With(guards.Count - 1, new(trap, when, true)), []);
        }

        if (after is null) return new(guards, []);
        var counter = effect.Value.State.ProgramCounter;
        if (counter.IsKnown(out var next)) return new(guards, [new((int)next, Numbered(node, state, after, relevant))]);
        if (counter.Origin is not Origin.Choice(var condition, var then, var otherwise)
            || !then.IsKnown(out var taken) || !otherwise.IsKnown(out next))
        {
            throw new InvalidOperationException($"the program counter {counter} after slot {slot}");
        }

        Sequence<Successor> successors = [];
        if (after.Assume(condition, false) is { } fallen)
            successors = successors.Add(new((int)next, Numbered(node, state, fallen, relevant)));
        if (after.Assume(condition, true) is { } jumped)
            successors = successors.Add(new((int)taken, Numbered(node, state, jumped, relevant)));
        return new(guards, successors);
    }

    // As the machine does, but that an instruction is made ready once.
    private Effect<RangeWord> Effect(int slot, State<RangeWord> state)
    {
        if (slot < 0 || slot >= decoded.Length || program.Machine.At(slot) is not Decoded.Valid(var instruction))
            return program.Machine.Step(state);
        var (form, fields, rule) = decoded[slot] ??=
            new(instruction.Form, instruction.Fields<RangeWord>(), instruction.Form.Operation.Execute);
        return ReferenceMachine.Execute(new Execution<RangeWord>(form, fields, state, program.Profile), rule);
    }

    private static AbstractState After(AbstractState before, State<RangeWord> machine)
    {
        var memory = (RangeMemory)machine.Memory;
        var frames = memory.State.Frames;
        for (var i = 1; i < frames.Count; i++)
        {
            var called = machine.Frames[i - 1];
            if (!called.ReturnTo.IsKnown(out var slot)) throw new InvalidOperationException("a return to no known slot");
            frames = frames.With(i, frames[i] with { ReturnTo = (int)slot, Saved = called.Saved });
        }

        return before with
        {
            Registers = ((AbstractRegisters)machine.Registers).Words,
            Frames = frames,
        };
    }

    // A word that is new, and no multiple of a value, is a value of its own from now on.
    private static AbstractState Numbered(int node, AbstractState before, AbstractState after, int relevant)
    {
        var state = after;
        for (var i = 0; i < after.Registers.Count; i++)
        {
            // Narrowing of other registers may change what values a word has, but not what it was made of.
            var word = state.Registers[i];
            if (ReferenceEquals(word, before.Registers[i])) continue;
            if (!Places.IsRelevant(i, relevant))
            {
                state = state.With(i, word.WithoutOrigin());
                continue;
            }

            if (word.Origin is Origin.Quotient(var dividend, var divisor)
                && state.Relations.FormOf(dividend) is { IsConstant: false } form && IsMultiple(form, divisor)
                && state.Relations[form.Terms[0].Value] is { } value)
            {
                var exact = value * RangeWord.Constant((ulong)((Int128)form.Terms[0].Factor / divisor), Width.Bits64)
                    + RangeWord.Constant((ulong)(form.Constant / divisor), Width.Bits64);
                word = ValueRange<Word>.Meet(exact.Values, word.Values) is { IsEmpty.Value: false, Set: var both }
                    ? exact.With(both)
                    : exact;
            }

            if (word.Link is null && !word.IsKnown(out _))
                state = state.WithFresh(Numbers.Made(node, i), word, out word);
            state = state.With(i, word.WithoutOrigin());
        }

        // Where much has been gathered.
        return state.Relations.Values.Length > MostValues || state.Relations.Facts.Length > MostFacts ? state.Trimmed(null) : state;
    }

    private static bool IsMultiple(Relations.LinearForm form, ulong divisor) =>
        form.Terms.Length == 1 && (Int128)form.Terms[0].Factor % divisor == 0 && form.Constant % divisor == 0;
}

/// <summary>The numbers of values: which place in a program made one, and what it was there.</summary>
/// <remarks>A value that is made again replaces the one that it was before, of which nothing is known any more.</remarks>
public static class Numbers
{
    private const int NodeShift = 34;
    private const long OwnBit = 1L << 33;

    /// <summary>The number of the value that an instruction puts into a register.</summary>
    public static long Made(int node, int register) => ((long)(node + 1) << NodeShift) | (uint)register;

    /// <summary>The number of the value that a place has where ways meet.</summary>
    public static long Own(int node, int place) => ((long)(node + 1) << NodeShift) | OwnBit | (uint)place;

    /// <summary>Whether a number is that of a value of a place where ways meet, at some node.</summary>
    public static bool IsOwn(long number, int node) => number >> NodeShift == node + 1 && (number & OwnBit) != 0;

    /// <summary>The place that a value of a node stands for.</summary>
    public static int PlaceOf(long number) => (int)(number & uint.MaxValue);

    /// <summary>The node that a number belongs to; -1 of the length of the context.</summary>
    public static int NodeOf(long number) => (int)(number >> NodeShift) - 1;
}

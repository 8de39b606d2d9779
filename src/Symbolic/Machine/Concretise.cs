using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>Symbolic values as the concrete ones that an assignment makes of them: how a solver's model becomes a run.</summary>
public static class Concretise
{
    /// <summary>The number that a word stands for.</summary>
    public static Word Value(TermWord word, Assignment assignment) => Word.Wrap((ulong)assignment.Evaluate(word.Term), word.Width);

    /// <summary>The truth value that a formula stands for.</summary>
    public static Truth<Word> Value(Truth<TermWord> bit, Assignment assignment) =>
        Truth<Word>.Of(assignment.Evaluate(bit.Term) == UInt128.One);

    /// <summary>The fields of an instruction.</summary>
    public static FieldWords<Word> Fields(FieldWords<TermWord> fields, Assignment assignment) => new(
        Value(fields.Destination, assignment),
        Value(fields.Source, assignment),
        Value(fields.Offset, assignment),
        Value(fields.Immediate, assignment),
        Value(fields.NextImmediate, assignment));

    /// <summary>A whole state, on a host with the given functions.</summary>
    /// <param name="state">The state.</param>
    /// <param name="assignment">What its variables are.</param>
    /// <param name="host">The functions of the concrete host; its stores and time are those of the state.</param>
    public static State<Word> State(State<TermWord> state, Assignment assignment, HostState<Word> host)
    {
        var registers = new Word[Registers<Word>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Value(state.Registers[i], assignment);
        var stack = state.Memory.Stack;
        return new(
            ConcreteRegisters.Of(registers),
            Value(state.ProgramCounter, assignment),
            new RegionMemory<Word>(
                state.Memory.Regions.Map(region => Region(region, assignment)),
                new(Value(stack.Start, assignment), Value(stack.FrameBytes, assignment), Bytes(stack.FreshFrame, assignment))),
            state.Frames.Map(frame => new Frame<Word>(
                Value(frame.ReturnTo, assignment), frame.Saved.Map(saved => Value(saved, assignment)))),
            new(Allowance(state.Budget.Branches, assignment), Allowance(state.Budget.Instructions, assignment)),
            host with
            {
                Data = state.Host.Data?.Map(word => Value(word, assignment), truth => Value(truth, assignment)),
            });
    }

    private static Region<Word> Region(Region<TermWord> region, Assignment assignment) => new(
        region.Name,
        Value(region.Start, assignment),
        Value(region.Length, assignment),
        Value(region.Readable, assignment),
        Value(region.Writable, assignment),
        Bytes(region.Bytes, assignment));

    private static AssignedBytes Bytes(IBytes<TermWord> bytes, Assignment assignment) => new(bytes, assignment);

    private static Allowance<Word> Allowance(Allowance<TermWord> allowance, Assignment assignment) => allowance switch
    {
        Allowance<TermWord>.Unlimited => new Allowance<Word>.Unlimited(),
        Allowance<TermWord>.Remaining(var count) => new Allowance<Word>.Remaining(Value(count, assignment)),
    };
}

/// <summary>The bytes that an assignment makes of symbolic ones, of any length, with what was written since.</summary>
public sealed class AssignedBytes : IBytes<Word>
{
    private readonly IBytes<TermWord> origin;
    private readonly Assignment assignment;
    private readonly System.Collections.Immutable.ImmutableDictionary<ulong, byte> written;

    /// <summary>The bytes as assigned.</summary>
    public AssignedBytes(IBytes<TermWord> origin, Assignment assignment)
        : this(origin, assignment, System.Collections.Immutable.ImmutableDictionary<ulong, byte>.Empty)
    {
    }

    private AssignedBytes(
        IBytes<TermWord> origin, Assignment assignment, System.Collections.Immutable.ImmutableDictionary<ulong, byte> written)
    {
        this.origin = origin;
        this.assignment = assignment;
        this.written = written;
    }

    public Word Read(Word offset, Width width)
    {
        ulong value = 0;
        for (var i = 0; i < width.Bytes; i++) value |= (ulong)At(unchecked(offset.Value + (ulong)i)) << (8 * i);
        return Word.Wrap(value, width);
    }

    public IBytes<Word> Write(Word offset, Word value, Truth<Word> when)
    {
        if (!when.Value) return this;
        var changed = written;
        for (var i = 0; i < value.Width.Bytes; i++)
            changed = changed.SetItem(unchecked(offset.Value + (ulong)i), (byte)(value.Value >> (8 * i)));
        return new AssignedBytes(origin, assignment, changed);
    }

    private byte At(ulong offset) => written.TryGetValue(offset, out var value)
        ? value
        : (byte)assignment.Evaluate(origin.Read(TermWord.Constant(offset, Width.Bits64), Width.Bits8).Term);
}

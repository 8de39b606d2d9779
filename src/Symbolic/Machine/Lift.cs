using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>Concrete values as symbolic ones that stand for just them: where a symbolic run begins.</summary>
public static class Lift
{
    /// <summary>The constant of a number.</summary>
    public static TermWord Value(Word word) => TermWord.Constant(word.Value, word.Width);

    /// <summary>The constant of a truth value.</summary>
    public static Truth<TermWord> Value(Truth<Word> bit) => Truth<TermWord>.Of(bit.Value);

    /// <summary>A whole state that has entered no local call.</summary>
    /// <param name="state">The state.</param>
    /// <param name="helpers">The helpers granted, over terms.</param>
    public static State<TermWord> State(
        State<Word> state, Sequence<HelperFunction<TermWord>> helpers)
    {
        var registers = new TermWord[Registers<Word>.Count];
        for (var i = 0; i < registers.Length; i++) registers[i] = Value(state.Registers[i]);
        var stack = state.Memory.Stack;
        return new(
            Registers<TermWord>.Of(registers),
            Value(state.ProgramCounter),
            new RegionMemory<TermWord>(
                state.Memory.Regions.Map(Region),
                new(Value(stack.Start), Value(stack.FrameBytes), Bytes(stack.FrameBytes.Value, stack.FreshFrame))),
            [],
            new(Allowance(state.Budget.Branches), Allowance(state.Budget.Instructions)),
            HostState<TermWord>.Bare with
            {
                Helpers = helpers,
                Data = state.Host.Data?.Map(Value, Value),
            });
    }

    private static Region<TermWord> Region(Region<Word> region) => new(
        region.Name,
        Value(region.Start),
        Value(region.Length),
        Value(region.Readable),
        Value(region.Writable),
        Bytes(region.Length.Value, region.Bytes));

    private static CellBytes Bytes(ulong length, IBytes<Word> bytes) =>
        CellBytes.Of(length, offset => Value(bytes.Read(Word.Of(offset), Width.Bits8)).Term);

    private static Allowance<TermWord> Allowance(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => new Allowance<TermWord>.Unlimited(),
        Allowance<Word>.Remaining(var count) => new Allowance<TermWord>.Remaining(Value(count)),
    };
}

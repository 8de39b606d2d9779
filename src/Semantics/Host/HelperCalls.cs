using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Host;

/// <summary>How a CALL meets a helper: the arguments are checked, the helper sees views, its writes are confined to them.</summary>
public static class HelperCalls
{
    /// <summary>The number of registers that hold arguments, r1 to r5.</summary>
    public const int ArgumentCount = 5;

    /// <summary>The rule of a call to one of some functions by the instruction's immediate.</summary>
    /// <exception cref="ArgumentException">
    /// The immediate is not known: a symbolic reader forks on the ids of the functions first.
    /// </exception>
    public static Guarded<TBit, Outcome<TWord, TBit>> Call<TWord, TBit>(
        in Execution<TWord, TBit> execution, Sequence<HelperFunction<TWord, TBit>> functions)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        if (!execution.Fields.Immediate.IsKnown(out var id))
            throw new ArgumentException("the id of the function called is not known", nameof(execution));
        foreach (var function in functions)
        {
            if (function.Declaration.Id == id) return Call(execution, function);
        }

        return Guarded<TBit>.Of<Outcome<TWord, TBit>>(new Outcome<TWord, TBit>.Next(execution.Advanced))
            .Unless(TBit.Of(true), Trap.UnknownHelper);
    }

    /// <summary>The rule of a call to a function.</summary>
    public static Guarded<TBit, Outcome<TWord, TBit>> Call<TWord, TBit>(
        in Execution<TWord, TBit> execution, HelperFunction<TWord, TBit> function)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var state = execution.State;
        var declared = function.Declaration.Arguments;
        var arguments = Sequence.Generate(ArgumentCount, index => state.Registers[index + 1]);
        var refusal = Guarded<TBit>.Of<Outcome<TWord, TBit>>(new Outcome<TWord, TBit>.Next(execution.Advanced));
        for (var i = 0; i < declared.Count; i++)
            refusal = refusal.Unless(!Granted(state.Memory, arguments[i], declared[i], arguments), Trap.MemoryAccess);

        // A body never meets an argument known to be refused: a copy of 2^60 bytes would not end.
        if (refusal.Guards.Any(guard => guard.When.IsKnown(out var refused) && refused)) return refusal;

        var views = Sequence.Generate(declared.Count, i => ViewOf(state.Memory, arguments[i], declared[i], arguments));
        var result = function.Body(new(arguments, views, state.Host));

        var memory = state.Memory;
        foreach (var copy in result.Copies)
        {
            if (!IsView(copy.To) || !IsView(copy.From) || declared[copy.To - 1] is not ArgumentKind.Writable) continue;
            if (!copy.Length.IsKnown(out var count)) throw new ArgumentException("the length of a copy is not known", nameof(function));
            var within = !TWord.LessUnsigned(views[copy.To - 1].Length, copy.Length)
                & !TWord.LessUnsigned(views[copy.From - 1].Length, copy.Length);
            memory = state.Memory.Copy(memory, arguments[copy.To - 1], arguments[copy.From - 1], count, within);
        }

        foreach (var write in result.Writes)
        {
            if (write.Argument < 1 || write.Argument > declared.Count) continue;
            var index = write.Argument - 1;
            if (declared[index] is not ArgumentKind.Writable) continue;
            var within = Within<TWord, TBit>(write.Offset, write.Value.Width, views[index].Length);
            memory = memory.Write(arguments[index] + write.Offset, write.Value, within);
        }

        return refusal.With<Outcome<TWord, TBit>>(new Outcome<TWord, TBit>.Next(execution.Advanced with
        {
            Registers = state.Registers.With(0, result.Result),
            Memory = memory,
            Host = result.State,
        }));

        bool IsView(int argument) => argument >= 1 && argument <= declared.Count && declared[argument - 1] is not ArgumentKind.Value;
    }

    /// <summary>Whether the memory grants what an argument's kind asks for.</summary>
    public static TBit Granted<TWord, TBit>(
        Memory<TWord, TBit> memory, TWord argument, ArgumentKind kind, Sequence<TWord> arguments)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        AccessOf<TWord, TBit>(argument, kind, arguments) is { } access ? memory.Grants(access) : TBit.Of(true);

    /// <summary>The access that a call asks for by one argument; null of a number.</summary>
    /// <param name="argument">The argument, 64 bits.</param>
    /// <param name="kind">What it is declared as.</param>
    /// <param name="arguments">r1 to r5.</param>
    public static MemoryAccess<TWord>? AccessOf<TWord, TBit>(TWord argument, ArgumentKind kind, Sequence<TWord> arguments)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => kind switch
        {
            ArgumentKind.Value => null,
            ArgumentKind.Readable(var count) => new(argument, AtLeast<TWord, TBit>(count, arguments), Access.Read, Base: null),
            ArgumentKind.Writable(var count) => new(argument, AtLeast<TWord, TBit>(count, arguments), Access.ReadWrite, Base: null),
        };

    private static TWord AtLeast<TWord, TBit>(ByteCount count, Sequence<TWord> arguments)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => count switch
        {
            ByteCount.Fixed(var bytes) => TWord.Constant(bytes, Width.Bits64),
            ByteCount.InArgument(var number) => arguments[number - 1],
            ByteCount.RestOfRegion => TWord.Constant(1, Width.Bits64),
        };

    private static View<TWord> ViewOf<TWord, TBit>(
        Memory<TWord, TBit> memory, TWord address, ArgumentKind kind, Sequence<TWord> arguments)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var length = kind switch
        {
            ArgumentKind.Value => TWord.Zero(Width.Bits64),
            ArgumentKind.Readable(var count) => Length(count),
            ArgumentKind.Writable(var count) => Length(count),
        };
        return new(length, (offset, width) => TWord.Choose(
            Within<TWord, TBit>(offset, width, length), memory.Read(address + offset, width), TWord.Zero(width)));

        TWord Length(ByteCount count) => count is ByteCount.RestOfRegion
            ? memory.RestOfRegion(address)
            : AtLeast<TWord, TBit>(count, arguments);
    }

    private static TBit Within<TWord, TBit>(TWord offset, Width width, TWord length)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var count = TWord.Constant((ulong)width.Bytes, Width.Bits64);
        return !TWord.LessUnsigned(length, count) & !TWord.LessUnsigned(length - count, offset);
    }
}

using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Operations;

/// <summary>How a CALL meets a helper: the arguments are checked, the helper sees views, its writes are confined to them.</summary>
public static class HelperCalls
{
    /// <summary>The rule of a call to one of some functions by the instruction's immediate.</summary>
    /// <exception cref="ArgumentException">
    /// The immediate is not known: a symbolic reader forks on the ids of the functions first.
    /// </exception>
    public static Effect<T> Call<T>(
        in Execution<T> execution, Sequence<HelperFunction<T>> functions)
        where T : IWord<T>
    {
        if (!execution.Fields.Immediate.IsKnown(out var id))
            throw new ArgumentException("the id of the function called is not known", nameof(execution));
        foreach (var function in functions)
        {
            if (function.Declaration.Id == id) return Call(execution, function);
        }

        return Effect<T>.Of(new Outcome<T>.Next(execution.Advanced))
            .Unless(Truth<T>.Of(true), Trap.UnknownHelper);
    }

    /// <summary>The rule of a call to a function.</summary>
    public static Effect<T> Call<T>(
        in Execution<T> execution, HelperFunction<T> function)
        where T : IWord<T>
    {
        var state = execution.State;
        var declared = function.Declaration.Arguments;
        var arguments = Sequence.Generate(Helper.MostArguments, index => state.Registers[index + 1]);
        var refusal = Effect<T>.Of(new Outcome<T>.Next(execution.Advanced));
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
            var within = !T.LessUnsigned(views[copy.To - 1].Length, copy.Length)
                & !T.LessUnsigned(views[copy.From - 1].Length, copy.Length);
            memory = state.Memory.Copy(memory, arguments[copy.To - 1], arguments[copy.From - 1], count, within);
        }

        foreach (var write in result.Writes)
        {
            if (write.Argument < 1 || write.Argument > declared.Count) continue;
            var index = write.Argument - 1;
            if (declared[index] is not ArgumentKind.Writable) continue;
            var within = Within<T>(write.Offset, write.Value.Width, views[index].Length);
            memory = memory.Write(arguments[index] + write.Offset, write.Value, within);
        }

        return refusal.With(new Outcome<T>.Next(execution.Advanced with
        {
            Registers = state.Registers.With(0, result.Result),
            Memory = memory,
            Host = result.State,
        }));

        bool IsView(int argument) => argument >= 1 && argument <= declared.Count && declared[argument - 1] is not ArgumentKind.Value;
    }

    /// <summary>Whether the memory grants what an argument's kind asks for.</summary>
    public static Truth<T> Granted<T>(
        IMemory<T> memory, T argument, ArgumentKind kind, Sequence<T> arguments)
        where T : IWord<T> =>
        AccessOf<T>(argument, kind, arguments) is { } access ? access.IsGranted(memory) : Truth<T>.Of(true);

    /// <summary>The access that a call asks for by one argument; null of a number.</summary>
    /// <param name="argument">The argument, 64 bits.</param>
    /// <param name="kind">What it is declared as.</param>
    /// <param name="arguments">r1 to r5.</param>
    public static MemoryAccess<T>? AccessOf<T>(T argument, ArgumentKind kind, Sequence<T> arguments)
        where T : IWord<T> => kind switch
        {
            ArgumentKind.Value => null,
            ArgumentKind.Readable(var count) => new(argument, AtLeast<T>(count, arguments), Access.Read, Base: null),
            ArgumentKind.Writable(var count) => new(argument, AtLeast<T>(count, arguments), Access.ReadWrite, Base: null),
        };

    private static T AtLeast<T>(ByteCount count, Sequence<T> arguments)
        where T : IWord<T> => count switch
        {
            ByteCount.Fixed(var bytes) => T.Constant(bytes, Width.Bits64),
            ByteCount.InArgument(var number) => arguments[number - 1],
            ByteCount.RestOfRegion => T.Constant(1, Width.Bits64),
        };

    private static View<T> ViewOf<T>(
        IMemory<T> memory, T address, ArgumentKind kind, Sequence<T> arguments)
        where T : IWord<T>
    {
        var length = kind switch
        {
            ArgumentKind.Value => T.Zero(Width.Bits64),
            ArgumentKind.Readable(var count) => Length(count),
            ArgumentKind.Writable(var count) => Length(count),
        };
        return new(length, (offset, width) => T.Choose(
            Within<T>(offset, width, length), memory.Read(address + offset, width), T.Zero(width)));

        T Length(ByteCount count) => count is ByteCount.RestOfRegion
            ? memory.RestOfRegion(address)
            : AtLeast<T>(count, arguments);
    }

    private static Truth<T> Within<T>(T offset, Width width, T length)
        where T : IWord<T>
    {
        var count = T.Constant((ulong)width.Bytes, Width.Bits64);
        return !T.LessUnsigned(length, count) & !T.LessUnsigned(length - count, offset);
    }
}

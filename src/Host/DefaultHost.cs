using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host;

/// <summary>The helpers that ship: key/value store, printf, clock, memcpy, with the ids of RIOT's machines.</summary>
public static class DefaultHost
{
    private const ulong Failed = ulong.MaxValue;

    /// <summary>The helpers on concrete words.</summary>
    public static Sequence<HelperFunction<Word>> Functions { get; } =
    [
        new(
            new(0x01, "printf", "Prints a format, which ends before a zero byte or at the end of its region, with up to four numbers; "
                + "the result is the number of characters.",
                [new ArgumentKind.Readable(new ByteCount.RestOfRegion()), Value, Value, Value, Value]),
            Print),
        new(
            new(0x02, "memcpy", "Copies r3 bytes from r2 to r1, which may overlap; the result is r1.",
                [new ArgumentKind.Writable(Third), new ArgumentKind.Readable(Third), Value]),
            Copy),
        .. StoreFunctions<Word>(),
    ];

    /// <summary>The static ids of <see cref="Functions"/>.</summary>
    public static Sequence<uint> Ids => Functions.Map(function => function.Declaration.Id);

    /// <summary>The host with the given helpers granted, its stores empty.</summary>
    /// <param name="ids">The static ids granted; one that no helper has is passed over.</param>
    public static HostState<Word> Granting(Sequence<uint> ids) => HostState<Word>.Bare with
    {
        Helpers = [.. Functions.Where(function => ids.Contains(function.Declaration.Id))],
        Known = Functions.Map(function => function.Declaration),
        Data = HostData<Word>.Empty,
    };

    private static ArgumentKind Value => new ArgumentKind.Value();

    private static ByteCount Third => new ByteCount.InArgument(3);

    /// <summary>The helpers whose meaning is stated over any domain of words: the key/value store and the clock.</summary>
    public static Sequence<HelperFunction<T>> StoreFunctions<T>()
        where T : IWord<T>
    {
        ArgumentKind value = new ArgumentKind.Value();
        ArgumentKind pointer = new ArgumentKind.Writable(new ByteCount.Fixed(4));
        return
        [
            new(
                new(0x10, "store_local", "Stores the value r2 under the key r1 for this program; "
                    + "the result is 0, or -1 if the store has 16 other keys.", [value, value]),
                call => Put(call, call.State.Local, call.State.WithLocal)),
            new(
                new(0x11, "store_global", "Stores the value r2 under the key r1 for all programs; "
                    + "the result is 0, or -1 if the store has 16 other keys.", [value, value]),
                call => Put(call, call.State.Global, call.State.WithGlobal)),
            new(
                new(
                    0x12,
                    "fetch_local",
                    "Writes this program's value of the key r1, or 0 if there is none, to the 4 bytes at r2.",
                    [value, pointer]),
                call => Fetch(call, call.State.Local)),
            new(
                new(
                    0x13,
                    "fetch_global",
                    "Writes all programs' value of the key r1, or 0 if there is none, to the 4 bytes at r2.",
                    [value, pointer]),
                call => Fetch(call, call.State.Global)),
            new(
                new(0x20, "now_ms", "The time that the host gives to the run in milliseconds, modulo 2^32.", []),
                call => new(call.State.Milliseconds.Low(Width.Bits32).ZeroExtend(Width.Bits64), call.State, [])),
        ];
    }

    private static HelperResult<T> Put<T>(
        HelperCall<T> call, Store<T> store, Func<Store<T>, HostState<T>> with)
        where T : IWord<T>
    {
        var key = call.Arguments[0].Low(Width.Bits32);
        var result = T.Choose(
            store.Accepts(key), T.Zero(Width.Bits64), T.Constant(Failed, Width.Bits64));
        return new(result, with(store.Put(key, call.Arguments[1].Low(Width.Bits32))), []);
    }

    private static HelperResult<T> Fetch<T>(HelperCall<T> call, Store<T> store)
        where T : IWord<T>
    {
        var zero = T.Zero(Width.Bits64);
        return new(zero, call.State, [new(2, zero, store.Fetch(call.Arguments[0].Low(Width.Bits32)))]);
    }

    private static HelperResult<Word> Copy(HelperCall<Word> call) =>
        new(call.Arguments[0], call.State, []) { Copies = [new(1, 2, call.Arguments[2])] };

    private static HelperResult<Word> Print(HelperCall<Word> call)
    {
        var format = call.Views[0];
        List<byte> characters = [];
        for (ulong offset = 0; offset < format.Length.Value; offset++)
        {
            var character = (byte)format.Read(Word.Of(offset), Width.Bits8).Value;
            if (character == 0) break;
            characters.Add(character);
        }

        var text = Format.Expand(characters.ToSequence(), [.. call.Arguments.AsSpan()[1..].ToArray().Select(word => word.Value)]);
        return new(Word.Of((ulong)text.Length), call.State.WithOutput(call.State.Output.Add(text)), []);
    }
}

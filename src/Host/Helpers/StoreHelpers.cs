using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers of the key/value stores, over any domain of words.</summary>
public static class StoreHelpers
{
    private const ulong Failed = ulong.MaxValue;

    /// <summary>0x10 <c>store_local</c> to 0x13 <c>fetch_global</c>, in the order of their ids.</summary>
    public static Sequence<HostHelper<T>> Of<T>()
        where T : IWord<T>
    {
        ArgumentKind value = new ArgumentKind.Value();
        ArgumentKind pointer = new ArgumentKind.Writable(new ByteCount.Fixed(4));
        return
        [
            new(HostParts.Local, new(
                new(0x10, "store_local",
                    "Stores the value r2 under the key r1 for this program; the result is 0, or -1 if the store has 16 other keys.",
                    [value, value]),
                call => Put(call, call.State.Local, call.State.WithLocal))),
            new(HostParts.Global, new(
                new(0x11, "store_global",
                    "Stores the value r2 under the key r1 for all programs; the result is 0, or -1 if the store has 16 other keys.",
                    [value, value]),
                call => Put(call, call.State.Global, call.State.WithGlobal))),
            new(HostParts.None, new(
                new(0x12, "fetch_local", "Writes this program's value of the key r1, or 0 if there is none, to the 4 bytes at r2.",
                    [value, pointer]),
                call => Fetch(call, call.State.Local))),
            new(HostParts.None, new(
                new(0x13, "fetch_global", "Writes all programs' value of the key r1, or 0 if there is none, to the 4 bytes at r2.",
                    [value, pointer]),
                call => Fetch(call, call.State.Global))),
        ];
    }

    private static HelperResult<T> Put<T>(HelperCall<T> call, Store<T> store, Func<Store<T>, HostState<T>> with)
        where T : IWord<T>
    {
        var key = call.Arguments[0].Low(Width.Bits32);
        var result = T.Choose(store.Accepts(key), T.Zero(Width.Bits64), T.Constant(Failed, Width.Bits64));
        return new(result, with(store.Put(key, call.Arguments[1].Low(Width.Bits32))), []);
    }

    private static HelperResult<T> Fetch<T>(HelperCall<T> call, Store<T> store)
        where T : IWord<T>
    {
        var zero = T.Zero(Width.Bits64);
        return new(zero, call.State, [new(2, zero, store.Fetch(call.Arguments[0].Low(Width.Bits32)))]);
    }
}

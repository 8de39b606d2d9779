using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers of the clock.</summary>
public static class ClockHelpers
{
    /// <summary>0x20 <c>now_ms</c>.</summary>
    public static HostHelper<T> Milliseconds<T>()
        where T : IWord<T> => new(HostParts.None, new(
            new(0x20, "now_ms", "The time that the host gives to the run in milliseconds, modulo 2^32.", []),
            call => new(call.State.Milliseconds.Low(Width.Bits32).ZeroExtend(Width.Bits64), call.State, [])));

    /// <summary>0x60 <c>ztimer_now</c>.</summary>
    public static HostHelper<Word> Microseconds { get; } = new(HostParts.None, new(
        new(0x60, "ztimer_now", "The time that the host gives to the run in microseconds, modulo 2^32.", []),
        call => new(Word.Of((uint)call.State.Facilities.Microseconds), call.State, [])));

    /// <summary>0x61 <c>ztimer_periodic_wakeup</c>.</summary>
    /// <remarks>Deviation D-25: it asks for another run instead of waiting.</remarks>
    public static HostHelper<Word> PeriodicWakeup { get; } = new(HostParts.Wakeup, new(
        new(0x61, "ztimer_periodic_wakeup",
            "Adds the period r2 in microseconds to the 4 bytes at r1, and asks for another run when that time has come; the result is 0.",
            [new ArgumentKind.Writable(new ByteCount.Fixed(4)), new ArgumentKind.Value()]),
        Wake));

    private static HelperResult<Word> Wake(HelperCall<Word> call)
    {
        var facilities = call.State.Facilities;
        var next = (uint)call.Views[0].Read(Word.Of(0), Width.Bits32).Value + (uint)call.Arguments[1].Value;

        var at = WakeupAt(next, facilities.Microseconds);
        return new(
            Word.Of(0),
            call.State.WithFacilities(facilities with { Wakeup = at }),
            [new(1, Word.Of(0), Word.Wrap(next, Width.Bits32))]);
    }

    /// <summary>When a run is due whose time is said in 32 bits, in microseconds: at once if that is past.</summary>
    /// <remarks>The clock of 32 bits wraps around: what lies less than half of it behind is past.</remarks>
    internal static ulong WakeupAt(uint next, ulong now)
    {
        var distance = (int)(next - (uint)now);
        var wait = distance > 0 ? (ulong)distance : 0;
        return wait > ulong.MaxValue - now ? ulong.MaxValue : now + wait;
    }
}

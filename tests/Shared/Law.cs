using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace RbpfSpec.Tests;

/// <summary>Properties of all values that dice can draw.</summary>
internal static class Law
{
    /// <summary>Checks a body on drawn values, the same ones at every run.</summary>
    /// <remarks>A failure prints the value and the seed; another seed draws other values.</remarks>
    public static void Holds<T>(ulong seed, int cases, Func<Dice, T> draw, Action<T> body)
    {
        // The second half of the seed must be odd.
        var replay = new Replay(new Rnd(seed, 1), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(cases)
            .WithReplay(FSharpOption<Replay>.Some(replay));
        var values = Gen.Choose(int.MinValue, int.MaxValue).Select(start => draw(new Dice((uint)start)));

        Prop.ForAll(values.ToArbitrary(), body).Check(config);
    }
}

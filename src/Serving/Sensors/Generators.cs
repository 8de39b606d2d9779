using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Values that are computed: the same number of a value, and the same seed, have the same value.</summary>
public static class Generators
{
    /// <summary>A sine with noise.</summary>
    /// <param name="mean">The value in the middle, in the unit.</param>
    /// <param name="swing">The greatest distance from it, without noise.</param>
    /// <param name="steps">How many values make a wave.</param>
    /// <param name="noise">The greatest deviation from the wave; all up to it are as likely.</param>
    /// <param name="seed">Decides the noise.</param>
    /// <param name="unit">The number of the unit.</param>
    /// <param name="scale">The power of ten of the values, if they fit.</param>
    public static Func<ulong, Reading?> Sine(
        double mean, double swing, double steps, double noise, ulong seed, byte unit, sbyte scale) => number =>
        {
            var wave = mean + (swing * Math.Sin(2 * Math.PI * (number % steps) / steps));
            var exact = wave + (noise * ((2 * Fraction(seed, number)) - 1));

            // Infinity and more than 64 bits: no scale makes them fit.
            var value = Math.Round(exact / Math.Pow(10, scale), MidpointRounding.AwayFromZero);
            return Math.Abs(value) < long.MaxValue ? Fitting.Fit((long)value, unit, scale) : null;
        };

    /// <summary>A counter that goes up by one to the greatest value, then down to the least one, and up again.</summary>
    /// <param name="least">The least value, with which it begins.</param>
    /// <param name="greatest">The greatest value; not below the least one.</param>
    /// <param name="unit">The number of the unit.</param>
    /// <param name="scale">The power of ten of the values.</param>
    public static Func<ulong, Reading?> Counter(short least, short greatest, byte unit, sbyte scale) => number =>
    {
        var span = (ulong)(greatest - least);
        var at = span == 0 ? 0 : number % (2 * span);
        return Reading.Of((short)(least + (int)(at <= span ? at : (2 * span) - at)), unit, scale);
    };

    // From 0 up to, and without, 1; SplitMix64 of seed and number.
    private static double Fraction(ulong seed, ulong number)
    {
        var mixed = seed + ((number + 1) * 0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (1.0 / (1ul << 53));
    }
}

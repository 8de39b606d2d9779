using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Makes numbers fit into the 16 bits that a reading has for each, as RIOT's <c>phydat_fit</c> does.</summary>
public static class Fitting
{
    /// <summary>A reading of one value; null if no scale makes it fit.</summary>
    /// <remarks>As long as the number is too large, it is divided by ten, rounded to the nearest, half away from zero.</remarks>
    /// <param name="value">The number.</param>
    /// <param name="unit">The number of the unit.</param>
    /// <param name="scale">The power of ten by which the number is multiplied.</param>
    public static Reading? Fit(long value, byte unit, sbyte scale)
    {
        // Rounding once, and not at each step: 327649 is 32765, not 32766 tenths of what was 32764.9.
        var divisor = 1L;
        var power = (int)scale;
        while (Rounded(value, divisor) is < short.MinValue or > short.MaxValue)
        {
            divisor *= 10;
            power++;
        }

        return power > sbyte.MaxValue ? null : Reading.Of((short)Rounded(value, divisor), unit, (sbyte)power);
    }

    private static long Rounded(long value, long divisor)
    {
        var (quotient, remainder) = Math.DivRem(value, divisor);
        return Math.Abs(remainder) >= divisor - Math.Abs(remainder) && divisor > 1 ? quotient + Math.Sign(value) : quotient;
    }
}

using System.Globalization;
using RbpfSpec.Ranges.Measures;

namespace RbpfSpec.Bench.Ranges;

/// <summary>How often the operations of range analysis give the best set, of all sets of so many bits, beside what is known.</summary>
internal static class Tightness
{
    /// <summary>The word on the command line that asks for it.</summary>
    public const string Verb = "ranges";

    /// <summary>Measures and prints; exit code 1 if less is reached than is required at 5 bits.</summary>
    /// <param name="arguments">The number of bits, 3 to 6; 5 unless given.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var bits = 5;
        if (arguments.Count > 1
            || (arguments.Count == 1 && !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out bits))
            || bits is < 3 or > 6)
        {
            Console.Error.WriteLine($"{Verb}: the number of bits, 3 to 6, instead of {string.Join(' ', arguments)}");
            return 2;
        }

        var isMet = true;
        foreach (var one in Optimality.Of(Width.Of(bits)))
        {
            Console.WriteLine(one);
            isMet &= one.Unsound == 0 && (bits != 5 || one.Least is null || one.Share >= one.Least);
        }

        return isMet ? 0 : 1;
    }
}

using System.Globalization;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>The state of the program in values that refute native code.</summary>
public static class Counterexample
{
    /// <summary>The registers of the program, r0 first; r10 may be given by the frame instead.</summary>
    public static Sequence<ulong> Registers(Assignment values) => Sequence.Generate(
        Registers<Word>.Count,
        number => ((ulong)values.Evaluate(Unknowns.Half(number, isHigh: true)) << 32)
            | (ulong)values.Evaluate(Unknowns.Half(number, isHigh: false)));

    /// <summary>How many branches are left.</summary>
    public static uint Branches(Assignment values) => (uint)values.Evaluate(Unknowns.Branches);

    /// <summary>The values in a line, as in <c>r1 = 0x5, 3 branches left</c>.</summary>
    public static string Text(Assignment values)
    {
        var registers = Registers(values);
        var shown = Enumerable.Range(0, Registers<Word>.Count - 1)
            .Where(number => registers[number] != 0)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"r{number} = 0x{registers[number]:x}"));
        if ((uint)values.Evaluate(Unknowns.Depth) is > 0 and var depth)
            shown = shown.Append(string.Create(CultureInfo.InvariantCulture, $"{depth} local calls in progress"));
        return string.Join(", ", [.. shown, string.Create(CultureInfo.InvariantCulture, $"{Branches(values)} branches left")]);
    }
}

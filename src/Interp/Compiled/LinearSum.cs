using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Compiled;

/// <summary>A sum of registers, each some times, and a number; all modulo 2^64.</summary>
/// <param name="Times">Of r0 to r10 how many times.</param>
/// <param name="Number">The number.</param>
internal sealed record LinearSum(Sequence<ulong> Times, ulong Number)
{
    /// <summary>A number.</summary>
    public static LinearSum Of(ulong number) => new([.. new ulong[RunState.RegisterCount]], number);

    /// <summary>A register.</summary>
    public static LinearSum OfRegister(int register) =>
        new([.. Enumerable.Range(0, RunState.RegisterCount).Select(number => number == register ? 1UL : 0)], 0);

    /// <summary>The registers that are in it.</summary>
    public IEnumerable<int> Registers => Enumerable.Range(0, RunState.RegisterCount).Where(register => Times[register] != 0);

    /// <summary>Whether it is a number alone.</summary>
    public bool IsNumber => !Registers.Any();

    /// <summary>The sum.</summary>
    public static LinearSum operator +(LinearSum left, LinearSum right) =>
        new([.. left.Times.Zip(right.Times, (one, other) => unchecked(one + other))], unchecked(left.Number + right.Number));

    /// <summary>The difference.</summary>
    public static LinearSum operator -(LinearSum left, LinearSum right) => left + (right * ulong.MaxValue);

    /// <summary>As many times.</summary>
    public static LinearSum operator *(LinearSum sum, ulong times) =>
        new([.. sum.Times.Select(one => unchecked(one * times))], unchecked(sum.Number * times));
}

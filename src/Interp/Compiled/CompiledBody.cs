using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Compiled;

/// <summary>The size of a compiled body, in what limits the runtime's compiler, and how it is made up, for validation.</summary>
/// <param name="Bytes">Bytes of CIL.</param>
/// <param name="Blocks">Basic blocks, about.</param>
/// <param name="Variables">Local variables.</param>
/// <param name="Uses">Their uses.</param>
/// <param name="Cuts">The places between instructions, in order.</param>
/// <param name="Places">Which local variable is what.</param>
/// <param name="WritesStack">Whether it may write to the stack frame at hand.</param>
internal sealed record CompiledBody(
    int Bytes, int Blocks, int Variables, int Uses, Sequence<CompiledCut> Cuts, CompiledVariables Places, bool WritesStack);

/// <summary>Where the CIL of an instruction begins.</summary>
/// <param name="Slot">The slot of the instruction.</param>
/// <param name="Offset">The offset of its CIL.</param>
/// <param name="Paid">How many instructions from it on are paid for already.</param>
/// <param name="Reserve">How many branches are left at least.</param>
internal sealed record CompiledCut(int Slot, int Offset, int Paid, int Reserve)
{
    /// <summary>How many branches were taken that are not yet paid for.</summary>
    public int Owed { get; init; }

    /// <summary>The numbers that are known to be below something, which validation asks for, and nothing else does.</summary>
    public Func<Sequence<CompiledBound>>? Known { get; init; }

    /// <summary>The numbers that are known to be below something.</summary>
    public Sequence<CompiledBound> Bounds => Known?.Invoke() ?? [];
}

/// <summary>A sum of registers that is less than a limit, unsigned.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Limit">The limit.</param>
internal sealed record CompiledBound(LinearSum Sum, CompiledLimit Limit);

/// <summary>The limit of a sum.</summary>
internal abstract record CompiledLimit
{
    private CompiledLimit()
    {
    }

    /// <summary>A number.</summary>
    public sealed record Of(ulong Number) : CompiledLimit;

    /// <summary>A register.</summary>
    public sealed record Register(int Number) : CompiledLimit;

    /// <summary>A reach, as <see cref="CompiledVariables.Reaches"/> has it.</summary>
    public sealed record Reach(int Index, Permission Needed, int Bytes) : CompiledLimit;
}

/// <summary>The local variables of a compiled body, by their numbers.</summary>
/// <param name="Registers">Of r0 to r10; null of those that no compiled instruction names.</param>
/// <param name="Stored">Of r0 to r10 whether it is stored when the method returns; others it never changes.</param>
/// <param name="Branches">The branches left.</param>
/// <param name="Instructions">The instructions left, of programs that pay for them.</param>
/// <param name="StackStart">The address of the stack frame at hand, where it is not always the same.</param>
/// <param name="StackHost">That frame as the host sees it.</param>
/// <param name="Hosts">By place in the list of regions, a region as the host sees it.</param>
/// <param name="Reaches">How far accesses of a size reach in a region; zero if it does not grant all of the permission.</param>
internal sealed record CompiledVariables(
    Sequence<int?> Registers,
    Sequence<bool> Stored,
    int Branches,
    int? Instructions,
    int? StackStart,
    int? StackHost,
    IReadOnlyDictionary<int, int> Hosts,
    IReadOnlyDictionary<(int Index, Permission Needed, int Bytes), int> Reaches);

/// <summary>A sum of registers, each some times, and a number; all modulo 2^64.</summary>
/// <param name="Times">Of r0 to r10 how many times.</param>
/// <param name="Number">The number.</param>
internal sealed record LinearSum(Sequence<ulong> Times, ulong Number)
{
    private static readonly Sequence<ulong> Never = Sequence.Generate(RunState.RegisterCount, _ => 0UL);

    /// <summary>Of r0 to r10 each alone.</summary>
    public static Sequence<LinearSum> EachRegister { get; } =
        Sequence.Generate(RunState.RegisterCount, register => new LinearSum(Never.With(register, 1), 0));

    /// <summary>A number.</summary>
    public static LinearSum Of(ulong number) => new(Never, number);

    /// <summary>A register.</summary>
    public static LinearSum OfRegister(int register) => EachRegister[register];

    /// <summary>The registers that are in it.</summary>
    public IEnumerable<int> Registers => Enumerable.Range(0, RunState.RegisterCount).Where(Has);

    /// <summary>Whether it is a number alone.</summary>
    public bool IsNumber => !Times.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>Whether it is a register alone.</summary>
    public bool IsRegister => EachRegister.Contains(this);

    /// <summary>Whether a register is in it.</summary>
    public bool Has(int register) => Times[register] != 0;

    /// <summary>This sum, and another one as many times.</summary>
    public LinearSum Plus(LinearSum other, ulong times)
    {
        Span<ulong> sums = stackalloc ulong[RunState.RegisterCount];
        for (var i = 0; i < sums.Length; i++) sums[i] = unchecked(Times[i] + (other.Times[i] * times));
        return new(Sequence.Of<ulong>(sums), unchecked(Number + (other.Number * times)));
    }

    /// <summary>The sum.</summary>
    public static LinearSum operator +(LinearSum left, LinearSum right) => left.Plus(right, 1);

    /// <summary>The difference.</summary>
    public static LinearSum operator -(LinearSum left, LinearSum right) => left.Plus(right, ulong.MaxValue);

    /// <summary>As many times.</summary>
    public static LinearSum operator *(LinearSum sum, ulong times) => Of(0).Plus(sum, times);
}

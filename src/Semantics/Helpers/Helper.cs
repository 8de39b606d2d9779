namespace RbpfSpec.Semantics.Helpers;

/// <summary>How many bytes a pointer argument stands for.</summary>
public abstract record ByteCount
{
    private ByteCount()
    {
    }

    /// <summary>A fixed number of bytes.</summary>
    public sealed record Fixed(uint Bytes) : ByteCount;

    /// <summary>As many as another argument says; 1 is r1.</summary>
    public sealed record InArgument(int Argument) : ByteCount;

    /// <summary>All up to the end of the region, at least one; for text that ends in a zero byte.</summary>
    public sealed record RestOfRegion : ByteCount;
}

/// <summary>The use that a helper makes of one of its arguments.</summary>
public abstract record ArgumentKind
{
    private ArgumentKind()
    {
    }

    /// <summary>A number.</summary>
    public sealed record Value : ArgumentKind;

    /// <summary>The address of bytes that the helper reads.</summary>
    public sealed record Readable(ByteCount Count) : ArgumentKind;

    /// <summary>The address of bytes that the helper reads and writes.</summary>
    public sealed record Writable(ByteCount Count) : ArgumentKind;
}

/// <summary>The declared signature of a helper function.</summary>
/// <param name="Id">The number in the immediate of CALL.</param>
/// <param name="Name">The name in C, for people.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Arguments">The kinds of r1, r2, …; at most five.</param>
public sealed record Helper(uint Id, string Name, string Summary, Sequence<ArgumentKind> Arguments)
{
    /// <summary>The number of registers that hold arguments, r1 to r5.</summary>
    public const int MostArguments = 5;

    /// <summary>
    /// The fault that keeps it from being a declaration: too many arguments, or a number of bytes in an argument that is none.
    /// </summary>
    public Sequence<string> Problems()
    {
        Sequence<string> problems = Arguments.Count <= MostArguments
            ? []
            : [$"the helper '{Name}' declares {Arguments.Count} arguments; the most are {MostArguments}"];
        for (var i = 0; i < Arguments.Count; i++)
        {
            if (ProblemOf(Arguments[i]) is { } problem) problems = problems.Add($"argument {i + 1} of the helper '{Name}' {problem}");
        }

        return problems;
    }

    private static string? ProblemOf(ArgumentKind? kind) => kind switch
    {
        null => "has no kind",
        ArgumentKind.Value => null,
        ArgumentKind.Readable(var count) => ProblemOf(count),
        ArgumentKind.Writable(var count) => ProblemOf(count),
    };

    private static string? ProblemOf(ByteCount? count) => count switch
    {
        null => "has no number of bytes",
        ByteCount.InArgument(< 1 or > MostArguments) wrong =>
            $"has its number of bytes in argument {wrong.Argument}; there are 1 to {MostArguments}",
        ByteCount.Fixed or ByteCount.InArgument or ByteCount.RestOfRegion => null,
    };
}

/// <summary>The bytes that one argument grants to a helper: never an address.</summary>
/// <param name="Length">The number of bytes, 64 bits.</param>
/// <param name="Read">The little-endian word of a width at an offset into the view; zero where it does not lie within.</param>
public sealed record View<T>(T Length, Func<T, Width, T> Read);

/// <summary>A call as the helper sees it.</summary>
/// <param name="Arguments">r1 to r5; the number of a pointer argument is of use only as a result.</param>
/// <param name="Views">For each declared argument its bytes; of a value, none.</param>
/// <param name="State">The state of the host.</param>
public sealed record HelperCall<T>(
    Sequence<T> Arguments, Sequence<View<T>> Views, HostState<T> State)
    where T : IWord<T>;

/// <summary>A write that a helper asks for; the machine drops what does not lie within a writable view.</summary>
/// <param name="Argument">Which argument's view, from 1 as in r1.</param>
/// <param name="Offset">Into the view, 64 bits.</param>
/// <param name="Value">What to write, little-endian, as many bytes as it is wide.</param>
public readonly record struct ViewWrite<T>(int Argument, T Offset, T Value);

/// <summary>A copy that a helper asks for, from the start of one view to the start of another, which may overlap.</summary>
/// <remarks>The machine drops one that does not lie within both views, or whose target is not writable.</remarks>
/// <param name="To">Which argument's view is written, from 1 as in r1.</param>
/// <param name="From">Which argument's view is read.</param>
/// <param name="Length">The number of bytes, 64 bits; it must be known.</param>
public readonly record struct ViewCopy<T>(int To, int From, T Length);

/// <summary>The result of a helper. It cannot trap: what it refuses, it says in its result.</summary>
/// <param name="Result">The new r0, 64 bits.</param>
/// <param name="State">The state of the host afterwards.</param>
/// <param name="Writes">Its writes, in order.</param>
public sealed record HelperResult<T>(
    T Result, HostState<T> State, Sequence<ViewWrite<T>> Writes)
    where T : IWord<T>
{
    /// <summary>Its copies, in order and before the writes; each reads the memory as it was before the call.</summary>
    public Sequence<ViewCopy<T>> Copies { get; init; }
}

/// <summary>A helper with its meaning, a total function.</summary>
public sealed record HelperFunction<T>(
    Helper Declaration, Func<HelperCall<T>, HelperResult<T>> Body)
    where T : IWord<T>;

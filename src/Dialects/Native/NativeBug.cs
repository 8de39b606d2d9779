using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Dialects.Native;

/// <summary>A numbered bug of a compiler to native code.</summary>
/// <param name="Number">As in <c>J-4</c>; never reused.</param>
/// <param name="Machine">The name of the machine, for people.</param>
/// <param name="Summary">One sentence that says what the compiler does.</param>
/// <param name="Source">The part of the machine that has the bug.</param>
public sealed record NativeBug(string Number, string Machine, string Summary, Clause Source);

/// <summary>The bugs of compilers to native code.</summary>
public static class NativeBugTable
{
    /// <summary>Every bug, machine by machine.</summary>
    public static Sequence<NativeBug> All => [.. HavmCompiler.Known, .. MicroBpfCompiler.Known];

    /// <summary>The bug with a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static NativeBug Bug(string number)
    {
        foreach (var bug in All)
        {
            if (bug.Number == number) return bug;
        }

        throw new ArgumentOutOfRangeException(nameof(number), number, "no bug has this number");
    }
}

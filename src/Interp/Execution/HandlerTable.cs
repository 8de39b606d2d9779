using System.Reflection;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>The handler of each code, compiled when a program first needs it.</summary>
internal static unsafe partial class HandlerTable
{
    // A cache of constants: two threads that fill in an entry write the same.
    private static readonly nint[] Pointers = new nint[Enum.GetValues<Code>().Length];

    private delegate ulong Shape(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches);

    /// <summary>The handler that a step of a code calls.</summary>
    public static delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong> Of(Code code)
    {
        var pointer = Pointers[(int)code];
        if (pointer == 0) Pointers[(int)code] = pointer = HandlerEntry.Of(MethodOf(code), HandlerEntry.IsRead);
        return (delegate*<PredecodedStep*, RunState*, ulong, byte*, ulong, ulong>)pointer;
    }

    /// <summary>The handler of a code.</summary>
    public static MethodInfo MethodOf(Code code) => ShapeOf(code).Method;
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RbpfSpec.Interp.Execution;

/// <summary>Where the compiled code of a handler begins.</summary>
/// <remarks>
/// <para>
/// The pointer that the runtime gives for a method leads to a jump of the runtime's, as a method may be compiled again.
/// Handlers are compiled once, optimised, so the target of that jump stays, and without it every step of the threaded
/// engine is a jump shorter. To find the target, six bytes of the runtime's machine code are read: this is not promised
/// by anyone, so it is done on x64 only, only where those bytes are what is known, and not at all where the environment
/// variable <see cref="Setting"/> is 0.
/// </para>
/// <para>
/// What it gains was measured on the nine workloads of <c>rbpf bench</c>, on x64, the best of 33 runs with and without in
/// turn: without it the threaded engine takes 11 % more time in the geometric mean, a quarter more on <c>bsort</c> and
/// <c>sensor</c>, nothing more on <c>tiny</c>.
/// </para>
/// <para>
/// Safe: six bytes at a method's entry can be read. Where the engine goes is proved of what handlers do, not of where
/// they begin; a wrong place would be a crash, which the comparison of the engines would meet in its first program.
/// </para>
/// </remarks>
internal static unsafe class HandlerEntry
{
    /// <summary>The environment variable that keeps the runtime's machine code from being read, by the value 0.</summary>
    public const string Setting = "RBPFSPEC_READ_MACHINE_CODE";

    /// <summary>Whether the runtime's machine code is read in this process.</summary>
    public static bool IsRead { get; } = IsReadIf(Environment.GetEnvironmentVariable(Setting));

    /// <summary>Whether it is, by the variable's value; null if there is none.</summary>
    public static bool IsReadIf(string? value) => value is not "0";

    /// <summary>Compiles a method, if it is not yet, and yields where it can be called.</summary>
    /// <param name="method">A static method that is compiled once.</param>
    /// <param name="isRead">Whether to read the runtime's machine code.</param>
    public static nint Of(MethodInfo method, bool isRead)
    {
        RuntimeHelpers.PrepareMethod(
            method.MethodHandle, Array.ConvertAll(method.GetGenericArguments(), argument => argument.TypeHandle));
        var entry = method.MethodHandle.GetFunctionPointer();
        return isRead && RuntimeInformation.ProcessArchitecture is Architecture.X64 ? Behind(entry) : entry;
    }

    /// <summary>The target of the jump that code begins with; the code itself if it begins with anything else.</summary>
    /// <remarks>
    /// A jump through memory (FF 25) has its operand, relative to the next instruction, in the last four of its six bytes.
    /// Before a method is compiled it leads right behind itself.
    /// </remarks>
    /// <param name="entry">Six bytes of machine code, or more.</param>
    public static nint Behind(nint entry)
    {
        var code = (byte*)entry;
        if (code[0] != 0xff || code[1] != 0x25) return entry;
        var next = entry + 6;
        var target = *(nint*)(next + *(int*)(code + 2));
        return target == next ? entry : target;
    }
}

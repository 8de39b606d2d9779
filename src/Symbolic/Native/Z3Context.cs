using System.Runtime.InteropServices;

namespace RbpfSpec.Symbolic.Native;

/// <summary>A context of libz3: all that one script declares, and nothing that another did.</summary>
/// <remarks>
/// One thread at a time evaluates; any thread may interrupt. The handle counts the calls under way, so the context is
/// deleted only after the last of them has returned.
/// </remarks>
internal sealed class Z3Context : SafeHandle
{
    private Z3Context(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    /// <summary>Makes a context. The library must be present.</summary>
    public static unsafe Z3Context Create()
    {
        var configuration = Z3Functions.MakeConfiguration();
        var context = new Z3Context(Z3Functions.MakeContext(configuration));
        Z3Functions.DeleteConfiguration(configuration);

        // Safe: the function pointer is that of a static method, which is never unloaded or moved, with the calling
        // convention and the parameters that the library expects, and which lets no exception out.
        // Without a handler the library would end the process at the first error.
        Z3Functions.SetErrorHandler(context, &IgnoreError);
        return context;
    }

    /// <summary>Executes commands of SMT-LIB 2.</summary>
    /// <returns>All that they printed, errors included.</returns>
    public string Evaluate(string commands)
    {
        // The text belongs to the context and lasts until the next call, which only this thread may make.
        var printed = Marshal.PtrToStringUTF8(Z3Functions.Evaluate(this, commands)) ?? "";
        var error = Z3Functions.ErrorCode(this);
        if (error == 0 || printed.Contains("(error", StringComparison.Ordinal)) return printed;
        return $"{printed}(error \"{Marshal.PtrToStringUTF8(Z3Functions.ErrorMessage(this, error))}\")";
    }

    /// <summary>Makes the evaluation under way, and all later ones, stop at their next check for it.</summary>
    public void Interrupt() => Z3Functions.Interrupt(this);

    protected override bool ReleaseHandle()
    {
        Z3Functions.DeleteContext(handle);
        return true;
    }

    // The error is read from the context after the call that made it.
    [UnmanagedCallersOnly]
    private static void IgnoreError(nint context, int error)
    {
    }
}

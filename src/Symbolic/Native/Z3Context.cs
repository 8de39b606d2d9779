using System.Runtime.InteropServices;
using System.Text;

using Z3Exception = Microsoft.Z3.Z3Exception;
using Z3Functions = Microsoft.Z3.Native;

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
    public static Z3Context Create()
    {
        var configuration = Z3Functions.Z3_mk_config();
        var context = new Z3Context(Z3Functions.Z3_mk_context(configuration));
        Z3Functions.Z3_del_config(configuration);

        // The handler that a context begins with ends the process at the first error. Without one the error is kept in the
        // context, where the binding looks after each call.
        context.Call(handle =>
        {
            Z3Functions.Z3_set_error_handler(handle, null);
            return true;
        });
        return context;
    }

    /// <summary>Executes commands of SMT-LIB 2.</summary>
    /// <param name="commands">
    /// The commands, in ASCII: of other characters the binding makes what the code page of the system has for them, which may
    /// be another script.
    /// </param>
    /// <returns>All that they printed, errors included.</returns>
    public string Evaluate(string commands)
    {
        if (!Ascii.IsValid(commands)) return "(error \"the script has characters outside ASCII\")";
        try
        {
            return Call(handle => Z3Functions.Z3_eval_smtlib2_string(handle, commands)) ?? "";
        }
        catch (Z3Exception exception)
        {
            // What it says is what the commands printed if they printed anything.
            return exception.Message.Contains("(error", StringComparison.Ordinal)
                ? exception.Message
                : $"(error \"{exception.Message}\")";
        }
    }

    /// <summary>Makes the evaluation under way, and all later ones, stop at their next check for it.</summary>
    /// <remarks>
    /// By the bare import: the binding's method goes on to read the error of the context, which the thread that evaluates may
    /// be writing.
    /// </remarks>
    public void Interrupt() => Call(handle =>
    {
        Z3Functions.LIB.Z3_interrupt(handle);
        return true;
    });

    protected override bool ReleaseHandle()
    {
        Z3Functions.Z3_del_context(handle);
        return true;
    }

    private T Call<T>(Func<nint, T> function)
    {
        var isCounted = false;
        try
        {
            DangerousAddRef(ref isCounted);
            return function(handle);
        }
        finally
        {
            if (isCounted) DangerousRelease();
        }
    }
}

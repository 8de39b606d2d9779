using RbpfSpec.Interp;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The machine that a program runs on; all come to the same.</summary>
public enum RunEngine
{
    /// <summary>The executable semantics.</summary>
    Reference,

    /// <summary>The fast machine, as a loop around a <see langword="switch"/>.</summary>
    Switch,

    /// <summary>The fast machine, as handlers that jump to each other.</summary>
    Threaded,

    /// <summary>The fast machine, as code that the runtime compiles for this processor.</summary>
    Compiled,

    /// <summary>The faster one of those of the fast machine that work here.</summary>
    Auto,
}

/// <summary>The engines behind choices.</summary>
public static class RunEngines
{
    /// <summary>The engine of the fast machine; nothing of the semantics.</summary>
    /// <param name="choice">What was chosen.</param>
    /// <param name="option">The option by which it was, for the complaint.</param>
    /// <exception cref="UsageException">It does not work in this process.</exception>
    public static Engine? Fast(this RunEngine choice, string option = "--engine")
    {
        Engine? engine = choice switch
        {
            RunEngine.Reference => null,
            RunEngine.Switch => Engine.Switch,
            RunEngine.Threaded => Engine.Threaded,
            RunEngine.Compiled => Engine.Compiled,
            RunEngine.Auto => Engine.Auto,
        };
        return engine is not { } known || Engines.IsAvailable(known) ? engine
            : throw new UsageException(known is Engine.Compiled
                ? $"{option} compiled needs a runtime of 64 bits that compiles; expected another one"
                : $"{option} threaded needs a build and a runtime that optimise; expected switch or auto");
    }
}

using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp;

/// <summary>How steps follow each other.</summary>
public enum Engine
{
    /// <summary>
    /// The faster one of the others that works here; a program that has executed about a million instructions is compiled.
    /// </summary>
    Auto,

    /// <summary>A loop around a <see langword="switch"/>; works everywhere.</summary>
    Switch,

    /// <summary>Handlers that jump to each other; needs a runtime that compiles with optimisation.</summary>
    /// <remarks>
    /// On x64 it reads six bytes of the runtime's machine code for each handler, to call it without a detour; not where the
    /// environment variable <c>RBPFSPEC_READ_MACHINE_CODE</c> is 0.
    /// </remarks>
    Threaded,

    /// <summary>Code that the runtime compiles for this processor, by turns with the faster of the other two.</summary>
    /// <remarks>
    /// What is rare is left to the other engine, so all that can be seen is the same. A program that would be compiled badly
    /// is not compiled: <see cref="Vm.StaysInterpreted"/> says why.
    /// </remarks>
    Compiled,
}

/// <summary>Which engines work here.</summary>
public static class Engines
{
    /// <summary>Whether an engine works in this process.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such engine.</exception>
    public static bool IsAvailable(Engine engine) => Known(engine) switch
    {
        Engine.Auto or Engine.Switch => true,
        Engine.Threaded => ThreadedEngine.IsAvailable,
        Engine.Compiled => CompiledCode.IsAvailable,
    };

    /// <summary>The engine that a choice comes to: never <see cref="Engine.Auto"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The engine asked for does not work in this process.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such engine.</exception>
    public static Engine Choose(Engine engine) => Known(engine) switch
    {
        Engine.Auto => ThreadedEngine.IsAvailable ? Engine.Threaded : Engine.Switch,
        Engine.Switch => Engine.Switch,
        Engine.Threaded when ThreadedEngine.IsAvailable => Engine.Threaded,
        Engine.Threaded => throw new PlatformNotSupportedException("the threaded engine needs a build and a runtime that optimise"),
        Engine.Compiled when CompiledCode.IsAvailable => Engine.Compiled,
        Engine.Compiled => throw new PlatformNotSupportedException("the compiled engine needs a runtime of 64 bits that compiles"),
    };

    /// <summary>The engine that interprets, of one that was chosen.</summary>
    internal static Engine Interpreter(Engine chosen) => chosen is Engine.Compiled ? Choose(Engine.Auto) : chosen;

    /// <summary>When programs are compiled under a choice.</summary>
    internal static Tiering Tiering(Engine choice) => Known(choice) switch
    {
        Engine.Auto => CompiledCode.IsAvailable ? Compiled.Tiering.Later : Compiled.Tiering.Never,
        Engine.Switch or Engine.Threaded => Compiled.Tiering.Never,
        Engine.Compiled => Compiled.Tiering.AtOnce,
    };

    private static Engine Known(Engine engine) => Enum.IsDefined(engine)
        ? engine
        : throw new ArgumentOutOfRangeException(nameof(engine), engine, "an engine is Auto, Switch, Threaded or Compiled");
}

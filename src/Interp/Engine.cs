using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp;

/// <summary>How steps follow each other.</summary>
public enum Engine
{
    /// <summary>The faster one that works here.</summary>
    Auto,

    /// <summary>A loop around a <see langword="switch"/>; works everywhere.</summary>
    Switch,

    /// <summary>Handlers that jump to each other; needs a runtime that compiles with optimisation.</summary>
    /// <remarks>
    /// On x64 it reads six bytes of the runtime's machine code for each handler, to call it without a detour; not where the
    /// environment variable <c>RBPFSPEC_READ_MACHINE_CODE</c> is 0.
    /// </remarks>
    Threaded,
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
    };

    private static Engine Known(Engine engine) => Enum.IsDefined(engine)
        ? engine
        : throw new ArgumentOutOfRangeException(nameof(engine), engine, "an engine is Auto, Switch or Threaded");
}

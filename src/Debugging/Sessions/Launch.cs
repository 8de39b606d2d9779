using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>The program that a client wants to run, and how: the arguments of <c>launch</c>.</summary>
public sealed record Launch
{
    /// <summary>The file; null if the client names none.</summary>
    public string? Program { get; init; }

    /// <summary>The context in hexadecimal; null for none.</summary>
    public string? Context { get; init; }

    /// <summary>A file that is the context; null for none.</summary>
    public string? ContextFile { get; init; }

    /// <summary>Further regions, as <c>name:size:rw[@address]</c>.</summary>
    public Sequence<string> Regions { get; init; }

    /// <summary>The name of the machine variant; null for the usual one.</summary>
    public string? Profile { get; init; }

    /// <summary>The section of an object that holds the program; null for the one that the reader would choose.</summary>
    public string? Section { get; init; }

    /// <summary>The function to start at; null for the one that the reader would choose.</summary>
    public string? Function { get; init; }

    /// <summary>The form of the file; null to recognise it.</summary>
    public string? Format { get; init; }

    /// <summary>The helpers granted, as <c>--helpers</c> has them; null for those that ship.</summary>
    public string? Helpers { get; init; }

    /// <summary>How many branches and local calls may be taken; null for what the profile says.</summary>
    public long? Budget { get; init; }

    /// <summary>How many instructions may be executed; null for what the profile says.</summary>
    public long? Instructions { get; init; }

    /// <summary>The time that the helper <c>now_ms</c> says, in milliseconds; null for the clock's.</summary>
    public long? Now { get; init; }

    /// <summary>The folder that files without one are in; null for the working folder.</summary>
    public string? Folder { get; init; }
}

/// <summary>The result of a launch.</summary>
public abstract record LaunchResult
{
    private LaunchResult()
    {
    }

    /// <summary>The program is about to run.</summary>
    /// <param name="Prepared">The program, and the state it begins in.</param>
    /// <param name="Name">Its name for people.</param>
    /// <param name="Find">The path of a file of source that the compiler named; null where there is no such file.</param>
    /// <param name="Notes">The notes for a user, a line each.</param>
    public sealed record Ready(Prepared Prepared, string Name, Func<string, string?> Find, Sequence<string> Notes) : LaunchResult
    {
        /// <summary>Its variables of C; none unless given.</summary>
        public ProgramVariables Variables { get; init; } = ProgramVariables.None;
    }

    /// <summary>The program cannot run.</summary>
    /// <param name="Problems">Why, a line each, at least one.</param>
    public sealed record Refused(Sequence<string> Problems) : LaunchResult;
}

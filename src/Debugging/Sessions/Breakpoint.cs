using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Debugging.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>The place where somebody wants the program to stop.</summary>
internal abstract record BreakpointPlace
{
    private BreakpointPlace()
    {
    }

    /// <summary>A line of a source.</summary>
    /// <param name="Source">Which source.</param>
    /// <param name="Line">The line, from 1.</param>
    public sealed record AtLine(SourceName Source, int Line) : BreakpointPlace;

    /// <summary>An instruction.</summary>
    /// <param name="Reference">Its address, or <c>slot N</c>, as the client has it.</param>
    /// <param name="Offset">To be added, in bytes.</param>
    public sealed record AtInstruction(string Reference, int Offset) : BreakpointPlace;

    /// <summary>The begin of a function.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record AtFunction(string Name) : BreakpointPlace;
}

/// <summary>A source as a client names it: the path of a file, or the number of a text that the session has.</summary>
/// <param name="Path">The path; empty if there is none.</param>
/// <param name="Reference">The number; 0 if there is none.</param>
internal sealed record SourceName(string Path, int Reference);

/// <summary>A place where the program stops, resolved as far as the program is known.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Place">The place asked for.</param>
/// <param name="When">When it stops there.</param>
/// <param name="Slots">The slots that stop; none if it is not verified.</param>
/// <param name="Line">The line at which it stops, from 1; 0 if that is not known.</param>
/// <param name="Problem">Why it never stops; null if it is verified.</param>
internal sealed record Breakpoint(int Id, BreakpointPlace Place, BreakpointTerms When, Sequence<int> Slots, int Line, string? Problem);

/// <summary>When a breakpoint stops, once the program is there.</summary>
/// <param name="Condition">An expression that must not be 0; null for always.</param>
/// <param name="Hits">Which of its hits it stops at, as text; null for each.</param>
/// <param name="Message">What it tells instead of stopping, with expressions in braces; null if it stops.</param>
internal sealed record BreakpointTerms(string? Condition, string? Hits, string? Message)
{
    /// <summary>Those of a request; an empty text is none.</summary>
    public static BreakpointTerms Of(Protocol.RequestArguments arguments) =>
        new(Given(arguments, "condition"), Given(arguments, "hitCondition"), Given(arguments, "logMessage"));

    /// <summary>Why it makes no sense at an instruction, and what would be right; null if it does.</summary>
    /// <param name="state">A state of the program.</param>
    /// <param name="locals">The variables of C there.</param>
    public string? ProblemAt(State<Word> state, Locals locals) => (Hits is null ? null : HitCondition.ProblemOf(Hits))
        ?? (Condition is not null && Expression.Problem(Condition, state, locals) is { } wrong
            ? $"condition '{Condition.Trim()}' makes no sense: {wrong}" : null)
        ?? (Message is null ? null : LogMessage.ProblemOf(Message, state, locals));

    private static string? Given(Protocol.RequestArguments arguments, string name) =>
        arguments.Text(name) is { } text && text.Trim() != "" ? text : null;
}

namespace RbpfSpec.Debugging.Views;

/// <summary>The commands that the terminal view takes.</summary>
public enum ViewCommand
{
    /// <summary>Nothing that the view knows.</summary>
    None,

    /// <summary>One instruction forwards.</summary>
    Forward,

    /// <summary>One instruction back.</summary>
    Back,

    /// <summary>To the next line, or instruction where lines are not known; calls count as one.</summary>
    Next,

    /// <summary>To the line, or instruction, before; calls count as one.</summary>
    Previous,

    /// <summary>Out of the function.</summary>
    Out,

    /// <summary>On to a breakpoint or the end.</summary>
    Continue,

    /// <summary>Back to a breakpoint or the start.</summary>
    Reverse,

    /// <summary>To the start.</summary>
    Start,

    /// <summary>A breakpoint at this instruction, or none.</summary>
    Breakpoint,

    /// <summary>Another region in the pane of memory.</summary>
    Region,

    /// <summary>Further down in memory.</summary>
    Down,

    /// <summary>Further up in memory.</summary>
    Up,

    /// <summary>The keys, or what was before them.</summary>
    Help,

    /// <summary>The end of the view.</summary>
    Quit,
}

/// <summary>The keys of the terminal view.</summary>
public static class ViewKeys
{
    private static readonly (ViewCommand Command, string Keys, string Text, ConsoleKey[] Named, string Characters)[] Table =
    [
        (ViewCommand.Forward, "right, s", "one instruction forwards", [ConsoleKey.RightArrow], "s"),
        (ViewCommand.Back, "left, a", "one instruction back", [ConsoleKey.LeftArrow], "a"),
        (ViewCommand.Next, "down, n", "to the next line, over calls", [ConsoleKey.DownArrow], "n"),
        (ViewCommand.Previous, "up, p", "to the line before, over calls", [ConsoleKey.UpArrow], "p"),
        (ViewCommand.Out, "o", "out of this function", [], "o"),
        (ViewCommand.Continue, "c, end", "on to a breakpoint or to the end", [ConsoleKey.End], "c"),
        (ViewCommand.Reverse, "r", "back to a breakpoint or to the start", [], "r"),
        (ViewCommand.Start, "g, home", "to the start", [ConsoleKey.Home], "g"),
        (ViewCommand.Breakpoint, "b", "a breakpoint at this instruction, or none", [], "b"),
        (ViewCommand.Region, "tab", "the next region of memory", [ConsoleKey.Tab], "\t"),
        (ViewCommand.Down, "page down, d", "further down in memory", [ConsoleKey.PageDown], "d"),
        (ViewCommand.Up, "page up, u", "further up in memory", [ConsoleKey.PageUp], "u"),
        (ViewCommand.Help, "h, ?", "the keys, and back from them", [], "h?"),
        (ViewCommand.Quit, "q, escape", "ends", [ConsoleKey.Escape], "q"),
    ];

    /// <summary>The keys, a line each.</summary>
    public static Sequence<string> Help { get; } = [.. Table.Select(row => $"  {row.Keys,-14}{row.Text}")];

    /// <summary>The command of a key.</summary>
    public static ViewCommand Of(ConsoleKeyInfo key)
    {
        // What ends other programs ends this one.
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) return ViewCommand.Quit;
        foreach (var row in Table)
        {
            if (row.Named.Contains(key.Key) || (key.KeyChar != 0 && row.Characters.Contains(key.KeyChar))) return row.Command;
        }

        return ViewCommand.None;
    }
}

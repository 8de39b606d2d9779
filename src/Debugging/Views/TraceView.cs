using System.Collections.Immutable;
using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Stepping;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;

namespace RbpfSpec.Debugging.Views;

/// <summary>A run as the terminal view shows it: where it is, and what else somebody chose.</summary>
/// <remarks>A value without I/O; <see cref="TraceScreen"/> makes the text of it.</remarks>
public sealed record TraceView
{
    private Motion? motion;

    /// <summary>The view of a run at its start.</summary>
    /// <param name="prepared">The program.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="text">The text of a file of source, by the compiler's name; null where it cannot be had.</param>
    public TraceView(Prepared prepared, string name, Func<string, string?> text)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(text);
        Name = name;
        Timeline = Timeline.Start(prepared);
        Map = new(prepared.Image);
        Listing = new(prepared.Image, prepared.Machine.Definition);
        Sources = Map.Files.ToImmutableDictionary(
            file => file, file => Sequence.Of<string>((text(file) ?? Map.Text(file)).TrimEnd('\n').Split('\n')), StringComparer.Ordinal);
    }

    /// <summary>The name of the program.</summary>
    public string Name { get; }

    /// <summary>Where the run is.</summary>
    public Timeline Timeline { get; private init; }

    /// <summary>The lines of source.</summary>
    public SourceMap Map { get; }

    /// <summary>The instructions as text.</summary>
    public ProgramListing Listing { get; }

    /// <summary>The variables of C; none unless given.</summary>
    public ProgramVariables Variables { get; init; } = ProgramVariables.None;

    /// <summary>The lines of each file of source.</summary>
    public ImmutableDictionary<string, Sequence<string>> Sources { get; }

    /// <summary>The slots that stop.</summary>
    public ImmutableSortedSet<int> Breakpoints { get; private init; } = [];

    /// <summary>The index of the region that is shown.</summary>
    public int Region { get; private init; }

    /// <summary>The row of that region that is shown first.</summary>
    public int Row { get; private init; }

    /// <summary>Whether the keys are shown.</summary>
    public bool IsHelp { get; private init; }

    /// <summary>Whether somebody wants to leave.</summary>
    public bool IsOver { get; private init; }

    /// <summary>Whether the run goes, so that <see cref="Advance"/> is to be called.</summary>
    public bool IsRunning => motion is not null;

    /// <summary>The view after a command.</summary>
    public TraceView After(ViewCommand command)
    {
        var traveller = Traveller;
        var here = traveller.Standing(Timeline.State);
        return (command switch
        {
            ViewCommand.None => this,
            ViewCommand.Forward => this with { motion = new Motion.Step(StepWay.In, ByInstruction: true, here) },
            ViewCommand.Back => Timeline.Back() is { } before ? this with { Timeline = before } : this,
            ViewCommand.Next => this with { motion = new Motion.Step(StepWay.Over, ByInstruction: false, here) },
            ViewCommand.Previous => this with { motion = traveller.Back(Timeline, byInstruction: false) },
            ViewCommand.Out => this with { motion = new Motion.Step(StepWay.Out, ByInstruction: false, here) },
            ViewCommand.Continue => this with { motion = new Motion.Continue() },
            ViewCommand.Reverse => this with { motion = new Motion.Reverse() },
            ViewCommand.Start => this with { Timeline = Timeline.ToStart() },
            ViewCommand.Breakpoint => this with { Breakpoints = Toggled() },
            ViewCommand.Region => this with { Region = Region + 1, Row = 0 },
            ViewCommand.Down => this with { Row = Row + RowsAtOnce },
            ViewCommand.Up => this with { Row = Row - RowsAtOnce },
            ViewCommand.Help => this with { IsHelp = !IsHelp },
            ViewCommand.Quit => this with { IsOver = true },
        }).Within();
    }

    /// <summary>The view some steps further, if it goes somewhere.</summary>
    public TraceView Advance(int steps)
    {
        if (motion is null) return this;
        var arrival = Traveller.Go(Timeline, motion, steps);
        return (this with { Timeline = arrival.At, motion = (arrival as Arrival.Underway)?.Further }).Within();
    }

    /// <summary>The view where it is, going nowhere.</summary>
    public TraceView Stopped() => this with { motion = null };

    private const int RowsAtOnce = 8;

    private Traveller Traveller => new(
        Map, (_, state) => Breakpoints.Contains((int)Math.Min(state.ProgramCounter.Value, int.MaxValue)) ? [1] : []);

    private ImmutableSortedSet<int> Toggled()
    {
        if (Listing.LineOf(Timeline.Slot) == 0) return Breakpoints;
        var slot = (int)Timeline.Slot;
        var without = Breakpoints.Remove(slot);
        return without.Count < Breakpoints.Count ? without : Breakpoints.Add(slot);
    }

    // Regions come and go with local calls.
    private TraceView Within()
    {
        var regions = Timeline.State.Memory.Regions;
        var region = regions.Count == 0 ? 0 : Region % regions.Count;
        var rows = regions.Count == 0 ? 0 : TraceScreen.RowsOf(regions[region]);
        return this with { Region = region, Row = Math.Clamp(Row, 0, Math.Max(0, rows - 1)) };
    }
}

using System.Collections.Immutable;
using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>The program that a session runs: where the run is, and the texts that its instructions come from.</summary>
internal sealed record Target
{
    /// <summary>The number of the listing among the texts that a client can ask for.</summary>
    public const int ListingReference = 1;

    /// <summary>The number of the first file of source among them.</summary>
    public const int FirstFileReference = 2;

    private readonly ImmutableDictionary<string, string> paths;

    /// <summary>The program at its start.</summary>
    public Target(LaunchResult.Ready launched)
    {
        Prepared = launched.Prepared;
        Name = launched.Name;
        Timeline = Timeline.Start(launched.Prepared);
        Map = new(launched.Prepared.Image);
        Listing = new(launched.Prepared.Image, launched.Prepared.Machine.Definition);
        Variables = launched.Variables;
        paths = Map.Files
            .Select(file => (File: file, Path: launched.Find(file)))
            .Where(static found => found.Path is not null)
            .ToImmutableDictionary(static found => found.File, static found => found.Path!, StringComparer.Ordinal);
    }

    /// <summary>The program, and where it began.</summary>
    public Prepared Prepared { get; }

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>Where the run is.</summary>
    public Timeline Timeline { get; init; }

    /// <summary>How many of the texts that the program prints were shown.</summary>
    public int Shown { get; init; }

    /// <summary>Its lines of source.</summary>
    public SourceMap Map { get; }

    /// <summary>Its instructions as text.</summary>
    public ProgramListing Listing { get; }

    /// <summary>Its variables of C.</summary>
    public ProgramVariables Variables { get; }

    /// <summary>The path of a file of source; null if there is no such file.</summary>
    public string? PathOf(string file) => paths.GetValueOrDefault(file);

    /// <summary>The file, as the compiler named it, that a client means; null if it is none of the program's.</summary>
    public string? FileOf(SourceName source)
    {
        if (source.Reference >= FirstFileReference)
            return source.Reference - FirstFileReference < Map.Files.Count ? Map.Files[source.Reference - FirstFileReference] : null;
        return source.Path == "" ? null
            : Map.Files.FirstOrDefault(file => PathOf(file) == source.Path) ?? Map.Find(source.Path);
    }

    /// <summary>The name of the function that a slot lies in, and how far from its begin; the program's name if it lies in none.</summary>
    public string FunctionAt(ulong slot)
    {
        foreach (var function in Prepared.Image.Functions)
        {
            if (slot - (ulong)function.Slot < (ulong)function.Slots) return function.Name;
        }

        return Name;
    }

    /// <summary>A breakpoint resolved in this program.</summary>
    public Breakpoint Resolve(Breakpoint breakpoint)
    {
        switch (breakpoint.Place)
        {
            case BreakpointPlace.AtLine({ Reference: ListingReference }, var line):
                return Listing.SlotOf(line) is { } listed ? Verified(breakpoint, [listed], line)
                    : Never(breakpoint, $"the listing has {Listing.Instructions.Count} lines");
            case BreakpointPlace.AtLine(var source, var line):
                if (Map.Files.IsEmpty) return Never(breakpoint, "the object has no lines of source; compile it with clang -g");
                if (FileOf(source) is not { } file)
                {
                    var files = string.Join(", ", Map.Files.Take(5));
                    return Never(breakpoint, $"no instruction comes from this file; those of the program are from {files}");
                }

                var (taken, slots) = Map.Slots(file, line);
                return slots.IsEmpty ? Never(breakpoint, "no instruction comes from this line, or from one after it")
                    : Verified(breakpoint, slots, taken);
            case BreakpointPlace.AtInstruction(var reference, var offset):
                if (CodeAddress.Slot(reference, offset) is not { } slot || Listing.LineOf(slot) is not (> 0 and var at))
                    return Never(breakpoint, $"'{reference}' is no instruction; expected an address such as 0x28, or 'slot 5'");
                return Verified(breakpoint, [Listing.Instructions[at - 1].Slot], at);
            case BreakpointPlace.AtFunction(var name):
                var found = Prepared.Image.Functions.FirstOrDefault(function => function.Name == name);
                return found is null ? Never(breakpoint, $"the program has no function '{name}'") : Verified(breakpoint, [found.Slot], 0);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Breakpoint Verified(Breakpoint breakpoint, Sequence<int> slots, int line) =>
        breakpoint with { Slots = slots, Line = line, Problem = null };

    private static Breakpoint Never(Breakpoint breakpoint, string problem) => breakpoint with { Slots = [], Line = 0, Problem = problem };
}

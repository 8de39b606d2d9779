namespace RbpfSpec.Images.Inputs;

/// <summary>Slots of a section to be printed.</summary>
/// <param name="Section">The section.</param>
/// <param name="First">The slot index of the first.</param>
/// <param name="End">The slot index behind the last.</param>
public sealed record CodeRange(CodeSection Section, int First, int End)
{
    /// <summary>A function's slots; one without a length ends where the next starts.</summary>
    public static CodeRange Of(CodeSection section, ImageFunction function)
    {
        var end = section.Slots.Count / 8;
        var next = section.Functions.Where(other => other.Slot > function.Slot)
            .Select(static other => other.Slot).DefaultIfEmpty(end).Min();
        return new(section, Math.Min(function.Slot, end), Math.Min(function.Slots > 0 ? function.Slot + function.Slots : next, end));
    }

    /// <summary>The part of an object that is asked for: whole sections, or functions.</summary>
    /// <param name="sections">The object's sections of instructions.</param>
    /// <param name="section">The name of a section; any if null.</param>
    /// <param name="function">The name of a function; whole sections if null.</param>
    /// <param name="problem">Why there is no such part; empty if there is one.</param>
    /// <returns>Null if there is no such part.</returns>
    public static Sequence<CodeRange>? Chosen(Sequence<CodeSection> sections, string? section, string? function, out string problem)
    {
        problem = "the object has no instructions: no executable section with contents";
        if (sections.IsEmpty) return null;
        problem = $"there is no section '{section}' with instructions; there is {List(sections.Select(static one => one.Name))}";
        List<CodeSection> chosen = [.. sections.Where(candidate => section is null || candidate.Name == section)];
        if (chosen.Count == 0) return null;
        problem = "";
        if (function is null) return [.. chosen.Select(static one => new CodeRange(one, 0, one.Slots.Count / 8))];
        Sequence<CodeRange> ranges =
        [
            .. chosen.SelectMany(static one => one.Functions, static (one, found) => (Section: one, Function: found))
                .Where(found => found.Function.Name == function)
                .Select(static found => Of(found.Section, found.Function)),
        ];
        if (!ranges.IsEmpty) return ranges;
        problem = $"there is no function '{function}'; there is "
            + $"{List(chosen.SelectMany(static one => one.Functions).Select(static one => one.Name))}";
        return null;
    }

    private static string List(IEnumerable<string> names)
    {
        const int most = 10;
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(most).Select(ProgramFile.Short));
        return all.Count switch
        {
            0 => "none",
            <= most => shown,
            _ => $"{shown} and {all.Count - most} more",
        };
    }
}

namespace RbpfSpec.Images.Inputs;

/// <summary>The lines of assembly text that the slots of a program come from.</summary>
internal static class SourceLines
{
    /// <summary>The lines; none if the file has no name to tell them by.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The name of the file; null for none.</param>
    /// <param name="parts">For each part of the program its first slot, and for each slot from there on the line, from 1.</param>
    public static Sequence<ImageLine> Of(string text, string? file, Sequence<(int First, Sequence<int> Lines)> parts)
    {
        if (file is null) return [];
        var lines = text.Split('\n');
        List<ImageLine> all = [];
        foreach (var (first, numbers) in parts)
        {
            // What was told of the part before does not hold here.
            if (numbers.IsEmpty) all.Add(new(first, null));
            for (var i = 0; i < numbers.Count; i++)
            {
                var number = numbers[i];
                if (i > 0 && number == numbers[i - 1]) continue;
                all.Add(new(first + i, number < 1 || number > lines.Length ? null : new(file, number, 0, lines[number - 1].TrimEnd('\r'))));
            }
        }

        return all.ToSequence();
    }
}

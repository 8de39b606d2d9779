namespace RbpfSpec.Cli.Inputs;

/// <summary>Lines of an input without end, of a length that cannot fill the memory.</summary>
/// <param name="input">The input.</param>
internal sealed class RequestLines(TextReader input)
{
    /// <summary>The most characters of a line: room for the largest program and memory.</summary>
    public const int Longest = 1 << 27;

    private char[] buffer = new char[1 << 14];
    private int first;
    private int end;

    /// <summary>Whether another whole line has been read already.</summary>
    public bool HasMore => buffer.AsSpan(first, end - first).Contains('\n');

    /// <summary>The next line, without its end; null at the end of the input.</summary>
    public (string Text, bool IsTooLong)? Next()
    {
        var isTooLong = false;
        var searched = 0;
        while (true)
        {
            var length = buffer.AsSpan(first + searched, end - first - searched).IndexOf('\n');
            if (length >= 0) return Line(searched + length, 1, isTooLong);
            searched = end - first;
            if (searched > Longest)
            {
                // It is read to its end, which is where the next one begins.
                isTooLong = true;
                (first, end, searched) = (0, 0, 0);
            }

            if (!Fill()) return end > first || isTooLong ? Line(end - first, 0, isTooLong) : null;
        }
    }

    private (string Text, bool IsTooLong) Line(int length, int skipped, bool isTooLong)
    {
        var text = isTooLong ? "" : new string(buffer, first, length);
        first += length + skipped;
        return (text.EndsWith('\r') ? text[..^1] : text, isTooLong);
    }

    private bool Fill()
    {
        if (first > 0)
        {
            buffer.AsSpan(first, end - first).CopyTo(buffer);
            (first, end) = (0, end - first);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var count = input.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}

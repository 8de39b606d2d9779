namespace RbpfSpec.Conformance;

/// <summary>Lines of an input without end, of a length that cannot fill the memory.</summary>
/// <param name="input">The input.</param>
public sealed class RequestLines(TextReader input)
{
    /// <summary>The most characters of a line: room for the largest program and memory.</summary>
    public const int Longest = 1 << 27;

    private char[] buffer = new char[1 << 14];

    /// <summary>The next line, without its end; null at the end of the input.</summary>
    public (string Text, bool IsTooLong)? Next()
    {
        var length = 0L;

        // One character at a time: a reader that is asked for several may wait for more than there is, and whoever sent the line
        // waits for its answer.
        for (var next = input.Read(); next != '\n'; next = input.Read())
        {
            if (next < 0)
            {
                if (length == 0) return null;
                break;
            }

            // What is too long is read to its end, which is where the next line begins.
            if (length < Longest)
            {
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                buffer[length] = (char)next;
            }

            length++;
        }

        if (length > Longest) return ("", true);
        if (length > 0 && buffer[length - 1] == '\r') length--;
        return (new string(buffer, 0, (int)length), false);
    }
}

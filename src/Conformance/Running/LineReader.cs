using System.Text;

namespace RbpfSpec.Conformance.Running;

/// <summary>Lines of what a process writes, of a length that cannot fill the memory.</summary>
/// <param name="stream">What it writes, in UTF-8.</param>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The most bytes of a line.</summary>
    public const int Longest = 1 << 20;

    private byte[] buffer = new byte[1 << 14];
    private int first;
    private int end;

    /// <summary>Whether what has been read is a line that is too long, as far as it goes.</summary>
    public bool IsTooLong => end - first > Longest;

    /// <summary>The beginning of what has been read, and is no whole line yet.</summary>
    public string Rest => Encoding.UTF8.GetString(buffer, first, Math.Min(end - first, 80));

    /// <summary>Takes the next line, without its end, if it has been read; null if not.</summary>
    public string? Take()
    {
        var length = buffer.AsSpan(first, end - first).IndexOf((byte)'\n');
        return length < 0 ? null : Cut(length, 1);
    }

    /// <summary>Takes what is left when nothing more will come; null if nothing is.</summary>
    public string? TakeLast() => end == first ? null : Cut(end - first, 0);

    /// <summary>Reads more; yields how many bytes.</summary>
    public ValueTask<int> Fill()
    {
        if (first > 0)
        {
            buffer.AsSpan(first, end - first).CopyTo(buffer);
            (first, end) = (0, end - first);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        return Read();
    }

    private async ValueTask<int> Read()
    {
        var count = await stream.ReadAsync(buffer.AsMemory(end)).ConfigureAwait(false);
        end += count;
        return count;
    }

    private string Cut(int length, int skipped)
    {
        var line = Encoding.UTF8.GetString(buffer, first, length);
        first += length + skipped;
        return line.EndsWith('\r') ? line[..^1] : line;
    }
}

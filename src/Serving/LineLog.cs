namespace RbpfSpec.Serving;

/// <summary>Lines for people, told by a thread of its own: a device does not wait for whoever reads them.</summary>
/// <remarks>Lines that come faster than they are read are lost once too many wait; how many were lost is told in their place.</remarks>
public sealed class LineLog : IDisposable
{
    /// <summary>The most lines that wait.</summary>
    public const int Most = 1024;

    // A device that floods its log must not take a processor for it: so many lines at once are followed by a pause.
    private const int Many = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Queue<string> waiting = [];
    private readonly Action<Sequence<string>> tell;
    private readonly Thread thread;
    private readonly ManualResetEventSlim ended = new();
    private int lost;

    /// <summary>A log without lines.</summary>
    /// <param name="tell">Told of the lines that wait, in order, on the thread of the log.</param>
    public LineLog(Action<Sequence<string>> tell)
    {
        this.tell = tell;
        thread = new(Run) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Adds a line; any thread may call it.</summary>
    public void Add(string line)
    {
        lock (waiting)
        {
            if (waiting.Count >= Most)
            {
                lost++;
                return;
            }

            waiting.Enqueue(line);
            if (waiting.Count == 1) Monitor.Pulse(waiting);
        }
    }

    /// <summary>Ends it, once all lines are told.</summary>
    public void Dispose()
    {
        lock (waiting)
        {
            ended.Set();
            Monitor.Pulse(waiting);
        }

        thread.Join();
        ended.Dispose();
    }

    private void Run()
    {
        while (Next() is { IsEmpty: false } lines)
        {
            tell(lines);
            if (lines.Count >= Many) ended.Wait(Pause);
        }
    }

    // Those that wait, and the news that others were lost. None at the end.
    private Sequence<string> Next()
    {
        lock (waiting)
        {
            while (waiting.Count == 0 && lost == 0 && !ended.IsSet) Monitor.Wait(waiting);
            Sequence<string> lines = [.. waiting, .. lost == 0 ? (string[])[] : [$"lines lost after these: {lost}"]];
            lost = 0;
            waiting.Clear();
            return lines;
        }
    }
}

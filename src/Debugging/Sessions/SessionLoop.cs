using System.Collections.Concurrent;
using RbpfSpec.Debugging.Protocol;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>A session between two streams: what reads, hands on, and writes.</summary>
public static class SessionLoop
{
    // So few that a client that pauses is heard at once, so many that looking for a message costs nothing.
    private const int StepsAtOnce = 20_000;

    // A client that sends more before it is answered has to wait.
    private const int MostWaiting = 1_000;

    /// <summary>Serves a client until it leaves.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">What it gets.</param>
    /// <param name="launcher">Loads programs.</param>
    /// <returns>What was wrong with the client's messages, so that nothing more could be read; null if nothing.</returns>
    public static string? Serve(Stream input, Stream output, Func<Launch, LaunchResult> launcher)
    {
        using BlockingCollection<Framed> messages = new(MostWaiting);
        var reader = new Thread(() => Read(new(input), messages)) { IsBackground = true };
        reader.Start();
        var session = Session.Begin(launcher);
        while (!session.IsOver)
        {
            if (!messages.TryTake(out var next, session.IsRunning ? 0 : Timeout.Infinite))
            {
                session = Send(output, session.Advance(StepsAtOnce));
                continue;
            }

            switch (next)
            {
                case Framed.Body(var json):
                    session = Send(output, session.Handle(json.AsSpan()));

                    // A step is there before the next message is looked at, which may be another step.
                    session = Send(output, session.Advance(StepsAtOnce));
                    break;
                case Framed.End:
                    return null;
                case Framed.Broken(var problem):
                    Send(output, session.Break(problem));
                    return problem;
            }
        }

        return null;
    }

    // Nobody waits for it: it may wait for a client for ever.
    private static void Read(MessageReader reader, BlockingCollection<Framed> messages)
    {
        Framed next;
        do
        {
            try
            {
                next = reader.Read();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                next = new Framed.End();
            }

            try
            {
                messages.Add(next);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
        while (next is Framed.Body);
    }

    private static Session Send(Stream output, Turn turn)
    {
        foreach (var message in turn.Messages) output.Write(MessageWriter.Bytes(message));
        output.Flush();
        return turn.Session;
    }
}

using System.Runtime.InteropServices;

namespace RbpfSpec.Cli;

/// <summary>Ctrl-C, and the request to end, as a token: who works long stops in order, and tells what is known so far.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly PosixSignalRegistration[] signals;

    /// <summary>From now on, besides another token.</summary>
    public Interruption(CancellationToken other = default)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(other);
        signals = [On(PosixSignal.SIGINT), On(PosixSignal.SIGTERM)];
    }

    /// <summary>The token.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Signals end the process again.</summary>
    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        source.Dispose();
    }

    private PosixSignalRegistration On(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        source.Cancel();
    });
}

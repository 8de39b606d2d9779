using System.CommandLine;
using System.Net;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Serving.Secure;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary>CoAP over DTLS, in front of a device.</summary>
internal sealed class DtlsOptions
{
    private readonly ListenOption port = new(
        "--dtls",
        $"Takes CoAP over DTLS, too, on this UDP port; {DtlsFront.DefaultPort} is usual, 0 is any that is free. Nobody but this computer "
        + "reaches it, unless an address stands before the port, such as 192.0.2.1:5684.");

    private readonly TextOption keys = new(
        "--psk", "file", "The keys of those who may speak to it by --dtls: lines identity:key, the key in hexadecimal.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(port);
        command.Options.Add(keys);
    }

    /// <summary>Where to listen, with the keys; null if nowhere.</summary>
    /// <exception cref="UsageException">One option is given without the other, or the file has no keys.</exception>
    public (IPEndPoint Address, Sequence<SharedKey> Keys)? Of(ParseResult parsed)
    {
        var (address, file) = (parsed.GetValue(port), parsed.GetValue(keys));
        if (address is null && file is null) return null;
        if (address is null || file is null) throw new UsageException("--dtls and --psk belong together; expected both or neither");
        return PskFile.Read(Files.ReadText(file)) switch
        {
            PskReading.Read(var read) => (address, read),
            PskReading.Malformed(var line, var problem) => throw new UsageException($"--psk {file}, line {line}: {problem}"),
        };
    }

    /// <summary>The front of a device; it is open until it is disposed of.</summary>
    /// <exception cref="UsageException">It cannot listen.</exception>
    public static DtlsFront Open((IPEndPoint Address, Sequence<SharedKey> Keys) wanted, IPEndPoint device) =>
        DtlsFront.Open(wanted.Address, device, wanted.Keys, out var problem) ?? throw new UsageException($"--dtls: {problem}");
}

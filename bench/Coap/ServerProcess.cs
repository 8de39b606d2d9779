using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>A CoAP server in a process of its own, on a free UDP port of this computer; it ends with this object.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(string name, int port, string program, string[] arguments)
    {
        (Name, Port) = (name, port);
        process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start");
    }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => new(IPAddress.Loopback, Port);

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary><c>rbpf host serve</c>, once it listens.</summary>
    /// <param name="arguments">Its options but for the port.</param>
    public static ServerProcess Rbpf(params string[] arguments)
    {
        var port = FreePort();
        var program = Path.Combine(Repository.Root, "rbpf");
        ServerProcess server = new("rbpf, a container's reply", port, program, ["host", "serve", "--port", Text(port), .. arguments]);
        if (server.process.StandardOutput.ReadLine() is not { } line) throw new InvalidOperationException("rbpf host serve ended");
        Console.WriteLine(line);

        // What it tells later is read, so that it never waits for a reader.
        new Thread(() => Drain(server.process.StandardOutput)) { IsBackground = true }.Start();
        return server;
    }

    /// <summary>libcoap's <c>coap-server-notls</c>.</summary>
    public static ServerProcess Libcoap()
    {
        var port = FreePort();
        return new("coap-server-notls, /time", port, "coap-server-notls", ["-A", "127.0.0.1", "-p", Text(port)]);
    }

    /// <summary>Puts a program into a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="program">The bytes.</param>
    /// <param name="helpers">The ids of the helpers granted.</param>
    /// <param name="query">Another part of the query.</param>
    public void Put(int slot, Sequence<byte> program, string helpers, string query = "class=snippet")
    {
        var message = new CoapMessage(CoapType.Confirmable, CoapCode.Put, (ushort)slot, [1], [], program)
            .With(CoapOption.Of(CoapOptions.UriPath, "app"))
            .With(CoapOption.Of(CoapOptions.UriPath, Text(slot)))
            .With(CoapOption.Of(CoapOptions.ContentFormat, CoapOptions.OctetStream))
            .With(CoapOption.Of(CoapOptions.UriQuery, query))
            .With(CoapOption.Of(CoapOptions.UriQuery, $"helpers={helpers}"));
        var answer = Await(CoapWriter.Write(message));
        if (answer is not CoapReading.Read({ Code.Class: 2 })) throw new InvalidOperationException($"the program is refused: {answer}");
    }

    /// <summary>The answer to a request, which is sent again and again, for ten seconds at most.</summary>
    public CoapReading Await(byte[] request)
    {
        var buffer = new byte[2048];
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 100 };
            socket.Connect(Address);
            socket.Send(request);
            var length = socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error);
            if (error is SocketError.Success) return CoapReader.Read(buffer.AsSpan(0, length));
        }

        throw new InvalidOperationException("no answer within ten seconds");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static void Drain(TextReader reader)
    {
        while (reader.ReadLine() is not null)
        {
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

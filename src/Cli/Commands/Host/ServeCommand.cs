using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Dashboard;
using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Serving;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Secure;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host serve</c>: a device on a UDP port.</summary>
public static class ServeCommand
{
    private const int MostSlots = 1024;

    // Clients repeat a message for up to a minute and a half: so many others may come between.
    private const int Remembered = 1024;

    // Which machine runs the containers.
    private enum Machine
    {
        Fast,
        Reference,
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var port = new CountOption(
            "--port", "port", $"The UDP port, {Endpoint.DefaultPort} unless given; 0 for any that is free.", most: ushort.MaxValue);
        var bind = new TextsOption(
            "--bind", "address",
            "An address of this computer to listen on, one of IPv4 and one of IPv6 at most; unless given, those on which "
            + "nobody else reaches it. 0.0.0.0 and :: are all addresses of their kind.");
        var slots = new CountOption(
            "--slots", "count", $"How many applications there is room for; {new DeviceSettings().Slots} unless given.", least: 1,
            most: MostSlots);
        var hooks = new TextsOption(
            "--hook", "hook",
            "A hook to which containers can be attached: NAME=timer:1s, NAME=request:PATH, NAME=packet or "
            + "NAME=threshold:SENSOR:LIMIT; may be given again.");
        var machine = new ChoiceOption<Machine>(
            "--machine",
            "The machine that runs the containers: the fast one unless given. Both do the same.");
        var runs = new SwitchOption("--runs", "Tells each run of a container that ends well, too.");
        var seconds = new SecondsOption("--seconds", "Ends by itself after this time.");
        var page = new ListenOption(
            "--dashboard",
            "Shows in the browser what the device does, on this TCP port; 0 for any that is free. Nobody but this computer reaches it, "
            + "unless an address stands before the port, such as 192.0.2.1:8080. It can change nothing.");
        var command = new ExampleCommand(
            "serve",
            "Runs a device that answers CoAP over UDP, until it is interrupted. It tells where it listens, and what containers print, set, "
            + "and are stopped by. Exit code: 0, or 2 if it cannot begin.",
            "./rbpf host serve --port 0 --seconds 0.5",
            "./rbpf host serve --port 0 --slots 8 --hook every-second=timer:1s --hook hello=request:hello --seconds 0.5",
            "./rbpf host serve --port 0 --dashboard 0 --seconds 0.5")
        {
            port, bind, slots, hooks, machine, runs, seconds, page,
        };
        var updates = new UpdateOptions();
        updates.AddTo(command);
        var device = new DeviceOptions();
        device.AddTo(command);
        var secure = new DtlsOptions();
        secure.AddTo(command);
        command.SetAction(parsed =>
        {
            var pageAddress = parsed.GetValue(page);
            var wanted = secure.Of(parsed);
            var given = device.Sensors(parsed);
            var recorder = pageAddress is null ? null : new Recorder(given, TimeProvider.System);
            var sensors = recorder?.Sensors ?? given;
            var settings = new DeviceSettings
            {
                Slots = (int)(parsed.GetValue(slots) ?? (ulong)new DeviceSettings().Slots),
                Remembered = Remembered,
                Updates = updates.Of(parsed),
                Reader = UploadReader.Read,
                Hooks = (parsed.GetValue(hooks) ?? []).Select(HookOf).ToSequence(),
                Sensors = sensors.Sensors,
                Machine = Machines.Kept((parsed.GetValue(machine) ?? Machine.Fast) switch
                {
                    Machine.Fast => static program => new ContainerMachine(program),
                    Machine.Reference => static program => new ConcreteMachine(program),
                }),
            };
            if (settings.Problems() is { IsEmpty: false } problems) throw new UsageException(problems[0]);
            var addresses = BindText.Parse(parsed.GetValue(bind) ?? [], out var wrong) ?? throw new UsageException($"--bind {wrong}");
            using var endpoint = Endpoint.Open(addresses, (int)(parsed.GetValue(port) ?? Endpoint.DefaultPort), out var problem)
                ?? throw new UsageException(problem);
            using var front = wanted is { } there ? DtlsOptions.Open(there, endpoint.Addresses[0]) : null;
            using var store = device.Store(parsed, settings);
            var tellsRuns = parsed.GetValue(runs);
            using var log = new LineLog(Tell);
            var server = new Server(settings, endpoint, store, sensors, effect =>
            {
                recorder?.Tell(effect);
                if ((effect is not DeviceEffect.Ran || tellsRuns) && EffectText.Line(effect) is { } line) log.Add(line);
            });
            using var dashboard = recorder is null ? null : OpenDashboard(pageAddress!, server, endpoint, recorder);
            Run(server, parsed.GetValue(seconds), () => Tell(
            [
                $"listening on {string.Join(" and ", (string[])[.. Names(endpoint), .. Names(front)])}",
                UpdateOptions.Line(settings.Updates),
                .. dashboard is null ? (string[])[] : [$"dashboard on {dashboard.Address}"],
            ]));
            return CommandLine.Holds;
        });
        return command;
    }

    private static DashboardServer OpenDashboard(IPEndPoint address, Server server, Endpoint endpoint, Recorder recorder) =>
        DashboardServer.Open(address, () => server.Snapshot, recorder, Names(endpoint), out var problem)
        ?? throw new UsageException($"--dashboard: {problem}");

    private static Sequence<string> Names(Endpoint endpoint) => endpoint.Addresses.Map(address => $"coap://{address}");

    private static Sequence<string> Names(DtlsFront? front) => front is null ? [] : [$"coaps://{front.Address}"];

    private static void Run(Server server, TimeSpan? time, Action begun)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        begun();
        using var timer = time is { } end ? new Timer(_ => server.Stop(), null, end, Timeout.InfiniteTimeSpan) : null;
        server.Run();

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            server.Stop();
        }
    }

    // Whoever reads it from a pipe sees each line as it comes.
    private static void Tell(Sequence<string> lines)
    {
        foreach (var line in lines) Report.Line(line);
        Console.Out.Flush();
    }

    private static Hook HookOf(string text) =>
        HookText.Parse(text) ?? throw new UsageException($"--hook '{text}' is none; {HookText.Expected}");
}

using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary>Where a device keeps its state, and which sensors it has.</summary>
internal sealed class DeviceOptions
{
    private readonly TextOption database = new(
        "--database", "file",
        "A file that keeps applications, stores, hooks and sequence numbers, an SQLite database, made if there is none; "
        + "unless given, they end with the server.");

    private readonly TextsOption sensors = new(
        "--sensor", "sensor",
        "A sensor, in the order of the registry: sine:NAME, counter:NAME, fixed:NAME,values=1/2/3, file:NAME,path=FILE, "
        + "trace:FILE or actuator:NAME, with parts such as every=0.5 after commas; may be given again.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(database);
        command.Options.Add(sensors);
    }

    /// <summary>The sensors.</summary>
    /// <exception cref="UsageException">One is none.</exception>
    public ISensorSource Sensors(ParseResult parsed) => new SensorSources(
        (parsed.GetValue(sensors) ?? []).Select(text => SensorText.Parse(text) switch
        {
            SensorParsing.Parsed(var source) => source,
            SensorParsing.Malformed(var problem) => throw new UsageException($"--sensor {problem}"),
        }).ToSequence());

    /// <summary>The store, which is open until it is disposed of.</summary>
    /// <exception cref="UsageException">The file cannot be used.</exception>
    public IDeviceStore Store(ParseResult parsed, DeviceSettings settings) => parsed.GetValue(database) is not { } file
        ? new MemoryStore()
        : SqliteStore.Open(file, settings) switch
        {
            StoreOpening.Opened(var store) => store,
            StoreOpening.Refused(var problem) => throw new UsageException($"--database {problem}"),
        };
}

using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Host.Containers;

/// <summary>The things that containers share, as a run finds or leaves them.</summary>
/// <param name="Global">The key/value store of all.</param>
/// <param name="Sensors">The sensor registry.</param>
public sealed record Shared(Store<Word> Global, Sequence<Sensor> Sensors);

/// <summary>The things that an event hands to the containers that it runs, one after the other.</summary>
/// <param name="Context">The bytes of the context.</param>
/// <param name="Buffer">The bytes of the buffer; empty if the event is no request.</param>
/// <param name="Reply">The response; null if the event is no request.</param>
public sealed record Handed(Sequence<byte> Context, Sequence<byte> Buffer, Reply? Reply)
{
    /// <summary>Nothing.</summary>
    public static Handed Nothing { get; } = new([], [], null);
}

/// <summary>One run of a container.</summary>
/// <param name="Container">The container afterwards.</param>
/// <param name="Shared">Of a fault, as before.</param>
/// <param name="Handed">Of a fault, as before.</param>
/// <param name="Output">What it printed.</param>
public sealed record ContainerRun(Container Container, Shared Shared, Handed Handed, Sequence<string> Output)
{
    /// <summary>Runs a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="shared">What it shares with others.</param>
    /// <param name="handed">What the event hands it.</param>
    /// <param name="now">The time, in microseconds.</param>
    /// <param name="machine">Makes the machine.</param>
    public static ContainerRun Of(Container container, Shared shared, Handed handed, ulong now, Func<CheckedProgram, IMachine> machine)
    {
        var before = new HostData<Word>(container.Local, shared.Global, Word.Of(now / 1000), [])
        {
            Facilities = new(now, shared.Sensors, container.Handles) { Reply = handed.Reply },
        };
        var application = container.Application;
        var host = application.Host with { Data = before };
        var end = machine(application.Checked) switch
        {
            IContainerMachine own => own.Run(application, handed, host),
            var general => ContainerEnd.Of(general.Run(StateOf(application, handed, host))),
        };
        var left = RunEnd.Left(before, (HostData<Word>)end.Host.Data!, isTrapped: end.Trap is not null);
        var facilities = left.Facilities;
        return new(
            container with
            {
                Runs = container.Runs + 1,
                Used = new Usage(
                    application.Manifest.Budget.Branches() - end.BranchesLeft,
                    application.Manifest.Budget.Instructions() - end.InstructionsLeft),
                Local = left.Local,
                Handles = facilities.Handles,
                Wakeup = facilities.Wakeup,
                IsStarted = end.Trap is null && container.IsStarted,
                Result = end.Trap is null ? end.Result : container.Result,
                Fault = end.Trap is { } trap ? FaultOf(application, trap, end.Slot) : container.Fault,
            },
            new(left.Global, facilities.Sensors),
            end.Trap is null ? new(end.Context, end.Buffer, facilities.Reply) : handed,
            left.Output);
    }

    private static Fault FaultOf(Application application, Trap trap, int slot) =>
        new(trap, slot) { Source = application.SourceAt(slot) };

    // The application was admitted with a context and a buffer where they are here.
    private static State<Word> StateOf(Application application, Handed handed, HostState<Word> host)
    {
        var budget = application.Manifest.Budget;
        return new Start(application.Manifest.Profile)
        {
            Entry = application.Entry,
            Context = handed.Context,
            Regions = handed.Buffer.IsEmpty
                ? application.Regions
                : application.Regions.Add(Region.Of("buffer", Reply.BufferAddress, handed.Buffer.AsSpan(), Permission.ReadWrite)),
            BranchLimit = budget.BranchLimit(),
            InstructionLimit = budget.InstructionLimit(),
            Host = host,
        }.CheckedState();
    }
}

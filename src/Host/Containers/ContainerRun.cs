using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
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
        var before = HostData<Word>.Empty with
        {
            Local = container.Local,
            Global = shared.Global,
            Milliseconds = Word.Of(now / 1000),
            Facilities = new(now, shared.Sensors, container.Handles) { Reply = handed.Reply },
        };
        var outcome = machine(container.Application.Checked).Run(StateOf(container.Application, handed, before));
        var left = RunEnd.Left(before, outcome);
        var facilities = left.Facilities;
        var ran = container with
        {
            Runs = container.Runs + 1,
            Used = UsedOf(container.Application, outcome.State.Budget),
            Local = left.Local,
            Handles = facilities.Handles,
            Wakeup = facilities.Wakeup,
        };
        return outcome is Outcome<Word>.Exited exited
            ? new(
                ran with { Result = exited.Result.Value },
                new(left.Global, facilities.Sensors),
                new(Bytes(outcome.State, AddressSpace.Context), Bytes(outcome.State, Reply.BufferAddress), facilities.Reply),
                left.Output)
            : new(
                ran with
                {
                    IsStarted = false,
                    Fault = FaultOf(container.Application, ((Outcome<Word>.Trapped)outcome).Trap, (int)outcome.State.ProgramCounter.Value),
                },
                new(left.Global, facilities.Sensors),
                handed,
                left.Output);
    }

    private static Fault FaultOf(Application application, Trap trap, int slot) =>
        new(trap, slot) { Source = application.SourceAt(slot) };

    private static Usage UsedOf(Application application, Budget<Word> left) => new(
        application.Manifest.Budget.Branches() - Left(left.Branches),
        application.Manifest.Budget.Instructions() - Left(left.Instructions));

    private static ulong Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Remaining(var count) => count.Value,
        Allowance<Word>.Unlimited => throw new InvalidOperationException("a container was run without a limit"),
    };

    // The application was admitted with a context and a buffer where they are here.
    private static State<Word> StateOf(Application application, Handed handed, HostData<Word> data)
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
            Host = HostState<Word>.Bare with
            {
                Helpers = application.Helpers,
                Known = HelperCatalogue.Declarations,
                Data = data,
            },
        }.CheckedState();
    }

    private static Sequence<byte> Bytes(State<Word> state, ulong start)
    {
        foreach (var candidate in state.Memory.Regions)
        {
            if (candidate.Start.Value == start && candidate.Bytes is ByteTree bytes) return Sequence.Of<byte>(bytes.ToArray());
        }

        return [];
    }
}

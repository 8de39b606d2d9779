using System.Runtime.InteropServices;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving;

/// <summary>Runs containers on the fast machine: context and buffer are copied in and out, and no state of the semantics is made.</summary>
/// <remarks>Tested equal to what the reference machine makes of the same containers. For one thread at a time.</remarks>
public sealed class ContainerMachine : IContainerMachine
{
    private const string Buffer = "buffer";

    private readonly CheckedProgram program;
    private readonly Lazy<EngineMachine> general;
    private readonly List<(ByteTree Initial, byte[] Bytes)> written = [];
    private Application? loaded;
    private Vm? machine;
    private HostState<Word> state = HostState<Word>.Bare;
    private byte[] context = [];
    private byte[] buffer = [];

    /// <summary>A machine loaded with a program.</summary>
    public ContainerMachine(CheckedProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        this.program = program;
        general = new(() => new(program));
    }

    public Outcome<Word> Run(State<Word> state) => general.Value.Run(state);

    public ContainerEnd Run(Application application, Handed handed, HostState<Word> host)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(handed);
        var vm = machine is { } made && ReferenceEquals(loaded, application) ? made : Load(application, host);
        if (buffer.Length != handed.Buffer.Count) MapBuffer(vm, handed.Buffer.Count);
        foreach (var (initial, bytes) in written) initial.CopyTo(bytes);
        handed.Buffer.AsSpan().CopyTo(buffer);
        if (context.Length < handed.Context.Count) context = new byte[handed.Context.Count];
        var given = context.AsSpan(0, handed.Context.Count);
        handed.Context.AsSpan().CopyTo(given);
        state = host;
        var end = vm.Run(given);
        return new(
            end.Trap,
            end.ProgramCounter,
            end.Result,
            vm.BranchesLeft,
            vm.InstructionsLeft,
            state,
            Left(handed.Context, given),
            Left(handed.Buffer, buffer));
    }

    private static Sequence<byte> Left(Sequence<byte> before, ReadOnlySpan<byte> after) =>
        after.SequenceEqual(before.AsSpan()) ? before : Sequence.Of(after);

    private Vm Load(Application application, HostState<Word> host)
    {
        var budget = application.Manifest.Budget;
        Vm vm = new(program, new()
        {
            Helpers = host.Helpers.Map(Called),
            Platform = host.Platform,
            BranchLimit = new Allowance<ulong>.Remaining(budget.Branches()),
            InstructionLimit = new Allowance<ulong>.Remaining(budget.Instructions()),
        });
        written.Clear();
        for (var i = 0; i < application.Regions.Count; i++)
        {
            var region = application.Regions[i];
            var initial = (ByteTree)region.Bytes;
            var (bytes, isWritable) = (Pinned(initial.Length), region.Writable.Value);
            if (isWritable) written.Add((initial, bytes));
            else initial.CopyTo(bytes, isZeroed: true);
            vm.Map(
                $"{i} {region.Name}",
                region.Start.Value,
                MemoryMarshal.CreateFromPinnedArray(bytes, 0, bytes.Length),
                (region.Readable.Value ? Permission.Read : Permission.None) | (isWritable ? Permission.Write : Permission.None));
        }

        buffer = [];
        (loaded, machine) = (application, vm);
        return vm;
    }

    private void MapBuffer(Vm vm, int length)
    {
        vm.Unmap(Buffer);
        buffer = Pinned(length);
        if (length > 0)
            vm.Map(Buffer, Reply.BufferAddress, MemoryMarshal.CreateFromPinnedArray(buffer, 0, length), Permission.ReadWrite);
    }

    private VmHelper Called(HelperFunction<Word> function)
    {
        CalledHelper called = new(function);
        return new(function.Declaration, call => called.Call(call, ref state));
    }

    private static byte[] Pinned(int length) => length == 0 ? [] : GC.AllocateArray<byte>(length, pinned: true);
}

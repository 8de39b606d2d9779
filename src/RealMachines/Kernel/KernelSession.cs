using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>The kernel at work: loads each program once, however many memories it runs on.</summary>
/// <param name="log">Told of each program that the verifier refuses: its slots as the kernel was given them, and the whole log.</param>
internal sealed class KernelSession(Action<KernelProgram, string>? log = null) : IMachineSession
{
    // Descriptors are not without number.
    private const int MostLoaded = 256;
    private const int MostMemories = 64;

    // What a refused program is told by: enough of the log to see why.
    private const string Prefix = "the verifier refuses it: ";

    private readonly Dictionary<int, SafeFileHandle> memories = [];
    private readonly Dictionary<Loading, Loaded> programs = [];
    private SafeFileHandle? result;

    private readonly record struct Loading(Sequence<byte> Code, int Entry, int Length);

    private readonly record struct Loaded(SafeFileHandle? Handle, bool IsWrapped, string Refusal);

    public IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors) => [.. vectors.Select(Run)];

    public void Dispose()
    {
        Forget();
        result?.Dispose();
        result = null;
    }

    private MachineReply Run(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        if (code.Count == 0 || code.Count % Slot.Size != 0) return new MachineReply.Declined("the kernel takes whole slots, at least one");
        var program = Program.Of(code.AsSpan());
        if (KernelProgram.Unlike(program) is { } reason) return new MachineReply.Declined(reason);
        if (vector.Choices.Contains(Choices.ZeroedStack) && KernelProgram.HasCalls(program))
        {
            return new MachineReply.Declined(
                "it reads bytes of a function's frame that nothing was stored in, and the kernel's are not zero");
        }

        if (programs.Count >= MostLoaded || memories.Count >= MostMemories) Forget();
        var problem = "";
        if ((result ??= SystemCall.Array(sizeof(ulong), out problem)) is null) return new MachineReply.NotStarted(problem);
        SafeFileHandle? memory = null;
        if (!vector.Memory.IsEmpty && (memory = Memory(vector.Memory.Count, out problem)) is null)
            return new MachineReply.Declined($"there is no map of {vector.Memory.Count} bytes: {problem}");
        var loaded = Load(new(code, (int)vector.Setting.Entry, vector.Memory.Count), program, memory);
        if (loaded.Handle is null) return new MachineReply.Declined(loaded.Refusal);
        try
        {
            return Run(loaded, vector, memory);
        }
        catch (Win32Exception exception)
        {
            return new MachineReply.Crashed(exception.Message);
        }
    }

    private MachineReply Run(Loaded loaded, Vector vector, SafeFileHandle? memory)
    {
        if (memory is not null) SystemCall.Write(memory, [.. vector.Memory.AsSpan()]);
        var returned = SystemCall.Run(loaded.Handle!);
        if (!loaded.IsWrapped) return new MachineReply.Returned(returned);
        if (returned != KernelProgram.Ended) return new MachineReply.Nonsense($"the run ended with 0x{returned:x} in the middle");
        var value = new byte[sizeof(ulong)];
        SystemCall.Read(result!, value);
        return new MachineReply.Returned(BinaryPrimitives.ReadUInt64LittleEndian(value));
    }

    private Loaded Load(Loading loading, Program program, SafeFileHandle? memory)
    {
        ref var loaded = ref CollectionsMarshal.GetValueRefOrAddDefault(programs, loading, out var isThere);
        if (isThere) return loaded;
        var made = KernelProgram.Of(
            program,
            loading.Entry,
            SystemCall.Descriptor(result!),
            memory is null ? null : SystemCall.Descriptor(memory),
            loading.Length,

            // All functions of a run have 512 bytes together, so the kernel refuses calls where the first has them all.
            zeroesStack: !KernelProgram.HasCalls(program));
        var bytes = made.Bytes;
        var handle = SystemCall.Load(bytes, room: 0, out _, out var problem, out var isTooLarge);
        if (handle is not null) return loaded = new(handle, made.IsWrapped, "");

        // The log takes longer than the answer, and here that alone takes seconds.
        if (isTooLarge && log is null) return loaded = new(null, made.IsWrapped, Prefix + "BPF program is too large");
        var room = log is null ? SystemCall.EndOfLog : SystemCall.WholeLog;
        SystemCall.Load(bytes, room, out var text, out _, out _)?.Dispose();
        log?.Invoke(made, text);
        return loaded = new(null, made.IsWrapped, Prefix + (VerifierLog.Reason(text) ?? problem));
    }

    private SafeFileHandle? Memory(int length, out string problem)
    {
        problem = "";
        if (memories.TryGetValue(length, out var map)) return map;
        map = SystemCall.Array(length, out problem);
        return map is null ? null : memories[length] = map;
    }

    private void Forget()
    {
        foreach (var (_, loaded) in programs) loaded.Handle?.Dispose();
        foreach (var (_, map) in memories) map.Dispose();
        programs.Clear();
        memories.Clear();
    }
}

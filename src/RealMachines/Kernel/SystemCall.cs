using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RbpfSpec.RealMachines.Kernel;

/// <summary>The system call <c>bpf(2)</c> of Linux, as far as programs are loaded and run by it.</summary>
/// <remarks>
/// An attribute is the bytes of <c>union bpf_attr</c> of <c>include/uapi/linux/bpf.h</c>, little-endian. Buffers whose addresses
/// stand in it are pinned as long as the call lasts, and the kernel reads and writes no more of them than their lengths say.
/// </remarks>
internal static class SystemCall
{
    /// <summary>The size of an attribute in bytes: more than any that is written here.</summary>
    public const int AttributeSize = 128;

    private const int MapCreate = 0;
    private const int MapLookup = 1;
    private const int MapUpdate = 2;
    private const int ProgramLoad = 5;
    private const int ProgramRun = 10;

    private const uint ArrayMap = 2;
    private const uint SocketFilter = 1;
    /// <summary>The room for a whole log: of a longer one, the end is kept.</summary>
    public const int WholeLog = 1 << 20;

    /// <summary>The room for the end of a log, where the reason is.</summary>
    public const int EndOfLog = 1 << 14;

    // E2BIG.
    private const int ArgumentListTooLong = 7;

    // A packet of the least size that a run of a socket filter takes: nothing but the header of Ethernet.
    private static readonly byte[] Packet = new byte[64];
    private static readonly byte[] Licence = "GPL\0"u8.ToArray();

    /// <summary>The number of the system call on this processor; null if there is none that is known.</summary>
    public static long? Number => !OperatingSystem.IsLinux() || !BitConverter.IsLittleEndian ? null
        : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 321,
            Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 280,
            _ => null,
        };

    /// <summary>Makes an array of one value; null with the error if that fails.</summary>
    /// <param name="size">The bytes of the value, at least 1.</param>
    /// <param name="problem">The system's word for what went wrong; empty if nothing did.</param>
    public static SafeFileHandle? Array(int size, out string problem)
    {
        var attribute = new byte[AttributeSize];
        Put(attribute, 0, ArrayMap);
        Put(attribute, 4, sizeof(uint));
        Put(attribute, 8, (uint)size);
        Put(attribute, 12, 1);
        return Handle(MapCreate, attribute, out problem);
    }

    /// <summary>Writes the value of an array.</summary>
    /// <param name="map">The array.</param>
    /// <param name="value">As many bytes as a value of it has.</param>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void Write(SafeFileHandle map, byte[] value) => Element(MapUpdate, map, value);

    /// <summary>Reads the value of an array.</summary>
    /// <param name="map">The array.</param>
    /// <param name="value">As many bytes as a value of it has.</param>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void Read(SafeFileHandle map, byte[] value) => Element(MapLookup, map, value);

    /// <summary>Loads a program, a socket filter; null with the error if the kernel refuses it.</summary>
    /// <param name="code">Its slots.</param>
    /// <param name="log">What the verifier writes, if it is asked; else empty.</param>
    /// <param name="room">The bytes that there are for the log; 0 if it is not asked.</param>
    /// <param name="problem">The system's word for what went wrong; empty if nothing did.</param>
    /// <param name="isTooLarge">Whether it went wrong because the verifier would have to look at more steps than it does.</param>
    public static SafeFileHandle? Load(byte[] code, int room, out string log, out string problem, out bool isTooLarge)
    {
        var attribute = new byte[AttributeSize];
        var text = new byte[room];
        using var pinned = new Pinned(code, Licence, text);
        Put(attribute, 0, SocketFilter);
        Put(attribute, 4, (uint)(code.Length / 8));
        Put(attribute, 8, pinned[0]);
        Put(attribute, 16, pinned[1]);
        if (room > 0)
        {
            Put(attribute, 24, 1);
            Put(attribute, 28, (uint)text.Length);
            Put(attribute, 32, pinned[2]);
        }

        var handle = Handle(ProgramLoad, attribute, out problem);
        isTooLarge = handle is null && Marshal.GetLastPInvokeError() == ArgumentListTooLong;
        var end = text.AsSpan().IndexOf((byte)0);
        log = System.Text.Encoding.UTF8.GetString(text, 0, end < 0 ? text.Length : end);
        return handle;
    }

    /// <summary>Runs a program once, on an empty packet; yields its result.</summary>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static uint Run(SafeFileHandle program)
    {
        var attribute = new byte[AttributeSize];
        using var pinned = new Pinned(Packet);
        Put(attribute, 0, Descriptor(program));
        Put(attribute, 8, (uint)Packet.Length);
        Put(attribute, 16, pinned[0]);
        if (Call(ProgramRun, attribute) < 0) throw new Win32Exception();
        return BinaryPrimitives.ReadUInt32LittleEndian(attribute.AsSpan(4));
    }

    /// <summary>The number of a descriptor, as an instruction of a program names a map by it.</summary>
    public static uint Descriptor(SafeFileHandle handle) => (uint)handle.DangerousGetHandle();

    private static void Element(int command, SafeFileHandle map, byte[] value)
    {
        var attribute = new byte[AttributeSize];
        var key = new byte[sizeof(uint)];
        using var pinned = new Pinned(key, value);
        Put(attribute, 0, Descriptor(map));
        Put(attribute, 8, pinned[0]);
        Put(attribute, 16, pinned[1]);
        if (Call(command, attribute) < 0) throw new Win32Exception();
    }

    private static SafeFileHandle? Handle(int command, byte[] attribute, out string problem)
    {
        var descriptor = Call(command, attribute);
        problem = descriptor < 0 ? new Win32Exception().Message : "";
        return descriptor < 0 ? null : new SafeFileHandle((nint)descriptor, ownsHandle: true);
    }

    private static long Call(int command, byte[] attribute)
    {
        var number = Number ?? throw new PlatformNotSupportedException("there is no bpf(2) here");
        using var pinned = new Pinned(attribute);
        return Invoke(number, command, (nint)pinned[0], AttributeSize);
    }

    private static void Put(byte[] attribute, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(attribute.AsSpan(at), value);

    private static void Put(byte[] attribute, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(attribute.AsSpan(at), value);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Invoke(long number, long command, nint attribute, long size);

    /// <summary>Arrays that stay where they are, so that the kernel can be told where.</summary>
    private readonly struct Pinned(params byte[][] arrays) : IDisposable
    {
        private readonly GCHandle[] handles = System.Array.ConvertAll(arrays, array => GCHandle.Alloc(array, GCHandleType.Pinned));

        public ulong this[int index] => (ulong)handles[index].AddrOfPinnedObject();

        public void Dispose()
        {
            foreach (var handle in handles) handle.Free();
        }
    }
}

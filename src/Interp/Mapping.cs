using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RbpfSpec.Interp;

/// <summary>A range of addresses that the caller of a <see cref="Vm"/> has granted; its bytes are pinned during runs.</summary>
internal sealed class Mapping(string name, ulong address, Memory<byte> bytes, Permission permission)
{
    private readonly bool isArray = MemoryMarshal.TryGetArray<byte>(bytes, out _);
    private MemoryHandle pin;

    /// <summary>The name by which to unmap it.</summary>
    public string Name => name;

    /// <summary>The address of the first byte, as the program sees it.</summary>
    public ulong Address => address;

    /// <summary>The bytes.</summary>
    public Memory<byte> Bytes => bytes;

    /// <summary>The permission that the program has.</summary>
    public Permission Permission => permission;

    /// <summary>Pins the bytes; yields the first one.</summary>
    public unsafe byte* Pin()
    {
        pin = bytes.Pin();
        var first = (byte*)pin.Pointer;

        // A manager of memory may say one length and pin another; the runtime holds its span to the length.
        if (!isArray && bytes.Length > 0
            && (first == null || !Unsafe.AreSame(ref *first, ref MemoryMarshal.GetReference(bytes.Span))))
        {
            throw new InvalidOperationException($"the memory mapped as '{name}' pins other bytes than its own");
        }

        return first;
    }

    /// <summary>Lets the bytes go.</summary>
    public void Unpin() => pin.Dispose();
}

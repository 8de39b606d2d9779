using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Proofs.Bugs.Native;

/// <summary>The memory of a program as native code reaches it, at addresses of 32 bits: what a region grants, and nothing else.</summary>
/// <param name="Memory">The memory of the program.</param>
internal sealed record GuestMemory<T>(IMemory<T> Memory) : IDataMemory<T>
    where T : IWord<T>
{
    public Truth<T> Grants(T address, Width width, bool isWrite) => Memory.Grants(
        address.ZeroExtend(Width.Bits64), T.Constant((ulong)width.Bytes, Width.Bits64), isWrite ? Access.Write : Access.Read);

    public T Read(T address, Width width) => Memory.Read(address.ZeroExtend(Width.Bits64), width);

    public IDataMemory<T> Write(T address, T value, Truth<T> when) =>
        new GuestMemory<T>(Memory.Write(address.ZeroExtend(Width.Bits64), value, when));
}

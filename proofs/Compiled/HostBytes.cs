using RbpfSpec.Cil;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>Bytes of the host that a region or a stack frame stands for, with their number; an access must stay within them.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Length">How many they are, 64 bits.</param>
internal sealed record HostBytes(IBytes<TermWord> Bytes, Term Length)
{
    /// <summary>A load at a distance; null of something else than a number.</summary>
    public CilAccess<CilValue>? Load(Term offset, int count, CilKind kind) => kind is CilKind.Number
        ? new(new CilValue.Number(Bytes.Read(new(offset), Width.Of(count * 8)).Term), IsWithin(offset, count))
        : null;

    /// <summary>The bytes after a store at a distance; null of something else than a number.</summary>
    public CilAccess<HostBytes>? Store(Term offset, int count, CilValue value) => value is CilValue.Number(var stored)
        ? new(this with { Bytes = Bytes.Write(new(offset), new(stored), Truth<TermWord>.Of(true)) }, IsWithin(offset, count))
        : null;

    /// <summary>That some bytes at a distance lie within.</summary>
    public Term IsWithin(Term offset, int count)
    {
        var bytes = Make.Constant((ulong)count, 64);
        return !Length.Below(bytes) & !(Length - bytes).Below(offset);
    }
}

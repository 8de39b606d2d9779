using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil.Tests;

/// <summary>Numbers at known distances, each read and written whole.</summary>
internal sealed record CellMemory(ImmutableDictionary<(string Place, ulong Offset), Term> Cells) : ICilMemory<CellMemory>
{
    public static CellMemory Empty { get; } = new(ImmutableDictionary<(string, ulong), Term>.Empty);

    public CilAccess<CilValue>? Load(CilValue.Pointer at, int bytes, CilKind kind) =>
        kind is CilKind.Number && Known(at, bytes) is { } cell ? new(new CilValue.Number(Cells[cell]), Make.True) : null;

    public CilAccess<CellMemory>? Store(CilValue.Pointer at, int bytes, CilValue value) =>
        value is CilValue.Number(var term) && Known(at, bytes) is { } cell ? new(new(Cells.SetItem(cell, term)), Make.True) : null;

    public CilAccess<CellMemory>? Call(string method, Sequence<CilValue> arguments) => null;

    private (string Place, ulong Offset)? Known(CilValue.Pointer at, int bytes) =>
        at.Offset.IsConstant && (at.Place, (ulong)at.Offset.Value) is var cell && Cells.TryGetValue(cell, out var there)
            && there.Width == bytes * 8
            ? cell
            : null;
}

using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Compiled;

/// <summary>The memory that compiled programs work on: the fields of the state, the list of regions, and the bytes of regions.</summary>
/// <param name="Cells">The values at known distances, of 8 bytes each.</param>
/// <param name="Bytes">The bytes of each region and of the stack frame at hand, with their number.</param>
internal sealed record CompiledMemory(
    ImmutableDictionary<(string Place, ulong Offset), CilValue> Cells,
    ImmutableDictionary<string, HostBytes> Bytes) : ICilMemory<CompiledMemory>
{
    /// <summary>The place of the <see cref="RunState"/>.</summary>
    public const string State = "state";

    /// <summary>The place of the list of regions.</summary>
    public const string Regions = "regions";

    /// <summary>The place of the bytes of the stack frame at hand.</summary>
    public const string Frame = "frame";

    /// <summary>The place of a region's bytes.</summary>
    public static string HostOf(int region) => region.ToString(CultureInfo.InvariantCulture);

    /// <summary>A field of the state.</summary>
    public CilValue this[int offset] => Cells[(State, (ulong)offset)];

    /// <summary>The memory of a state of the semantics, whose last region is the stack frame at hand.</summary>
    /// <param name="state">The state.</param>
    /// <param name="register">What a register's field holds: compiled code may have newer values in variables.</param>
    /// <param name="branches">What the field of the branches left holds.</param>
    /// <param name="instructions">What the field of the instructions left holds.</param>
    /// <param name="regionCount">The number of regions.</param>
    public static CompiledMemory Of(
        State<TermWord> state, Func<int, Term> register, Term branches, Term instructions, Term regionCount)
    {
        var cells = ImmutableDictionary.CreateBuilder<(string Place, ulong Offset), CilValue>();
        var bytes = ImmutableDictionary.CreateBuilder<string, HostBytes>();
        for (var i = 0; i < RunState.RegisterCount; i++) Number(State, 8 * i, register(i));
        Number(State, Offsets.Branches, branches);
        Number(State, Offsets.Instructions, instructions);
        Number(State, Offsets.StackStart, state.Memory.Stack.Start.Term);
        Number(State, Offsets.RegionCount, regionCount);
        cells[(State, (ulong)Offsets.StackHost)] = CilValue.Pointer.To(Frame);
        cells[(State, (ulong)Offsets.Regions)] = CilValue.Pointer.To(Regions);
        var regions = state.Memory.Regions;
        for (var i = 0; i < regions.Count; i++)
        {
            var isFrame = i == regions.Count - 1;
            bytes[isFrame ? Frame : HostOf(i)] = new(regions[i].Bytes, regions[i].Length.Term);
            if (isFrame) continue;
            var first = i * RegionBytes;
            Number(Regions, first + Offsets.RegionStart, regions[i].Start.Term);
            Number(Regions, first + Offsets.RegionLength, regions[i].Length.Term);
            Number(Regions, first + Offsets.RegionPermission, Engines.RefinementSetup.PermissionOf(regions[i]));
            cells[(Regions, (ulong)(first + Offsets.RegionHost))] = CilValue.Pointer.To(HostOf(i));
        }

        return new(cells.ToImmutable(), bytes.ToImmutable());

        void Number(string place, int offset, Term value) => cells[(place, (ulong)offset)] = new CilValue.Number(value);
    }

    public CilAccess<CilValue>? Load(CilValue.Pointer at, int bytes, CilKind kind)
    {
        if (Bytes.TryGetValue(at.Place, out var content))
        {
            return content.Load(at.Offset, bytes, kind);
        }

        // The low half of a field; the processor has the low byte first.
        if (bytes == 4 && kind is CilKind.Number && at.Place == State && at.Offset.IsConstant
            && Cells.TryGetValue((State, (ulong)at.Offset.Value), out var whole) && whole is CilValue.Number(var number))
        {
            return new(new CilValue.Number(number.Bits(0, 32)), Make.True);
        }

        return bytes == 8 && at.Offset.IsConstant && Cells.TryGetValue((at.Place, (ulong)at.Offset.Value), out var cell)
            && kind is CilKind.Pointer == cell is CilValue.Pointer
            ? new(cell, Make.True)
            : null;
    }

    public CilAccess<CompiledMemory>? Store(CilValue.Pointer at, int bytes, CilValue value)
    {
        if (Bytes.TryGetValue(at.Place, out var content))
        {
            return content.Store(at.Offset, bytes, value) is { } stored
                ? new(this with { Bytes = Bytes.SetItem(at.Place, stored.Result) }, stored.Allowed)
                : null;
        }

        return bytes == 8 && at.Place == State && at.Offset.IsConstant && IsWritable((ulong)at.Offset.Value)
            ? new(this with { Cells = Cells.SetItem((State, (ulong)at.Offset.Value), value) }, Make.True)
            : null;
    }

    public CilAccess<CompiledMemory>? Call(string method, Sequence<CilValue> arguments) => null;

    // The registers that a program writes, and the budgets: all else is the machine's own.
    private static bool IsWritable(ulong offset) => offset % 8 == 0
        && (offset < 8 * (RunState.RegisterCount - 1) || offset == (ulong)Offsets.Branches || offset == (ulong)Offsets.Instructions);

    private static unsafe int RegionBytes => sizeof(MappedRegion);
}

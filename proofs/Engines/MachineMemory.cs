using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Compiled;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The memory of the fast machine over terms: steps, state, frames, regions, and the bytes that regions stand for.</summary>
/// <remarks>
/// Structs are cells at known distances. Registers alone are found at open ones: 8 times a word of 4 bits. The host's bytes
/// are places of their own, one a region and one a stack frame; an access must stay within.
/// </remarks>
internal sealed record MachineMemory : ICilMemory<MachineMemory>
{
    /// <summary>The place of the <see cref="RunState"/>.</summary>
    public const string State = "state";

    /// <summary>The place of the steps.</summary>
    public const string Steps = "steps";

    /// <summary>The place of what local calls keep.</summary>
    public const string Frames = "frames";

    /// <summary>The place of the list of regions.</summary>
    public const string Regions = "regions";

    private const string StackFrame = "stack frame ";

    /// <summary>The place of a pointer to what is no longer there, or never was: nothing may be read or written through it.</summary>
    public const string Dangling = "dangling";

    /// <summary>r0 to r10.</summary>
    public required RegisterFile Registers { get; init; }

    /// <summary>The values at known distances, each with its size in bytes.</summary>
    public required ImmutableDictionary<(string Place, ulong Offset), (CilValue Value, int Bytes)> Cells { get; init; }

    /// <summary>The host's bytes, with their number.</summary>
    public required ImmutableDictionary<string, HostBytes> Bytes { get; init; }

    /// <summary>The zeroed bytes of a new stack frame.</summary>
    public required IBytes<TermWord> FreshFrame { get; init; }

    /// <summary>How far apart stack frames are in the host's memory.</summary>
    public required ulong FrameStride { get; init; }

    /// <summary>Where fields lie.</summary>
    public required MachineLayout Layout { get; init; }

    /// <summary>A field of the state.</summary>
    public CilValue this[string field] => Cells[(State, Layout[typeof(RunState), field])].Value;

    /// <summary>The memory with another value in a field of the state.</summary>
    public MachineMemory With(string field, CilValue value)
    {
        var place = (State, Layout[typeof(RunState), field]);
        return this with { Cells = Cells.SetItem(place, (value, Cells[place].Bytes)) };
    }

    /// <summary>The host's bytes of the stack frame at a depth of local calls.</summary>
    public static string StackFrameAt(int depth) => StackFrame + depth.ToString(CultureInfo.InvariantCulture);

    /// <summary>The place of the step that a frame of a depth returns to.</summary>
    public static string ReturnOf(int depth) => $"return {depth}";

    public CilAccess<CilValue>? Load(CilValue.Pointer at, int bytes, CilKind kind)
    {
        if (kind is CilKind.Function)
        {
            return Allowed<CilValue>(
                new CilValue.Function(at.Plus(0 - Layout[typeof(PredecodedStep), nameof(PredecodedStep.Handler)])));
        }

        if (Bytes.TryGetValue(at.Place, out var content))
        {
            return content.Load(at.Offset, bytes, kind);
        }

        if (at.Place == Dangling && kind is CilKind.Number)
        {
            return new(new CilValue.Number(Make.Variable($"dangling{bytes}", bytes * 8)), Make.False);
        }

        if (at.Place == State && bytes == 8 && kind is CilKind.Number)
        {
            if (KnownRegister(at.Offset) is { } number)
                return Allowed<CilValue>(new CilValue.Number(Registers[number].Term));
            if (OpenRegister(at.Offset) is { } register) return Allowed<CilValue>(new CilValue.Number(Registers.Read(register).Term));
        }

        return at.Offset.IsConstant && Cells.TryGetValue((at.Place, (ulong)at.Offset.Value), out var cell) && cell.Bytes == bytes
            && (kind is CilKind.Pointer) == (cell.Value is CilValue.Pointer)
            ? Allowed(cell.Value)
            : null;
    }

    public CilAccess<MachineMemory>? Store(CilValue.Pointer at, int bytes, CilValue value)
    {
        if (Bytes.TryGetValue(at.Place, out var content))
        {
            return content.Store(at.Offset, bytes, value) is { } stored
                ? new(this with { Bytes = Bytes.SetItem(at.Place, stored.Result) }, stored.Allowed)
                : null;
        }

        if (at.Place == Dangling) return new(this, Make.False);
        if (at.Place == State && value is CilValue.Number(var word) && word.Width == 64)
        {
            if (KnownRegister(at.Offset) is { } number)
            {
                return number == RunState.ZeroRegister ? null
                    : Allowed(this with { Registers = Registers.Write(TermWord.Constant((ulong)number, Width.Bits4), new(word)) });
            }

            if (OpenRegister(at.Offset) is { } register) return Allowed(this with { Registers = Registers.Write(register, new(word)) });
        }

        return at.Place != Steps && at.Offset.IsConstant && Cells.TryGetValue((at.Place, (ulong)at.Offset.Value), out var cell)
            && cell.Bytes == bytes
            ? Allowed(this with { Cells = Cells.SetItem((at.Place, (ulong)at.Offset.Value), (Normal(value), bytes)) })
            : null;
    }

    public CilAccess<MachineMemory>? Call(string method, Sequence<CilValue> arguments) =>
        method == "System.Runtime.InteropServices.NativeMemory::Clear"
        && arguments is [CilValue.Pointer at, CilValue.Number(var count)]
        && at.Offset.Is(0UL)
        && Bytes.TryGetValue(at.Place, out var content)
        && ReferenceEquals(count, content.Length)
            ? Allowed(this with { Bytes = Bytes.SetItem(at.Place, content with { Bytes = FreshFrame }) })
            : null;

    // A step above or below a frame's bytes are those of another frame.
    private CilValue Normal(CilValue value)
    {
        if (value is not CilValue.Pointer { Offset.IsConstant: true } pointer
            || !pointer.Place.StartsWith(StackFrame, StringComparison.Ordinal))
        {
            return value;
        }

        var distance = (long)(ulong)pointer.Offset.Value;
        if (distance % (long)FrameStride != 0) return value;
        var depth = int.Parse(pointer.Place[StackFrame.Length..], CultureInfo.InvariantCulture) - (distance / (long)FrameStride);
        return CilValue.Pointer.To(StackFrameAt((int)depth));
    }

    private static int? KnownRegister(Term offset) =>
        offset.IsConstant && offset.Value <= RunState.ZeroRegister * 8 && offset.Value % 8 == 0 ? (int)offset.Value / 8 : null;

    // The word of 4 bits that a distance is 8 times of.
    private static TermWord? OpenRegister(Term offset)
    {
        var bytes = offset.Operator is Operator.ZeroExtend ? offset.First : offset;
        return bytes.Operator is Operator.Multiply && bytes.Second.Is(8UL)
            && bytes.First is { Operator: Operator.ZeroExtend, First.Width: 4 } number
            ? new(number.First)
            : null;
    }

    private static CilAccess<TResult> Allowed<TResult>(TResult result) => new(result, Make.True);
}

using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

/// <summary>The wide instruction: a register becomes a 64-bit value that the two immediates stand for.</summary>
/// <remarks>
/// RFC 9669 §5.4. The source field selects what they stand for; all but plain values are the platform's business, and
/// exist only where the profile grants them. Closed: every case is nested here and sealed.
/// </remarks>
public abstract record WideLoad : Operation
{
    private readonly ulong subtype;
    private readonly bool usesNextImmediate;
    private readonly Sequence<PlatformEncoding> needs;

    private WideLoad(ulong subtype, string pseudo, string summary, Sequence<PlatformEncoding> needs, bool usesNextImmediate = false)
        : base("lddw", summary, Clause.Rfc("5.4"), []) =>
        (this.subtype, Pseudo, this.needs, this.usesNextImmediate) = (subtype, pseudo, needs, usesNextImmediate);

    /// <summary>RFC 9669's name for what the immediates stand for, as in <c>map_by_fd</c>; empty of a plain value.</summary>
    public string Pseudo { get; }

    public sealed override Sequence<Form> Forms =>
    [
        new()
        {
            Id = Pseudo == "" ? "imm/lddw" : $"imm/lddw-{Pseudo.Replace('_', '-')}",
            Mnemonic = Mnemonic,
            Operation = this,
            Opcode = 0x18,
            Layout = Layout.Empty with
            {
                Destination = Layout.Register,
                Source = Layout.Only(subtype),
                Immediate = Layout.Value,
                IsWide = true,
                NextImmediate = usesNextImmediate ? Layout.Value : Layout.Zero,
            },
            Group = ConformanceGroup.Base64,
            Width = Width.Bits64,
            Writes = WrittenRegister.Destination,
            Needs = needs,
        },
    ];

    /// <summary>The rule: the 64-bit value of the two 32-bit immediates.</summary>
    public abstract T Value<T>(T immediate, T nextImmediate, Platform<T> platform)
        where T : IWord<T>;

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var fields = execution.Fields;
        var value = Value<T>(fields.Immediate, fields.NextImmediate, execution.State.Host.Platform);
        return execution.Write(fields.Destination, value);
    }

    private static T Number<T>(T immediate)
        where T : IWord<T> => immediate.ZeroExtend(Width.Bits64);

    /// <summary>A plain 64-bit value.</summary>
    public sealed record Plain() : WideLoad(
        0, "", "Loads a 64-bit value: imm is its low half, next_imm its high half.", [], usesNextImmediate: true)
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            T.ShiftLeft(Number<T>(nextImmediate), T.Constant(32, Width.Bits64))
            | Number<T>(immediate);
    }

    /// <summary>The address of a map, by file descriptor.</summary>
    public sealed record MapByFd() : WideLoad(
        1, "map_by_fd", "Loads the address of the map with a file descriptor.", [PlatformEncoding.Maps])
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.MapByFd(Number<T>(immediate));
    }

    /// <summary>The address within a map's first value, by file descriptor.</summary>
    public sealed record MapValueByFd() : WideLoad(
        2, "map_val_by_fd",
        "Loads an address within the first value of the map with a file descriptor.",
        [PlatformEncoding.Maps], usesNextImmediate: true)
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.MapValue(platform.MapByFd(Number<T>(immediate))) + nextImmediate.SignExtend(Width.Bits64);
    }

    /// <summary>The address of a platform variable.</summary>
    public sealed record VariableAddress() : WideLoad(
        3, "var_addr", "Loads the address of the platform variable with an id.", [PlatformEncoding.Variables])
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.VariableAddress(Number<T>(immediate));
    }

    /// <summary>The address of an instruction.</summary>
    public sealed record CodeAddress() : WideLoad(
        4, "code_addr", "Loads the address of the instruction at a relative offset in slots.", [PlatformEncoding.CodeAddresses])
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.CodeAddress(immediate.SignExtend(Width.Bits64));
    }

    /// <summary>The address of a map, by index.</summary>
    public sealed record MapByIndex() : WideLoad(
        5, "map_by_idx", "Loads the address of the map with an index.", [PlatformEncoding.Maps])
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.MapByIndex(Number<T>(immediate));
    }

    /// <summary>The address within a map's first value, by index.</summary>
    public sealed record MapValueByIndex() : WideLoad(
        6, "map_val_by_idx",
        "Loads an address within the first value of the map with an index.",
        [PlatformEncoding.Maps], usesNextImmediate: true)
    {
        public override T Value<T>(T immediate, T nextImmediate, Platform<T> platform) =>
            platform.MapValue(platform.MapByIndex(Number<T>(immediate))) + nextImmediate.SignExtend(Width.Bits64);
    }
}

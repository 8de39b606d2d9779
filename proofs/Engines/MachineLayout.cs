using System.Collections.Frozen;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Proofs.Engines;

/// <summary>Where the fields of the fast machine's structs lie, as compiled.</summary>
/// <remarks>All is read at the start: claims are stated by several threads, and an assembly is read by one at a time.</remarks>
internal sealed class MachineLayout(CilAssembly assembly)
{
    private readonly FrozenDictionary<(Type Type, string Field), ulong> offsets = (
        from type in (Type[])[typeof(PredecodedStep), typeof(RunState), typeof(SavedFrame), typeof(MappedRegion)]
        from field in assembly.Type(type.FullName!).Fields
        where !field.IsStatic
        select (Key: (type, field.Name), Offset: (ulong)CilLayout.OffsetOf(field))).ToFrozenDictionary(
            field => field.Key, field => field.Offset);

    /// <summary>The distance of a field from the start of its struct, in bytes.</summary>
    public ulong this[Type type, string field] => offsets[(type, field)];

    /// <summary>The size of a step.</summary>
    public ulong StepBytes { get; } = SizeOf(assembly, typeof(PredecodedStep));

    /// <summary>The size of a region.</summary>
    public ulong RegionBytes { get; } = SizeOf(assembly, typeof(MappedRegion));

    /// <summary>The size of what a local call keeps.</summary>
    public ulong FrameBytes { get; } = SizeOf(assembly, typeof(SavedFrame));

    private static ulong SizeOf(CilAssembly assembly, Type type) => (ulong)CilLayout.SizeOf(assembly.Type(type.FullName!));
}

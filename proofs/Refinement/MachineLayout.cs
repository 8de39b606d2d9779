using RbpfSpec.Interp.Compact;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Symbolic.Cil;

namespace RbpfSpec.Proofs.Refinement;

/// <summary>Where the fields of the fast machine's structs lie, as compiled.</summary>
internal sealed class MachineLayout(CilAssembly assembly)
{
    private readonly Dictionary<(Type Type, string Field), ulong> offsets = [];

    /// <summary>The distance of a field from the start of its struct, in bytes.</summary>
    public ulong this[Type type, string field] => offsets.TryGetValue((type, field), out var offset)
        ? offset
        : offsets[(type, field)] = (ulong)CilLayout.OffsetOf(assembly.Type(type.FullName!).Fields.Single(other => other.Name == field));

    /// <summary>The size of a step.</summary>
    public ulong StepBytes => SizeOf(typeof(CompactInstruction));

    /// <summary>The size of a region.</summary>
    public ulong RegionBytes => SizeOf(typeof(MappedRegion));

    /// <summary>The size of what a local call keeps.</summary>
    public ulong FrameBytes => SizeOf(typeof(SavedFrame));

    private ulong SizeOf(Type type) => (ulong)CilLayout.SizeOf(assembly.Type(type.FullName!));
}

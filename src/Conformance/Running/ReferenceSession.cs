using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Running;

/// <summary>The reference machine at work.</summary>
/// <param name="profile">The machine variant.</param>
internal sealed class ReferenceSession(Profile profile) : IMachineSession
{
    private readonly ConformanceMachine bare = new(profile);
    private readonly VectorMachine machine = new(profile);

    /// <inheritdoc/>
    public MachineReply Run(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;

        // Vectors of others expect the helper that bpf_conformance has.
        if (vector.Rule == "") return MachineReply.Of(bare.Run(code, vector.Memory));
        return machine.Run(code, vector.Memory, vector.Setting) is { } answered
            ? MachineReply.Of(answered.Answer)
            : new MachineReply.Nonsense($"no end within {VectorMachine.Steps} steps");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to end.
    }
}

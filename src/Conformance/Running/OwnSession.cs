using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Running;

/// <summary>A machine of this project at work.</summary>
/// <param name="profile">The machine variant.</param>
/// <param name="engine">The engine of the fast machine; the semantics if nothing.</param>
internal sealed class OwnSession(Profile profile, Engine? engine) : IMachineSession
{
    private readonly ConformanceMachine bare = new(profile, engine);
    private readonly VectorMachine machine = new(profile, engine);

    public IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors) => [.. vectors.Select(Run)];

    public void Dispose()
    {
        // There is nothing to end.
    }

    private MachineReply Run(Vector vector)
    {
        var code = ((VectorProgram.Code)vector.Program).Bytes;

        // Vectors of others expect the helper that bpf_conformance has.
        if (vector.Rule == "" && vector.Setting.Needs.IsEmpty) return MachineReply.Of(bare.Run(code, vector.Memory));
        if (machine.Problem(vector.Memory, vector.Setting) is { } problem) return new MachineReply.Nonsense(problem);
        return machine.Run(code, vector.Memory, vector.Setting) is { } answered
            ? MachineReply.Of(answered.Answer) with
            {
                State = vector.After is not null && answered.After is { } after ? new ToldState.Ours(Snapshot.Of(after)) : null,
            }
            : new MachineReply.NoEnd($"not within {VectorMachine.Steps} steps");
    }
}

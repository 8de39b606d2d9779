using System.Runtime.CompilerServices;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving;

/// <summary>Machines that are kept as long as their program, so that not each run makes one.</summary>
/// <remarks>A machine is for one thread at a time, and so is a device that has them.</remarks>
public static class Machines
{
    /// <summary>Makes the machine of a program when it is first asked for, and yields the same one later.</summary>
    public static Func<CheckedProgram, IMachine> Kept(Func<CheckedProgram, IMachine> make)
    {
        ConditionalWeakTable<CheckedProgram, IMachine> kept = [];
        return program => kept.GetValue(program, made => make(made));
    }
}

using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving;

/// <summary>Machines that are kept, so that not each run makes one: those of the programs that ran latest.</summary>
/// <remarks>A machine is for one thread at a time, and so is a device that has them.</remarks>
public static class Machines
{
    /// <summary>How many are kept: a machine has a stack of its own, so that those of all containers would be much memory.</summary>
    public const int Most = 64;

    /// <summary>Makes the machine of a program when it is first asked for, and yields the same one as long as it is kept.</summary>
    public static Func<CheckedProgram, IMachine> Kept(Func<CheckedProgram, IMachine> make)
    {
        // The one that ran latest is the last one.
        List<(CheckedProgram Program, IMachine Machine)> kept = [];
        return program =>
        {
            var place = kept.Count - 1;
            while (place >= 0 && !ReferenceEquals(kept[place].Program, program)) place--;
            if (place >= 0 && place == kept.Count - 1) return kept[place].Machine;
            var found = place >= 0 ? kept[place] : (program, make(program));
            if (place >= 0) kept.RemoveAt(place);
            else if (kept.Count == Most) kept.RemoveAt(0);
            kept.Add(found);
            return found.Item2;
        };
    }
}

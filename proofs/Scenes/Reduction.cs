using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Proofs.Scenes;

/// <summary>Makes a program that shows something smaller, as long as it still shows it: a program for people.</summary>
/// <remarks>Whatever a solver found, what is left is mostly the same, so that other versions of it lead to the same page.</remarks>
public static class Reduction
{
    /// <summary>The program without the slots, and then the bits, that it does not need.</summary>
    /// <param name="program">A program that shows it.</param>
    /// <param name="shows">Whether a program shows it.</param>
    public static Program Of(Program program, Func<Program, bool> shows)
    {
        for (var before = program with { Slots = [] }; before != program;)
        {
            before = program;
            while (WithoutSlot(program).FirstOrDefault(shows) is { } shorter) program = shorter;
            program = WithoutBits(program, shows);
        }

        return program;
    }

    // Distances over the slot that is left out may have to shrink with it.
    private static IEnumerable<Program> WithoutSlot(Program program) =>
        from left in Enumerable.Range(0, program.Length)
        let rest = program.Slots.Where((_, index) => index != left).ToSequence()
        where !rest.IsEmpty
        from adapted in (IEnumerable<Sequence<Slot>>)[rest, .. rest.Select((slot, index) => rest.With(index, Nearer(slot)))]
        select new Program(adapted);

    private static Slot Nearer(Slot slot) => Slot.Of(
        slot.Opcode, slot.Destination, slot.Source, (short)(slot.Offset - Math.Sign(slot.Offset)), slot.Immediate);

    private static Program WithoutBits(Program program, Func<Program, bool> shows)
    {
        for (var index = 0; index < program.Length; index++)
        {
            for (var bit = 63; bit >= 0; bit--)
            {
                var slot = program.Slots[index];
                var without = new Slot(slot.Bits & ~(1UL << bit));
                if (without == slot) continue;
                var smaller = new Program(program.Slots.With(index, without));
                if (shows(smaller)) program = smaller;
            }
        }

        return program;
    }
}

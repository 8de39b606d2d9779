using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Proofs.Replays;

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
            while (WithoutSlots(program).FirstOrDefault(shows) is { } shorter) program = shorter;
            program = WithoutBits(program, shows);
        }

        return program;
    }

    // Distances over what is left out may have to shrink with it.
    private static IEnumerable<Program> WithoutSlots(Program program) =>
        from count in (Sequence<int>)[2, 1]
        from first in Enumerable.Range(0, Math.Max(0, program.Length - count + 1))
        let rest = program.Slots.Where((_, index) => index < first || index >= first + count).ToSequence()
        where !rest.IsEmpty
        from adapted in (IEnumerable<Sequence<Slot>>)
        [
            rest,
            .. from index in Enumerable.Range(0, rest.Count)
               from step in Enumerable.Range(1, count)
               select rest.With(index, Nearer(rest[index], step)),
        ]
        select new Program(adapted);

    private static Slot Nearer(Slot slot, int step) => Slot.Of(
        slot.Opcode, slot.Destination, slot.Source, (short)(slot.Offset - (Math.Sign(slot.Offset) * step)), slot.Immediate);

    private static Program WithoutBits(Program program, Func<Program, bool> shows)
    {
        for (var index = 0; index < program.Length; index++)
        {
            foreach (var smaller in Smaller(program.Slots[index]))
            {
                var tried = new Program(program.Slots.With(index, smaller(program.Slots[index])));
                if (tried != program && shows(tried)) program = tried;
            }
        }

        return program;
    }

    // Each bit of the fields, from the highest down, and then every opcode below, alone or with nothing but the offset.
    private static IEnumerable<Func<Slot, Slot>> Smaller(Slot slot) =>
    [
        .. Enumerable.Range(8, 56).Reverse().Select<int, Func<Slot, Slot>>(bit => other => new(other.Bits & ~(1UL << bit))),
        .. from opcode in Enumerable.Range(0, slot.Opcode)
           from kept in (Sequence<ulong>)[0xffff_0000, ~0xffUL]
           select (Func<Slot, Slot>)(other => opcode < other.Opcode ? new((other.Bits & kept) | (uint)opcode) : other),
    ];
}

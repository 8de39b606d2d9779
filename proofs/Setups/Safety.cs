using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Proofs.Setups;

/// <summary>The harms that no instruction of a program does that passes the preflight.</summary>
public static class Safety
{
    /// <summary>The traps that the preflight check excludes.</summary>
    public static Sequence<Trap> Excluded => [Trap.IllegalInstruction, Trap.ProgramCounterOutside, Trap.UnknownHelper];

    /// <summary>Each harm with the condition under which an instruction does it.</summary>
    /// <param name="execution">The instruction about to execute.</param>
    /// <param name="effect">What its rule, or a mutant of it, does.</param>
    /// <param name="isInside">Whether an index is one of a slot of the program.</param>
    /// <param name="startsInstruction">Whether an instruction starts at an index of the program.</param>
    public static IEnumerable<(string Harm, Truth<T> When)> Harms<T>(
        Execution<T> execution,
        Effect<T> effect,
        Func<T, Truth<T>> isInside,
        Func<T, Truth<T>> startsInstruction)
        where T : IWord<T>
    {
        var (form, fields, before, profile) = execution;
        yield return (
            $"{form.Id}, which the profile does not have, executes", Truth<T>.Of(!profile.Has(form.Group) || !profile.Grants(form.Needs)));
        foreach (var field in (Sequence<Field>)[Field.Destination, Field.Source])
        {
            if (form.Layout[field] is FieldUse.NamesRegister)
                yield return ($"{field.Name()} names no register", T.LessUnsigned(T.Constant(Register.Last, Width.Bits4), fields[field]));
        }

        var trapped = Truth<T>.Of(false);
        foreach (var (when, trap) in effect.Guards)
        {
            if (Excluded.Contains(trap)) yield return ($"trap {trap}", when & !trapped);
            trapped |= when;
        }

        var after = effect.Value.State;
        if (effect.Value is Outcome<T>.Next)
        {
            foreach (var (harm, when) in Places("execution goes on", after.ProgramCounter, isInside, startsInstruction))
                yield return (harm, !trapped & when);
        }

        foreach (var frame in after.Frames)
        {
            foreach (var (harm, when) in Places("a function returns", frame.ReturnTo, isInside, startsInstruction))
                yield return (harm, !trapped & when);
        }

        if (form.Operation is not (CallOperation.Local or CallOperation.Exit) && profile.FramePointer is FramePointer.ReadOnly)
            yield return ("r10 changes", !trapped & !T.Same(after.Registers[Register.Last], before.Registers[Register.Last]));
    }

    private static IEnumerable<(string Harm, Truth<T> When)> Places<T>(
        string what, T place, Func<T, Truth<T>> isInside, Func<T, Truth<T>> startsInstruction)
        where T : IWord<T>
    {
        yield return ($"{what} outside the program", !isInside(place));
        yield return ($"{what} inside a wide instruction", isInside(place) & !startsInstruction(place));
    }
}

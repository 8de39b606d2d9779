namespace RbpfSpec.Images.Variables;

/// <summary>The variables of a program's functions, and their types.</summary>
/// <param name="Types">The types.</param>
/// <param name="All">The variables; where two of a name hold at a slot, the inner one comes later.</param>
public sealed record ProgramVariables(Sequence<SourceType> Types, Sequence<SourceVariable> All)
{
    /// <summary>Nothing is known of any.</summary>
    public static ProgramVariables None { get; } = new([], []);

    /// <summary>The type of an index, under all its names; null if it is none.</summary>
    public SourceType? TypeAt(int index)
    {
        // As many names as there are types at most: more are a circle.
        for (var hops = 0; hops <= Types.Count; hops++)
        {
            if (index < 0 || index >= Types.Count) return null;
            if (Types[index] is not SourceType.Alias alias) return Types[index];
            index = alias.Target;
        }

        return null;
    }
}

/// <summary>Slots one behind the other.</summary>
/// <param name="First">The first.</param>
/// <param name="End">The one behind the last.</param>
public readonly record struct SlotRange(int First, int End)
{
    /// <summary>Whether a slot is among them.</summary>
    public bool Has(ulong slot) => slot >= (ulong)First && slot < (ulong)End;
}

/// <summary>A variable or a parameter of a function.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The index of its type.</param>
/// <param name="Scope">The slots at which the name means it.</param>
/// <param name="Locations">Where its value is: of some slots, nowhere of the others.</param>
public sealed record SourceVariable(string Name, int Type, Sequence<SlotRange> Scope, Sequence<VariableLocation> Locations);

/// <summary>A way to find the value of a variable.</summary>
/// <param name="Range">The slots at which it serves.</param>
/// <param name="Expression">The way: an expression of DWARF.</param>
/// <param name="FrameSize">
/// How many bytes of its stack the function uses, which clang counts places of variables from, without telling it; 0 if it is not known.
/// </param>
/// <param name="Bases">The types of numbers that the expression may convert to.</param>
public sealed record VariableLocation(SlotRange Range, Sequence<byte> Expression, int FrameSize, Sequence<BaseNumber> Bases);

/// <summary>A type of numbers, as expressions name it.</summary>
/// <param name="Offset">Its place in the unit of debug information.</param>
/// <param name="Size">The size in bytes: 1 to 8.</param>
/// <param name="IsSigned">Whether it has a sign.</param>
public sealed record BaseNumber(ulong Offset, int Size, bool IsSigned);

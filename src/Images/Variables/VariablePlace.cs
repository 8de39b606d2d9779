namespace RbpfSpec.Images.Variables;

/// <summary>The place of a variable's value.</summary>
public abstract record VariablePlace
{
    private VariablePlace()
    {
    }

    /// <summary>In memory.</summary>
    /// <param name="Address">The address of the first byte.</param>
    public sealed record Memory(ulong Address) : VariablePlace;

    /// <summary>In registers, or nowhere but known.</summary>
    /// <param name="Bytes">The bytes, the lowest first; null where the compiler has kept nothing.</param>
    public sealed record Value(Sequence<byte?> Bytes) : VariablePlace;

    /// <summary>Nowhere.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Gone(string Reason) : VariablePlace;
}

/// <summary>The machine, as expressions of DWARF ask for it.</summary>
/// <param name="Register">The value of a register; null if it is not known, or there is no such register.</param>
/// <param name="Memory">The number of 1 to 8 bytes at an address; null if they cannot be read.</param>
public sealed record LocationMachine(Func<int, ulong?> Register, Func<ulong, int, ulong?> Memory);

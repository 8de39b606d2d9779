namespace RbpfSpec.Words;

/// <summary>The registers of a domain of words, 64 bits each; a persistent value, equal to any with the same values.</summary>
/// <remarks>
/// A rule names a register by a word, as an instruction does, because the prover leaves it open; or by its number, where
/// the rule itself says which.
/// </remarks>
/// <typeparam name="T">The word.</typeparam>
public interface IRegisters<T>
    where T : IWord<T>
{
    /// <summary>The value of a register by its number.</summary>
    T this[int number] { get; }

    /// <summary>The value of the register that a word names; zero where there is none.</summary>
    T Read(T number);

    /// <summary>The registers after a value is written to the register that a word names; the same where there is none.</summary>
    IRegisters<T> Write(T number, T value);

    /// <summary>The registers after a value is written to the register with a number.</summary>
    IRegisters<T> With(int number, T value);
}

namespace RbpfSpec.Specification.Device;

/// <summary>Registers as a function of the device sees them: its parameters, and what a rule writes.</summary>
/// <remarks>The destination is register 1, the source register 2; the rule of the form tells no other from these.</remarks>
/// <param name="Writes">Which register, and the value; in order.</param>
internal sealed record CRegisters(Sequence<(int Which, CWord Value)> Writes) : IRegisters<CWord>
{
    /// <summary>The number that stands for the destination.</summary>
    public const int Destination = 1;

    /// <summary>The number that stands for the source.</summary>
    public const int Source = 2;

    public CWord this[int number] => CWord.Named(
        number switch
        {
            0 => "r0",
            Destination => "dst",
            Source => "src",
            _ => $"r{number}",
        },
        Width.Bits64);

    public CWord Read(CWord number) => this[Known(number)];

    public IRegisters<CWord> Write(CWord number, CWord value) => With(Known(number), value);

    public IRegisters<CWord> With(int number, CWord value) => new CRegisters(Writes.Add((number, value)));

    private static int Known(CWord number) => number.IsKnown(out var known)
        ? (int)known
        : throw new InvalidOperationException("a rule computes the number of a register");
}

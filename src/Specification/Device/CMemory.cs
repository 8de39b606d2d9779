namespace RbpfSpec.Specification.Device;

/// <summary>Memory as a function of the device sees it: whether the access is granted and what was read are its parameters.</summary>
/// <remarks>The machine walks over the regions itself, and asks the function made of <see cref="Region{T}.Contains"/>.</remarks>
internal sealed record CMemory : IMemory<CWord>
{
    /// <summary>The address of the access; null if there was none.</summary>
    public CTerm? Address { get; private set; }

    /// <summary>The value that a rule writes; null if it writes nothing.</summary>
    public CWord? Written { get; init; }

    public CWord FrameStart => CWord.Named("frame_start", Width.Bits64);

    public Truth<CWord> Grants(CWord address, CWord count, Access access)
    {
        Address = address.Term;
        return CWord.TruthOf(new CTerm.Name("granted"));
    }

    public CWord Read(CWord address, Width width) => CWord.Named("memory", width);

    public IMemory<CWord> Write(CWord address, CWord value, Truth<CWord> when) =>
        when.IsKnown(out var always) && always
            ? this with { Written = value }
            : throw new InvalidOperationException("a rule writes under a condition, which the machine in C cannot say");

    public IMemory<CWord> Copy(IMemory<CWord> target, CWord to, CWord from, ulong count, Truth<CWord> when) =>
        throw new InvalidOperationException("a rule copies bytes, which the machine in C leaves to helpers");

    public CWord RestOfRegion(CWord address) =>
        throw new InvalidOperationException("a rule asks for the rest of a region, which the machine in C leaves to helpers");

    public IMemory<CWord> PushFrame() => this;

    public IMemory<CWord> PopFrame() => this;
}

namespace RbpfSpec.Rocq.Terms;

/// <summary>Memory as an expression of Rocq: what a rule asks, and what it does, is a call of <c>State.v</c>.</summary>
/// <param name="Term">The expression.</param>
internal sealed record RocqMemory(RocqTerm Term) : IMemory<RocqWord>
{
    /// <summary>The size of a frame is the profile's, and stands in <c>Profile.v</c>.</summary>
    public RocqWord FrameStart => RocqWord.Of(Width.Bits64, "frame_start {0}", Term);

    /// <summary>Whether a region grants an access, for each access: what all walks over regions ask.</summary>
    public static IEnumerable<(string Access, RocqTerm Grants)> Granting
    {
        get
        {
            var region = new Region<RocqWord>(
                "region",
                RocqWord.Named("start r", Width.Bits64),
                RocqWord.Named("size r", Width.Bits64),
                RocqWord.NamedTruth("readable r"),
                RocqWord.NamedTruth("writable r"),
                new NoBytes());
            var (address, count) = (RocqWord.Named("address", Width.Bits64), RocqWord.Named("count", Width.Bits64));
            return Enum.GetValues<Access>().Select(access => ($"{access}", region.Grants(address, count, access).Term));
        }
    }

    public Truth<RocqWord> Grants(RocqWord address, RocqWord count, Access access) =>
        RocqWord.TruthOf(new RocqTerm.Apply($"grants {{0}} {access} {{1}} {{2}}", [Term, address.Term, count.Term]));

    public RocqWord Read(RocqWord address, Width width) => RocqWord.Of(width, $"load {width.Bits} {{0}} {{1}}", Term, address.Term);

    public IMemory<RocqWord> Write(RocqWord address, RocqWord value, Truth<RocqWord> when)
    {
        var stored = new RocqTerm.Apply($"store {value.Width.Bits} {{0}} {{1}} {{2}}", [Term, address.Term, value.Term]);
        return new RocqMemory(
            when.IsKnown(out var always)
                ? always ? stored : Term
                : new RocqTerm.Apply("if {0} then {1} else {2}", [when.Term, stored, Term]));
    }

    public IMemory<RocqWord> Copy(IMemory<RocqWord> target, RocqWord to, RocqWord from, ulong count, Truth<RocqWord> when) =>
        throw new InvalidOperationException("only functions of the host copy bytes");

    public RocqWord RestOfRegion(RocqWord address) =>
        throw new InvalidOperationException("only functions of the host ask for the rest of a region");

    public IMemory<RocqWord> PushFrame() => new RocqMemory(new RocqTerm.Apply("push_frame {0}", [Term]));

    public IMemory<RocqWord> PopFrame() => new RocqMemory(new RocqTerm.Apply("pop_frame {0}", [Term]));

    // The check of an access asks for no bytes.
    private sealed class NoBytes : IBytes<RocqWord>
    {
        public RocqWord Read(RocqWord offset, Width width) => throw new InvalidOperationException("there are no bytes");

        public IBytes<RocqWord> Write(RocqWord offset, RocqWord value, Truth<RocqWord> when) =>
            throw new InvalidOperationException("there are no bytes");
    }
}

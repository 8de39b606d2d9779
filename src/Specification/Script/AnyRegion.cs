namespace RbpfSpec.Specification.Script;

/// <summary>The region that stands for all regions of the machine while a rule is compiled.</summary>
/// <remarks>
/// The memory of the semantics folds over its regions: an access is granted if one of them grants it, and is read and
/// written there. With one region the fold is its body; where that body appears, the script calls the fold of its
/// runtime, <c>grants</c>, <c>load</c> and <c>store</c>, which asks <see cref="Formula"/> of each region. A rule that
/// used the region in another way would leave its names in the script, which <see cref="RuleScript"/> refuses.
/// </remarks>
internal static class AnyRegion
{
    /// <summary>The text that the names of the region begin with.</summary>
    public const string Prefix = "anyRegion.";

    private static readonly ScriptWord Start = ScriptWord.Named(Prefix + "start", Width.Bits64);
    private static readonly ScriptWord Length = ScriptWord.Named(Prefix + "length", Width.Bits64);
    private static readonly Truth<ScriptWord> Readable = ScriptWord.NamedTruth(Prefix + "readable");
    private static readonly Truth<ScriptWord> Writable = ScriptWord.NamedTruth(Prefix + "writable");

    /// <summary>The region, with nothing written to it.</summary>
    public static Region<ScriptWord> Region => new("any", Start, Length, Readable, Writable, new Content([]));

    /// <summary>Whether a region grants an access, as a function of the script: the body of all folds.</summary>
    public static string Formula
    {
        get
        {
            var region = new Region<ScriptWord>(
                "region",
                ScriptWord.Named("region.start", Width.Bits64),
                ScriptWord.Named("region.length", Width.Bits64),
                ScriptWord.NamedTruth("region.readable"),
                ScriptWord.NamedTruth("region.writable"),
                new Content([]));
            var (address, count) = (ScriptWord.Named("address", Width.Bits64), ScriptWord.Named("count", Width.Bits64));
            var arms = Enum.GetValues<Access>().Select(access =>
                $"  {NameOf(access)}: (region, address, count) => {TermText.Of(region.Grants(address, count, access).Term)},\n");
            return $"const granting = {{\n{string.Concat(arms)}}};\n";
        }
    }

    /// <summary>The term of an access that some region grants.</summary>
    public static Term Granted(Term address, int bytes, Access access) =>
        new Term.Apply(Shape.Grants(NameOf(access)), [address, new Term.Number((ulong)bytes)]);

    /// <summary>The address of an offset in the region; null if it is no offset in it.</summary>
    public static Term? AddressOf(Term offset) =>
        offset is Term.Apply { Shape: Shape.Difference, Operands: [var address, var start] } && start == Start.Term ? address : null;

    /// <summary>The check that a conjunction is; null if it is none.</summary>
    public static Term? Check(Term left, Term right)
    {
        if (AccessOf(right) is not { } access
            || left is not Term.Apply
            {
                Shape: Shape.And,
                Operands: [_, Term.Apply { Shape: Shape.Not, Operands: [Term.Apply { Shape: Shape.Less, Operands: [var rest, var offset] }] }],
            }
            || rest is not Term.Apply { Shape: Shape.Difference, Operands: [_, Term.Number(var bytes)] }
            || AddressOf(offset) is not { } address)
        {
            return null;
        }

        // The parts were taken out by where they stand; that the whole is the semantics' formula of them is compared.
        var contains = Region.Contains(ScriptWord.Of(address, Width.Bits64), ScriptWord.Constant(bytes, Width.Bits64));
        return left == contains.Term ? Granted(address, (int)bytes, access) : null;
    }

    private static Access? AccessOf(Term permission)
    {
        foreach (var access in Enum.GetValues<Access>())
        {
            if (permission == Region.Permits(access).Term) return access;
        }

        return null;
    }

    private static string NameOf(Access access) => access switch
    {
        Access.Read => "read",
        Access.Write => "write",
        Access.ReadWrite => "both",
    };

    /// <summary>A write to memory.</summary>
    /// <param name="Address">The address of the first byte.</param>
    /// <param name="Value">What is written.</param>
    public sealed record Write(Term Address, ScriptWord Value);

    /// <summary>The content of the region: what was there, and what the rule wrote.</summary>
    public sealed record Content(Sequence<Write> Writes) : IBytes<ScriptWord>
    {
        public ScriptWord Read(ScriptWord offset, Width width) => Writes.IsEmpty
            ? ScriptWord.Of(new Term.Load(offset.Term, width.Bits), width)
            : throw new InvalidOperationException("a rule reads what it has written, which the script cannot say");

        public IBytes<ScriptWord> Write(ScriptWord offset, ScriptWord value, Truth<ScriptWord> when) =>
            AddressOf(offset.Term) is { } address && when.Term == Granted(address, value.Width.Bytes, Access.Write)
                ? new Content(Writes.Add(new(address, value)))
                : throw new InvalidOperationException("a rule writes memory under another condition than that a region grants it");
    }
}

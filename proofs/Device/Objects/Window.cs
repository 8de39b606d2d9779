using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>The bytes of one access: what a region has there, for the rule and for the device.</summary>
/// <remarks>
/// The rule's own offset says where they are; the device must come to the same one, and every other byte is one that it may not
/// touch.
/// </remarks>
/// <param name="Bytes">The bytes.</param>
internal sealed record Window(Sequence<Term> Bytes) : IBytes<TermWord>
{
    /// <summary>Any bytes.</summary>
    public static Window Any(int count) => new(Sequence.Generate(count, index => Make.Variable($"byte {index}", 8)));

    public TermWord Read(TermWord offset, Width width) => At(0, width);

    public IBytes<TermWord> Write(TermWord offset, TermWord value, Truth<TermWord> when) => Put(0, value, when);

    /// <summary>The word that some of the bytes are.</summary>
    public TermWord At(int first, Width width) => new(Enumerable.Range(0, width.Bytes).Select(index => Bytes[first + index])
        .Aggregate((low, high) => Make.Concatenate(high, low)));

    /// <summary>The bytes after some of them are written.</summary>
    public Window Put(int first, TermWord value, Truth<TermWord> when)
    {
        var bytes = Bytes;
        for (var i = 0; i < value.Width.Bytes; i++)
            bytes = bytes.With(first + i, Make.Choose(when.Term, value.Term.Bits(8 * i, 8), bytes[first + i]));
        return new(bytes);
    }

    /// <summary>That two hold the same.</summary>
    public Term Agrees(Window other) => Make.All(Bytes.Zip(other.Bytes, (one, another) => one.EqualTo(another)));
}

/// <summary>A region's bytes on the device, of which those of one access may be touched.</summary>
/// <param name="Content">Those bytes.</param>
/// <param name="Offset">Their distance from the region's first byte.</param>
internal sealed record HostBytes(Window Content, Term Offset) : IMemoryObject
{
    public Truth<TermWord> Grants(TermWord offset, Width width, bool isWrite)
    {
        var (at, first) = Split(offset.Term);
        return TermTruths.Of(Make.Truth(first + width.Bytes <= Content.Bytes.Count) & at.EqualTo(Offset));
    }

    public TermWord Read(TermWord offset, Width width) => Content.At(Split(offset.Term).First, width);

    public IMemoryObject Write(TermWord offset, TermWord value, Truth<TermWord> when) =>
        this with { Content = Content.Put(Split(offset.Term).First, value, when) };

    private static (Term At, int First) Split(Term offset) =>
        offset.Operator is Operator.Add && offset.Second.IsConstant && offset.Second.Value < 8
            ? (offset.First, (int)offset.Second.Value)
            : (offset, 0);
}

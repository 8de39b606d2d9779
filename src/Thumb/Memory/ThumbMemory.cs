using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Memory;

/// <summary>Data memory over terms: objects, and what is in none.</summary>
/// <remarks>
/// Which object an access is in is decided by the structure of its address: by the terms that the object's start is a sum
/// of, or by the constant that it begins with. Whether it stays within is a formula, so that an object chosen wrongly is a
/// possible fault and never a wrong value.
/// </remarks>
/// <param name="Objects">The objects.</param>
/// <param name="Open">What is in none; null where nothing is.</param>
public sealed record ThumbMemory(Sequence<MemoryObject> Objects, OpenMemory? Open = null) : IDataMemory<TermWord>
{
    private const int MostChoices = 1024;

    /// <summary>Of sums of terms, in which object all addresses that begin with them are: what a solver said.</summary>
    internal ImmutableDictionary<Term, int> Known { get; init; } =
        ImmutableDictionary.Create<Term, int>(ReferenceEqualityComparer.Instance);

    /// <summary>The object with a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public MemoryObject this[string name] => Objects.Single(part => part.Name == name);

    /// <summary>The words of the object with a name.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it has no words.</exception>
    public WordCells Words(string name) => this[name] is MemoryObject.Cells cells
        ? cells.Words
        : throw new InvalidOperationException($"{name} has no words");

    public Truth<TermWord> Grants(TermWord address, Width width, bool isWrite) =>
        TermTruths.Of(Grants(address.Term, width.Bytes, isWrite));

    public TermWord Read(TermWord address, Width width) => new(Read(address.Term, width.Bytes));

    public IDataMemory<TermWord> Write(TermWord address, TermWord value, Truth<TermWord> when) =>
        Write(address.Term, value.Term, when.Term);

    /// <summary>The memory that is this one where a condition holds, and another elsewhere; null where they are too different.</summary>
    public ThumbMemory? Or(Term condition, ThumbMemory other)
    {
        if (ReferenceEquals(this, other)) return this;
        if (Objects.Count != other.Objects.Count || Open is null != other.Open is null) return null;
        var objects = new MemoryObject[Objects.Count];
        for (var i = 0; i < objects.Length; i++)
        {
            if (!ReferenceEquals(Objects[i].Start, other.Objects[i].Start)) return null;
            objects[i] = (Objects[i], other.Objects[i]) is (MemoryObject.Cells left, MemoryObject.Cells right)
                ? left with { Words = left.Words.Or(condition, right.Words) }
                : Objects[i];
        }

        var open = Open is null ? null : Open with { Array = Make.Choose(condition, Open.Array, other.Open!.Array) };
        return this with { Objects = [.. objects], Open = open, Known = Known.RemoveRange(Known.Keys.Except(other.Known.Keys)) };
    }

    /// <summary>
    /// The object that an address is in if its constant says so, but neither its structure nor what is known does; null else.
    /// </summary>
    internal (int Index, Term Symbolic)? Doubtful(Term address)
    {
        var sum = TermAddress.Of(address);
        if (Either(address) is not null || sum.Addends.IsEmpty || Locate(address) is not null) return null;
        for (var i = 0; i < Objects.Count; i++)
        {
            if (Objects[i].Start.IsConstant && unchecked(sum.Constant - (uint)Objects[i].Start.Value) < Objects[i].Length)
                return (i, sum.Symbolic);
        }

        return null;
    }

    /// <summary>Whether reading constants at an address needs more choices than are made.</summary>
    internal bool IsWide(Term address) => Locate(address) is var (index, offset) && Objects[index] is MemoryObject.Constants
        && !offset.IsConstant && Choices(offset) > MostChoices / 4;

    /// <summary>The formula that an address lies in an object.</summary>
    internal Term IsIn(int index, Term address) => (address - Objects[index].Start).Below(Objects[index].Length);

    private Term Grants(Term address, int bytes, bool isWrite)
    {
        if (Either(address) is var (condition, then, otherwise))
            return Make.Choose(condition, Grants(then, bytes, isWrite), Grants(otherwise, bytes, isWrite));
        if (Locate(address) is not var (index, offset)) return Open?.Grants(address, bytes, isWrite) ?? Make.False;
        var part = Objects[index];
        if (part.Length < bytes || (isWrite && part is MemoryObject.Constants)) return Make.False;
        return !Make.Constant(part.Length - (uint)bytes, 32).Below(offset);
    }

    private Term Read(Term address, int bytes)
    {
        if (Either(address) is var (condition, then, otherwise))
            return Make.Choose(condition, Read(then, bytes), Read(otherwise, bytes));
        return Locate(address) is not var (index, offset)
            ? Open?.Read(address, bytes) ?? Make.Constant(0, 8 * bytes)
            : Objects[index] switch
            {
                MemoryObject.Cells cells => cells.Words.Read(offset, bytes),
                MemoryObject.Constants constants => Read(constants.Bytes, offset, bytes),
            };
    }

    private ThumbMemory Write(Term address, Term value, Term when)
    {
        if (Either(address) is var (condition, then, otherwise))
            return Write(then, value, when & condition).Write(otherwise, value, when & !condition);
        if (Locate(address) is not var (index, offset))
            return Open is null ? this : this with { Open = Open.Write(address, value, when) };
        return Objects[index] is MemoryObject.Cells cells
            ? this with { Objects = Objects.With(index, cells with { Words = cells.Words.Write(offset, value, when) }) }
            : this;
    }

    // The two addresses that one which is in no object by itself chooses between.
    private (Term Condition, Term Then, Term Otherwise)? Either(Term address)
    {
        if (Locate(address) is not null) return null;
        var sum = TermAddress.Of(address);
        for (var i = 0; i < sum.Addends.Count; i++)
        {
            var choice = sum.Addends[i];
            if (choice.Operator is not Operator.Choose) continue;
            return (choice.First, (sum with { Addends = sum.Addends.With(i, choice.Second) }).Term,
                (sum with { Addends = sum.Addends.With(i, choice.Third) }).Term);
        }

        return null;
    }

    private (int Index, Term Offset)? Locate(Term address)
    {
        var sum = TermAddress.Of(address);
        for (var i = 0; i < Objects.Count; i++)
        {
            var start = TermAddress.Of(Objects[i].Start);
            if (!start.Addends.IsEmpty && sum.Less(start) is { } offset) return (i, offset.Term);
        }

        var symbolic = sum.Symbolic;
        var isKnown = Known.TryGetValue(symbolic, out var known);
        var most = TermBounds.Most(symbolic);
        for (var i = 0; i < Objects.Count; i++)
        {
            if (!Objects[i].Start.IsConstant) continue;
            var offset = unchecked(sum.Constant - (uint)Objects[i].Start.Value);
            if ((isKnown && known == i) || (offset < Objects[i].Length && most < Objects[i].Length - offset))
                return (i, symbolic + Make.Constant(offset, 32));
        }

        return null;
    }

    private static Term Read(Sequence<byte> constants, Term offset, int bytes)
    {
        if (offset.IsConstant) return Make.Constant(Value(constants, (uint)offset.Value, bytes), 8 * bytes);
        if (Choices(offset) > MostChoices) throw new UnknownPlace($"more than {MostChoices} constants to choose from");
        var sum = TermAddress.Of(offset);
        var (symbolic, stride) = (sum.Symbolic, (ulong)TermBounds.Stride(sum.Symbolic));
        var value = Make.Constant(0, 8 * bytes);
        for (var at = 0UL; at <= TermBounds.Most(symbolic); at += stride)
        {
            var constant = Make.Constant(Value(constants, unchecked(sum.Constant + (uint)at), bytes), 8 * bytes);
            value = Make.Choose(symbolic.EqualTo(at), constant, value);
        }

        return value;
    }

    private static ulong Choices(Term offset)
    {
        var symbolic = TermAddress.Of(offset).Symbolic;
        return TermBounds.Most(symbolic) / (ulong)TermBounds.Stride(symbolic);
    }

    private static ulong Value(Sequence<byte> constants, uint offset, int bytes)
    {
        if (offset > (uint)constants.Count || constants.Count - (int)offset < bytes) return 0;
        var value = 0UL;
        for (var i = bytes - 1; i >= 0; i--) value = (value << 8) | constants[(int)offset + i];
        return value;
    }
}

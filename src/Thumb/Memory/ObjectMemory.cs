using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Thumb.Memory;

/// <summary>Memory of objects, each at a base address that is a variable, and of code at addresses that are numbers.</summary>
/// <remarks>
/// An address is the base of an object and a distance. An access at what is no such sum is not granted: so code that is read
/// without a fault reaches nothing but its objects.
/// </remarks>
/// <param name="Code">The code, which is read and not written.</param>
/// <param name="Objects">The objects by their bases.</param>
public sealed record ObjectMemory(ThumbCode Code, ImmutableDictionary<Term, IMemoryObject> Objects) : IDataMemory<TermWord>
{
    /// <summary>An object.</summary>
    public IMemoryObject this[Term place] => Objects[place];

    /// <summary>The memory with an object replaced.</summary>
    public ObjectMemory With(Term place, IMemoryObject content) => this with { Objects = Objects.SetItem(place, content) };

    public Truth<TermWord> Grants(TermWord address, Width width, bool isWrite)
    {
        var granted = Make.True;
        foreach (var (when, place, offset) in Places(address.Term))
            granted &= when.Implies(GrantsAt(place, offset, width, isWrite));
        return TermTruths.Of(granted);
    }

    public TermWord Read(TermWord address, Width width)
    {
        TermWord? value = null;
        foreach (var (when, place, offset) in Places(address.Term))
        {
            var read = ReadAt(place, offset, width);
            value = value is { } before ? TermWord.Choose(TermTruths.Of(when), read, before) : read;
        }

        return value!.Value;
    }

    public IDataMemory<TermWord> Write(TermWord address, TermWord value, Truth<TermWord> when)
    {
        var after = this;
        foreach (var (here, place, offset) in Places(address.Term))
        {
            if (place is null || !GrantsAt(place, offset, value.Width, isWrite: true).IsPossible()) continue;
            after = after.With(place, after.Objects[place].Write(new(offset), value, when & TermTruths.Of(here)));
        }

        return after;
    }

    private Term GrantsAt(Term? place, Term offset, Width width, bool isWrite) => place is not null
        ? Objects[place].Grants(new(offset), width, isWrite).Term
        : Make.Truth(!isWrite && offset.IsConstant && Code.Holds((uint)offset.Value, width.Bytes));

    private TermWord ReadAt(Term? place, Term offset, Width width) =>
        !GrantsAt(place, offset, width, isWrite: false).IsPossible() ? TermWord.Constant(0, width)
        : place is not null ? Objects[place].Read(new(offset), width)
        : TermWord.Constant(Code.Read((uint)offset.Value, width.Bytes), width);

    /// <summary>Where an address can lie: each place, with the distance from it and when it is there.</summary>
    private List<(Term When, Term? Place, Term Offset)> Places(Term address)
    {
        if (address.IsConstant) return [(Make.True, null, address)];
        if (Objects.ContainsKey(address)) return [(Make.True, address, Make.Constant(0, 32))];
        switch (address.Operator)
        {
            case Operator.Choose:
                return
                [
                    .. Places(address.Second).Select(found => (address.First & found.When, found.Place, found.Offset)),
                    .. Places(address.Third).Select(found => (!address.First & found.When, found.Place, found.Offset)),
                ];
            case Operator.Add:
                var left = Places(address.First);
                if (left.Exists(found => found.Place is not null))
                    return left.ConvertAll(found => (found.When, found.Place, found.Offset + address.Second));
                return Places(address.Second).ConvertAll(found => (found.When, found.Place, found.Offset + address.First));
            case Operator.Subtract:
                return Places(address.First).ConvertAll(found => (found.When, found.Place, found.Offset - address.Second));
            default:
                return [(Make.True, null, address)];
        }
    }
}

/// <summary>Formulas that are no constants may hold.</summary>
file static class Possibility
{
    extension(Term formula)
    {
        public bool IsPossible() => !formula.IsFalse;
    }
}

using RbpfSpec.Proofs.Operations;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Setups;

/// <summary>Places and lengths of regions that an access is likely to meet; of arbitrary ones hardly any is met.</summary>
public static class NearAccess
{
    // Longer than a region that is suggested and than a stack frame, so that regions stay apart.
    private const ulong Distance = 1024;

    /// <summary>
    /// Registers that exist, and for each region that lies anywhere, its start and, if it is of any length, its length;
    /// nothing where memory is not accessed.
    /// </summary>
    /// <remarks>
    /// The regions lie in a row, one of them, which is left open, about the access: it ends a few bytes after the first byte
    /// accessed, and half of the time one byte too early.
    /// </remarks>
    public static Sequence<(Term Variable, Term Value)> Of(Setup setup)
    {
        if (setup.Form.Operation is not (MemoryOperation or AtomicOperation or PacketLoad)) return [];
        var before = Open("before", 8);
        var first = Traps.Address(setup) - before - (Open("met", 2) * Make.Constant(Distance, 64));
        var tooLate = Make.Constant((ulong)setup.Form.Width.Bytes - 1, 64);
        var length = before + Make.Choose(Make.Variable("suggested.late", Sort.Truth), tooLate, Open("after", 4));
        return
        [
            .. ((Sequence<Term>)[setup.Fields.Destination.Term, setup.Fields.Source.Term])
                .Where(field => field.Operator is Operator.Variable)
                .Select(field => (field, Make.Variable($"suggested.{field.Name}", 3).ZeroExtended(field.Width))),
            .. setup.State.Memory.Regions.SelectMany((region, index) => (Sequence<(Term Variable, Term Value)>)
            [
                (region.Start.Term, first + Make.Constant((ulong)index * Distance, 64)),
                (region.Length.Term, length),
            ]).Where(suggestion => suggestion.Variable.Operator is Operator.Variable),
        ];
    }

    private static Term Open(string name, int width) => Make.Variable($"suggested.{name}", width).ZeroExtended(64);
}

using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Audits;

/// <summary>All states that a claim is about, as one of terms: what the claim says is what is known of their variables.</summary>
/// <param name="Machine">The state as rules read it.</param>
/// <param name="Values">The values that have numbers, 64 bits each.</param>
/// <param name="Rounds">By the node of a loop's head, how often it was begun anew.</param>
/// <param name="Known">The facts.</param>
internal sealed record AuditedState(
    State<TermWord> Machine,
    ImmutableDictionary<long, Term> Values,
    ImmutableDictionary<int, Term> Rounds,
    ImmutableList<Term> Known)
{
    private static readonly Term AnyLength = Make.Variable("length", 64);

    /// <summary>The memory.</summary>
    public AuditedMemory Memory => (AuditedMemory)Machine.Memory;

    /// <summary>The states that a claim at a slot is about.</summary>
    /// <param name="program">The program.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="isPossible">Whether something may hold in the state that the memory is read in.</param>
    /// <param name="boundsOf">The least and the greatest that an address may be there.</param>
    /// <param name="fresh">Makes a word that may be anything.</param>
    public static AuditedState Of(
        AnalysedProgram program,
        int slot,
        AbstractState claim,
        Func<Term, bool> isPossible,
        Func<TermWord, (ulong Least, ulong Greatest)> boundsOf,
        Func<Width, TermWord> fresh)
    {
        var known = ImmutableList.CreateBuilder<Term>();
        var values = ImmutableDictionary.CreateBuilder<long, Term>();
        var length = LengthOf(program.Context, known);
        values[AnalysedProgram.LengthValue] = length;
        foreach (var (number, word) in claim.Relations.Values) known.Add(Meaning.IsIn(ValueOf(number), word.Values));
        foreach (var fact in claim.Relations.Facts)
        {
            if (Meaning.IsAtLeastZero(fact, ValueOf) is { } meant) known.Add(meant);
        }

        Sequence<Frame<TermWord>> calls = [];
        Sequence<CellBytes> frames = [];
        for (var i = 0; i < claim.Frames.Count; i++)
        {
            var (returnTo, saved, cells) = claim.Frames[i];
            if (i > 0)
            {
                calls = calls.Add(new(
                    TermWord.Constant((ulong)returnTo, Width.Bits64),
                    Sequence.Generate(saved.Count, index => new TermWord(TermOf(
                        string.Create(CultureInfo.InvariantCulture, $"saved{i}.{index}"), saved[index])))));
            }

            frames = frames.Add(FrameOf(i, cells, program.Profile.FrameBytes));
        }

        var registers = new TermWord[Registers<Word>.Count];
        for (var i = 0; i < registers.Length; i++)
            registers[i] = new(TermOf(string.Create(CultureInfo.InvariantCulture, $"r{i}"), claim.Registers[i]));
        var rounds = ImmutableDictionary.CreateBuilder<int, Term>();
        foreach (var (head, word) in claim.Counters)
            rounds[head] = TermOf(string.Create(CultureInfo.InvariantCulture, $"rounds{head}"), word);

        var memory = new AuditedMemory(
            frames,
            program.AllRegions.Map(region => AuditedMemory.Of(
                region, region.Length.IsKnown(out var bytes) ? TermWord.Constant(bytes, Width.Bits64) : new(length), fresh)),
            program.Profile.FrameBytes,
            Semantics.Profiles.AddressSpace.Stack,
            isPossible,
            boundsOf,
            fresh);
        return new(
            new(
                Registers<TermWord>.Of(registers),
                TermWord.Constant((ulong)slot, Width.Bits64),
                memory,
                calls,
                new(new Allowance<TermWord>.Unlimited(), new Allowance<TermWord>.Unlimited()),
                HostState<TermWord>.Bare with
                {
                    Helpers = program.Helpers.Map(helper => new HelperFunction<TermWord>(
                        helper, call => new(fresh(Width.Bits64), call.State, []))),
                }),
            values.ToImmutable(),
            rounds.ToImmutable(),
            known.ToImmutable());

        Term ValueOf(long number)
        {
            if (!values.TryGetValue(number, out var value))
                values[number] = value = Make.Variable(string.Create(CultureInfo.InvariantCulture, $"v{number}"), 64);
            return value;
        }

        Term TermOf(string name, RangeWord word)
        {
            if (word.Base is not null) return fresh(word.Width).Term;
            if (word.IsKnown(out var number)) return Make.Constant(number, word.Width.Bits);
            var term = word.Link is { } link
                ? Meaning.Linked(link, ValueOf(link.Value), word.Width)
                : Make.Variable(name, word.Width.Bits);
            known.Add(Meaning.IsIn(term, word.Values));
            return term;
        }

        CellBytes FrameOf(int frame, FrameCells cells, int size)
        {
            var bytes = new Term[size];
            for (var at = 0; at < size; at++)
            {
                bytes[at] = cells.AreZero(at, at + 1)
                    ? Make.Constant(0, 8)
                    : Make.Variable(string.Create(CultureInfo.InvariantCulture, $"frame{frame}.{at}"), 8);
            }

            foreach (var cell in cells.Cells)
            {
                var term = TermOf(string.Create(CultureInfo.InvariantCulture, $"cell{frame}.{cell.Offset}"), cell.Word);
                for (var i = 0; i < cell.Word.Width.Bytes; i++) bytes[cell.Offset + i] = term.Bits(8 * i, 8);
            }

            return AuditedMemory.Of(size, offset => bytes[offset]);
        }
    }

    /// <summary>The word at a place of this state; null if there is none.</summary>
    public Term? At(int place, Width width)
    {
        switch (Places.KindOf(place))
        {
            case PlaceKind.Counter:
                return Rounds.GetValueOrDefault(Places.IndexOf(place));
            case PlaceKind.Cell:
                var (frame, offset) = (Places.FrameOf(place), Places.IndexOf(place));
                return frame < Memory.Frames.Count ? Memory.WordOf(frame, offset, width) : null;
            case PlaceKind.Saved:
                var (call, index) = (Places.FrameOf(place) - 1, Places.IndexOf(place));
                return call >= 0 && call < Machine.Frames.Count ? Machine.Frames[call].Saved[index].Term : null;
            default:
                return Machine.Registers[place].Term;
        }
    }

    /// <summary>All that a claim says at a node, of this state that comes there; each with what it is about.</summary>
    /// <param name="node">The node.</param>
    /// <param name="claim">The claim.</param>
    public IEnumerable<(string About, Term Holds)> Says(int node, AbstractState claim)
    {
        var isSame = Machine.Frames.Count == claim.Frames.Count - 1 && Memory.Frames.Count == claim.Frames.Count;
        for (var i = 1; isSame && i < claim.Frames.Count; i++)
            isSame = Machine.Frames[i - 1].ReturnTo.IsKnown(out var slot) && slot == (ulong)claim.Frames[i].ReturnTo;
        yield return ("the calls in progress", Make.Truth(isSame));
        if (!isSame) yield break;

        foreach (var (place, word) in Places.Of(claim))
        {
            var name = Places.NameOf(place);
            var term = At(place, word.Width);
            yield return (name, term is null || word.Base is not null ? Make.False : Meaning.IsIn(term, word.Values));
            if (term is null || word.Link is not { } link) continue;
            yield return (
                $"{name} as a multiple",
                Value(node, link.Value) is { } value ? term.EqualTo(Meaning.Linked(link, value, word.Width)) : Make.False);
        }

        for (var frame = 0; frame < claim.Frames.Count; frame++)
        {
            for (var at = 0; at < Memory.FrameBytes; at++)
            {
                if (claim.Frames[frame].Cells.AreZero(at, at + 1))
                    yield return ($"stack[{at.ToString(CultureInfo.InvariantCulture)}]", Memory.ByteOf(frame, at).EqualTo(0));
            }
        }

        foreach (var said in SaysOfValues(node, claim.Relations)) yield return said;
    }

    private IEnumerable<(string About, Term Holds)> SaysOfValues(int node, RelationSet claimed)
    {
        foreach (var (number, word) in claimed.Values.ToArray())
        {
            yield return (
                $"v{number.ToString(CultureInfo.InvariantCulture)}",
                Value(node, number) is { } value ? Meaning.IsIn(value, word.Values) : Make.False);
        }

        foreach (var fact in claimed.Facts.ToArray())
            yield return ($"{fact} >= 0", Meaning.IsAtLeastZero(fact, number => Value(node, number)) ?? Make.False);
    }

    // A value by its number, as a node sees it that this state comes to: its own are what its places hold now.
    private Term? Value(int node, long number) =>
        Numbers.IsOwn(number, node) ? At(Numbers.PlaceOf(number), Width.Bits64) : Values.GetValueOrDefault(number);

    private static Term LengthOf(ContextLengths context, ImmutableList<Term>.Builder known)
    {
        if (context.Least == context.Greatest) return Make.Constant((ulong)context.Least, 64);
        known.Add(!AnyLength.Below((ulong)context.Least));
        known.Add(!Make.Constant((ulong)context.Greatest, 64).Below(AnyLength));
        return AnyLength;
    }
}

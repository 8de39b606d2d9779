using System.Diagnostics;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying;

/// <summary>Terms as circuits, bit by bit, the lowest bit first.</summary>
/// <remarks>
/// Of an array, or of a function that nothing is known of, an element is an input of its own; elements at equal indices are equal, and
/// that is all that there is to know of it, as no two arrays are compared. Products, quotients and remainders of two unknowns are such
/// functions, too: what cannot hold of any function cannot hold of them, but what can need not.
/// </remarks>
internal sealed class BitBlaster
{
    // So many gates are refuted within minutes; and so many pairs of reads are told to be alike.
    private const int MostGates = 400_000;
    private const int MostReads = 300;

    // Products and quotients of unknowns as wide as this have a circuit.
    private const int MostUnknown = 8;

    private readonly Circuit circuit = new();
    private readonly Sums sums;
    private readonly Division division;
    private readonly Dictionary<Term, int[]> bits = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Term Array, Term Index), int[]> elements = [];
    private readonly Dictionary<object, List<(int[] Index, int[] Element)>> reads = [];
    private readonly List<int> asserted = [];
    private string loose = "";

    private BitBlaster()
    {
        sums = new(circuit);
        division = new(circuit, sums);
    }

    /// <summary>Clauses that can hold if all assertions can; null if they are too many.</summary>
    /// <param name="assertions">The assertions.</param>
    /// <param name="loose">
    /// What may be more in the clauses than in the assertions, so that values show nothing; or that these are too large.
    /// </param>
    public static Clauses? Of(IReadOnlyList<Term> assertions, out string loose)
    {
        var blaster = new BitBlaster();
        foreach (var term in Dag.PostOrder(assertions))
        {
            if (term.Sort is Sort.Array) continue;
            blaster.bits[term] = blaster.Blast(term);
            if (blaster.circuit.Gates.Count <= MostGates && blaster.reads.Values.All(list => list.Count <= MostReads)) continue;
            loose = "too large";
            return null;
        }

        loose = blaster.loose;
        return Clauses.Of(blaster.circuit, [.. blaster.asserted, .. assertions.Select(assertion => blaster.bits[assertion][0])]);
    }

    /// <summary>The circuit of one term, with the inputs of its variables: for tests against its value.</summary>
    internal static (Circuit Circuit, int[] Bits, IReadOnlyDictionary<Term, int[]> Variables) Of(Term term)
    {
        var blaster = new BitBlaster();
        foreach (var part in Dag.PostOrder(term)) blaster.bits[part] = blaster.Blast(part);

        return (blaster.circuit, blaster.bits[term],
            blaster.bits.Where(each => each.Key.Operator is Operator.Variable).ToDictionary(each => each.Key, each => each.Value));
    }

    private int[] Blast(Term term)
    {
        var (first, second) = (Operand(term, 0), Operand(term, 1));
        return term.Operator switch
        {
            Operator.Constant => [.. Enumerable.Range(0, Math.Max(1, term.Width)).Select(bit => (int)(term.Value >> bit & 1))],
            Operator.Variable => Inputs(Math.Max(1, term.Width)),
            Operator.Apply => Element((term.Name, term.Width), [.. term.Arguments.ToArray().SelectMany(each => bits[each])], term.Width),
            Operator.Not => [Circuit.Not(first[0])],
            Operator.And => [circuit.And(first[0], second[0])],
            Operator.Or => [circuit.Or(first[0], second[0])],
            Operator.Equal => [sums.Equal(first, second)],
            Operator.Choose => Choose(first[0], second, Operand(term, 2)),
            Operator.LessUnsigned => [sums.Less(first, second)],
            Operator.LessSigned => [sums.Less(Flipped(first), Flipped(second))],
            Operator.Add => sums.Add(first, second),
            Operator.Subtract => sums.Subtract(first, second),
            Operator.Multiply => Product(term, first, second),
            Operator.DivideUnsigned or Operator.DivideSigned => Divided("quotients", term, first, second),
            Operator.RemainderUnsigned or Operator.RemainderSigned => Divided("remainders", term, first, second),
            Operator.BitwiseAnd => Each(first, second, circuit.And),
            Operator.BitwiseOr => Each(first, second, circuit.Or),
            Operator.BitwiseXor => Each(first, second, circuit.Xor),
            Operator.ShiftLeft => [.. Shifted([.. first.Reverse()], second, Circuit.False).Reverse()],
            Operator.ShiftRightLogical => Shifted(first, second, Circuit.False),
            Operator.ShiftRightArithmetic => Shifted(first, second, first[^1]),
            Operator.Concatenate => [.. second, .. first],
            Operator.Extract => first[term.Lowest..(term.Lowest + term.Width)],
            Operator.ZeroExtend => [.. first, .. Enumerable.Repeat(Circuit.False, term.Width - first.Length)],
            Operator.SignExtend => [.. first, .. Enumerable.Repeat(first[^1], term.Width - first.Length)],
            Operator.Select => Read(term.First, term.Second, term.Width),
            Operator.Store => throw new UnreachableException("an array has no bits"),
        };
    }

    // Operands are made before; of an array there are none.
    private int[] Operand(Term term, int index) =>
        index < term.Arguments.Length && bits.TryGetValue(term.Arguments[index], out var made) ? made : [];

    private int[] Inputs(int width) => [.. Enumerable.Range(0, width).Select(_ => circuit.Input())];

    private int[] Choose(int condition, int[] then, int[] otherwise) =>
        [.. then.Select((bit, i) => circuit.Choose(condition, bit, otherwise[i]))];

    // Long multiplication; of two unknowns only where they are short, as nobody refutes more. Else the factors have an order of their
    // own, as their product has none.
    private int[] Product(Term term, int[] left, int[] right)
    {
        if (Sums.IsConstant(left)) (left, right) = (right, left);
        if (!Sums.IsConstant(right) && left.Length > MostUnknown)
        {
            return left.AsSpan().SequenceCompareTo(right) < 0
                ? Unknown("products", term, left, right) : Unknown("products", term, right, left);
        }

        var sum = Enumerable.Repeat(Circuit.False, left.Length).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            if (right[i] == Circuit.False) continue;
            int[] row = [.. Enumerable.Repeat(Circuit.False, i), .. left[..^i].Select(bit => circuit.And(bit, right[i]))];
            sum = sums.Sum(sum, row, Circuit.False);
        }

        return sum;
    }

    // To the right, by stages: each bit of the amount moves by a power of two. What does not fit moves all away.
    private int[] Shifted(int[] value, int[] amount, int filled)
    {
        var beyond = Circuit.False;
        for (var stage = 0; stage < amount.Length; stage++)
        {
            if (stage >= 31 || 1 << stage >= value.Length)
            {
                beyond = circuit.Or(beyond, amount[stage]);
                continue;
            }

            var distance = 1 << stage;
            value = [.. Enumerable.Range(0, value.Length).Select(
                i => circuit.Choose(amount[stage], i + distance < value.Length ? value[i + distance] : filled, value[i]))];
        }

        return [.. value.Select(bit => circuit.Choose(beyond, filled, bit))];
    }

    private int[] Read(Term array, Term index, int width)
    {
        if (elements.TryGetValue((array, index), out var made)) return made;

        // A chain of stores may be long: from where it begins.
        Stack<Term> chain = [];
        while (array.Operator is Operator.Store && !elements.ContainsKey((array, index)))
        {
            chain.Push(array);
            array = array.First;
        }

        if (!elements.TryGetValue((array, index), out made))
        {
            made = array.Operator is Operator.Choose
                ? Choose(bits[array.First][0], Read(array.Second, index, width), Read(array.Third, index, width))
                : Element(array, bits[index], width);
            elements[(array, index)] = made;
        }

        foreach (var store in chain)
        {
            made = Choose(sums.Equal(bits[store.Second], bits[index]), bits[store.Third], made);
            elements[(store, index)] = made;
        }

        return made;
    }

    private int[] Divided(string word, Term term, int[] left, int[] right) =>
        left.Length > MostUnknown && !(Sums.IsConstant(left) && Sums.IsConstant(right))
            ? Unknown(word, term, left, right)
            : term.Operator switch
            {
                Operator.DivideUnsigned => division.Unsigned(left, right).Quotient,
                Operator.RemainderUnsigned => division.Unsigned(left, right).Remainder,
                Operator.DivideSigned => division.Signed(left, right).Quotient,
                Operator.RemainderSigned => division.Signed(left, right).Remainder,
                _ => throw new UnreachableException(),
            };

    private int[] Unknown(string word, Term term, int[] left, int[] right)
    {
        loose = word;
        return Element((term.Operator, term.Width), [.. left, .. right], term.Width);
    }

    // The element of what nothing is known of: the same wherever the index is.
    private int[] Element(object source, int[] index, int width)
    {
        if (!reads.TryGetValue(source, out var before)) reads[source] = before = [];
        foreach (var (other, same) in before)
        {
            if (index.AsSpan().SequenceEqual(other)) return same;
        }

        var element = Inputs(Math.Max(1, width));
        foreach (var (other, value) in before)
        {
            var isSame = sums.Equal(index, other);
            if (isSame != Circuit.False) asserted.Add(circuit.Or(Circuit.Not(isSame), sums.Equal(element, value)));
        }

        before.Add((index, element));
        return element;
    }

    private static int[] Flipped(int[] value) => [.. value[..^1], Circuit.Not(value[^1])];

    private static int[] Each(int[] left, int[] right, Func<int, int, int> gate) => [.. left.Select((bit, i) => gate(bit, right[i]))];
}

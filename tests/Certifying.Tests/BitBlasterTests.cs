using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying.Tests;

/// <summary>The circuit of a term has its value: by the evaluator of terms, which knows nothing of circuits.</summary>
public sealed class BitBlasterTests
{
    private static readonly Operator[] Binary =
    [
        Operator.Add, Operator.Subtract, Operator.Multiply, Operator.BitwiseAnd, Operator.BitwiseOr, Operator.BitwiseXor,
        Operator.ShiftLeft, Operator.ShiftRightLogical, Operator.ShiftRightArithmetic,
    ];

    private static readonly Operator[] Divisions =
        [Operator.DivideUnsigned, Operator.RemainderUnsigned, Operator.DivideSigned, Operator.RemainderSigned];

    public static TheoryData<Operator> Arithmetic => [.. Binary, .. Divisions];

    [Theory]
    [MemberData(nameof(Arithmetic))]
    public void Every_operation_is_right_on_all_operands_of_four_bits(Operator @operator)
    {
        var (x, y) = (Make.Variable("x", 4), Make.Variable("y", 4));
        Holds(Make.Raw(@operator, Sort.Of(4), [x, y]), Enumerable.Range(0, 256).Select(i => ((ulong)i & 15, (ulong)i >> 4)));
    }

    [Theory]
    [InlineData(Operator.LessUnsigned)]
    [InlineData(Operator.LessSigned)]
    [InlineData(Operator.Equal)]
    public void Every_comparison_is_right_on_all_operands_of_four_bits(Operator @operator)
    {
        var (x, y) = (Make.Variable("x", 4), Make.Variable("y", 4));
        Holds(Make.Raw(@operator, Sort.Truth, [x, y]), Enumerable.Range(0, 256).Select(i => ((ulong)i & 15, (ulong)i >> 4)));
    }

    [Fact]
    public void Terms_of_many_operations_and_widths_are_right()
    {
        const ulong seed = 11;
        var dice = new Dice(seed);
        for (var number = 0; number < 400; number++)
        {
            var width = dice.Pick(1, 3, 7, 8, 16, 31, 32, 64);
            var (x, y) = (Make.Variable("x", width), Make.Variable("y", width));
            var term = Drawn(dice, x, y, 5);
            var values = Enumerable.Range(0, 5).Select(_ => (Number(dice, width), Number(dice, width)));
            Holds(term, values, $"seed {seed}, term {number}: {term}");
        }
    }

    [Theory]
    [InlineData(Operator.DivideUnsigned, "quotients")]
    [InlineData(Operator.RemainderSigned, "remainders")]
    [InlineData(Operator.Multiply, "products")]
    public void What_may_be_more_than_it_is_is_named(Operator @operator, string named)
    {
        var (x, y) = (Make.Variable("x", 64), Make.Variable("y", 64));

        BitBlaster.Of([Make.Equal(Make.Binary(@operator, x, y), y + 1)], out var loose).ShouldNotBeNull();

        loose.ShouldBe(named);
    }

    [Fact]
    public void What_has_a_circuit_is_no_more_than_it_is()
    {
        var (x, y) = (Make.Variable("x", 8), Make.Variable("y", 8));

        BitBlaster.Of([Make.Equal(Make.Binary(Operator.Multiply, x, y), y + 1)], out var loose).ShouldNotBeNull();

        loose.ShouldBe("");
    }

    private static void Holds(Term term, IEnumerable<(ulong X, ulong Y)> values, string? message = null)
    {
        var (circuit, bits, variables) = BitBlaster.Of(term);
        foreach (var (x, y) in values)
        {
            Dictionary<int, bool> inputs = [];
            var known = ImmutableDictionary.Create<Term, ulong>(ReferenceEqualityComparer.Instance);
            foreach (var (variable, literals) in variables)
            {
                var value = variable.Name == "x" ? x : y;
                known = known.SetItem(variable, value);
                for (var bit = 0; bit < literals.Length; bit++) inputs[literals[bit]] = (value >> bit & 1) != 0;
            }

            var result = bits.Select((literal, bit) => Circuits.Value(circuit, literal, inputs) ? UInt128.One << bit : 0)
                .Aggregate((sum, bit) => sum | bit);
            result.ShouldBe(Assignment.Of(known).Evaluate(term), $"{message} x {x:x} y {y:x}");
        }
    }

    private static Term Drawn(Dice dice, Term x, Term y, int depth)
    {
        if (depth == 0) return dice.OnceIn(4) ? Make.Constant(Number(dice, x.Width), x.Width) : dice.Pick(x, y);
        var width = x.Width;
        var (left, right) = (Drawn(dice, x, y, depth - 1), Drawn(dice, x, y, depth - 1));
        switch (dice.Between(0, 5))
        {
            case 0:
                var condition = Make.Raw(dice.Pick(Operator.LessSigned, Operator.LessUnsigned, Operator.Equal), Sort.Truth, [left, right]);
                if (dice.OnceIn(2)) condition = Make.Raw(Operator.Not, Sort.Truth, [condition]);
                return Make.Raw(Operator.Choose, left.Sort, [condition, right, left]);
            case 1 when width > 1:
                var lowest = dice.Between(0, width - 1);
                var part = Make.Raw(Operator.Extract, Sort.Of(width - lowest), [left], lowest);
                return Make.Raw(dice.Pick(Operator.ZeroExtend, Operator.SignExtend), left.Sort, [part]);
            case 2 when width <= 32:
                var both = Make.Raw(Operator.Concatenate, Sort.Of(2 * width), [left, right]);
                return Make.Raw(Operator.Extract, left.Sort, [both], dice.Between(0, width));
            default:
                var @operator = dice.Pick(Binary);
                if (@operator is Operator.Multiply && width > 8) right = Make.Constant(Number(dice, width), width);
                return Make.Raw(@operator, left.Sort, [left, right]);
        }
    }

    private static ulong Number(Dice dice, int width) =>
        (dice.OnceIn(3) ? (ulong)dice.Between(0, 70) : dice.Next()) & (ulong.MaxValue >> (64 - width));
}

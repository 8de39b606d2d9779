using RbpfSpec.Images.Variables;

namespace RbpfSpec.Images.Tests.Variables;

/// <summary>Expressions of DWARF, by their bytes (DWARF 5 §7.7.1).</summary>
public class LocationExpressionTests
{
    private static readonly LocationMachine Machine = new(
        register => register is >= 0 and <= 10 ? 0x1000UL + (ulong)register : null,
        (address, size) => address < 0x2000 ? address & ((1UL << (8 * Math.Min(size, 7))) - 1) : null);

    [Theory]
    [InlineData("53", "0310000000000000")]
    [InlineData("90 03", "0310000000000000")]
    [InlineData("35 9f", "0500000000000000")]
    [InlineData("11 7f 9f", "ffffffffffffffff")]
    [InlineData("73 7d 9f", "0010000000000000")]
    [InlineData("08 07 08 02 1c 9f", "0500000000000000")]
    [InlineData("08 07 08 02 1b 9f", "0300000000000000")]
    [InlineData("08 80 a8 20 9f", "80ffffffffffffff")]
    [InlineData("9e 03 010203", "010203")]
    [InlineData("53 93 04 93 02 35 9f 93 01", "03100000????05")]
    public void A_value_is_calculated(string bytes, string expected)
    {
        var value = Evaluate(bytes).ShouldBeOfType<VariablePlace.Value>();

        string.Concat(value.Bytes.Select(one => one is { } known ? known.ToString("x2", null) : "??")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("73 04", 0x1007)]
    [InlineData("91 08", 0x100a - 16 + 8)]
    [InlineData("91 78", 0x100a - 8)]
    [InlineData("73 00 23 05", 0x1008)]
    public void A_place_in_memory_is_calculated(string bytes, ulong expected) =>
        Evaluate(bytes).ShouldBe(new VariablePlace.Memory(expected));

    // Values at the entry of the function, registers that there are not, what ends too early, divisors of 0, other machines' operations.
    [Theory]
    [InlineData("a3 01 51 9f")]
    [InlineData("08")]
    [InlineData("9f")]
    [InlineData("08 01 30 1b 9f")]
    [InlineData("e0 01")]
    [InlineData("08 05 a8 21 9f")]
    [InlineData("")]
    public void What_is_not_known_is_gone(string bytes) =>
        Evaluate(bytes).ShouldBe(new VariablePlace.Gone("optimised away"));

    [Fact]
    public void Without_the_size_of_the_stack_its_places_are_not_told() =>
        LocationExpression.Evaluate(new(new(0, 1), [0x91, 0x00], 0, []), Machine)
            .ShouldBe(new VariablePlace.Gone("on the stack, at a place that is not told"));

    private static VariablePlace Evaluate(string bytes) => LocationExpression.Evaluate(
        new(
            new(0, 1),
            Sequence.Of<byte>(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))),
            16,
            [new(0x20, 1, true)]),
        Machine);
}

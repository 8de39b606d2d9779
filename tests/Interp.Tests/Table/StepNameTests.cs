using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>Steps as rows name them.</summary>
public sealed class StepNameTests
{
    [Theory]
    [InlineData("Constant", "Constant", "")]
    [InlineData("Alu32K<Add>", "Alu32K<T>", "where T : struct, IArithmetic")]
    [InlineData("AtomicFetch<Size4, Xor>", "AtomicFetch<TSize, T>", "where TSize : struct, ISize; where T : struct, IArithmetic")]
    public void A_name_is_taken_apart_and_put_together(string text, string open, string constraints)
    {
        var step = StepName.Of(text);

        step.Closed.ShouldBe(text);
        step.Open.ShouldBe(open);
        string.Join("; ", step.Constraints).ShouldBe(constraints);
    }

    [Fact]
    public void The_size_is_found_among_the_types()
    {
        var step = StepName.Of("Load<Size4, Signed32>");

        step.Size(isOpen: false).ShouldBe("Size4");
        step.Size(isOpen: true).ShouldBe("TSize");
    }
}

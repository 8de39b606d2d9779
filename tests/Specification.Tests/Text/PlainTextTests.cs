using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Tests.Text;

public class PlainTextTests
{
    [Theory]
    [InlineData("An `imm` that\nis *0* ([D-05](81-deviations.md#d-05)).", "An imm that is 0 (D-05).")]
    [InlineData("`a * b` stays, as does 2 * 3", "a * b stays, as does 2 * 3")]
    public void Links_read_as_their_words_and_marks_are_gone(string markdown, string text) => PlainText.Of(markdown).ShouldBe(text);
}

namespace RbpfSpec.Assembly.Tests;

public class DialectTests
{
    [Theory]
    [InlineData(Dialect.Auto, "any syntax")]
    [InlineData(Dialect.Conformance, "the syntax of bpf_conformance (mov %r0, 7)")]
    [InlineData(Dialect.Llvm, "the syntax of LLVM (r0 = 7)")]
    [InlineData(Dialect.Gnu, "the syntax of GNU as (xadddw [%fp+-8],%r1)")]
    [InlineData(Dialect.Rbpf, "the syntax of rbpf and sBPF (mov64 r0, 7)")]
    [InlineData(Dialect.Objdump, "a listing of objdump")]
    [InlineData(Dialect.Verifier, "a log of Linux's verifier")]
    public void A_message_says_whose_it_is(Dialect dialect, string text) => dialect.Describe().ShouldBe(text);

    [Fact]
    public void Each_has_its_name_and_an_example_that_it_reads()
    {
        Enum.GetValues<Dialect>().Select(dialect => dialect.Describe()).Distinct().Count().ShouldBe(7);
        foreach (var dialect in (Dialect[])[Dialect.Conformance, Dialect.Llvm, Dialect.Gnu, Dialect.Rbpf])
        {
            var example = dialect.Describe().Split('(', ')')[1];
            Assembling.Program(example, dialect).Length.ShouldBe(1);
        }
    }
}

namespace RbpfSpec.Assembly.Tests;

public class DialectTests
{
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

namespace RbpfSpec.Cli.Tests.Commands;

public class GenerateCommandTests
{
    [Fact]
    public void What_is_committed_is_up_to_date() => Rbpf.Line("generate --check").Holds().ShouldBe("everything is up to date\n");
}

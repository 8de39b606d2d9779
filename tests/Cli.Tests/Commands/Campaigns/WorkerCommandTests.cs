namespace RbpfSpec.Cli.Tests.Commands.Campaigns;

public sealed class WorkerCommandTests
{
    // That it works, the examples of its help show, and tests/Campaigns.Tests with processes that are killed.
    [Theory]
    [InlineData("worker", "Option '--cluster' is required (see 'rbpf worker --help')")]
    [InlineData("worker --cluster redis://localhost:1 --jobs 0",
        "--jobs '0' makes no sense; expected a number from 1 to 256, in decimal (see 'rbpf worker --help')")]
    [InlineData("worker --cluster redis://127.0.0.1:1", "there is no Redis at redis://127.0.0.1:1; expected one that answers")]
    public void What_makes_no_sense_is_exit_code_2_and_one_line(string line, string message) => Rbpf.Line(line).IsUsage(message);
}

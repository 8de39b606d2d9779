namespace RbpfSpec.Cli.Tests.Commands.Analyze;

/// <summary><c>analyze --audit</c> says how much the solver proves, and what not.</summary>
[Trait("Needs", "solver")]
public sealed class AuditTests : Scratch
{
    private const string Copy = "analyze bench/workloads/copy.o --context 256..512";

    [Fact]
    public void All_of_a_true_certificate_is_proved()
    {
        Rbpf.Line($"{Copy} --audit").Holds().ShouldMatch(
            @"audit: 14 of 14 proved \(6 edges, 5 traps, 3 bounds of loops\), \d+ questions to libz3 [\d.]+, \d+\.\d s\n$");

        Rbpf.Line($"{Copy} --certificate {At("copy.json")}").Holds();
        Rbpf.Line($"{Copy} --check {At("copy.json")} --audit").Holds().ShouldContain("audit: 14 of 14 proved");
    }

    [Fact]
    public void With_json_nothing_but_json_is_printed() =>
        Rbpf.Line($"{Copy} --audit --json").ShouldBe(Rbpf.Line($"{Copy} --json"));

    [Fact]
    public void Without_an_analysis_there_is_nothing_to_audit()
    {
        // Each of seven functions calls the next one eight times: the last is called two million times.
        var function = string.Concat(Enumerable.Range(0, 8).Select(slot => $"call local +{8 - slot}\n")) + "exit\n";
        var program = Write("calls.s", string.Concat(Enumerable.Repeat(function, 7)) + "exit\n");

        Rbpf.Line($"analyze {program} --context 1..64 --search 0 --audit").Error.ShouldStartWith(
            "rbpf: --audit: there is nothing to audit: context of 1..64 bytes: the local calls are too many");
    }
}

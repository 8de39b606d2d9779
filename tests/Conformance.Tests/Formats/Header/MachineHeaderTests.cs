using System.Text.RegularExpressions;
using RbpfSpec.Conformance.Formats.Header;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>
/// The committed harness tells which answers of a machine are wrong: the machines here know the answers, and lie about some.
/// </summary>
public sealed partial class MachineHeaderTests(CompiledOnce compiled) : IClassFixture<CompiledOnce>
{
    private const int MillisecondsAtMost = 10_000;

    private static int Traps => CCompiler.Suite.Count(vector => vector.Expectation is Expectation.Traps);

    /// <summary>A lie, the vectors that it is about, and what is told of one of them.</summary>
    public static TheoryData<int, string, string> Lies => new()
    {
        { 1, "imm/lddw/", "  expected a result 0x([0-9a-f]+), got a result 0x(?!\\1,?$)[0-9a-f]+" },
        { 3, "mem/ldxw/", "  expected a trap MemoryAccess at slot (\\d+), got a trap MemoryAlignment at slot \\1" },
        { 5, "mem/ldxw/", "  expected .*, got none of OK, TRAP and REJECT" },
        { 7, "preflight/end/", "  expected a rejection, got a trap at slot 0" },
    };

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_machine_that_tells_kind_and_slot_of_each_trap_passes_and_the_counts_by_rule_come_last_and_sum_up()
    {
        if (compiled.Knowing is not { } knowing) return;

        var (exitCode, output) = External.Run(knowing);
        var counts = CountsByRule()
            .Matches(output)
            .ToDictionary(match => match.Groups[1].Value, match => (int.Parse(match.Groups[2].Value), int.Parse(match.Groups[3].Value)));
        var whole = CCompiler.Suite.Count;

        exitCode.ShouldBe(0, output);
        counts
            .OrderBy(rule => rule.Key)
            .ShouldBe(
                CCompiler
                    .Suite.CountBy(vector => vector.Rule)
                    .Select(rule => KeyValuePair.Create(rule.Key, (rule.Value, 0)))
                    .OrderBy(rule => rule.Key));
        output.ShouldEndWith(
            $"\n{Traps} traps as expected: the machine told the kind of {Traps} and the slot of {Traps}\n"
            + $"{whole} vectors: {whole} passed, 0 failed\n");
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_machine_that_tells_nothing_of_its_traps_passes_and_that_is_said()
    {
        if (compiled.Knowing is not { } knowing) return;

        var (exitCode, output) = External.Start(knowing, [], variables: [("LIE", "2"), ("ABOUT", "")]).ShouldNotBeNull();

        exitCode.ShouldBe(0);
        output.ShouldContain($"{Traps} traps as expected: the machine told the kind of 0 and the slot of 0\n");
    }

    [Theory]
    [Trait("Needs", "compiler")]
    [MemberData(nameof(Lies))]
    public void Each_lie_is_told_with_what_was_expected_and_what_came(int lie, string about, string told)
    {
        if (compiled.Knowing is not { } knowing) return;
        var lied = CCompiler
            .Suite.Where(vector => vector.Name.StartsWith(about, StringComparison.Ordinal) && IsAbout(lie, vector.Expectation))
            .Select(vector => vector.Name);

        var (exitCode, output) = External.Start(knowing, [], variables: [("LIE", $"{lie}"), ("ABOUT", about)]).ShouldNotBeNull();

        exitCode.ShouldBe(1);
        CCompiler.Difference(Failed(output), lied).ShouldBeEmpty();
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("  expected", StringComparison.Ordinal)))
            line.ShouldMatch($"^{told}$");
        output.ShouldContain($"{CCompiler.Suite.Count} vectors: {CCompiler.Suite.Count - lied.Count()} passed, {lied.Count()} failed\n");
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_trap_at_another_slot_fails()
    {
        if (compiled.Knowing is not { } knowing) return;

        var (_, output) = External.Start(knowing, [], variables: [("LIE", "4"), ("ABOUT", "")]).ShouldNotBeNull();

        Failed(output).Count().ShouldBe(Traps);
        var slots = Slots().Matches(output);
        slots.Count.ShouldBe(Traps);
        foreach (Match match in slots) (int.Parse(match.Groups[1].Value) + 1).ShouldBe(int.Parse(match.Groups[2].Value));
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_crash_leaves_the_name_of_its_vector_as_the_last_line_if_names_are_asked_for()
    {
        const string Name = "mem/ldxw/02";
        if (compiled.Knowing is not { } knowing) return;

        var (exitCode, output) = External.Start(knowing, ["-v", "mem/"], variables: [("LIE", "6"), ("ABOUT", Name)]).ShouldNotBeNull();
        var (_, withoutNames) = External.Start(knowing, ["mem/"], variables: [("LIE", "6"), ("ABOUT", Name)]).ShouldNotBeNull();

        CCompiler.Suite.ShouldContain(vector => vector.Name == Name);
        exitCode.ShouldNotBeInRange(0, 2);
        output.ShouldEndWith($"running {Name}\n");
        withoutNames.ShouldNotContain(Name);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_start_of_a_name_picks_vectors_and_one_that_no_name_has_is_refused()
    {
        if (compiled.Knowing is not { } knowing) return;
        var count = CCompiler.Suite.Count(vector => vector.Name.StartsWith("alu/add32-k", StringComparison.Ordinal));

        External
            .Run(knowing, "alu/add32-k")
            .ShouldBe((0, $"alu/add32-k: {count} passed, 0 failed\n{count} vectors: {count} passed, 0 failed\n"));
        External.Run(knowing, "alu/nothing").ShouldBe((2, "no vector is called alu/nothing...\n"));
        External.Run(knowing, "-x").ExitCode.ShouldBe(2);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void Words_of_programs_memory_and_stack_are_read_where_they_are_aligned()
    {
        if (compiled.Know("-fsanitize=alignment,bounds", "-fno-sanitize-recover=all") is not { } knowing) return;

        var (exitCode, output) = External.Run(knowing);

        exitCode.ShouldBe(0, output);
        output.ShouldNotContain("runtime error");
    }

    [Fact]
    public void Each_trap_has_its_name_in_C()
    {
        MachineHeader.NameOf(Trap.BranchBudget).ShouldBe("RBPF_TRAP_BRANCH_BUDGET");
        TrapNames().Matches(MachineHeader.Text).Select(match => match.Groups[1].Value)
            .ShouldBe(["RBPF_TRAP_NOT_TOLD", .. Enum.GetValues<Trap>().Select(MachineHeader.NameOf)]);
    }

    private static bool IsAbout(int lie, Expectation expectation) => lie switch
    {
        1 => expectation is Expectation.Returns,
        3 => expectation is Expectation.Traps,
        7 => expectation is Expectation.Refuses,
        _ => true,
    };

    private static IEnumerable<string> Failed(string output) =>
        output
            .Split('\n')
            .Where(line => line.StartsWith("failed ", StringComparison.Ordinal))
            .Select(line => line["failed ".Length..].Split(", rule ")[0]);

    [GeneratedRegex(
        @"^(?<rule>[a-z]\S*): (?<passed>\d+) passed, (?<failed>\d+) failed$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        MillisecondsAtMost)]
    private static partial Regex CountsByRule();

    [GeneratedRegex(
        @"^  expected a trap (?:\w+) at slot (?<expected>\d+), got a trap (?:\w+) at slot (?<got>\d+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        MillisecondsAtMost)]
    private static partial Regex Slots();

    [GeneratedRegex("^    (?<name>RBPF_TRAP_[A-Z_]+),$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, MillisecondsAtMost)]
    private static partial Regex TrapNames();
}

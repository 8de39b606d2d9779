using RbpfSpec.Conformance.Running;
using RbpfSpec.Conformance.SourceMutants;
using RbpfSpec.Conformance.SourceMutants.Operators;

namespace RbpfSpec.Conformance.Tests.SourceMutants;

/// <summary>
/// Mutants of a machine of a few lines, built and run: it answers each program with the number of its slots plus 2, if that
/// is below 100.
/// </summary>
public sealed class SourceCampaignTests : IDisposable
{
    private const string Build = "cc -O1 main.c machine.c -o machine";
    private const string Run = "./machine";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    [Fact]
    [Trait("Needs", "compiler")]
    public void Each_mutant_is_counted_where_it_belongs()
    {
        if (!Begin("int answer(int slots) { int unused = 1; if (slots == 7) return *(volatile int *)0; unused += 0; return slots + 2; }\n"))
            return;
        var mutants = Mutators.Of("machine.c", File.ReadAllText(At("machine.c")));

        var score = Score(mutants, EquivalentMutants.None, jobs: 2);

        score.Mutants.Select(one => one.Mutant).ShouldBe(mutants);
        Verdict(score, "int unused = 2;").ShouldBe(new SourceVerdict.SameAsSource());
        Verdict(score, "return slots - 2;")
            .ShouldBe(new SourceVerdict.Killed(KilledBy.Deviation, "one", "expected r0 = 0x3, got r0 = 0xffffffffffffffff"));
        Verdict(score, "if (slots != 7)").ShouldBeOfType<SourceVerdict.Killed>().By.ShouldBe(KilledBy.Crash);
        Verdict(score, "if (slots == 8)").ShouldBe(new SourceVerdict.Survived());
        (score.NotBuilt + score.SameAsSource + score.Duplicates + score.Distinct.Count()).ShouldBe(mutants.Count);
        (score.Killed + score.Survivors.Count).ShouldBe(score.Distinct.Count());
        (score.KilledBy(KilledBy.Deviation) + score.KilledBy(KilledBy.Crash) + score.KilledBy(KilledBy.TimeOut)).ShouldBe(score.Killed);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_same_program_is_run_once_and_counted_once()
    {
        if (!Begin("int answer(int slots) { return slots + 2 + 0; }\n")) return;
        var mutants = Mutators.Of("machine.c", File.ReadAllText(At("machine.c")));
        List<string> texts = ["return slots + 3 + 0;", "return slots + 2 + 1;"];
        List<SourceMutant> same = [.. mutants.Where(mutant => texts.Exists(text => mutant.After.Contains(text, StringComparison.Ordinal)))];

        var score = Score(same, EquivalentMutants.None, jobs: 1);

        score.Mutants.Select(one => one.SameAs).ShouldBe([null, same[0]]);
        (score.Distinct.Count(), score.Duplicates, score.Killed).ShouldBe((1, 1, 1));
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void What_does_not_compile_and_what_does_not_end_is_told_apart()
    {
        if (!Begin("int answer(int slots) { int i = 0; while (i != slots) { i++; } return slots + 2; }\n")) return;
        var mutants = Mutators
            .Of("machine.c", File.ReadAllText(At("machine.c")))
            .Where(mutant => mutant.After.Contains("i--", StringComparison.Ordinal))
            .ToList();
        List<SourceMutant> both = [.. mutants, mutants[0] with { After = "broken", Text = "int answer(int slots) {" }];

        // 2^32 steps of an unoptimized loop would end; those of 64 bits do not.
        both[0] = both[0] with { Text = both[0].Text.Replace("int i = 0", "volatile long i = 0", StringComparison.Ordinal) };
        var score = Score(both, EquivalentMutants.None, jobs: 1, limit: TimeSpan.FromSeconds(1));

        score.Mutants[0].Verdict.ShouldBeOfType<SourceVerdict.Killed>().By.ShouldBe(KilledBy.TimeOut);
        score.Mutants[1].Verdict.ShouldBe(new SourceVerdict.NotBuilt());
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void Listed_equivalents_are_subtracted_and_wrong_entries_are_told()
    {
        if (!Begin("int answer(int slots) { if (slots > 90) return 1; return slots + 2; }\n")) return;
        var mutants = Mutators.Of("machine.c", File.ReadAllText(At("machine.c")));
        const string Line = "int answer(int slots) { if (slots > 90) return 1; return slots + 2; }";
        var listed = EquivalentMutants.Read(
            $"machine.c: {Line} => {Line.Replace("> 90", ">= 90", StringComparison.Ordinal)}\n  no suite has so many\n"
            + $"machine.c: {Line} => {Line.Replace("+ 2", "- 2", StringComparison.Ordinal)}\n  wrong\n", mutants, out _)!;

        var score = Score(mutants, listed, jobs: 2);

        score.Equivalents.Select(one => one.Equivalent).ShouldBe(["no suite has so many"]);
        score.WronglyListed.Select(one => one.Equivalent).ShouldBe(["wrong"]);
        score.Survivors.ShouldNotContain(one => one.Mutant.After.Contains(">= 90", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_source_that_cannot_be_built_is_refused_with_what_the_build_said()
    {
        if (!Begin("int answer(int slots) { return slots + nothing; }\n")) return;

        Campaign([]).ShouldBeOfType<SourceCampaigned.NotBuilt>().Output.ShouldContain("nothing");
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_build_that_makes_something_else_is_told()
    {
        if (!Begin("int answer(int slots) { return slots + 2; }\n")) return;
        var trial = new SourceTrial(Machine(Soon), Vectors);

        new SourceCampaign(folder.FullName, Build, "other", trial).Run([], EquivalentMutants.None)
            .ShouldBeOfType<SourceCampaigned.NotBuilt>().Output.ShouldContain("made no file 'other'");
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_machine_that_is_not_right_is_refused_with_the_vectors_that_show_it()
    {
        if (!Begin("int answer(int slots) { return slots == 1 ? 0 : slots + 2; }\n")) return;

        Campaign([]).ShouldBeOfType<SourceCampaigned.NotRight>().Deviations
            .ShouldBe([new(KilledBy.Deviation, "one", "expected r0 = 0x3, got r0 = 0x0")]);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_folder_of_the_source_stays_as_it_is()
    {
        if (!Begin("int answer(int slots) { return slots + 2; }\n")) return;
        var before = folder.GetFiles().Select(file => (file.Name, File.ReadAllText(file.FullName))).Order().ToList();

        Campaign(Mutators.Of("machine.c", File.ReadAllText(At("machine.c"))));

        folder.GetFiles().Select(file => (file.Name, File.ReadAllText(file.FullName))).Order().ShouldBe(before);
    }

    [Fact]
    public void Vectors_come_rule_by_rule_in_turn_and_only_those_that_are_provided_for()
    {
        static Vector Of(string name, string rule, Setting setting) =>
            new(name, new VectorProgram.Code([0x95, 0, 0, 0, 0, 0, 0, 0]), [], new Expectation.Returns(0))
            {
                Rule = rule,
                Setting = setting,
            };

        var trial = new SourceTrial(
            Machine(Soon),
            [
                Of("a1", "a", Setting.Plain), Of("a2", "a", Setting.Plain), Of("b1", "b", Setting.Plain),
                Of("c1", "c", Setting.Plain with { Branches = 3 }), Of("b2", "b", Setting.Plain), Of("a3", "a", Setting.Plain),
            ]);

        trial.Vectors.Select(vector => vector.Name).ShouldBe(["a1", "b1", "a2", "b2", "a3"]);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static IReadOnlyList<Vector> Vectors =>
    [
        new("one", new VectorProgram.Code([0x95, 0, 0, 0, 0, 0, 0, 0]), [], new Expectation.Returns(3)),
        new("two", new VectorProgram.Code([0xbf, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]), [], new Expectation.Returns(4)),
    ];

    private static MachineUnderTest.Batch Machine(TimeSpan limit) => new(Run, limit, []);

    private static SourceVerdict Verdict(SourceScore score, string change) =>
        score.Mutants.First(one => one.Mutant.After.Contains(change, StringComparison.Ordinal)).Verdict;

    private string At(string name) => Path.Combine(folder.FullName, name);

    // Whether there is a compiler to build it with.
    private bool Begin(string machine)
    {
        const string Main = """
            #include <stdio.h>
            #include <string.h>
            int answer(int slots);
            int main(void)
            {
                static char line[4096];
                while (fgets(line, sizeof line, stdin)) {
                    char *program = strstr(line, "program\":\"") + 10;
                    printf("{\"r0\":\"0x%llx\"}\n", (unsigned long long)answer((int)(strchr(program, '"') - program) / 16));
                    fflush(stdout);
                }

                return 0;
            }
            """;
        File.WriteAllText(At("main.c"), Main);
        File.WriteAllText(At("machine.c"), machine);
        return CMachine.BuildText(Directory.CreateDirectory(At("probe")), "probe", "int main(void) { return 0; }") is not null;
    }

    private SourceCampaigned Campaign(
        IReadOnlyList<SourceMutant> mutants,
        EquivalentMutants? equivalents = null,
        int jobs = 1,
        TimeSpan? limit = null) =>
        new SourceCampaign(folder.FullName, Build, "machine", new SourceTrial(Machine(limit ?? Soon), Vectors)) { Jobs = jobs }.Run(
            mutants,
            equivalents ?? EquivalentMutants.None);

    private SourceScore Score(IReadOnlyList<SourceMutant> mutants, EquivalentMutants equivalents, int jobs, TimeSpan? limit = null) =>
        Campaign(mutants, equivalents, jobs, limit).ShouldBeOfType<SourceCampaigned.Finished>().Score;
}

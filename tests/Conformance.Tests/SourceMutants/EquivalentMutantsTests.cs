using RbpfSpec.Conformance.SourceMutants;
using RbpfSpec.Conformance.SourceMutants.Operators;

namespace RbpfSpec.Conformance.Tests.SourceMutants;

public class EquivalentMutantsTests
{
    private static readonly IReadOnlyList<SourceMutant> Mutants = Mutators.Of(
        "vm.c",
        "int f(int a)\n{\n    a = a + 1;\n    a = a + 1;\n    return a < 2;\n}\n");

    [Fact]
    public void Entries_are_found_with_their_reasons()
    {
        var listed = EquivalentMutants.Read(
            """
            # Known ones.
            vm.c: return a < 2; => return a <= 2;
                a is never 2,
                as it says there

            vm.c:4: a = a + 1; => a = a - 1;
                nobody reads it
            """, Mutants, out var problems)!;

        problems.ShouldBeEmpty();
        listed.Count.ShouldBe(2);
        Mutants.Where(mutant => listed.Reason(mutant) is not null).Select(mutant => (mutant.Line, mutant.After, listed.Reason(mutant)))
            .ShouldBe([(4, "a = a - 1;", "nobody reads it"), (5, "return a <= 2;", "a is never 2, as it says there")]);
    }

    [Fact]
    public void The_list_of_the_machine_in_C_is_of_mutants_of_its_sources()
    {
        IReadOnlyList<SourceMutant> mutants =
        [
            .. ((string[])["vm.c", "preflight.c", "helpers.c", "machine.h"]).SelectMany(file =>
                Mutators.Of(file, File.ReadAllText(CMachine.PathOf(file)))),
        ];

        EquivalentMutants.Read(File.ReadAllText(CMachine.PathOf("equivalents.txt")), mutants, out var problems);

        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "vm.c: return a < 3; => return a <= 3;\n  so",
        1,
        "no mutant of the sources is this one; expected one as the report has it")]
    [InlineData(
        "\nother.c: return a < 2; => return a <= 2;\n  so",
        2,
        "no mutant of the sources is this one; expected one as the report has it")]
    [InlineData("vm.c: a = a + 1; => a = a - 1;\n  so", 1, "the lines 3 and 4 are alike; expected the one that is meant, as vm.c:3:")]
    [InlineData("vm.c:5: a = a + 1; => a = a - 1;\n  so", 1, "there is this mutant at line 3 and 4; expected that line")]
    [InlineData("vm.c: return a < 2; => return a <= 2;", 1, "an entry without a reason; expected one on the lines after it, indented")]
    [InlineData(
        "vm.c: return a < 2; => return a <= 2;\nvm.c:3: a = a + 1; => a = a - 1;\n  so",
        1,
        "an entry without a reason; expected one on the lines after it, indented")]
    [InlineData(
        "vm.c: return a < 2; => return a <= 2;\n  so\nvm.c:5: return a < 2; => return a <= 2;\n  so",
        3,
        "the same entry a second time; expected each once")]
    [InlineData("  so", 1, "a reason without an entry before it; expected FILE: BEFORE => AFTER first")]
    [InlineData("vm.c return\n  so", 1, "'vm.c return' is no entry; expected FILE: BEFORE => AFTER")]
    public void What_makes_no_sense_is_told_with_its_line(string text, int line, string problem)
    {
        EquivalentMutants.Read(text, Mutants, out var problems).ShouldBeNull();

        problems[0].ShouldBe((line, problem));
    }

    [Theory]
    [InlineData('x')]
    [InlineData(':')]
    [InlineData('0')]
    public void A_line_of_any_length_is_told_shortly(char letter)
    {
        EquivalentMutants.Read(new string(letter, 2_000_000), Mutants, out var problems).ShouldBeNull();

        problems.ShouldHaveSingleItem().ShouldBe((1, $"'{new string(letter, 80)}…' is no entry; expected FILE: BEFORE => AFTER"));
    }
}

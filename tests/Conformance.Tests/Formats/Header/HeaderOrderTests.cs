using RbpfSpec.Conformance.Diagnosis;

namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>The order of the committed header.</summary>
[Trait("Needs", "compiler")]
public sealed class HeaderOrderTests
{
    private static readonly Dictionary<string, Vector> ByName = CCompiler.Suite.ToDictionary(vector => vector.Name);

    [Fact]
    public void It_begins_with_a_move_a_wide_load_and_exit_and_takes_the_other_basic_instructions_one_by_one()
    {
        if (CCompiler.There.IsEmpty) return;
        List<Vector> first = [.. CCompiler.NamesLeft().Take(100).Select(name => ByName[name])];
        List<HashSet<string>> met = [.. first.Select(vector => Traits.RulesIn(((VectorProgram.Code)vector.Program).Bytes))];

        first.ShouldAllBe(vector => vector.Expectation is Expectation.Returns);
        first.Take(5).Select(vector => vector.Rule).Distinct().ShouldBe(["jmp/exit", "alu/mov64-k", "imm/lddw"], ignoreOrder: true);
        met.ConvertAll(rules => rules.Count).ShouldBeInOrder();
        met.SelectMany(rules => rules).Distinct().Count().ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public void Every_vector_is_there_once_and_those_after_the_basic_ones_are_in_the_order_of_the_suite()
    {
        if (CCompiler.There.IsEmpty) return;
        var names = CCompiler.NamesLeft();
        var places = CCompiler.Suite.Select((vector, place) => (vector.Name, place)).ToDictionary(each => each.Name, each => each.place);

        names.Count.ShouldBe(places.Count);
        CCompiler.Difference(names, places.Keys).ShouldBeEmpty();
        var descents = Enumerable.Range(1, names.Count - 1).Where(at => places[names[at]] < places[names[at - 1]]).ToList();
        names.Skip(descents[^1]).Count().ShouldBeGreaterThan(names.Count * 4 / 5);
    }
}

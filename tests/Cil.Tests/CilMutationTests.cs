namespace RbpfSpec.Cil.Tests;

public sealed class CilMutationTests
{
    [Fact]
    public void One_instruction_is_read_as_another_and_the_rest_as_it_is()
    {
        var method = Reading.Method(typeof(Mutated), nameof(Mutated.TwoSums));
        Dictionary<string, Func<ulong, ulong, ulong>> expected = new(StringComparer.Ordinal)
        {
            ["0: add -> sub"] = (a, b) => unchecked(((a - b) * b) + a),
            ["1: mul -> add"] = (a, b) => unchecked(a + b + b + a),
            ["2: add -> sub"] = (a, b) => unchecked(((a + b) * b) - a),
        };

        var mutations = Mutations(method);

        mutations.Count.ShouldBe(expected.Count);
        for (var i = 0; i < mutations.Count; i++)
        {
            var text = mutations[i].ToString();
            text.ShouldStartWith($"Mutated.TwoSums at IL_{mutations[i].At.Offset:x4}: ");
            var run = expected[$"{i}: {text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..]}"];
            var reading = Reading.OfTwoNumbers(method, mutations[i]);
            foreach (var a in Reading.Edges)
            {
                foreach (var b in Reading.Edges) Reading.ResultOf(reading, Reading.Values(a, b)).ShouldBe(run(a, b), text);
            }
        }
    }

    [Fact]
    public void A_branch_read_as_another_leads_to_the_same_place()
    {
        var method = Reading.Method(typeof(Samples), nameof(Samples.Quotients));
        var mutation = Mutations(method).First(one => one.At.OpCode.Name.StartsWith("br", StringComparison.Ordinal));

        mutation.Instead.Operand.ShouldBe(mutation.At.Operand);
        mutation.Instead.OpCode.ShouldNotBe(mutation.At.OpCode);
    }

    [Fact]
    public void No_mutation_is_named_twice_and_none_is_of_an_instruction_that_was_not_met()
    {
        var method = Reading.Method(typeof(Samples), nameof(Samples.Calls));
        var reader = new CilReader<CellMemory>();
        reader.Call(method, [new CilValue.Number(Reading.A), new CilValue.Number(Reading.B)], CellMemory.Empty);

        var mutations = CilMutation.Of(reader.Met).ToList();

        mutations.Select(mutation => mutation.ToString()).ShouldBeUnique();
        mutations.ShouldAllBe(mutation => reader.Met.Contains(ValueTuple.Create(mutation.Method, mutation.At)));
        mutations.Select(mutation => mutation.Method.Name).Distinct().ShouldContain(nameof(Samples.Merges));
    }

    private static List<CilMutation> Mutations(CilMethod method)
    {
        var reader = new CilReader<CellMemory>();
        reader.Call(method, [new CilValue.Number(Reading.A), new CilValue.Number(Reading.B)], CellMemory.Empty);
        return [.. CilMutation.Of(reader.Met)];
    }

    private static class Mutated
    {
        public static ulong TwoSums(ulong a, ulong b) => unchecked(((a + b) * b) + a);
    }
}

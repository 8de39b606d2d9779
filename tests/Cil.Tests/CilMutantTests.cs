namespace RbpfSpec.Cil.Tests;

public sealed class CilMutantTests
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

        var mutants = Mutants(method);

        mutants.Count.ShouldBe(expected.Count);
        for (var i = 0; i < mutants.Count; i++)
        {
            var text = mutants[i].ToString();
            text.ShouldStartWith($"Mutated.TwoSums at IL_{mutants[i].At.Offset:x4}: ");
            var run = expected[$"{i}: {text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..]}"];
            var reading = Reading.OfTwoNumbers(method, mutants[i]);
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
        var mutant = Mutants(method).First(one => one.At.OpCode.Name.StartsWith("br", StringComparison.Ordinal));

        mutant.Instead.Operand.ShouldBe(mutant.At.Operand);
        mutant.Instead.OpCode.ShouldNotBe(mutant.At.OpCode);
    }

    [Fact]
    public void No_mutant_is_named_twice_and_none_is_of_an_instruction_that_was_not_met()
    {
        var method = Reading.Method(typeof(Samples), nameof(Samples.Calls));
        var reader = new CilReader<CellMemory>();
        reader.Call(method, [new CilValue.Number(Reading.A), new CilValue.Number(Reading.B)], CellMemory.Empty);

        var mutants = CilMutant.Of(reader.Met).ToList();

        mutants.Select(mutant => mutant.ToString()).ShouldBeUnique();
        mutants.ShouldAllBe(mutant => reader.Met.Contains(ValueTuple.Create(mutant.Method, mutant.At)));
        mutants.Select(mutant => mutant.Method.Name).Distinct().ShouldContain(nameof(Samples.Merges));
    }

    private static List<CilMutant> Mutants(CilMethod method)
    {
        var reader = new CilReader<CellMemory>();
        reader.Call(method, [new CilValue.Number(Reading.A), new CilValue.Number(Reading.B)], CellMemory.Empty);
        return [.. CilMutant.Of(reader.Met)];
    }

    private static class Mutated
    {
        public static ulong TwoSums(ulong a, ulong b) => unchecked(((a + b) * b) + a);
    }
}

namespace RbpfSpec.Certifying.Tests;

public sealed class ClausesTests
{
    [Fact]
    public void Clauses_have_a_solution_if_and_only_if_the_circuit_has()
    {
        const ulong seed = 5;
        var dice = new Dice(seed);
        var (solvable, not) = (0, 0);
        for (var number = 0; number < 300; number++)
        {
            var circuit = new Circuit();
            List<int> literals = [Circuit.False, .. Enumerable.Range(0, 3).Select(_ => circuit.Input())];
            while (circuit.Gates.Count < 13 && literals.Count < 40) literals.Add(Gate(circuit, dice, literals));
            int[] asserted = [Any(dice, literals), Any(dice, literals), Any(dice, literals)];

            var expected = Enumerable.Range(0, 8).Any(inputs => asserted.All(literal => Circuits.Value(circuit, literal, inputs)));
            Formulas.HasValues(Clauses.Of(circuit, asserted)).ShouldBe(expected, $"seed {seed}, circuit {number}");
            if (expected) solvable++;
            else not++;
        }

        solvable.ShouldBeGreaterThan(30);
        not.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void The_text_is_that_which_solvers_read() =>
        new Clauses(3, [[1, -3], [2]]).Text.ShouldBe("p cnf 3 2\n1 -3 0\n2 0\n");

    private static int Any(Dice dice, List<int> literals) => literals[dice.Between(0, literals.Count - 1)] ^ dice.Between(0, 1);

    private static int Gate(Circuit circuit, Dice dice, List<int> literals) => dice.Between(0, 2) switch
    {
        0 => circuit.And(Any(dice, literals), Any(dice, literals)),
        1 => circuit.Xor(Any(dice, literals), Any(dice, literals)),
        _ => circuit.Choose(Any(dice, literals), Any(dice, literals), Any(dice, literals)),
    };
}

namespace RbpfSpec.Certifying.Tests;

public sealed class CircuitTests
{
    // Of two inputs, their opposites and the constants: all that a gate may simplify.
    [Fact]
    public void Every_gate_of_every_operands_has_its_value_however_it_is_simplified()
    {
        var circuit = new Circuit();
        var (first, second, third) = (circuit.Input(), circuit.Input(), circuit.Input());
        int[] operands =
            [Circuit.False, Circuit.True, first, Circuit.Not(first), second, Circuit.Not(second), third, Circuit.Not(third)];
        for (var inputs = 0; inputs < 8; inputs++)
        {
            foreach (var (left, right) in operands.SelectMany(left => operands.Select(right => (left, right))))
            {
                var (a, b) = (Of(left), Of(right));
                Of(circuit.And(left, right)).ShouldBe(a && b);
                Of(circuit.Or(left, right)).ShouldBe(a || b);
                Of(circuit.Xor(left, right)).ShouldBe(a != b);
                Of(circuit.Same(left, right)).ShouldBe(a == b);
                foreach (var otherwise in operands) Of(circuit.Choose(left, right, otherwise)).ShouldBe(a ? b : Of(otherwise));
            }

            bool Of(int literal) => Circuits.Value(circuit, literal, inputs);
        }
    }

    [Fact]
    public void Equal_gates_are_one()
    {
        var circuit = new Circuit();
        var (first, second) = (circuit.Input(), circuit.Input());

        circuit.And(first, second).ShouldBe(circuit.And(second, first));
        circuit.Xor(first, Circuit.Not(second)).ShouldBe(Circuit.Not(circuit.Xor(second, first)));
        circuit.Gates.Count.ShouldBe(5);
    }
}

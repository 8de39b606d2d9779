namespace RbpfSpec.Certifying.Tests;

/// <summary>The values of circuits.</summary>
internal static class Circuits
{
    /// <summary>The value of a literal, where the inputs have the bits of a number, the first input the lowest.</summary>
    public static bool Value(Circuit circuit, int literal, int inputs)
    {
        var number = 0;
        var values = new Dictionary<int, bool>();
        for (var gate = 1; gate < circuit.Gates.Count; gate++)
        {
            if (circuit.Gates[gate].Kind is GateKind.Input) values[gate * 2] = (inputs >> number++ & 1) != 0;
        }

        return Value(circuit, literal, values);
    }

    /// <summary>The value of a literal, where inputs have values by their literals.</summary>
    public static bool Value(Circuit circuit, int literal, IReadOnlyDictionary<int, bool> inputs)
    {
        var values = new bool[circuit.Gates.Count];
        for (var number = 1; number <= literal >> 1; number++)
        {
            var gate = circuit.Gates[number];
            values[number] = gate.Kind switch
            {
                GateKind.Input => inputs.GetValueOrDefault(number * 2),
                GateKind.And => Of(gate.First) && Of(gate.Second),
                GateKind.Xor => Of(gate.First) != Of(gate.Second),
                GateKind.Choose => Of(gate.First) ? Of(gate.Second) : Of(gate.Third),
                _ => throw new InvalidOperationException("there are no other gates"),
            };
        }

        return Of(literal);

        bool Of(int read) => values[read >> 1] != ((read & 1) != 0);
    }
}

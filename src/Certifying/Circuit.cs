namespace RbpfSpec.Certifying;

/// <summary>A circuit of gates over inputs that are each true or false; equal gates are one.</summary>
/// <remarks>
/// A literal is twice the number of a gate, and one more if it is negated, so that 0 is false and 1 is true. Each gate comes after those
/// that it reads.
/// </remarks>
internal sealed class Circuit
{
    /// <summary>The literal that is never true.</summary>
    public const int False = 0;

    /// <summary>The literal that is always true.</summary>
    public const int True = 1;

    private readonly List<Gate> gates = [new(GateKind.Input, 0, 0, 0)];
    private readonly Dictionary<Gate, int> known = [];

    /// <summary>The gates, by their numbers; the first is the constant.</summary>
    public IReadOnlyList<Gate> Gates => gates;

    /// <summary>The literal that is true where another is not.</summary>
    public static int Not(int literal) => literal ^ 1;

    /// <summary>A new input.</summary>
    public int Input()
    {
        gates.Add(new(GateKind.Input, 0, 0, 0));
        return (gates.Count - 1) * 2;
    }

    /// <summary>Whether both hold.</summary>
    public int And(int left, int right)
    {
        if (left > right) (left, right) = (right, left);
        if (left == False || left == Not(right)) return False;
        if (left == True || left == right) return right;
        return Made(new(GateKind.And, left, right, 0));
    }

    /// <summary>Whether one of them holds.</summary>
    public int Or(int left, int right) => Not(And(Not(left), Not(right)));

    /// <summary>Whether exactly one of them holds.</summary>
    public int Xor(int left, int right)
    {
        // Signs go outside, so that fewer gates differ.
        var sign = (left ^ right) & 1;
        (left, right) = (left & ~1, right & ~1);
        if (left > right) (left, right) = (right, left);
        if (left == right) return False ^ sign;
        if (left == False) return right ^ sign;
        return Made(new(GateKind.Xor, left, right, 0)) ^ sign;
    }

    /// <summary>Whether both are alike.</summary>
    public int Same(int left, int right) => Not(Xor(left, right));

    /// <summary>The second if the condition holds, else the third.</summary>
    public int Choose(int condition, int then, int otherwise)
    {
        if (condition == True || then == otherwise) return then;
        if (condition == False) return otherwise;
        if ((condition & 1) != 0) (condition, then, otherwise) = (Not(condition), otherwise, then);
        if (then == Not(otherwise)) return Same(condition, then);
        if (then == True || then == condition) return Or(condition, otherwise);
        if (then == False || then == Not(condition)) return And(Not(condition), otherwise);
        if (otherwise == True || otherwise == Not(condition)) return Or(Not(condition), then);
        if (otherwise == False || otherwise == condition) return And(condition, then);
        return Made(new(GateKind.Choose, condition, then, otherwise));
    }

    private int Made(Gate gate)
    {
        if (known.TryGetValue(gate, out var number)) return number * 2;
        gates.Add(gate);
        known[gate] = gates.Count - 1;
        return (gates.Count - 1) * 2;
    }
}

/// <summary>The kind of a gate.</summary>
internal enum GateKind
{
    /// <summary>An input; or, as the first of a circuit, the constant that is false.</summary>
    Input,

    /// <summary>Both hold.</summary>
    And,

    /// <summary>Exactly one holds.</summary>
    Xor,

    /// <summary>The second if the first holds, else the third.</summary>
    Choose,
}

/// <summary>A gate, with the literals that it reads.</summary>
internal readonly record struct Gate(GateKind Kind, int First, int Second, int Third);

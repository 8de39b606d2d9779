using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>What there is about a vector that a machine may get wrong: the instructions that it has, what they do in it, and what is expected.</summary>
internal static class Traits
{
    /// <summary>What of a rule is the whole rule.</summary>
    public const string Whole = "executed";

    private const int Long = 256;

    /// <summary>All of a vector's.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="machine">A machine of its profile.</param>
    public static HashSet<CoveragePoint> Of(Vector vector, VectorMachine machine)
    {
        if (vector.Program is not VectorProgram.Code(var code) || machine.Problem(vector.Memory, vector.Setting) is not null) return [];
        HashSet<CoveragePoint> traits = [.. SuiteCoverage.PointsOf(vector, machine), .. RulesIn(code).Select(rule => new CoveragePoint(rule, Whole))];
        foreach (var need in vector.Needs) traits.Add(new($"needs {need}", Whole));
        traits.Add(new(
            vector.Expectation switch
            {
                Expectation.Returns => "a result",
                Expectation.Refuses => "a rejection",
                Expectation.Traps(var trap, _) => $"trap {trap}",
            },
            "is expected"));
        if (vector.Rule != "" && !vector.Rule.StartsWith("preflight/", StringComparison.Ordinal)) traits.Add(new(vector.Rule, Whole));
        if (code.Count / Slot.Size > Long) traits.Add(new("program", $"has more than {Long} slots"));
        if (vector.Memory.Count is > 0 and < 8) traits.Add(new("memory", "has fewer than 8 bytes"));
        return traits;
    }

    /// <summary>The rules of the instructions in a program, as far as it has some.</summary>
    public static HashSet<string> RulesIn(Sequence<byte> code)
    {
        HashSet<string> rules = [];
        if (code.Count % Slot.Size != 0) return rules;
        var program = Program.Of(code.AsSpan());
        for (var index = 0; index < program.Length;)
        {
            if (Decoder.Decode(program, index) is Decoded.Valid(var instruction))
            {
                rules.Add(instruction.Form.Id);
                index += instruction.Form.Layout.Slots;
            }
            else
            {
                index++;
            }
        }

        return rules;
    }
}

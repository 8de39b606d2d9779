using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>
/// The traits of a vector that a machine may get wrong: the instructions that it has, what they do in it, and what is
/// expected.
/// </summary>
public static class Traits
{
    /// <summary>The trait of a vector that executes a rule at all.</summary>
    public const string Whole = "executed";

    /// <summary>The trait of a vector that is there for a rule.</summary>
    public const string About = "in vectors about it";

    private const int Long = 256;

    // A machine may get a whole class of opcodes wrong, as the RFC has them.
    private static readonly Dictionary<string, string> Classes =
        OperationTable.Forms.ToDictionary(form => form.Id, form => $"any {form.Class.ToString().ToUpperInvariant()} instruction");

    /// <summary>All of a vector's.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="machine">A machine of its profile.</param>
    public static HashSet<CoveragePoint> Of(Vector vector, VectorMachine machine)
    {
        if (vector.Program is not VectorProgram.Code(var code) || machine.Problem(vector.Memory, vector.Setting) is not null) return [];
        HashSet<CoveragePoint> traits =
        [
            .. SuiteCoverage.PointsOf(vector, machine),
            .. RulesIn(code).Select(rule => new CoveragePoint(rule, Whole)),
        ];
        foreach (var point in traits.ToList())
        {
            if (Classes.TryGetValue(point.Rule, out var family)) traits.Add(point with { Rule = family });
        }

        foreach (var need in vector.Needs) traits.Add(new($"needs {need}", Whole));
        traits.Add(new(
            vector.Expectation switch
            {
                Expectation.Returns => "a result",
                Expectation.Refuses => "a rejection",
                Expectation.Traps(var trap, _) => $"trap {trap}",
            },
            "is expected"));
        if (vector.Rule != "") traits.Add(new(vector.Rule, About));
        if (code.Count / Slot.Size > Long) traits.Add(new("program", $"has more than {Long} slots"));
        if (vector.Memory.Count is > 0 and < 8) traits.Add(new("memory", "has fewer than 8 bytes"));
        return traits;
    }

    /// <summary>Whether a program has what a cause is about.</summary>
    public static bool Has(Vector vector, CoveragePoint cause, VectorMachine machine) => cause.What == About
        ? !Classes.ContainsKey(cause.Rule) || RulesIn(((VectorProgram.Code)vector.Program).Bytes).Contains(cause.Rule)
        : Of(vector, machine).Contains(cause);

    /// <summary>The rules of the instructions in a program, as far as it has some.</summary>
    public static HashSet<string> RulesIn(Sequence<byte> code)
    {
        HashSet<string> rules = [];
        if (code.Count % Slot.Size != 0) return rules;
        var program = Program.Of(code.AsSpan());
        for (var index = 0; index < program.Length;)
        {
            if (Preflight.Decode(program, index) is Decoded.Valid(var instruction))
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

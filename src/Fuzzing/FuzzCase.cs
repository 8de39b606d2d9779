using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Fuzzing;

/// <summary>A program, and what it begins with.</summary>
/// <param name="Setting">What it was drawn for.</param>
/// <param name="Body">The instructions.</param>
/// <param name="Beginning">Registers, memory and budget.</param>
public sealed record FuzzCase(Setting Setting, Sequence<Instruction> Body, Beginning Beginning)
{
    /// <summary>The program.</summary>
    public Program Program => Program.Of(Body);

    /// <summary>The program if the preflight accepts it.</summary>
    public CheckedProgram? Checked() => CheckedProgram.Check(Program, 0, Setting.Rules, out _);

    /// <summary>The state that it runs from.</summary>
    public State<Word> State() => Beginning.State(Setting);

    /// <summary>The case that a seed decides; the preflight may refuse it.</summary>
    public static FuzzCase Draw(Setting setting, ulong seed) => Draw(new Dice(seed), setting);

    /// <summary>The case of a number in the stream of a seed: the first one drawn there that the preflight accepts.</summary>
    public static FuzzCase Draw(Setting setting, ulong seed, ulong number, out CheckedProgram program)
    {
        var dice = new Dice(new Dice(seed).Next() ^ new Dice(~number).Next());
        while (true)
        {
            var drawn = Draw(dice, setting);
            if (drawn.Checked() is not { } known) continue;
            program = known;
            return drawn;
        }
    }

    /// <summary>Cases with fewer instructions, smaller numbers, more zeros: the simplest first.</summary>
    public IEnumerable<FuzzCase> Smaller()
    {
        for (var count = Body.Count / 2; count > 0; count /= 2)
        {
            for (var first = 0; first + count <= Body.Count; first++)
            {
                if (Bodies.Without(Body, first, count) is { } fewer) yield return this with { Body = fewer };
            }
        }

        foreach (var beginning in Beginning.Smaller()) yield return this with { Beginning = beginning };
        for (var i = 0; i < Body.Count; i++)
        {
            foreach (var smaller in Bodies.Smaller(Body[i])) yield return this with { Body = Body.With(i, smaller) };
        }
    }

    private static FuzzCase Draw(Dice dice, Setting setting) => new(setting, Bodies.Draw(dice, setting), Beginning.Draw(dice, setting));
}

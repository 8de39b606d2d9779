using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Translation.Code;

/// <summary>Two registers of the processor for one of the program, low word first.</summary>
/// <param name="Low">The register of the low 32 bits.</param>
/// <param name="High">The register of the high 32 bits.</param>
internal readonly record struct RegisterPair(int Low, int High);

/// <summary>Where the registers of a program are while native code runs: pairs all the time, or the machine's state.</summary>
internal sealed class Allocation
{
    /// <summary>How many pairs there are: r0 and r1 to r8 and r9.</summary>
    public const int Pairs = 5;

    private readonly RegisterPair?[] pairs = new RegisterPair?[Register.Last + 1];

    private Allocation(IEnumerable<int> registers)
    {
        var next = 0;
        foreach (var register in registers)
        {
            pairs[register] = new(2 * next, (2 * next) + 1);
            next++;
        }
    }

    /// <summary>The registers that have pairs.</summary>
    public IEnumerable<int> InPairs => Enumerable.Range(0, pairs.Length).Where(register => pairs[register] is not null);

    /// <summary>The pair of a register; null where it stays in the machine's state.</summary>
    public RegisterPair? this[int register] => pairs[register];

    /// <summary>Pairs for the registers that a program uses most, loops counting eight times.</summary>
    public static Allocation For(Flow flow)
    {
        var weights = new long[Register.Last + 1];
        foreach (var (index, instruction) in flow.Instructions)
        {
            var weight = 1L << (3 * Math.Min(flow.LoopDepth(index), 8));
            foreach (var register in Uses(instruction)) weights[register] += weight;
        }

        // The frame pointer is mostly an address, and those of the stack are known.
        if (flow.Profile.FramePointer is FramePointer.ReadOnly) weights[Register.Last] = 0;
        // One pair at least, which others may borrow.
        weights[0]++;
        return new(Enumerable.Range(0, weights.Length)
            .Where(register => weights[register] > 0)
            .OrderByDescending(register => weights[register])
            .Take(Pairs));
    }

    /// <summary>The registers that the fields of an instruction name.</summary>
    public static IEnumerable<int> Uses(Instruction instruction)
    {
        var layout = instruction.Form.Layout;
        if (layout.Destination is FieldUse.NamesRegister) yield return instruction.Destination.Number;
        if (layout.Source is FieldUse.NamesRegister) yield return instruction.Source.Number;
    }
}

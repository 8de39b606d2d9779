using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Fuzzing;

/// <summary>A program and its memory, for machines that are given nothing else.</summary>
/// <param name="Body">The instructions.</param>
/// <param name="Memory">The context: r1 is its address, r2 its length.</param>
public sealed record PlainCase(Sequence<Instruction> Body, Sequence<byte> Memory)
{
    /// <summary>The program bytes.</summary>
    public Sequence<byte> Code => Sequence.Of<byte>(Program.Of(Body).ToBytes());

    /// <summary>The case of some program bytes; null if they are not instructions throughout.</summary>
    public static PlainCase? Of(ReadOnlySpan<byte> code, Sequence<byte> memory)
    {
        if (code.Length % Slot.Size != 0) return null;
        var program = Program.Of(code);
        List<Instruction> body = [];
        for (var index = 0; index < program.Length; index += body[^1].Form.Layout.Slots)
        {
            if (Preflight.Decode(program, index) is not Decoded.Valid(var instruction)) return null;
            body.Add(instruction);
        }

        return new(body.ToSequence(), memory);
    }

    /// <summary>The case of a number in the stream of a seed, and those that are drawn in its place if it is of no use.</summary>
    /// <remarks>
    /// It mostly ends, reads only what it has written, and shows no address in what it leaves; nothing makes sure of that.
    /// </remarks>
    public static IEnumerable<PlainCase> Draw(Setting setting, ulong seed, ulong number)
    {
        var dice = new Dice(new Dice(seed).Next() ^ new Dice(~number).Next());
        while (true) yield return PlainBodies.Draw(dice, setting);
    }

    /// <summary>Cases with fewer instructions, less memory, smaller numbers: the simplest first.</summary>
    public IEnumerable<PlainCase> Smaller()
    {
        for (var count = Body.Count / 2; count > 0; count /= 2)
        {
            for (var first = 0; first + count <= Body.Count; first++)
            {
                if (Bodies.Without(Body, first, count) is { } fewer) yield return this with { Body = fewer };
            }
        }

        if (!Memory.IsEmpty) yield return this with { Memory = [] };
        if (Memory.Count > 1) yield return this with { Memory = Sequence.Of(Memory.AsSpan()[..(Memory.Count / 2)]) };
        if (Memory.Any(value => value != 0)) yield return this with { Memory = Sequence.Generate(Memory.Count, _ => (byte)0) };
        for (var i = 0; i < Body.Count; i++)
        {
            foreach (var smaller in Bodies.Smaller(Body[i])) yield return this with { Body = Body.With(i, smaller) };
        }
    }
}

using RbpfSpec.Fuzzing;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>Vectors made of programs: what has to come out is what the machine of the profile does.</summary>
public static class Judged
{
    // Added to addresses that a machine may choose: another half, and another place in whatever is aligned, but by 8.
    private const ulong Elsewhere = 0x5_0000_1238;
    private const ulong Anything = 0xa5a5_5a5a_0f0f_0000;

    /// <summary>The vector of a program; null if the program does not end.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="plain">The program and its memory.</param>
    /// <param name="name">The vector's name.</param>
    /// <param name="sort">What sort of end it has: a result, the trap, or the check that rejects it.</param>
    public static Vector? Of(VectorMachine machine, PlainCase plain, string name, out string sort)
    {
        var code = plain.Code;
        sort = "";
        if (machine.Run(code, plain.Memory, Setting.Plain) is not { } answered) return null;
        (Expectation expected, sort) = answered.Answer switch
        {
            Answer.Returned(var r0) => ((Expectation)new Expectation.Returns(r0), "result"),
            Answer.Trapped(var trap, var pc) => (new Expectation.Traps(trap, pc), $"{trap}"),
            Answer.Rejected(var problems) => (new Expectation.Refuses(), problems[0].Check),
        };
        return new(name, new VectorProgram.Code(code), plain.Memory, expected)
        {
            After = answered.After is { } after ? Snapshot.Of(after) : null,
        };
    }

    /// <summary>
    /// Whether a program comes to the same wherever stack and memory lie, and whatever is in registers and stack that nobody has set:
    /// what a machine may choose if it is not one of ours.
    /// </summary>
    public static bool IsPortable(VectorMachine machine, Vector vector)
    {
        if (vector.Expectation is Expectation.Refuses) return true;
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        var run = new ReferenceMachine(Semantics.Encoding.Program.Of(code.AsSpan()), machine.Profile);
        Outcome<Word, Bit> outcome = new Outcome<Word, Bit>.Next(Moved(machine.Start(vector.Memory, vector.Setting)));
        for (var steps = 0; outcome is Outcome<Word, Bit>.Next; steps++)
        {
            if (steps >= VectorMachine.Steps) return false;
            outcome = run.Step(outcome.State);
        }

        return VectorRunner.Judge(vector.Expectation, VectorMachine.Of(outcome)) is VectorResult.Passed;
    }

    private static State<Word, Bit> Moved(State<Word, Bit> state)
    {
        var shift = Word.Of(Elsewhere);
        var frame = ByteTree.Of([.. Enumerable.Repeat((byte)(Anything >> 56), (int)state.Memory.Stack.FrameBytes.Value)]);
        var registers = state.Registers;
        var values = new Word[Registers<Word, Bit>.Count];
        for (var number = 0; number < values.Length; number++)
        {
            values[number] = number switch
            {
                1 => registers[1].Value == 0 ? registers[1] : registers[1] + shift,
                2 => registers[2],
                10 => registers[10] + shift,
                _ => Word.Of(Anything + (ulong)number),
            };
        }

        return state with
        {
            Registers = Registers<Word, Bit>.Of(values),
            Memory = new(
                state.Memory.Regions.Map(region => region.Name switch
                {
                    "stack" => region with { Start = region.Start + shift, Bytes = frame },
                    "context" => region with { Start = region.Start + shift },
                    _ => region,
                }),
                new(state.Memory.Stack.Start + shift, state.Memory.Stack.FrameBytes, frame)),
        };
    }
}

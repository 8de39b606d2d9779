using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Conformance;

/// <summary>What of the state in which a run begins a machine may choose if it is not one of ours, and which vectors depend on it.</summary>
/// <remarks>The profiles of this specification leave no choice; RFC 9669 says nothing of any of it.</remarks>
public static class Choices
{
    /// <summary>The bytes of a stack that nothing has been stored in are zero.</summary>
    public const string ZeroedStack = "zeroed-stack";

    /// <summary>Registers that nothing has been written to are zero.</summary>
    public const string ZeroedRegisters = "zeroed-registers";

    /// <summary>Stack and memory are where the vector's state before says.</summary>
    public const string Addresses = "addresses";

    // Added to addresses: another half, and another place in whatever is aligned, but by 8.
    private const ulong Elsewhere = 0x5_0000_1238;
    private const ulong Anything = 0xa5a5_5a5a_0f0f_0000;

    /// <summary>All of them, as <see cref="Vector.Needs"/> names them.</summary>
    public static Sequence<string> All { get; } = [ZeroedStack, ZeroedRegisters, Addresses];

    /// <summary>The choices that what has to come out of a vector depends on.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="vector">The vector.</param>
    public static Sequence<string> Of(VectorMachine machine, Vector vector)
    {
        if (vector.Expectation is Expectation.Refuses || vector.Program is not VectorProgram.Code(var code)) return [];
        var run = new ReferenceMachine(Program.Of(code.AsSpan()), machine.Profile);
        var start = machine.Start(vector.Memory, vector.Setting);
        return [.. All.Where(choice => !Holds(run, Otherwise(start, [choice]), vector.Expectation))];
    }

    /// <summary>Whether what has to come out depends on no choice, nor on several together.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="vector">The vector.</param>
    public static bool AreNone(VectorMachine machine, Vector vector) =>
        vector.Expectation is Expectation.Refuses || (vector.Program is VectorProgram.Code(var code)
            && Holds(new ReferenceMachine(Program.Of(code.AsSpan()), machine.Profile), Otherwise(machine.Start(vector.Memory, vector.Setting), All), vector.Expectation));

    private static bool Holds(ReferenceMachine run, State<Word, Bit> state, Expectation expectation)
    {
        Outcome<Word, Bit> outcome = new Outcome<Word, Bit>.Next(state);
        for (var steps = 0; outcome is Outcome<Word, Bit>.Next; steps++)
        {
            if (steps >= VectorMachine.Steps) return false;
            outcome = run.Step(outcome.State);
        }

        return VectorRunner.Judge(expectation, VectorMachine.Of(outcome)) is VectorResult.Passed;
    }

    private static State<Word, Bit> Otherwise(State<Word, Bit> state, Sequence<string> choices)
    {
        var shift = Word.Of(choices.Contains(Addresses) ? Elsewhere : 0);
        var isZeroed = !choices.Contains(ZeroedRegisters);
        var stack = state.Memory.Stack;
        var frame = choices.Contains(ZeroedStack)
            ? ByteTree.Of([.. Enumerable.Repeat((byte)(Anything >> 56), (int)stack.FrameBytes.Value)])
            : ByteTree.Zero((int)stack.FrameBytes.Value);
        var values = new Word[Registers<Word, Bit>.Count];
        for (var number = 0; number < values.Length; number++)
        {
            var value = state.Registers[number];
            values[number] = number switch
            {
                1 => value.Value == 0 ? value : value + shift,
                2 => value,
                Register.Last => value + shift,
                _ => isZeroed ? value : Word.Of(Anything + (ulong)number),
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
                new(stack.Start + shift, stack.FrameBytes, frame)),
        };
    }
}

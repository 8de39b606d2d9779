using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Conformance;

/// <summary>
/// The parts of the state in which a run begins that a machine may choose if it is not one of ours, and which vectors depend
/// on them.
/// </summary>
/// <remarks>The profiles of this specification leave no choice; RFC 9669 says nothing of any of it.</remarks>
public static class Choices
{
    /// <summary>The bytes of a stack that nothing has been stored in are zero.</summary>
    public const string ZeroedStack = "zeroed-stack";

    /// <summary>Registers that nothing has been written to are zero.</summary>
    public const string ZeroedRegisters = "zeroed-registers";

    /// <summary>Stack and memory are where the vector's state before says.</summary>
    public const string Addresses = "addresses";

    // Added to addresses, one at a time: another half, and another place in whatever is aligned, but by 8; the second makes
    // addresses negative as signed numbers, as those of a kernel are.
    private static readonly Sequence<ulong> elsewhere = [0x5_0000_1238, 0xffff_8880_0000_1238];
    private const ulong Anything = 0xa5a5_5a5a_0f0f_0000;

    /// <summary>All of them, as <see cref="Vector.Needs"/> names them.</summary>
    public static Sequence<string> All { get; } = [ZeroedStack, ZeroedRegisters, Addresses];

    /// <summary>The choices that what has to come out of a vector depends on.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="vector">The vector.</param>
    public static Sequence<string> Of(VectorMachine machine, Vector vector)
    {
        if (vector.Expectation is Expectation.Refuses || vector.Program is not VectorProgram.Code(var code)) return [];
        var run = new ConcreteMachine(Program.Of(code.AsSpan()), machine.Profile);
        var start = machine.Start(vector.Memory, vector.Setting);
        return [.. All.Where(choice => Otherwise(start, [choice]).Any(other => !Holds(run, other, vector.Expectation)))];
    }

    /// <summary>Whether what has to come out depends on no choice, nor on several together.</summary>
    /// <param name="machine">The machine that is right.</param>
    /// <param name="vector">The vector.</param>
    public static bool AreNone(VectorMachine machine, Vector vector) =>
        vector.Expectation is Expectation.Refuses || (vector.Program is VectorProgram.Code(var code)
            && Otherwise(machine.Start(vector.Memory, vector.Setting), All).All(
                other => Holds(new(Program.Of(code.AsSpan()), machine.Profile), other, vector.Expectation)));

    private static bool Holds(ConcreteMachine run, State<Word> state, Expectation expectation)
    {
        var (outcome, _) = Runs.Limited(run.Step, state, VectorMachine.Steps);
        return outcome is not Outcome<Word>.Next && VectorRunner.Judge(expectation, VectorMachine.Of(outcome)) is VectorResult.Passed;
    }

    /// <summary>A state to begin in with stack and context elsewhere.</summary>
    /// <param name="state">The state.</param>
    /// <param name="distance">What is added to their addresses.</param>
    internal static State<Word> Moved(State<Word> state, ulong distance)
    {
        var shift = Word.Of(distance);
        var registers = state.Registers.With(Register.Last, state.Registers[Register.Last] + shift);
        if (state.Registers[1].Value != 0) registers = registers.With(1, registers[1] + shift);
        return state with
        {
            Registers = registers,
            Memory = new RegionMemory<Word>(
                state.Memory.Regions.Map(
                    region => region.Name is "stack" or "context" ? region with { Start = region.Start + shift } : region),
                state.Memory.Stack with { Start = state.Memory.Stack.Start + shift }),
        };
    }

    private static IEnumerable<State<Word>> Otherwise(State<Word> state, Sequence<string> choices) =>
        from start in choices.Contains(Addresses) ? elsewhere.Select(distance => Moved(state, distance)) : [state]
        select Filled(start, choices);

    private static State<Word> Filled(State<Word> state, Sequence<string> choices)
    {
        if (choices.Contains(ZeroedRegisters))
        {
            var registers = state.Registers;
            foreach (var number in Enumerable.Range(0, Register.Last).Where(number => number is not (1 or 2)))
                registers = registers.With(number, Word.Of(Anything + (ulong)number));
            state = state with { Registers = registers };
        }

        if (!choices.Contains(ZeroedStack)) return state;
        var stack = state.Memory.Stack;
        var frame = ByteTree.Of([.. Enumerable.Repeat((byte)(Anything >> 56), (int)stack.FrameBytes.Value)]);
        return state with
        {
            Memory = new RegionMemory<Word>(
                state.Memory.Regions.Map(region => region.Name is "stack" ? region with { Bytes = frame } : region),
                stack with { FreshFrame = frame }),
        };
    }
}

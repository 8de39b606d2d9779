using System.Collections.Immutable;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>The frames of local calls as the device keeps them, and the stack of the function that is called.</summary>
internal static class Frames
{
    /// <summary>The bytes of a function's stack.</summary>
    private const int StackBytes = 512;

    private const int ReturnTo = 40;

    /// <summary>The address of the frames.</summary>
    public static readonly Term Kept = Make.Variable("machine.frames", 32);

    /// <summary>The device's address of the stack of the function that runs; that of the one that it calls lies right before.</summary>
    public static readonly Term Stack = Make.Variable("machine.stack.bytes", 32);

    /// <summary>A setup in which calls return to slots of the program, and stacks lie where addresses have 32 bits.</summary>
    public static Setup On(Setup setup) => setup with
    {
        State = setup.State with
        {
            Frames = Sequence.Generate(setup.State.Frames.Count, index => setup.State.Frames[index] with
            {
                ReturnTo = new(Make.Variable($"frame{index}.return", 32).ZeroExtended(64) + 1UL),
            }),
            Memory = setup.State.Memory.WithStack(
                setup.State.Memory.Stack with { Start = new(Make.Variable("machine.stack.start", 32).ZeroExtended(64)) }),
        },
    };

    /// <summary>The fields of the machine that speak of calls.</summary>
    public static IEnumerable<(string Field, Term Value)> Fields(Setup setup) =>
    [
        ("depth", Make.Constant((ulong)setup.State.Frames.Count, 32)),
        ("frame_limit", Make.Constant((ulong)setup.Profile.FrameLimit, 32)),
        ("stack.length", Make.Constant(StackBytes, 32)),
    ];

    /// <summary>The objects.</summary>
    public static ObjectMemory Objects(ObjectMemory memory, Setup setup)
    {
        var places = setup.Profile.FrameLimit - 1;
        var cells = ImmutableDictionary<int, Term>.Empty;
        for (var place = 0; place < places; place++)
        {
            for (var at = 0; at < MachineFields.FrameBytes; at += 4)
                cells = cells.Add((place * MachineFields.FrameBytes) + at, Make.Variable($"stale.frame{place}.{at}", 32));
            if (place >= setup.State.Frames.Count) continue;
            foreach (var (at, value) in Of(setup.State.Frames[place]))
                cells = cells.SetItem((place * MachineFields.FrameBytes) + at, value);
        }

        return memory.With(Kept, new WordCells(cells, 0, places * MachineFields.FrameBytes))
            .With(Stack, new WordCells(ImmutableDictionary<int, Term>.Empty, -StackBytes, 0));
    }

    /// <summary>That the device keeps the frames of a state, and that a stack that is new is empty.</summary>
    public static IEnumerable<(string What, Term Holds)> Agree(ObjectMemory memory, State<TermWord> state, bool isNew)
    {
        var kept = (WordCells)memory[Kept];
        for (var place = 0; place < state.Frames.Count; place++)
        {
            foreach (var (at, value) in Of(state.Frames[place]))
                yield return ($"frame {place}, byte {at}", kept[(place * MachineFields.FrameBytes) + at].EqualTo(value));
        }

        if (!isNew) yield break;
        var stack = (WordCells)memory[Stack];
        for (var at = -StackBytes; at < 0; at += 4)
            yield return ($"the new stack at {at}", stack.Cells.TryGetValue(at, out var word) ? word.EqualTo(0) : Make.False);
    }

    /// <summary>A field of the machine in a state that calls or returns have led to.</summary>
    public static Term? Field(string field, Term before, State<TermWord> from, State<TermWord> state)
    {
        var moved = (state.Memory.Stack.Start.Term - from.Memory.Stack.Start.Term).Bits(0, 32);
        return field switch
        {
            "depth" => Make.Constant((ulong)state.Frames.Count, 32),
            "stack.start" or "stack.bytes" => before + moved,
            _ => null,
        };
    }

    private static IEnumerable<(int At, Term Value)> Of(Frame<TermWord> frame)
    {
        for (var i = 0; i < frame.Saved.Count; i++)
        {
            yield return (8 * i, frame.Saved[i].Term.Bits(0, 32));
            yield return ((8 * i) + 4, frame.Saved[i].Term.Bits(32, 32));
        }

        yield return (ReturnTo, frame.ReturnTo.Term.Bits(0, 32) - 1UL);
    }
}

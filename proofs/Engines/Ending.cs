using System.Globalization;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The end of an instruction, in numbers, so that the rule, the reading of compiled code and that code can be compared.</summary>
/// <param name="Event">That it goes on, ends, calls or traps.</param>
/// <param name="Registers">r0 to r10.</param>
/// <param name="Slot">The slot it goes on with, or stops at; null if that is none of an instruction's.</param>
/// <param name="Branches">The branches left; null where there is no limit.</param>
/// <param name="Instructions">The instructions left; null where there is no limit.</param>
/// <param name="Bytes">Up to eight bytes at the address accessed; empty if there are none.</param>
internal sealed record Ending(
    string Event, Sequence<ulong> Registers, ulong? Slot, ulong? Branches, ulong? Instructions, Sequence<byte> Bytes)
{
    /// <summary>The end of an instruction under its rule.</summary>
    /// <param name="machine">The setup.</param>
    /// <param name="step">The step of the semantics.</param>
    /// <param name="before">The state before.</param>
    /// <param name="address">The address accessed, if there is one.</param>
    public static Ending OfRule(RefinementSetup machine, Effect<Word> step, State<Word> before, ulong? address)
    {
        foreach (var (when, trap) in step.Guards)
        {
            if (when.Value) return Of(EventOf(trap), before);
        }

        return machine.Setup.Form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId ? Of("calls a helper", before)
            : step.Value is Outcome<Word>.Exited ? Of("exits", step.Value.State)
            : Of("goes on", step.Value.State);

        // Of a trap what it leaves is the state before; the machine has paid for the instruction by then, and takes it back later.
        Ending Of(string what, State<Word> state) => new(
            what,
            Sequence.Generate(Registers<Word>.Count, number => state.Registers[number].Value),
            state.ProgramCounter.Value,
            Left(state.Budget.Branches),
            Left(step.Value.State.Budget.Instructions),
            address is { } at ? BytesAt(state, at) : []);
    }

    /// <summary>The end of an instruction on one way through the compiled code, under a model.</summary>
    public static Ending OfReading(MachineWay way, ulong? address, Assignment assignment)
    {
        var correspondence = way.Correspondence;
        var machine = correspondence.Setup;
        var here = machine.Setup.State.ProgramCounter.Term;
        return way.End switch
        {
            EngineEnd.GoesOn(var state) when correspondence.IsAgain(state) => Of("does the step again", here, state.Memory, state.Branches),
            EngineEnd.GoesOn(var state) => Of("goes on", correspondence.SlotOf(state.Now), state.Memory, state.Branches),
            EngineEnd.Stops(var number, var memory) => Of(
                EventOf(Value(number)),
                correspondence.StopsAt(memory) ? here : null,
                memory,
                ((CilValue.Number)memory[nameof(RunState.Branches)]).Term),
        };

        Ending Of(string what, Term? slot, MachineMemory memory, Term branches) => new(
            what,
            Sequence.Generate(Registers<Word>.Count, number => Value(memory.Registers[number].Term)),
            slot is null ? null : Value(slot),
            machine.Setup.State.Budget.Branches is Allowance<TermWord>.Unlimited ? null : Value(branches),
            machine.Setup.State.Budget.Instructions is Allowance<TermWord>.Unlimited
                ? null
                : Value(((CilValue.Number)memory[nameof(RunState.Instructions)]).Term),
            address is { } at ? BytesAt(machine, memory, at) : []);

        ulong Value(Term term) => (ulong)assignment.Evaluate(term);

        Sequence<byte> BytesAt(RefinementSetup setup, MachineMemory memory, ulong at)
        {
            for (var i = 0; i < setup.Setup.State.Memory.Regions.Count; i++)
            {
                var region = setup.Setup.State.Memory.Regions[i];
                var (start, length) = (Value(region.Start.Term), Value(region.Length.Term));
                if (at - start >= length) continue;
                var bytes = memory.Bytes[setup.HostOf(i)].Bytes;
                return Sequence.Generate(
                    (int)Math.Min(8, length - (at - start)),
                    index => (byte)Value(bytes.Read(TermWord.Constant(at - start + (ulong)index, Width.Bits64), Width.Bits8).Term));
            }

            return [];
        }
    }

    /// <summary>The name of the event that a number returned by an engine stands for.</summary>
    public static string EventOf(ulong stop) => stop switch
    {
        Stop.Exit => "exits",
        Stop.Call => "calls a helper",
        <= Stop.InstructionBudget => EventOf((Trap)(stop - Stop.FirstTrap)),
        _ => $"stops with {stop}",
    };

    /// <summary>In one line: the registers that the instruction touches, and those that changed.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="touched">The registers that the instruction reads or writes.</param>
    public string Text(State<Word> before, Sequence<int> touched) =>
        Text((value, number) => value != before.Registers[number].Value || touched.Contains(number));

    /// <summary>In one line, with every register that holds anything.</summary>
    public override string ToString() => Text((value, _) => value != 0);

    private string Text(Func<ulong, int, bool> isShown) => string.Concat(
        Event,
        Slot is { } slot ? $" with pc={Hex(slot)}" : " where no instruction starts",
        string.Concat(Registers.Select((value, number) => isShown(value, number) ? $" r{number}={Hex(value)}" : "")),
        Branches is { } branches ? $"; branches left: {branches}" : "",
        Instructions is { } instructions ? $"; instructions left: {instructions}" : "",
        Bytes.IsEmpty ? ""
            : $"; bytes there: {string.Join(' ', Bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)))}");

    private static string EventOf(Trap trap) => $"trap {trap}";

    private static string Hex(ulong value) => $"0x{value.ToString("x", CultureInfo.InvariantCulture)}";

    private static ulong? Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => null,
        Allowance<Word>.Remaining(var count) => count.Value,
    };

    private static Sequence<byte> BytesAt(State<Word> state, ulong at)
    {
        foreach (var region in state.Memory.Regions)
        {
            var offset = at - region.Start.Value;
            if (offset >= region.Length.Value) continue;
            return Sequence.Generate(
                (int)Math.Min(8, region.Length.Value - offset), index =>
                    (byte)region.Bytes.Read(Word.Of(offset + (ulong)index), Width.Bits8).Value);
        }

        return [];
    }
}

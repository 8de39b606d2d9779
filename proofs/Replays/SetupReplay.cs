using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Models of setups on the concrete rules: a model counts if the concrete rule does what its terms say.</summary>
public static class SetupReplay
{
    /// <summary>Replays a model in which some effect breaks a claim, or shows a possibility.</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="claimed">The effect that the claim was about: the rule's own, or a mutant's.</param>
    /// <param name="assignment">The model.</param>
    /// <param name="seen">What of that effect is not as it should be, and how it should be, for people.</param>
    public static Replay Of(Setup setup, Effect claimed, Assignment assignment, params IEnumerable<string> seen)
    {
        var fields = Concretise.Fields(setup.Fields, assignment);
        var state = Concretise.State(setup.State, assignment, Host(setup, assignment));
        var concrete = setup.Form.Operation.Execute(new Execution<Word>(setup.Form, fields, state, setup.Profile));
        var happened = Happened(concrete);
        var said = Said(setup.Execute(), assignment);
        if (happened != said) return new Replay.NotShown($"the concrete rule comes to '{happened}', its terms to '{said}'");
        var mutated = Said(claimed, assignment);
        var touched = Touched(setup.Form, fields);
        return new Replay.Shown(
        [
            $"instruction: {Text(setup.Form, fields)}",
            $"before: {Before(setup.Form, fields, state)}{Accessed(setup, state, assignment)}",
            $"the rule: {happened.Text(state, touched)}",
            .. mutated == happened ? (ReadOnlySpan<string>)[] : [$"the mutant: {mutated.Text(state, touched)}"],
            .. seen,
            .. Run(setup, assignment) is { } command ? (ReadOnlySpan<string>)[$"as a program: {command}"] : [],
        ]);
    }

    // The command that runs the instruction on such operands, where a program can bring them about.
    private static string? Run(Setup setup, Assignment assignment) =>
        setup.Form.Operation is AluOperation or JumpOperation or WideLoad.Plain && SetupCatalogue.Profiles.Contains(setup.Profile)
            ? ProgramText.Command(RuleProgram.Of(setup, assignment), setup.Profile)
            : null;

    /// <summary>The concrete host of a setup under a model.</summary>
    public static HostState<Word> Host(Setup setup, Assignment assignment)
    {
        var functions = setup.Helpers(assignment);
        return HostState<Word>.Bare with
        {
            Helpers = functions,
            BtfFunctions = functions,
            Platform = new(
                Call("map-by-fd"), Call("map-by-index"), Call("map-value"), Call("variable-address"), Call("code-address"),
                Word.Of((ulong)assignment.Evaluate(Make.Apply("platform:packet-start", Sort.Of(64))))),
        };

        Func<Word, Word> Call(string name) => number =>
            Word.Of((ulong)assignment.Evaluate(Make.Apply($"platform:{name}", Sort.Of(64), Make.Constant(number.Value, 64))));
    }

    /// <summary>The end of a concrete effect.</summary>
    internal static StepEnd Happened(Effect<Word> outcome)
    {
        if (outcome.Guards.FirstTrap() is { } trap) return StepEnd.Trap(trap);
        var state = outcome.Value.State;
        return new(
            outcome.Value is Outcome<Word>.Exited ? "exit" : "goes on",
            [.. Enumerable.Range(0, Registers<Word>.Count).Select(number => state.Registers[number].Value)],
            state.ProgramCounter.Value);
    }

    /// <summary>The end that the terms of an effect have under a model.</summary>
    internal static StepEnd Said(Effect effect, Assignment assignment)
    {
        foreach (var (trap, when) in effect.Traps)
        {
            if (assignment.Evaluate(when) == UInt128.One) return StepEnd.Trap(trap);
        }

        return new(
            effect.Outcome is Outcome<TermWord>.Exited ? "exit" : "goes on",
            [.. Enumerable.Range(0, Registers<Word>.Count)
                .Select(number => (ulong)assignment.Evaluate(effect.After.Registers[number].Term))],
            (ulong)assignment.Evaluate(effect.After.ProgramCounter.Term));
    }

    /// <summary>
    /// A concrete state before an instruction, in one line: the registers that the instruction reads or writes, and those that
    /// hold anything.
    /// </summary>
    internal static string Before(Form form, FieldWords<Word> fields, State<Word> state)
    {
        var touched = Touched(form, fields);
        return string.Concat(
            $"pc={Hex(state.ProgramCounter.Value)}",
            string.Concat(Enumerable.Range(0, Registers<Word>.Count)
                .Where(number => state.Registers[number].Value != 0 || touched.Contains(number))
                .Select(number => $" r{number}={Hex(state.Registers[number].Value)}")),
            form.Operation.Traps.Contains(Trap.MemoryAccess) || form.Operation is CallOperation ? Regions(state) : "",
            form.Operation.Traps.Contains(Trap.BranchBudget) && state.Budget.Branches is Allowance<Word>.Remaining(var left)
                ? $"; branches left: {left.Value}"
                : "");
    }

    /// <summary>The registers that an instruction reads or writes.</summary>
    internal static Sequence<int> Touched(Form form, FieldWords<Word> fields) =>
    [
        .. ((int[])
        [
            .. form.Layout[Field.Destination] is FieldUse.NamesRegister ? (ReadOnlySpan<int>)[(int)fields.Destination.Value] : [],
            .. form.Layout[Field.Source] is FieldUse.NamesRegister ? (ReadOnlySpan<int>)[(int)fields.Source.Value] : [],
            .. form.Writes is WrittenRegister.R0 ? (ReadOnlySpan<int>)[0] : [],
            .. form.Operation switch
            {
                CallOperation.Exit => (ReadOnlySpan<int>)[0],
                CallOperation.ByHelperId or CallOperation.ByBtfId => [0, 1, 2, 3, 4, 5],
                CallOperation.Local => [10],
                _ => [],
            },
        ]).Distinct().Order(),
    ];

    // What lies at the address that the instruction accesses, if a region holds it.
    private static string Accessed(Setup setup, State<Word> state, Assignment assignment)
    {
        if (setup.Form.Operation is not (MemoryOperation or AtomicOperation or PacketLoad)) return "";
        var address = (ulong)assignment.Evaluate(Traps.Address(setup));
        foreach (var region in state.Memory.Regions)
        {
            var (offset, count) = (address - region.Start.Value, (ulong)setup.Form.Width.Bytes);
            if (offset >= region.Length.Value || count > region.Length.Value - offset) continue;
            var bytes = Enumerable.Range(0, (int)count).Select(
                index => region.Bytes.Read(Word.Of(offset + (ulong)index), Width.Bits8).Value.ToString("x2", CultureInfo.InvariantCulture));
            return $"; bytes at {Hex(address)}: {string.Join(' ', bytes)}";
        }

        return $"; no region holds {setup.Form.Width.Bytes} bytes at {Hex(address)}";
    }

    private static string Regions(State<Word> state) => string.Concat(state.Memory.Regions.Select(region =>
        $"; {region.Name} at {region.Start} of {region.Length.Value} "
        + $"bytes{(region.Readable.Value ? " r" : "")}{(region.Writable.Value ? " w" : "")}"));

    private static string Hex(ulong value) => $"0x{value.ToString("x", CultureInfo.InvariantCulture)}";

    /// <summary>An instruction, as assembly and as bytes.</summary>
    internal static string Text(Form form, FieldWords<Word> fields)
    {
        var instruction = Instruction.Of(
            form,
            new((byte)fields.Destination.Value),
            new((byte)fields.Source.Value),
            (short)fields.Offset.Value,
            (int)fields.Immediate.Value,
            (int)fields.NextImmediate.Value);
        return $"{Disassembler.Print(instruction, Syntax.Conformance)} "
            + $"({string.Join(' ', Encoder.Encode(instruction).Select(slot => slot.ToString()))})";
    }
}

using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Scenes;

/// <summary>Models of scenes on the concrete rules: a model counts if the concrete rule does what its terms say.</summary>
public static class SceneReplay
{
    /// <summary>Replays a model in which some effect breaks a claim, or shows a possibility.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="claimed">The effect that the claim was about: the rule's own, or a mutant's.</param>
    /// <param name="assignment">The model.</param>
    public static Replay Of(Scene scene, Effect claimed, Assignment assignment)
    {
        var fields = Concretise.Fields(scene.Fields, assignment);
        var state = Concretise.State(scene.State, assignment, Host(scene, assignment));
        var concrete = scene.Form.Operation.Execute(new Execution<Word, Bit>(scene.Form, fields, state, scene.Profile));
        var happened = Happened(concrete);
        var said = Said(scene.Execute(), assignment);
        if (happened != said) return new Replay.NotShown($"the concrete rule comes to '{happened}', its terms to '{said}'");
        var mutated = Said(claimed, assignment);
        return new Replay.Shown(
        [
            $"instruction: {Text(scene.Form, fields)}",
            $"before: {Before(state)}",
            $"the rule: {happened}",
            .. mutated == happened ? (ReadOnlySpan<string>)[] : [$"the mutant: {mutated}"],
        ]);
    }

    /// <summary>The concrete host of a scene under a model.</summary>
    public static HostState<Word, Bit> Host(Scene scene, Assignment assignment)
    {
        var functions = scene.Helpers(assignment);
        return HostState<Word, Bit>.Bare with
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

    /// <summary>What a concrete effect comes to, in one line.</summary>
    internal static string Happened(Guarded<Bit, Outcome<Word, Bit>> outcome)
    {
        foreach (var (when, trap) in outcome.Guards)
        {
            if (when.Value) return $"trap {trap}";
        }

        var state = outcome.Value.State;
        return Ending(
            outcome.Value is Outcome<Word, Bit>.Exited,
            Enumerable.Range(0, Registers<Word, Bit>.Count).Select(number => state.Registers[number].Value),
            state.ProgramCounter.Value);
    }

    /// <summary>What the terms of an effect come to under a model, in one line.</summary>
    internal static string Said(Effect effect, Assignment assignment)
    {
        foreach (var (trap, when) in effect.Traps)
        {
            if (assignment.Evaluate(when) == UInt128.One) return $"trap {trap}";
        }

        return Ending(
            effect.Outcome is Outcome<TermWord, TermBit>.Exited,
            Enumerable.Range(0, Registers<Word, Bit>.Count).Select(number => (ulong)assignment.Evaluate(effect.After.Registers[number].Term)),
            (ulong)assignment.Evaluate(effect.After.ProgramCounter.Term));
    }

    private static string Ending(bool exits, IEnumerable<ulong> registers, ulong programCounter) =>
        $"{(exits ? "exit" : "goes on")} with pc={Hex(programCounter)}{NonZero(registers)}";

    /// <summary>A concrete state, in one line.</summary>
    public static string Before(State<Word, Bit> state) => string.Concat(
        $"pc={Hex(state.ProgramCounter.Value)}",
        NonZero(Enumerable.Range(0, Registers<Word, Bit>.Count).Select(number => state.Registers[number].Value)),
        string.Concat(state.Memory.Regions.Select(region =>
            $"; {region.Name} at {region.Start} of {region.Length.Value} bytes{(region.Readable.Value ? " r" : "")}{(region.Writable.Value ? " w" : "")}")),
        state.Budget.Branches is Allowance<Word>.Remaining(var left) ? $"; branches left: {left.Value}" : "");

    private static string NonZero(IEnumerable<ulong> registers) => string.Concat(
        registers.Select((value, number) => value == 0 ? "" : $" r{number}={Hex(value)}"));

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
        return $"{Disassembler.Print(instruction, Syntax.Llvm)} ({string.Join(' ', Encoder.Encode(instruction).Select(slot => slot.ToString()))})";
    }
}

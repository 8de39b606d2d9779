using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Specification.Pages;

/// <summary>One execution of an instruction with real values, taken from the run of a vector on the semantics.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Slot">Where the instruction stands in the vector's program.</param>
/// <param name="Bytes">The bytes of the instruction, in hexadecimal.</param>
/// <param name="Text">The instruction as assembly text.</param>
/// <param name="Before">What the instruction reads, a line each, such as <c>r7 = 0xffffffffffffffff</c>.</param>
/// <param name="After">What it changes, a line each; or the trap.</param>
public sealed record WorkedExample(
    Vector Vector, int Slot, string Bytes, string Text, Sequence<string> Before, Sequence<string> After)
{
    /// <summary>The execution that a vector is about; nothing if its program is not executed as far as that.</summary>
    public static Sequence<WorkedExample> Of(Vector vector, Form form, Profile profile)
    {
        if (vector.Program is not VectorProgram.Code(var code)) return [];
        var setting = new VectorMachine(profile);
        if (!setting.Problems(code, vector.Setting).IsEmpty) return [];
        var program = Program.Of(code.AsSpan());
        var machine = new ReferenceMachine(program, profile);
        var before = setting.Start(vector.Memory, vector.Setting);
        Sequence<WorkedExample> found = [];
        foreach (var outcome in machine.Trace(before).Take(VectorMachine.Steps))
        {
            var slot = (int)before.ProgramCounter.Value;
            if (machine.At(slot) is Decoded.Valid(var instruction) && instruction.Form == form)
            {
                found = [Of(vector, slot, program, profile, instruction, before, outcome)];
                if (!SetsUp(form) && (vector.Expectation is not Expectation.Traps || outcome is Outcome<Word>.Trapped)) break;
            }

            before = outcome.State;
        }

        return found;
    }

    // Programs of vectors set registers up by moves and wide loads: of those, the last one is meant; of all others, the first,
    // or the one that traps.
    private static bool SetsUp(Form form) =>
        form.Operation is WideLoad || (form.Operation is AluOperation.Move && form.Operand is SourceOperand.Immediate);

    private static WorkedExample Of(
        Vector vector, int slot, Program program, Profile profile, Instruction instruction, State<Word> before, Outcome<Word> outcome) =>
            new(
            vector,
            slot,
            string.Concat(Enumerable.Range(slot, instruction.Form.Layout.Slots).Select(index => program.Slots[index].ToString())),
            Disassembler.Print(instruction, Syntax.Conformance),
            [.. Read(instruction, before, profile)],
            [.. Changes(before, outcome)]);

    private static IEnumerable<string> Read(Instruction instruction, State<Word> before, Profile profile)
    {
        var form = instruction.Form;
        SortedSet<int> registers = [];
        var fields = instruction.Fields<Word>();
        if (form.Layout.Destination is FieldUse.NamesRegister && Uses(form)) registers.Add((int)fields.Destination.Value);
        if (form.Layout.Source is FieldUse.NamesRegister) registers.Add((int)fields.Source.Value);
        if (form.Operation is AtomicOperation.CompareExchange or CallOperation.Exit) registers.Add(0);
        if (form.Operation is CallOperation.ByHelperId) registers.UnionWith([1, 2, 3]);
        foreach (var register in registers) yield return $"r{register} = {Hex(before.Registers[register])}";
        if (Touched(new(form, fields, before, profile)) is { } cell) yield return cell;
    }

    // A move and a load do not read their destination.
    private static bool Uses(Form form) => form.Operation
        is not (AluOperation.Move or AluOperation.MoveSigned or MemoryOperation { Kind: Access.Read } or WideLoad);

    private static string? Touched(in Execution<Word> execution)
    {
        if (execution.Form.Operation.AccessOf(execution) is not { } access) return null;
        var (memory, width) = (execution.State.Memory, execution.Form.Width);
        return (access with { Kind = Access.Read }).IsGranted(memory).Value
            ? $"memory{width.Bits}[{Hex(access.Address)}] = {Hex(memory.Read(access.Address, width))}"
            : null;
    }

    private static IEnumerable<string> Changes(State<Word> before, Outcome<Word> outcome)
    {
        if (outcome is Outcome<Word>.Trapped trapped)
        {
            yield return $"trap {trapped.Trap}";
            yield break;
        }

        if (outcome is Outcome<Word>.Exited exited)
        {
            yield return $"the run ends with {Hex(exited.Result)}";
            yield break;
        }

        var after = outcome.State;
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            if (after.Registers[i] != before.Registers[i]) yield return $"r{i} = {Hex(after.Registers[i])}";
        }

        foreach (var (region, old) in after.Memory.Regions.Zip(before.Memory.Regions))
        {
            for (ulong offset = 0; offset < region.Length.Value; offset++)
            {
                var now = region.Bytes.Read(Word.Of(offset), Width.Bits8);
                if (now != old.Bytes.Read(Word.Of(offset), Width.Bits8))
                {
                    yield return $"memory8[{Hex(region.Start + Word.Of(offset))}] = {Hex(now)}";
                }
            }
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"pc = {after.ProgramCounter.Value}");
    }

    private static string Hex(Word word) => $"0x{word.Value:x}";
}

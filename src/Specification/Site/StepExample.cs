using System.Text.Json;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Specification.Site;

/// <summary>States to try an operation on: those in which vectors of the suite execute it.</summary>
internal sealed record StepExample(string Label, Instruction Instruction, Snapshot Before, int Depth)
{
    private const int Values = 6;
    private const int Traps = 3;

    /// <summary>Examples of an operation, the traps last, and no two that say the same.</summary>
    public static IReadOnlyList<StepExample> Of(Operation operation, Sequence<Vector> vectors)
    {
        var ids = operation.Forms.Select(form => form.Id).ToHashSet(StringComparer.Ordinal);
        var candidates = vectors
            .Where(vector => ids.Contains(vector.Rule) && vector.Before is not null && vector.Setting.Helpers.IsEmpty)
            .ToLookup(vector => vector.Expectation is Expectation.Traps);
        return [.. Edges(operation), .. Chosen(candidates[false], Values), .. Chosen(candidates[true], Traps)];
    }

    // One of each encoding in turn, each about something that no other is about.
    private static IEnumerable<StepExample> Chosen(IEnumerable<Vector> vectors, int most)
    {
        var turns = vectors
            .GroupBy(vector => vector.Rule)
            .SelectMany(rule => rule.Select((vector, turn) => (vector, turn)))
            .OrderBy(pair => pair.turn)
            .Select(pair => pair.vector)
            .DistinctBy(SubjectOf);
        return turns.Select(vector => At(vector, LabelOf(vector))).OfType<StepExample>().Take(most);
    }

    /// <summary>Writes it for the page's script.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("label", Label);
        writer.WriteString("slots", string.Concat(Encoder.Encode(Instruction).Select(slot => slot.ToString())));
        writer.WriteStartArray("registers");
        foreach (var value in Before.Registers) writer.WriteStringValue($"0x{value:x}");
        writer.WriteEndArray();
        writer.WriteNumber("pc", Before.ProgramCounter);
        if (Before.Branches is { } branches) writer.WriteNumber("branches", branches);
        writer.WriteNumber("depth", Depth);
        writer.WriteStartArray("memory");
        foreach (var region in Before.Memory) writer.WriteStringValue(Text(region));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // What the suite has by other operands: the case that everybody looks up.
    private static IEnumerable<StepExample> Edges(Operation operation) =>
        operation is not (AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned)
            ? []
            : from form in operation.Forms
              where form.Operand is SourceOperand.Register
              orderby form.Width descending
              let least = 1UL << (form.Width.Bits - 1)
              select new StepExample(
                  $"{form.Mnemonic}: INT_MIN by −1",
                  Instruction.Of(form, new(1), new(2)),
                  Start([0, least, form.Width.Mask]),
                  0);

    private static Snapshot Start(ReadOnlySpan<ulong> first)
    {
        var state = new Start(Profile.Rbpf).State();
        var snapshot = Snapshot.Of(state);
        var registers = snapshot.Registers;
        for (var i = 0; i < first.Length; i++) registers = registers.With(i, first[i]);
        return snapshot with { Registers = registers };
    }

    /// <summary>The state in which a vector executes the encoding that it is about; null if it never does.</summary>
    public static StepExample? At(Vector vector, string label)
    {
        var machine = new ReferenceMachine(Program.Of(((VectorProgram.Code)vector.Program).Bytes.AsSpan()), Profile.Rbpf);
        var state = new VectorMachine(Profile.Rbpf).Start(vector.Memory, vector.Setting);
        StepExample? found = null;
        for (var steps = 0; steps < VectorMachine.Steps; steps++)
        {
            var index = state.ProgramCounter.Value;
            if (index < (ulong)machine.Program.Length
                && machine.At((int)index) is Decoded.Valid(var instruction)
                && instruction.Form.Id == vector.Rule)
            {
                // The first use tells the most, but what traps is the last.
                if (found is null || vector.Expectation is Expectation.Traps)
                    found = new(label, instruction, Snapshot.Of(state), state.Frames.Count);
            }

            if (machine.Step(state) is not Outcome<Word>.Next next) break;
            state = next.State;
        }

        return found;
    }

    // A button holds one clause; the first says most.
    private static string SubjectOf(Vector vector) => vector.Purpose.Split(" where ", 2)[^1].Split(", and ", 2)[0].TrimEnd('.');

    private static string LabelOf(Vector vector) =>
        $"{vector.Rule[(vector.Rule.IndexOf('/', StringComparison.Ordinal) + 1)..]}: {SubjectOf(vector)}";

    private static string Text(MemoryRegion region)
    {
        var read = region.Permission.HasFlag(Permission.Read) ? 'r' : '-';
        var write = region.Permission.HasFlag(Permission.Write) ? 'w' : '-';
        var bytes = Convert.ToHexStringLower(region.Bytes.AsSpan().TrimEnd((byte)0));
        return $"0x{region.Address:x} {read}{write} {region.Bytes.Count} {bytes}".TrimEnd();
    }
}

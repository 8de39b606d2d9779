using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.ProgramReports;

/// <summary>Members of JSON objects about programs and states. Numbers of 64 bits are text, which JSON's numbers could not hold.</summary>
public static class StateJson
{
    /// <summary>The property <c>registers</c>: r0 to r10.</summary>
    public static void Registers(this Utf8JsonWriter writer, IRegisters<Word> registers)
    {
        writer.WriteStartObject("registers");
        for (var i = 0; i < Registers<Word>.Count; i++) writer.WriteString($"r{i}", registers[i].ToString());
        writer.WriteEndObject();
    }

    /// <summary>The property <c>source</c>: file, line, column and text of a line of source; nothing if it is not known.</summary>
    public static void Source(this Utf8JsonWriter writer, SourceLine? source)
    {
        if (source is null) return;
        writer.WriteStartObject("source");
        writer.WriteString("file", source.File);
        writer.WriteNumber("line", source.Line);
        writer.WriteNumber("column", source.Column);
        writer.WriteString("text", source.Text);
        writer.WriteEndObject();
    }

    /// <summary>The property <c>problems</c>.</summary>
    public static void Problems(this Utf8JsonWriter writer, IEnumerable<Problem> problems, Image image)
    {
        writer.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", problem.Slot);
            writer.WriteString("check", problem.Check);
            writer.WriteString("clause", problem.Clause.ToString());
            writer.WriteString("found", problem.Found);
            writer.WriteString("expected", problem.Expected);
            writer.Source(image.SourceAt((ulong)problem.Slot));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The property <c>budget</c>: what is left; absent parts have no limit.</summary>
    public static void Budget(this Utf8JsonWriter writer, Budget<Word> budget)
    {
        writer.WriteStartObject("budget");
        if (budget.Branches is Allowance<Word>.Remaining(var branches)) writer.WriteNumber("branches", branches.Value);
        if (budget.Instructions is Allowance<Word>.Remaining(var instructions)) writer.WriteNumber("instructions", instructions.Value);
        writer.WriteEndObject();
    }

    /// <summary>The property <c>memory</c>: what changed from one state to another.</summary>
    public static void Memory(this Utf8JsonWriter writer, IEnumerable<MemoryChange> changes)
    {
        writer.WriteStartArray("memory");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("region", change.Region);
            writer.WriteString("address", $"0x{change.Address:x}");
            writer.WriteString("bytes", Convert.ToHexStringLower(change.Bytes.AsSpan()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

using System.Text.Json;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Reports;

namespace RbpfSpec.ProgramReports;

/// <summary>The report on the helpers that a program calls.</summary>
public static class ImportReport
{
    /// <summary>Prints it for people.</summary>
    /// <param name="called">The helpers that the program calls.</param>
    /// <param name="granted">The ids of those that it may call.</param>
    /// <param name="isGrantGiven">Whether they were granted by name, so that it is worth telling which of them it never calls.</param>
    /// <param name="report">Where it goes.</param>
    public static void Print(Sequence<Import> called, Sequence<uint> granted, bool isGrantGiven, ITextReport report)
    {
        if (called.IsEmpty) report.Line("calls no helper");
        foreach (var import in called)
        {
            var slots = $"{Counted.Form(import.Slots.Count, "slot")} {string.Join(", ", (IEnumerable<int>)import.Slots)}";
            report.Line($"calls 0x{import.Id:x2} {import.Name ?? "(no helper has this id)"}: {slots}{Remark(import, granted)}");
        }

        if (!isGrantGiven) return;
        foreach (var helper in HelperCatalogue.Declarations.Where(helper => granted.Contains(helper.Id)))
        {
            if (called.All(import => import.Id != helper.Id)) report.Line($"never calls 0x{helper.Id:x2} {helper.Name}, which is granted");
        }
    }

    private static string Remark(Import import, Sequence<uint> granted) =>
        (HelperCatalogue.OfDevice.Any(helper => helper.Id == import.Id) ? "; a device has it" : "")
        + (granted.Contains(import.Id) ? "" : "; not granted");

    /// <summary>Its members in a JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Sequence<Import> called, Sequence<uint> granted)
    {
        writer.WriteStartArray("imports");
        foreach (var import in called)
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"0x{import.Id:x2}");
            if (import.Name is not null) writer.WriteString("name", import.Name);
            writer.WriteBoolean("granted", granted.Contains(import.Id));
            writer.WriteStartArray("slots");
            foreach (var slot in import.Slots) writer.WriteNumberValue(slot);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

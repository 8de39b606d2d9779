using System.Text.Json;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.ProgramReports;

/// <summary>A report on a trap as members of a JSON object: <c>detail</c> and, of traps of memory, <c>access</c>.</summary>
/// <remarks>
/// <para>
/// <c>detail</c> is text for people. <c>access</c> has <c>address</c>, <c>bytes</c>, <c>kind</c> (<c>load</c>,
/// <c>store</c>, <c>load and store</c>), where the address comes from, and <c>region</c>, the nearest region, or null if
/// there are none. An instruction's address comes from <c>register</c>, which held <c>value</c>, plus <c>offset</c>; a
/// helper's is in <c>register</c>, with the <c>helper</c> named; a packet load has <c>packet</c>, the packet's address.
/// </para>
/// <para>
/// A region has <c>name</c>, <c>frame</c> (of a stack frame its number, 0 for the entry's), <c>address</c>,
/// <c>length</c>, <c>permission</c> (<c>rw</c>, <c>r</c>, <c>w</c>, <c>none</c>), <c>below</c> and <c>past</c>: how many
/// bytes the access begins before it, and ends after it. <c>next</c> is a second region that the access reaches into;
/// <c>hint</c>, what the address looks like. Addresses and values are text such as <c>"0x20000000"</c>.
/// </para>
/// </remarks>
public static class TrapReportJson
{
    /// <summary>The name of the member that is text for people.</summary>
    public const string Detail = "detail";

    /// <summary>Writes the members into an object that has been begun.</summary>
    public static void Write(Utf8JsonWriter writer, TrapReport report)
    {
        writer.WriteString(Detail, report.Text);
        if (report.Access is not { } access) return;
        writer.WriteStartObject("access");
        writer.WriteString("address", Hex(access.Address));
        writer.WriteNumber("bytes", access.Count);
        writer.WriteString("kind", AccessText.Verb(access.Kind));
        Write(writer, access.Origin);
        if (access.Nearest is { } nearest) Write(writer, "region", nearest);
        else writer.WriteNull("region");
        if (access.Next is { } next) Write(writer, "next", next);
        if (access.Hint is { } hint) writer.WriteString("hint", hint);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AccessOrigin origin)
    {
        switch (origin)
        {
            case AccessOrigin.InRegister(var register, var value, var offset):
                writer.WriteString("register", register.ToString());
                writer.WriteString("value", Hex(value));
                writer.WriteNumber("offset", offset);
                break;
            case AccessOrigin.InArgument(var register, var helper, _):
                writer.WriteString("register", register.ToString());
                writer.WriteString("helper", helper.Name);
                break;
            case AccessOrigin.InPacket(var start):
                writer.WriteString("packet", Hex(start));
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, RegionDistance region)
    {
        writer.WriteStartObject(name);
        writer.WriteString("name", region.Name);
        if (region.Frame is { } frame) writer.WriteNumber("frame", frame);
        writer.WriteString("address", Hex(region.Start));
        writer.WriteNumber("length", region.Length);
        writer.WriteString("permission", AccessText.Letters(region.Permission));
        writer.WriteNumber("below", region.Below);
        writer.WriteNumber("past", region.Past);
        writer.WriteEndObject();
    }

    private static string Hex(ulong number) => $"0x{number:x}";
}

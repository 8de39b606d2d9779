using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Dialects;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands.Historic;

/// <summary><c>rbpf dialects</c>: the historic machines, and their numbered bugs.</summary>
public static class DialectsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var name = new Argument<string?>("name")
        {
            Description = "A historic machine, whose bugs are listed; all machines without one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "dialects",
            "Lists the historic machines, or the numbered bugs of one: what it does beyond its profile. "
            + "'run FILE --dialect NAME' runs a program as one does.",
            "./rbpf dialects",
            "./rbpf dialects femto-containers")
        {
            name,
            json,
        };
        command.SetAction(parsed =>
        {
            Sequence<Dialect> shown = parsed.GetValue(name) is { } asked ? [DialectOption.Named(asked)] : DialectTable.All;
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(writer => Write(writer, shown), indented: true));
            else if (parsed.GetValue(name) is not null) Print(shown[0]);
            else Report.Table(["dialect", "bugs", "machine"], shown.Map(Row));
            return CommandLine.Holds;
        });
        return command;
    }

    private static IReadOnlyList<string> Row(Dialect dialect) =>
        [dialect.Name, dialect.Deviations.Count.ToString(CultureInfo.InvariantCulture), MachineOf(dialect)];

    private static void Print(Dialect dialect)
    {
        foreach (var bug in dialect.Deviations)
        {
            Report.Heading($"{bug.Number}: {bug.Source}");
            Report.Line($"  {bug.Summary}");
        }
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, Sequence<Dialect> dialects)
    {
        writer.WriteStartArray("dialects");
        foreach (var dialect in dialects)
        {
            writer.WriteStartObject();
            writer.WriteString("name", dialect.Name);
            writer.WriteString("machine", MachineOf(dialect));
            writer.WriteStartArray("bugs");
            foreach (var bug in dialect.Deviations)
            {
                writer.WriteStartObject();
                writer.WriteString("number", bug.Number);
                writer.WriteString("part", bug.Source.ToString());
                writer.WriteString("summary", bug.Summary);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string MachineOf(Dialect dialect) => dialect.Deviations.IsEmpty ? dialect.Name : dialect.Deviations[0].Machine;
}

/// <summary>The option <c>--dialect</c>: a historic machine.</summary>
public sealed class DialectOption : Option<string?>
{
    /// <summary>The option.</summary>
    public DialectOption()
        : base("--dialect")
    {
        Description = $"Runs it as a historic machine did: {string.Join(", ", Names)}; tells where its bugs make a difference.";
        HelpName = "name";
    }

    private static IEnumerable<string> Names => DialectTable.All.Select(static dialect => dialect.Name);

    /// <summary>The machine with a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Dialect Named(string name) => DialectTable.All.FirstOrDefault(dialect => dialect.Name == name)
        ?? throw new UsageException($"there is no dialect '{name}'; {Suggestions.Instead(name, [.. Names])}");
}

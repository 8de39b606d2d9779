using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;
using RbpfSpec.Specification.Tables;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf profiles</c>: what each machine variant does at each decision point.</summary>
public static class ProfilesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "profiles",
            "Shows what each profile does at each decision point, with the numbered deviation from RFC 9669.",
            "./rbpf profiles")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(ProfileReport.Write, indented: true));
            else ProfileReport.Print(Report.Terminal);
            return CommandLine.Holds;
        });
        return command;
    }
}

using System.CommandLine;
using RbpfSpec.Cli.Explain;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf explain</c>: what an opcode does, down to the last bit.</summary>
public static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var subject = new Argument<string>("subject")
        {
            Description = "A mnemonic (div32), an opcode byte (0x3c), a slot in hexadecimal (3c10000000000000), or a rule id (alu/div32-x).",
        };
        var profile = new ProfileOption(Profile.Rbpf);
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "explain",
            "Explains an instruction: encoding, rule, traps, conformance group, source, deviations.",
            "./rbpf explain div32",
            "./rbpf explain 0xdb",
            "./rbpf explain 3c10000000000000")
        {
            subject, profile, json,
        };
        command.SetAction(parsed =>
        {
            var found = Subject.Find(parsed.GetRequiredValue(subject));
            if (found.Forms.IsEmpty) throw new UsageException(found.Problem);
            var variant = profile.Of(parsed);
            if (parsed.GetValue(json)) Report.Line(Json.Object(writer => Explanation.Write(writer, found, variant), indented: true));
            else Explanation.Print(found, variant);
            return CommandLine.Holds;
        });
        return command;
    }
}

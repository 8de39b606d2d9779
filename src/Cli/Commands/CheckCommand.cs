using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf check</c>: the preflight's problems with a program.</summary>
public static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var profile = new ProfileOption(Profile.Rbpf);
        var helpers = new HelperOption();
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "check",
            "Checks a program and lists every problem, with what would be right.",
            "./rbpf check examples/storage.o",
            "./rbpf check examples/storage.o --helpers store_local");
        program.AddTo(command);
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (program.Load(parsed) is not { } image) return CommandLine.Fails;
            var variant = profile.Of(parsed);
            var problems = image.Check(Rules.Of(variant, helpers.Callable(parsed, variant)));
            if (parsed.GetValue(json))
            {
                Report.Line(Json.Object(writer =>
                {
                    writer.WriteString("profile", variant.Name);
                    writer.WriteNumber("slots", image.Program.Count / 8);
                    writer.WriteBoolean("accepted", problems.IsEmpty);
                    writer.Problems(problems);
                }));
            }
            else if (problems.IsEmpty)
            {
                Report.Good($"accepted: {image.Program.Count / 8} slots, profile {variant.Name}");
            }
            else
            {
                foreach (var problem in problems) Report.Bad(problem.ToString());
                Report.Line($"rejected: {problems.Count} {(problems.Count == 1 ? "problem" : "problems")}, profile {variant.Name}");
            }

            return problems.IsEmpty ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }
}

using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf generate</c>: the pages and tables of the specification that come from the semantics.</summary>
public static class GenerateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var check = new Option<bool>("--check") { Description = "Writes nothing; names what is out of date, and fails if anything is." };
        var command = new ExampleCommand(
            "generate",
            "Writes the pages of spec/ about instructions and deviations, the contents, opcodes.tsv and isa.json.",
            "./rbpf generate --check")
        {
            check,
        };
        command.SetAction(parsed =>
        {
            var folder = Path.Combine(BookInput.Root ?? "", "spec");
            var changed = BookInput.Read().Generated()
                .Select(file => (Name: Path.Combine(folder, file.Path), file.Text))
                .Where(file => !File.Exists(file.Name) || Files.ReadText(file.Name) != file.Text)
                .ToList();
            var isChecked = parsed.GetValue(check);
            foreach (var (name, _) in changed)
            {
                Report.Line($"{(isChecked ? "out of date" : "written")}: {Path.GetRelativePath(Path.Combine(folder, ".."), name)}");
            }

            if (changed.Count == 0) Report.Line("everything is up to date");
            if (isChecked) return changed.Count == 0 ? CommandLine.Holds : CommandLine.Fails;
            foreach (var (name, _) in changed) Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            Files.Write([.. changed.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);
            return CommandLine.Holds;
        });
        return command;
    }
}

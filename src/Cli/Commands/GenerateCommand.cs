using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Interp.Table;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Device;

namespace RbpfSpec.Cli.Commands;

/// <summary>
/// <c>rbpf generate</c>: the pages and tables that come from the semantics, the engines' code that comes from their table, and the
/// header of the machine in C that comes from the rules.
/// </summary>
public static class GenerateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var check = new SwitchOption("--check", "Writes nothing; names what is out of date, and fails if anything is.");
        var command = new ExampleCommand(
            "generate",
            "Writes the pages of spec/ about instructions, their vectors and claims, and deviations; "
            + "the contents, opcodes.tsv and isa.json; what is in src/Interp/Generated, from the table of the engines; "
            + "and device/Generated/rbpf_rules.h, from the rules.",
            "./rbpf generate --check")
        {
            check,
        };
        command.SetAction(parsed =>
        {
            var root = BookInput.Root ?? "";
            var changed = BookInput.Read().Generated()
                .Select(file => (Path: Path.Combine("spec", file.Path), file.Text))
                .Concat(Engines())
                .Append((DeviceHeader.Path, DeviceHeader.Text))
                .Select(file => (Name: Path.Combine(root, file.Path), file.Text))
                .Where(file => !File.Exists(file.Name) || Files.ReadText(file.Name) != file.Text)
                .ToList();
            var isChecked = parsed.GetValue(check);
            foreach (var (name, _) in changed)
                Report.Line($"{(isChecked ? "out of date" : "written")}: {Path.GetRelativePath(root, name)}");
            if (changed.Count == 0) Report.Line("everything is up to date");
            if (isChecked) return changed.Count == 0 ? CommandLine.Holds : CommandLine.Fails;
            foreach (var (name, _) in changed) Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            Files.Write([.. changed.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);
            return CommandLine.Holds;
        });
        return command;
    }

    private static IEnumerable<(string Path, string Text)> Engines() =>
        TableProblems.Of(EngineTable.Rows, OperationTable.Forms).ToList() is { Count: > 0 } problems
            ? throw new UsageException($"{EngineTable.Path}: {string.Join("; ", problems)}")
            : EngineSources.Of(EngineTable.Groups);
}

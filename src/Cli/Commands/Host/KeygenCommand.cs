using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;
using RbpfSpec.Updates;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host keygen</c>: a key to sign updates with.</summary>
public static class KeygenCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var output = new RequiredTextOption(
            "--output", "file",
            "The file for the private key; the public one goes to the file of this name with .pub behind it.", "-o", "--out");
        var command = new ExampleCommand(
            "keygen",
            "Makes a key to sign updates with: ECDSA on the curve P-256. An existing file is never replaced. "
            + "Exit code: 0, or 2 if a file cannot be written.",
            "./rbpf host keygen --out 'author.key'")
        {
            output,
        };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(output);
            if (file == "") throw new UsageException("--out has no name; expected that of a file");
            if (KeyFiles.Generate(file, out var problem) is not { } key) throw new UsageException(problem);
            Report.Line($"{Escaped.Line(file)}: the private key, which its owner alone can read");
            Report.Line($"{file}{KeyFiles.PublicSuffix}: the public key {key.Name}, for devices that shall trust it");
            return CommandLine.Holds;
        });
        return command;
    }
}

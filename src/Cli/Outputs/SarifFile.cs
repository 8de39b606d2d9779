using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Outputs;

/// <summary>The option <c>--sarif</c>: what a command says of a program, for services that show it beside the source.</summary>
/// <param name="tool">The name of the command.</param>
public sealed class SarifFile(string tool)
{
    private readonly TextOption file = new(
        "--sarif", "file", "Writes what is wrong in SARIF 2.1.0, too, at the lines of source if they are known.");

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(file);

    /// <summary>The name of the file; null if none is asked for.</summary>
    public string? Named(ParseResult parsed) => parsed.GetValue(file);

    /// <summary>Writes the results, if a file is asked for.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public void Write(ParseResult parsed, IEnumerable<SarifResult> results)
    {
        if (parsed.GetValue(file) is { } name)
            Files.Write(name, Encoding.UTF8.GetBytes(new Sarif(tool, results.ToSequence()).ToString()));
    }

    /// <summary>The problems that the preflight has with a program.</summary>
    /// <param name="program">The name of its file.</param>
    /// <param name="image">The program.</param>
    /// <param name="problems">The problems.</param>
    public static IEnumerable<SarifResult> Of(string program, Image image, Sequence<Problem> problems) =>
        problems.Select(problem => new SarifResult(
            $"preflight/{problem.Check}",
            $"The preflight accepts programs that keep to {problem.Clause}.",
            IsError: true,
            Rejections.Text(image, problem),
            PlaceOf(program, image, problem.Slot),
            $"{program}, slot {problem.Slot}"));

    /// <summary>The line of source of an instruction, or the program's file if it is not known.</summary>
    public static SarifPlace PlaceOf(string program, Image image, int slot) =>
        image.SourceAt((ulong)slot) is { } source ? new(source.File, source.Line, source.Column) : new(program, 1, 0);
}

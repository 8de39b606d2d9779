using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Specification.Site;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf spec</c>: the specification as something to read.</summary>
public static class SpecCommand
{
    private const string Example = "./rbpf spec build --out /tmp/rbpf-site";

    /// <summary>The command.</summary>
    public static Command Create() => new ExampleCommand("spec", "Makes the specification something to read.", Example) { Build() };

    private static ExampleCommand Build()
    {
        var output = new RequiredTextOption("--out", "dir", "The folder to write to: new, empty, or an earlier site.");
        var command = new ExampleCommand(
            "build",
            "Writes the specification as a site for browsers, which needs no server: open its index.html, or its playground.html, "
                + "on which programs are written, run and stepped.",
            Example)
        {
            output,
        };
        command.SetAction(parsed => Build(parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Build(string folder)
    {
        SiteFolder.Check(folder);
        var book = BookInput.Read();
        var spec = Path.Combine(BookInput.Root ?? "", "spec");
        switch (SiteBuilder.Build(book, path => Path.Exists(Path.Combine(spec, path))))
        {
            case SiteBuild.Whole(var files):
                SiteFolder.Write(folder, [.. files]);
                Report.Good($"{files.Count} files of {files.Sum(file => Encoding.UTF8.GetByteCount(file.Text)) / 1000} kB: "
                    + $"{Path.Combine(folder, SiteBuilder.FirstPage)}");
                return CommandLine.Holds;
            case SiteBuild.Broken(var links):
                throw new UsageException(
                    $"nothing was written, since {(links.Count == 1 ? "a link leads" : $"{links.Count} links lead")} nowhere:\n"
                    + $"  {string.Join("\n  ", links)}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

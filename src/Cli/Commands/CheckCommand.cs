using System.CommandLine;
using RbpfSpec.Cli.Commands.Analyze;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Helpers;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Reports;
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
        var helpers = new HelperOption(isDevice: true);
        var all = new SwitchOption("--all", $"Lists every problem, not the first {Rejections.MostShown} and how many more there are.");
        var imports = new SwitchOption(
            "--imports", "Lists the helpers that the program calls, by id and name, and those granted by --helpers that it does not call.");
        var ranges = new SwitchOption(
            "--ranges", "Asks of an accepted program, too, whether it can trap, for all contexts of --context; one line a finding.");
        var context = new ContextOption();
        var json = JsonOption.Create("One JSON object.");
        var sarif = new SarifFile("rbpf check");
        var command = new ExampleCommand(
            "check",
            "Checks a program and lists its problems, with what would be right. " + CommandLine.ExitCodes,
            "./rbpf check examples/storage.o",
            "./rbpf check examples/storage.o --helpers store_local",
            "./rbpf check examples/storage.o --imports",
            "./rbpf check examples/increment.o --ranges --context 8..");
        program.AddTo(command);
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(json);
        sarif.AddTo(command);
        command.Options.Add(all);
        command.Options.Add(imports);
        command.Options.Add(ranges);
        command.Options.Add(context);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(context) is not null && !parsed.GetValue(ranges))
                throw new UsageException("--context goes with --ranges");
            var variant = profile.Of(parsed);
            var ids = helpers.Callable(parsed, variant);
            var image = program.Load(parsed, ids);
            var most = parsed.GetValue(all) ? int.MaxValue : Rejections.MostShown;
            var (problems, more) = Rejections.Of(image, Admission.Of(variant, ids), most);
            sarif.Write(parsed, SarifFile.Of(program.Name(parsed), image, problems));
            var called = parsed.GetValue(imports) ? Imports.Of(Semantics.Encoding.Program.Of(image.Program.AsSpan()), variant) : [];
            var findings = parsed.GetValue(ranges) && problems.IsEmpty
                ? RangeFindings.Of(image, variant, ids, parsed.GetValue(context) ?? ContextLengths.All)
                : null;
            if (parsed.GetValue(json))
            {
                Report.Line(JsonText.Object(writer =>
                {
                    writer.WriteString("profile", variant.Name);
                    writer.WriteNumber("slots", image.Program.Count / 8);
                    writer.WriteBoolean("accepted", problems.IsEmpty);
                    writer.Problems(problems, image);
                    if (more > 0) writer.WriteNumber("more", more);
                    if (parsed.GetValue(imports)) ImportReport.Write(writer, called, ids);
                    findings?.Write(writer);
                }));
            }
            else if (problems.IsEmpty)
            {
                Report.Good($"accepted: {image.Program.Count / 8} slots, profile {variant.Name}");
                if (Rejections.DeviceHelpers(image, variant) is { IsEmpty: false } names)
                    Report.Line($"for a device only: it calls {string.Join(", ", (IEnumerable<string>)names)}");
                findings?.Print(Report.Terminal);
            }
            else
            {
                foreach (var problem in problems) Report.Bad(Rejections.Text(image, problem));
                if (more > 0) Report.Line($"and {more} more; --all lists them");
                var count = problems.Count + more;
                Report.Line($"rejected: {count} {(count == 1 ? "problem" : "problems")}, profile {variant.Name}");
            }

            if (parsed.GetValue(imports) && !parsed.GetValue(json))
                ImportReport.Print(called, ids, helpers.Given(parsed).Any(), Report.Terminal);
            return problems.IsEmpty && findings is not { IsProved: false } ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }
}

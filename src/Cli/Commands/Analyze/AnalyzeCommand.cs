using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Helpers;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary><c>rbpf analyze</c>: what is known of all runs of a program at once.</summary>
public static class AnalyzeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new ProgramInput();
        var profile = new ProfileOption(Profile.Rbpf);
        var helpers = new HelperOption(isDevice: true);
        var context = new ContextOption();
        var explain = new CountOption("--explain", "slot", "What is known before the instruction in a slot.", int.MaxValue);
        var ranges = new SwitchOption("--ranges", "Prints every instruction, with what is known of the registers before it.");
        var search = new CountOption(
            "--search", "seconds", "How long to look for contexts that trap where nothing is proved; 5 otherwise, 0 not at all.", 86_400);
        var certificate = new TextOption("--certificate", "file", "Writes a certificate: what is claimed where ways meet.");
        var check = new TextOption("--check", "file", "Confirms a certificate instead of an analysis.");
        var audit = new SwitchOption(
            "--audit", "Confirms the certificate by the solver as well, edge by edge, against the rules; exit code 3 if it does not.");
        var json = JsonOption.Create("One JSON object: each site, each loop, the branches.");
        var sarif = new SarifFile("rbpf analyze");
        var command = new ExampleCommand(
            "analyze",
            "Proves of each access and division that it cannot trap, and bounds each loop, for all contexts of some lengths. "
            + "Exit code: 0 all proved; 1 a context was found that traps, or a certificate is refused; 2 no program; "
            + "3 something is not proved.",
            "./rbpf analyze examples/increment.o --context 8..",
            "./rbpf analyze examples/increment.o",
            "./rbpf analyze bench/workloads/copy.o --context 256..512 --audit",
            "./rbpf analyze examples/field.o --function field_overrun --explain 6");
        input.AddTo(command);
        command.Options.Add(profile);
        helpers.AddTo(command);
        command.Options.Add(context);
        command.Options.Add(explain);
        command.Options.Add(ranges);
        command.Options.Add(search);
        command.Options.Add(certificate);
        command.Options.Add(check);
        command.Options.Add(audit);
        command.Options.Add(json);
        sarif.AddTo(command);
        command.SetAction(parsed =>
        {
            var variant = profile.Of(parsed);
            var ids = helpers.Callable(parsed, variant);
            var image = input.Load(parsed, ids);
            if (input.Admit(parsed, image, Admission.Of(variant, ids)) is not { } program)
            {
                var problems = Rejections.Of(image, Admission.Of(variant, ids), Rejections.MostShown).Problems;
                sarif.Write(parsed, SarifFile.Of(input.Name(parsed), image, problems));
                return CommandLine.Fails;
            }

            var lengths = parsed.GetValue(context) ?? ContextLengths.All;
            var granted = HelperCatalogue.Declarations.Where(helper => ids.Contains(helper.Id)).ToSequence();
            var regions = image.Start(variant).Regions;
            RangeReport report;
            if (parsed.GetValue(check) is { } name)
            {
                var cases = AnalysedProgram.Cases(new ReferenceMachine(program), program.Entry, regions, granted, lengths);
                switch (RangeCertificate.Check(Files.Read(name, FileKind.Text), program, cases))
                {
                    case CertificateReading.Refused(var problem):
                        Report.Bad($"refused: {problem}");
                        return CommandLine.Fails;
                    case CertificateReading.True(var confirmed):
                        report = RangeReport.Of(lengths, confirmed, [], []);
                        break;
                    default:
                        throw new System.Diagnostics.UnreachableException();
                }
            }
            else
            {
                report = RangeReport.Of(program, regions, granted, lengths);
            }

            if (parsed.GetValue(certificate) is { } target)
            {
                if (!report.Problems.IsEmpty) throw new UsageException($"--certificate: there is nothing to certify: {report.Problems[0]}");
                Files.Write(target, RangeCertificate.Write(program, granted, report));
            }

            var seconds = parsed.GetValue(search) ?? 5;
            var traps = report.IsProved || seconds == 0
                ? new TrapSearch([], "")
                : TrapSearch.Of(program, image.Start(variant), ids, report, TimeSpan.FromSeconds(seconds));
            sarif.Write(parsed, AnalysisSarif.Of(input.Name(parsed), image, program, report, traps));
            var text = new AnalysisText(image, program, report, traps, lengths, variant);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(text.Write));
            else if (parsed.GetValue(explain) is { } slot) text.Explain(Report.Terminal, slot);
            else if (parsed.GetValue(ranges)) text.PrintRanges(Report.Terminal);
            else text.Print(Report.Terminal);
            var isConfirmed = !parsed.GetValue(audit) || Audit.Print(report, parsed.GetValue(json));
            return !traps.Found.IsEmpty ? CommandLine.Fails
                : report.IsProved && isConfirmed ? CommandLine.Holds
                : CommandLine.Undecided;
        });
        return command;
    }
}

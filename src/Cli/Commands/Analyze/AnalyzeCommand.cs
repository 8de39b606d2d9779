using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
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
public sealed class AnalyzeCommand
{
    private readonly ProgramsInput input = new();
    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new(isDevice: true);
    private readonly ContextOption context = new();
    private readonly CountOption explain = new(
        "--explain", "slot", "What is known before the instruction in a slot; of one program.", int.MaxValue);
    private readonly SwitchOption ranges = new(
        "--ranges", "Prints every instruction, with what is known of the registers before it.");
    private readonly CountOption search = new(
        "--search", "seconds", "How long to look for contexts that trap where nothing is proved; 5 otherwise, 0 not at all.", 86_400);
    private readonly TextOption certificate = new(
        "--certificate", "file", "Writes a certificate: what is claimed where ways meet; of one program.");
    private readonly TextOption check = new("--check", "file", "Confirms a certificate instead of an analysis; of one program.");
    private readonly SwitchOption audit = new(
        "--audit", "Confirms the certificate by the solver as well, edge by edge, against the rules; exit code 3 if it does not.");
    private readonly Option<bool> json = JsonOption.Create(
        "One JSON object: each site, each loop, the branches; of several programs one each, a line each, with its name and exit code.");

    private AnalyzeCommand() { }

    /// <summary>The command.</summary>
    public static Command Create() => new AnalyzeCommand().Made();

    private ExampleCommand Made()
    {
        var command = new ExampleCommand(
            "analyze",
            "Proves of each access and division that it cannot trap, and bounds each loop, for all contexts of some lengths. "
            + "Exit code: 0 all proved; 1 a context was found that traps, or a certificate is refused; 2 no program; "
            + "3 something is not proved. Of several programs: 2 before 1 before 3 before 0.",
            "./rbpf analyze examples/increment.o --context 8..",
            "./rbpf analyze examples/increment.o",
            "./rbpf analyze examples/applications bench/workloads --context 8.. --search 1",
            "./rbpf analyze bench/workloads/copy.o --context 256..512 --audit",
            "./rbpf analyze examples/field.o --function field_overrun --explain 6");
        var each = new EachProgram("rbpf analyze", input, json);
        input.AddTo(command);
        command.Options.Add(profile);
        helpers.AddTo(command);
        foreach (var option in (Option[])[context, explain, ranges, search, certificate, check, audit]) command.Options.Add(option);
        each.AddTo(command);
        command.SetAction(parsed =>
        {
            if (!input.IsOne(parsed) && OfOne(parsed) is { } name) throw new UsageException($"{name} goes with one program only");
            RefuseInstead(parsed);
            var variant = profile.Of(parsed);
            var ids = helpers.Callable(parsed, variant);
            using var solvers = new SolverPool();
            return each.Run(parsed, name => Find(parsed, name, variant, ids, solvers));
        });
        return command;
    }

    // Both are printed in place of the findings, which JSON has.
    private void RefuseInstead(ParseResult parsed)
    {
        var (isExplained, isListed) = (parsed.GetValue(explain) is not null, parsed.GetValue(ranges));
        if (isExplained && isListed) throw new UsageException($"{explain.Name} prints one instruction; expected it without {ranges.Name}");
        if ((isExplained || isListed) && parsed.GetValue(json))
            throw new UsageException($"{(isExplained ? explain.Name : ranges.Name)} prints text; expected it without {json.Name}");
    }

    // The name of an option that makes sense for one program only, if it is given.
    private string? OfOne(ParseResult parsed) =>
        parsed.GetValue(explain) is not null ? explain.Name
        : parsed.GetValue(certificate) is not null ? certificate.Name
        : parsed.GetValue(check) is not null ? check.Name
        : null;

    private ProgramFinding Find(ParseResult parsed, string name, Profile variant, Sequence<uint> ids, SolverPool solvers)
    {
        var image = input.Load(parsed, name, ids);
        var notes = image.Notes.Map(note => $"{Escaped.Line(name)}: note: {note}");
        var rules = Admission.Of(variant, ids);
        if (image.Check(rules, out _, most: 1) is { } program)
        {
            var found = Analysed(parsed, name, image, program, variant, ids, solvers);
            return found with { Notes = [.. notes, .. found.Notes] };
        }

        var lines = Rejections.Lines(image, rules);
        return new(CommandLine.Fails, "rejected", lines[0])
        {
            Notes = [.. notes, .. lines.Map(line => Escaped.Line($"{name}: {line}"))],
            Results = SarifFile.Of(name, image, Rejections.Of(image, rules, Rejections.MostShown).Problems).ToSequence(),
        };
    }

    private ProgramFinding Analysed(
        ParseResult parsed,
        string name,
        Image image,
        CheckedProgram program,
        Profile variant,
        Sequence<uint> ids,
        SolverPool solvers)
    {
        var lengths = parsed.GetValue(context) ?? ContextLengths.All;
        var granted = HelperCatalogue.Declarations.Where(helper => ids.Contains(helper.Id)).ToSequence();
        var regions = image.Start(variant).Regions;
        RangeReport report;
        if (parsed.GetValue(check) is { } confirmed)
        {
            var cases = AnalysedProgram.Cases(new ReferenceMachine(program), program.Entry, regions, granted, lengths);
            var reading = RangeCertificate.Check(Files.Read(confirmed, FileKind.Text), program, cases);
            if (reading is CertificateReading.Refused(var reason))
            {
                var problem = $"'{confirmed}': {reason}";
                return new(CommandLine.Fails, "refused", problem)
                {
                    Text = to => to.Bad($"refused: {problem}"),
                    Json = writer => writer.WriteString("refused", problem),
                };
            }

            report = RangeReport.Of(lengths, ((CertificateReading.True)reading).Cases, []);
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
            : TrapSearch.Of(program, image.Start(variant), ids, report, TimeSpan.FromSeconds(seconds), solvers);
        var text = new AnalysisText(image, program, report, traps, lengths, variant);
        var audited = parsed.GetValue(audit) ? Audit.Of(report) : null;
        var code = !traps.Found.IsEmpty ? CommandLine.Fails
            : report.IsProved && audited is not { IsProved: false } ? CommandLine.Holds
            : CommandLine.Undecided;
        return new(code, code == CommandLine.Holds ? "proved" : code == CommandLine.Fails ? "trap" : "not proved", text.Summary)
        {
            Text = to =>
            {
                if (parsed.GetValue(explain) is { } slot) text.Explain(to, slot);
                else if (parsed.GetValue(ranges)) text.PrintRanges(to);
                else text.Print(to);
                audited?.Print(to);
            },
            Json = text.Write,

            // Those who read JSON are told on the side.
            Notes = parsed.GetValue(json) && audited is not null ? audited.Problems.Map(line => $"the audit does not prove: {line}") : [],
            Results = AnalysisSarif.Of(name, image, program, report, traps).ToSequence(),
        };
    }
}

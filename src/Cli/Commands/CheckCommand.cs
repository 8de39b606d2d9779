using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Commands.Analyze;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf check</c>: the preflight's problems with a program.</summary>
public sealed class CheckCommand
{
    private readonly ProgramsInput input = new();
    private readonly ProfileOption profile = new(Profile.Rbpf);
    private readonly HelperOption helpers = new(isDevice: true);
    private readonly SwitchOption all = new(
        "--all", $"Lists every problem, not the first {Rejections.MostShown} and how many more there are.");
    private readonly SwitchOption imports = new(
        "--imports", "Lists the helpers that the program calls, by id and name, and those granted by --helpers that it does not call.");
    private readonly SwitchOption ranges = new(
        "--ranges", "Asks of an accepted program, too, whether it can trap, for all contexts of --context; one line a finding.");
    private readonly ContextOption context = new();
    private readonly Option<bool> json = JsonOption.Create(
        "One JSON object; of several programs one each, a line each, with its name and exit code.");

    private CheckCommand() { }

    /// <summary>The command.</summary>
    public static Command Create() => new CheckCommand().Made();

    private ExampleCommand Made()
    {
        var command = new ExampleCommand(
            "check",
            "Checks a program and lists its problems, with what would be right. " + CommandLine.ExitCodes,
            "./rbpf check examples/storage.o",
            "./rbpf check examples/applications bench/workloads",
            "./rbpf check examples/storage.o --helpers store_local",
            "./rbpf check examples/storage.o --imports",
            "./rbpf check examples/increment.o --ranges --context 8..");
        var each = new EachProgram("rbpf check", input, json);
        input.AddTo(command);
        command.Options.Add(profile);
        helpers.AddTo(command);
        each.AddTo(command);
        foreach (var option in (Option[])[all, imports, ranges, context]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(context) is not null && !parsed.GetValue(ranges))
                throw new UsageException("--context goes with --ranges");
            var variant = profile.Of(parsed);
            var ids = helpers.Callable(parsed, variant);
            return each.Run(parsed, name => Find(parsed, name, variant, ids));
        });
        return command;
    }

    private ProgramFinding Find(ParseResult parsed, string name, Profile variant, Sequence<uint> ids)
    {
        var image = input.Load(parsed, name, ids);
        var most = parsed.GetValue(all) ? int.MaxValue : Rejections.MostShown;
        var (problems, more) = Rejections.Of(image, Admission.Of(variant, ids), most);
        var called = parsed.GetValue(imports) ? Imports.Of(Semantics.Encoding.Program.Of(image.Program.AsSpan()), variant) : [];
        var findings = parsed.GetValue(ranges) && problems.IsEmpty
            ? RangeFindings.Of(image, variant, ids, parsed.GetValue(context) ?? ContextLengths.All)
            : null;
        var slots = image.Program.Count / 8;
        var found = problems.IsEmpty
            ? new ProgramFinding(
                findings is { IsProved: false } ? CommandLine.Fails : CommandLine.Holds,
                findings is null ? "accepted" : findings.IsProved ? "proved" : "not proved",
                findings?.Summary ?? $"{Counted.Of(slots, "slot")}, profile {variant.Name}")
            : new ProgramFinding(CommandLine.Fails, "rejected", Rejections.Text(image, problems[0]));
        return found with
        {
            Notes = image.Notes.Map(note => $"{Escaped.Line(name)}: note: {note}"),
            Results = [.. SarifFile.Of(name, image, problems), .. findings?.Results(name) ?? []],
            Text = Print,
            Json = Write,
        };

        void Print(ITextReport to)
        {
            if (problems.IsEmpty)
            {
                to.Good($"accepted: {Counted.Of(slots, "slot")}, profile {variant.Name}");
                if (Rejections.DeviceHelpers(image, variant) is { IsEmpty: false } names)
                    to.Line($"for a device only: it calls {string.Join(", ", (IEnumerable<string>)names)}");
                findings?.Print(to);
            }
            else
            {
                Rejected(to, image, problems, more, variant);
            }

            if (parsed.GetValue(imports)) ImportReport.Print(called, ids, helpers.Given(parsed).Any(), to);
        }

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteString("profile", variant.Name);
            writer.WriteNumber("slots", slots);
            writer.WriteBoolean("accepted", problems.IsEmpty);
            writer.Problems(problems, image);
            if (more > 0) writer.WriteNumber("more", more);
            if (parsed.GetValue(imports)) ImportReport.Write(writer, called, ids);
            findings?.Write(writer);
        }
    }

    private static void Rejected(ITextReport to, Image image, Sequence<Problem> problems, long more, Profile variant)
    {
        foreach (var problem in problems) to.Bad(Escaped.Line(Rejections.Text(image, problem)));
        if (more > 0) to.Line($"and {more} more; --all lists them");
        var count = problems.Count + more;
        to.Line($"rejected: {Counted.Of(count, "problem")}, profile {variant.Name}");
    }
}

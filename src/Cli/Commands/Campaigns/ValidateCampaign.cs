using System.CommandLine;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Commands.Native;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Translation.Code;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign validate</c>: programs translated, and the translations proved, on many computers.</summary>
internal static class ValidateCampaign
{
    private const double DefaultSeconds = 10;

    /// <summary>The command.</summary>
    /// <param name="kinds">The kinds of work that are known here.</param>
    public static Command Create(IReadOnlyList<IWorkKind> kinds)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Programs, in any form that 'rbpf compile' reads.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var programs = new CountOption("--programs", "count", "Also so many generated programs, those of --seed.", least: 1);
        var seed = new CountOption("--seed", "number", "Which programs: a seed always stands for the same ones.");
        var target = new ChoiceOption<NativeTarget>(
            "--target", "What they are translated to: thumbv7em, which is taken otherwise; or cil, what the compiled engine runs.");
        var profile = new ProfileOption(Profile.Rbpf);
        var helpers = new HelperOption(isDevice: true);
        var timeout = new SecondsOption(
            "--timeout", $"How long the solver may take for one question; {DefaultSeconds} otherwise.");
        var solver = new TextOption(
            "--solver", "name", $"A program that reads SMT-LIB 2, such as cvc5; the library {SolverFactory.Default} otherwise.");
        var cluster = new ClusterOptions(isWorker: false);
        var command = new ExampleCommand(
            "validate",
            "Translates programs, and proves the translations, as 'rbpf compile' does with one; writes none. "
            + "Exit code: 0 all are proved; 1 one is rejected, or not proved; 3 one is undecided.",
            "./rbpf campaign validate examples/fletcher32.o examples/increment.o --target cil")
        {
            files, programs, seed, target, profile,
        };
        helpers.AddTo(command);
        command.Options.Add(timeout);
        command.Options.Add(solver);
        cluster.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(files) is not { Tokens.Count: > 0 } && result.GetResult(programs) is null)
                result.AddError("there is no program; expected files, or --programs with --seed");
            if ((result.GetResult(programs) is null) != (result.GetResult(seed) is null))
                result.AddError("--programs and --seed say together which programs are generated; expected both or neither");
        });
        command.SetAction(parsed =>
        {
            var variant = profile.Of(parsed);
            var wanted = parsed.GetValue(target) ?? NativeTarget.Thumbv7em;
            if (wanted is NativeTarget.Thumbv7em && Translator.Refusal(variant) is { } refusal) throw new UsageException(refusal);
            var settings = new ValidateSettings(
                wanted,
                variant.Name,
                [.. helpers.Callable(parsed, variant)],
                parsed.GetValue(seed) ?? 0,
                parsed.GetValue(solver) ?? SolverFactory.Default,
                (parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(DefaultSeconds)).Ticks);
            switch (SolverFactory.Open(settings.Solver))
            {
                case SolverSession.Unavailable(var reason):
                    throw new UsageException(reason);
                case SolverSession.Opened(var session):
                    session.Dispose();
                    break;
            }

            return Run(settings, parsed.GetValue(files) ?? [], parsed.GetValue(programs) ?? 0, cluster.Read(parsed), kinds);
        });
        return command;
    }

    private static int Run(
        ValidateSettings settings, string[] files, ulong programs, ClusterInput cluster, IReadOnlyList<IWorkKind> kinds)
    {
        var plan = new CampaignPlan
        {
            Kind = "validate",
            Program = CampaignSession.Program,
            Settings = settings.Text,
            Pieces =
            [
                .. files.Select(name => ValidateKind.Piece(name, Files.Read(name, FileKind.Program))),
                .. ValidateKind.Pieces(programs),
            ],
        };
        return CampaignRun.Do(cluster, kinds, plan, isQuiet: false, (_, _) => null, results =>
        {
            var all = results.SelectMany(result => ValidatedProgram.Read(result!)).ToList();

            // Of generated programs, which are many, only what is wrong is told.
            foreach (var (index, program) in all.Index().Where(each => each.Index < files.Length || each.Item.Code != CommandLine.Holds))
                new ToldVerdict(program.Code, [$"{program.Name}: {program.Lines[0]}", .. program.Lines.Skip(1)]).Print();
            var (proved, undecided) = (Count(CommandLine.Holds), Count(CommandLine.Undecided));
            var code = proved + undecided < all.Count ? CommandLine.Fails : undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;
            var tally = $"{proved} proved, {all.Count - proved - undecided} not, {undecided} undecided";
            return new ToldVerdict(code, [$"{Counted.Of(all.Count, "program")}: {tally}"]).Print();

            int Count(int wanted) => all.Count(program => program.Code == wanted);
        });
    }
}

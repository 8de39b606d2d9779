using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Proving.Runs;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Prove;

/// <summary>The input of <c>prove</c>.</summary>
/// <param name="isCampaign">Whether it is of a campaign, which says itself how much is done at once.</param>
public sealed class ProveInput(bool isCampaign = false)
{
    private const ulong MostJobs = 256;

    private readonly TextsOption only = new(
        "--only", "glob", "Only claims whose id is of this form: * is any text, ? any character; may be given more than once.");

    private readonly CountOption sample = new(
        "--sample", "count", "Only so many claims of each family, evenly spread and the same in every run; of a smaller family all.",
        most: int.MaxValue, least: 1);

    private readonly Option<Shard?> shard = new("--shard")
    {
        Description = "Only the i-th of n parts of the claims, for a CI matrix; 'prove merge' puts them together.",
        HelpName = "i/n",
        CustomParser = result =>
        {
            if (Shard.Parse(result.Tokens[0].Value) is { } part) return part;
            result.AddError($"--shard '{result.Tokens[0].Value}' is no part; expected i/n with i from 1 to n, such as 1/4");
            return null;
        },
    };

    private readonly SwitchOption changed = new("--changed", "Skips what the ledger has proved for the same scripts.");

    private readonly CountOption jobs = new(
        "--jobs", "count", "How many claims are tried at once; one for each processor otherwise.");

    private readonly SecondsOption timeout = new(
        "--timeout", "The time for one question to a solver, in seconds; 60 otherwise.");

    private readonly TextOption solver = new(
        "--solver", "solver",
        $"{SolverFactory.Default}, the name of a program such as cvc5, or its path; {SolverFactory.Default} otherwise.");

    private readonly TextOption crossCheck = new(
        "--cross-check", "solver", "A second solver, which is asked the same; a claim on which they contradict each other is undecided.");

    private readonly SwitchOption certify = new(
        "--certify", "Also has a proof found, by CaDiCaL, that there is no counterexample to what is proved, and checks it: so the solver "
        + "need not be trusted for that. Tells how many claims could be certified, and why others could not.");

    private readonly TextOption export = new(
        "--export", "folder", "A folder for the scripts, a commented .smt2 file for each claim and each mutant.");

    private readonly ChoiceOption<ReportFormat> report = new("--report", "Writes a report to a file.");

    private readonly TextOption output = new(
        "--output", "file", "The file of the report; proofs.json, proofs.xml, proofs.sarif or proofs.html otherwise.");

    private readonly TextOption ledger = new(
        "--ledger", "file", "The ledger; proofs/ledger.json of the project that the working folder is in otherwise.");

    private readonly SwitchOption checkCommitted = new(
        "--check-committed", "Writes nothing, and fails if ledger.json or FOUND.md is not what would be written.");

    private readonly SwitchOption mutate = new(
        "--mutate", "Instead, changes every operation and every guard of the rules and every instruction of the engines' compiled code, "
        + "and finds the claim that kills each of these mutants.");

    private readonly TextOption replay = new(
        "--replay", "id", "Finds again what shows that a claim does not hold, by the claim's id, and prints it; writes nothing.");

    private readonly SwitchOption list = new(
        "--list", $"Only lists the claims, id and sentence{(isCampaign ? "" : ", or the mutants")}.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            only, sample, shard, changed, jobs, timeout, solver, crossCheck, certify, export, report, output, ledger, checkCommitted,
            mutate, replay, list,
        ];
        Option[] others = isCampaign ? [jobs, crossCheck, certify, export, mutate, replay] : [];
        foreach (var option in options.Except(others)) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is not null && result.GetResult(report) is null)
                result.AddError("--output names the file of a report; expected --report too");
            foreach (var option in result.GetResult(mutate) is null ? []
                : (Option[])[sample, shard, changed, crossCheck, certify, export, ledger, checkCommitted])
            {
                if (result.GetResult(option) is { Implicit: false })
                {
                    result.AddError(
                        $"{option.Name} does not go with --mutate; expected --only, --jobs, --timeout, --solver, "
                        + "--report json or --list with it");
                }
            }

            if (result.GetResult(mutate) is { Implicit: false } && result.GetResult(report) is { Implicit: false } form
                && form.Tokens is not [{ Value: "json" }])
            {
                result.AddError("--mutate has no such report; expected --report json");
            }

            foreach (var option in result.GetResult(replay) is null ? []
                : (Option[])[only, sample, shard, changed, crossCheck, certify, export, report, ledger, checkCommitted, mutate, list])
            {
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} does not go with --replay; expected --jobs, --timeout or --solver with it");
            }

            if (result.GetResult(certify) is { Implicit: false } && result.GetResult(changed) is { Implicit: false })
                result.AddError("--changed does not go with --certify, as what is known already is not certified; expected one of them");
            if (result.GetResult(checkCommitted) is not null
                && ((Option[])[only, sample, shard]).Any(option => result.GetResult(option) is not null))
            {
                result.AddError("--check-committed needs all claims; expected no --only, --sample or --shard with it");
            }
        });
    }

    /// <summary>The plan that a command line asks for.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public ProvePlan Read(ParseResult parsed)
    {
        var count = parsed.GetValue(jobs) ?? (ulong)Environment.ProcessorCount;
        if (count is 0 or > MostJobs) throw new UsageException($"--jobs {count} makes no sense; expected 1 to {MostJobs}");
        var files = CommittedFiles.Find(parsed.GetValue(ledger));
        if (files.Ledger is null && parsed.GetValue(checkCommitted))
        {
            throw new UsageException(
                "--check-committed: there is no project around the working folder; "
                + "expected a folder of the project, or a file by --ledger");
        }

        return new()
        {
            Selection = new(parsed.GetValue(replay) is { } id ? [id] : parsed.GetRequiredValue(only).ToSequence(), parsed.GetValue(shard))
            {
                Sample = (int?)parsed.GetValue(sample),
            },
            Replay = parsed.GetValue(replay) is not null,
            Changed = parsed.GetValue(changed),
            Jobs = (int)count,
            Limit = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(60),
            Solver = parsed.GetValue(solver) ?? SolverFactory.Default,
            CrossCheck = parsed.GetValue(crossCheck),
            Certify = parsed.GetValue(certify),
            Export = parsed.GetValue(export),
            Report = parsed.GetValue(report),
            Output = parsed.GetValue(output),
            Files = files,
            CheckCommitted = parsed.GetValue(checkCommitted),
            Mutate = parsed.GetValue(mutate),
            List = parsed.GetValue(list),
        };
    }
}

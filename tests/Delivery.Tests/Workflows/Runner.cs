using System.Text.RegularExpressions;

namespace RbpfSpec.Delivery.Tests.Workflows;

/// <summary>A runner for the scripts of steps: bash as GitHub starts it, an environment with nothing in it, a checkout.</summary>
/// <remarks>
/// In the place of the script <c>rbpf</c>, which builds the program, is one that starts the program as it is built already.
/// </remarks>
internal sealed partial class Runner
{
    private const string Bash = "/bin/bash";

    private readonly string folder;

    /// <summary>A runner in an empty folder.</summary>
    /// <param name="folder">The folder.</param>
    public Runner(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(Workspace);
        Directory.CreateDirectory(Path.Combine(Checkout, "artifacts", "rbpf"));
        foreach (var name in (string[])["spec", "proofs", "docs", "examples", "RbpfSpec.sln", ".ci"])
        {
            var target = Path.Combine(Repository.Root, name);
            if (File.Exists(target)) File.CreateSymbolicLink(Path.Combine(Checkout, name), target);
            else Directory.CreateSymbolicLink(Path.Combine(Checkout, name), target);
        }

        Script(Path.Combine(Checkout, "rbpf"),
            $"#!/bin/sh\nexec '{Environment.ProcessPath}' '{Path.Combine(AppContext.BaseDirectory, "rbpf.dll")}' \"$@\"\n");
    }

    /// <summary>Whether there is a shell that can run steps.</summary>
    public static bool IsThere => File.Exists(Bash);

    /// <summary>The folder that the action is checked out to.</summary>
    public string Checkout => Path.Combine(folder, "checkout");

    /// <summary>The folder that steps run in.</summary>
    public string Workspace => Path.Combine(folder, "workspace");

    /// <summary>The summary of the job, as far as steps have written it.</summary>
    public string Summary => Read("summary.md");

    /// <summary>The outputs of steps.</summary>
    public string Outputs => Read("outputs");

    /// <summary>Writes a script that can be started.</summary>
    public static void Script(string file, string text)
    {
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a step of the action, with inputs.</summary>
    public (int ExitCode, string Output) Act(string name, params ReadOnlySpan<(string Name, string Value)> inputs)
    {
        Dictionary<string, string> values = new(StepsFile.Inputs);
        foreach (var (input, value) in inputs)
        {
            values.ShouldContainKey(input);
            values[input] = value;
        }

        return Run(
            StepsFile.Action.Single(step => step.Name == name),
            Workspace,
            values.ToDictionary(value => $"inputs.{value.Key}", value => value.Value));
    }

    /// <summary>Runs the script of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="where">The folder to run it in.</param>
    /// <param name="values">The values of expressions.</param>
    /// <param name="checkout">Where the action is, if not in <see cref="Checkout"/>.</param>
    public (int ExitCode, string Output) Run(
        Step step, string where, IReadOnlyDictionary<string, string> values, string? checkout = null)
    {
        // What a script is given, it is given by variables: text of others does not become a part of it.
        Expression().Matches(step.Run).ShouldBeEmpty($"an expression in the script of '{step.Name}'");
        var script = Path.Combine(folder, "step.sh");
        File.WriteAllText(script, step.Run);
        string[] environment =
        [
            "PATH=/usr/bin:/bin", $"HOME={folder}", "RUNNER_OS=Linux", "RUNNER_ARCH=X64", $"GITHUB_ACTION_PATH={checkout ?? Checkout}",
            $"GITHUB_STEP_SUMMARY={Path.Combine(folder, "summary.md")}", $"GITHUB_OUTPUT={Path.Combine(folder, "outputs")}",
            .. step.Variables.Select(variable => $"{variable.Key}={Expanded(variable.Value, values)}"),
        ];

        // Where no shell is named, GitHub starts bash without "pipefail".
        string[] options = step.Shell == "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
        return External.Start("/usr/bin/env", ["-i", .. environment, Bash, .. options, script], where).ShouldNotBeNull();
    }

    private static string Expanded(string text, IReadOnlyDictionary<string, string> values) => Expression().Replace(text, match =>
    {
        values.ContainsKey(match.Groups["what"].Value).ShouldBeTrue(text);
        return values[match.Groups["what"].Value];
    });

    private string Read(string name) => File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)) : "";

    [GeneratedRegex(@"\$\{\{ (?<what>[^}]+) \}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expression();
}

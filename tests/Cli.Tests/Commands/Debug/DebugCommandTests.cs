using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Commands.Debug;

/// <summary>The debugger as a process: as VS Code's own test client sees it, and as the extension starts it.</summary>
public class DebugCommandTests
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "rbpf.dll");

    [Fact]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "time")]
    public void The_client_of_VS_Codes_tests_debugs_a_program()
    {
        var lines = Path.Combine(Repository.Root, "tests/Images.Tests/Lines/lines");

        Scripted("client.js", $"{lines}.o", $"{lines}.c").ShouldBe(["breakpoints and steps", "a trap repaired", "refusals in words"]);
    }

    [Fact]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "time")]
    public void The_client_of_VS_Codes_tests_sees_variables_of_C_and_counts_hits()
    {
        var folder = Path.Combine(Repository.Root, "tests/Images.Tests/Variables");
        const string context = "0300000005000000feff61626300010203000000ffffffff8d00000000000000"
            + "0800002000000000ffffffffffffffff7801000001020304";

        Scripted("variables.js", Path.Combine(folder, "variables5.o"), Path.Combine(folder, "variables.c"), context)
            .ShouldBe(["variables, hits and log points"]);
    }

    // What a script of the client prints.
    private static string[] Scripted(string script, params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "artifacts/dap");
        Directory.Exists(Path.Combine(folder, "node_modules/@vscode/debugadapter-testsupport")).ShouldBeTrue(
            "the npm package @vscode/debugadapter-testsupport is missing: ./rbpf test installs it, or "
            + $"'npm install --ignore-scripts --prefix . @vscode/debugadapter-testsupport@1.68.0' in {folder}");
        var (exitCode, output) = External.Run(
            "node", [Path.Combine(Repository.Root, "tests/Cli.Tests/Commands/Debug", script), folder, Program, .. arguments]);

        exitCode.ShouldBe(0, output);
        return output.TrimEnd().Split('\n');
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_before_an_editor_asks() =>
        Rbpf.Run(["debug", "no-such.o"]).Error.ShouldStartWith("rbpf: 'no-such.o' cannot be read: ");

    [Fact]
    public void The_extension_of_VS_Code_starts_the_debugger_and_offers_what_launch_takes()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "editors/vscode/package.json")));
        var contributes = document.RootElement.GetProperty("contributes");
        var debugger = contributes.GetProperty("debuggers").EnumerateArray().ShouldHaveSingleItem();

        debugger.Text("type").ShouldBe("rbpf");

        // A runtime is looked for on the search path; a program would be a file of the extension's folder.
        debugger.Text("runtime").ShouldBe("rbpf");
        debugger.TryGetProperty("program", out _).ShouldBeFalse();
        var arguments = debugger.GetProperty("args").EnumerateArray().Select(one => one.GetString()!).ToArray();
        arguments.ShouldBe(["debug"]);
        CommandLine.ProblemOf(arguments).ShouldBeNull();
        document.RootElement.GetProperty("engines").Text("vscode").ShouldNotBeNull().ShouldStartWith("^1.");

        // Each property is one that the launch reads, and each that it reads is a property.
        var launch = debugger.GetProperty("configurationAttributes").GetProperty("launch");
        var offered = launch.GetProperty("properties").EnumerateObject().Select(one => one.Name).ToList();
        offered.Order(StringComparer.Ordinal).ShouldBe(
            typeof(RbpfSpec.Debugging.Sessions.Launch).GetProperties()
                .Select(one => char.ToLowerInvariant(one.Name[0]) + one.Name[1..])
                .Select(name => name == "folder" ? "cwd" : name)
                .Append("stopOnEntry").Order(StringComparer.Ordinal));
        foreach (var configuration in debugger.GetProperty("initialConfigurations").EnumerateArray())
        {
            configuration.Text("type").ShouldBe("rbpf");
            configuration.Text("request").ShouldBe("launch");
            configuration.EnumerateObject().Select(one => one.Name).Except(["type", "request", "name"]).ShouldBeSubsetOf(offered);
        }

        contributes.GetProperty("breakpoints").EnumerateArray().Select(one => one.Text("language")).ShouldContain("c");
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace RbpfSpec.Cli.Tests;

public class HelpWithExamplesTests : Scratch
{
    private const string Shell = "/bin/sh";

    // The UDP ports of the servers in examples: one of them may be in use here, by another run of these tests.
    private static readonly Regex Port = new("(?<=--port |localhost:)57[0-9]{2}", RegexOptions.None, TimeSpan.FromSeconds(1));

    public static TheoryData<string> Commands => [.. All("").Where(command => command != "")];

    [Fact]
    public void The_commands_are_found_in_the_help() =>
        All("").Count().ShouldBe(57);

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_each_command_has_examples_of_it(string command)
    {
        Examples(command).ShouldNotBeEmpty();
        Examples(command).ShouldAllBe(example => example.Contains($"rbpf {command}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_each_command_names_no_types_and_dumps_no_values(string command)
    {
        var help = Rbpf.Line($"{command} --help").Holds();

        help.ShouldNotContain(" { ");
        help.ShouldNotContain("RbpfSpec");
        help.ShouldNotContain("System.");
    }

    [Theory]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "solver")]
    [Trait("Needs", "time")]
    [MemberData(nameof(Commands))]
    public void Each_example_works_as_printed(string command)
    {
        foreach (var example in Examples(command))
        {
            if (example.Contains("../shared", StringComparison.Ordinal) && !Repository.HasShared) continue;

            // Whether the ledger is that of the claims, proving them says.
            if (example.Contains("proofs/ledger.json", StringComparison.Ordinal)) continue;
            if (example.Contains('\'') && !File.Exists(Shell)) continue;

            var ending = example.Contains('\'') ? InShell(Port.Replace(example, $"{FreePort()}")) : Rbpf.Line(example["./rbpf ".Length..]);

            ending.Error.ShouldBe("", example);
            ending.ExitCode.ShouldBeInRange(0, 1, example);
            (ending.Output != "" || example.Contains("--output", StringComparison.Ordinal)).ShouldBeTrue(example);
        }
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // In a folder of its own, because one writes a file.
    private Ending InShell(string example)
    {
        // A script, and not a function of the shell: an example may hand it to another shell.
        var script = Write("rbpf", "#!/bin/sh\nexec dotnet \"$RBPF\" \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var (exitCode, output, error) = External.Shell(
            Shell, ["-c", example], Folder, ("RBPF", Path.Combine(AppContext.BaseDirectory, "rbpf.dll")));
        return new(exitCode, output, error);
    }

    // A command and those below it, as words: "", "run", "conformance", "conformance run".
    private static IEnumerable<string> All(string command) =>
        Section(Help(command), "Commands:")
            .Select(line => $"{command} {line.Split(' ')[0]}".Trim())
            .SelectMany(All)
            .Prepend(command);

    private static List<string> Examples(string command) =>
        [.. Section(Help(command), "Example:"), .. Section(Help(command), "Examples:")];

    private static string Help(string command) => Rbpf.Line($"{command} --help".Trim()).Holds();

    private static IEnumerable<string> Section(string help, string title) => help.Split('\n')
        .SkipWhile(line => line != title)
        .Skip(1)
        .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
        .Select(line => line.Trim());
}

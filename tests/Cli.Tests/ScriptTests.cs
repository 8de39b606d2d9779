namespace RbpfSpec.Cli.Tests;

/// <summary>The parts of the script ./rbpf that can be tried apart.</summary>
public sealed class ScriptTests : Scratch
{
    private const string Bash = "/bin/bash";

    // Root without the folders of system programs on the path, as after su or in a cron job.
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "install")]
    public void The_package_manager_is_called_for_a_library_that_is_missing_and_for_no_other(bool isThere, string called)
    {
        if (!File.Exists(Bash)) return;
        var script = File.ReadAllText(Path.Combine(Repository.Root, "rbpf")).ReplaceLineEndings("\n");
        var begin = script.IndexOf("need_libz3() {", StringComparison.Ordinal);
        var function = script[begin..(script.IndexOf("\n}\n", begin, StringComparison.Ordinal) + 3)]
            .Replace("/usr/sbin:/sbin", Folder, StringComparison.Ordinal);
        Program("ldconfig", isThere ? "echo '	libz3.so.4 (libc6,x86-64) => /lib/libz3.so.4'" : "echo '	libc.so.6 => /lib/libc.so.6'");
        var test = Write(
            "test.sh",
            $"set -euo pipefail\nid() {{ echo 0; }}\napt-get() {{ echo \"$1\" >>{Folder}/called; }}\nunset RBPFSPEC_LIBZ3\n"
            + $"PATH=/usr/bin:/bin\n{function}\nneed_libz3\n");

        var (exitCode, _, error) = External.Shell(Bash, [test]);

        exitCode.ShouldBe(0, error);
        (File.Exists(At("called")) ? File.ReadAllText(At("called")).Trim() : "").ShouldBe(called);
    }

    [Theory]
    [InlineData("--slow")]
    [InlineData("--fast", "Semantics")]
    public void What_test_does_not_know_is_refused_before_anything_is_built(params string[] arguments)
    {
        if (!File.Exists(Bash)) return;

        var ending = External.Shell(Bash, [Path.Combine(Repository.Root, "rbpf"), "test", .. arguments]);

        ending.ShouldBe((2, "", $"rbpf: after 'test' comes nothing or --fast, not '{string.Join(' ', arguments)}'\n"));
    }

    private void Program(string name, string line)
    {
        var file = Write(name, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

using System.Globalization;

namespace RbpfSpec.Cli.Tests;

public partial class CommandLineTests
{
    public static TheoryData<string> Readers =>
        ["check", "run", "trace", "disasm", "asm", "conformance run", "run examples/increment.o --memory-file"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_missing_is_told_in_one_line(string command)
    {
        var ending = Rbpf.Run([.. command.Split(' '), At("absent")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{At("absent")}' cannot be read: ");
        ending.Error.Count(character => character == '\n').ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_folder_is_no_file(string command)
    {
        // As an argument of these a folder stands for the vectors, or the objects, in it.
        if (command is "conformance run" or "check" or "analyze") return;

        Rbpf.Run([.. command.Split(' '), Folder]).IsUsage($"'{Folder}' is a folder; expected a file");
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_too_large_is_refused_at_once(string command)
    {
        using (var sparse = File.Create(At("sparse"))) sparse.SetLength(1_500_000_000);

        var ending = Rbpf.Run([.. command.Split(' '), At("sparse")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldMatch(
            $"^rbpf: '{At("sparse")}' has 1500000000 bytes; a (program's|memory|text) file may have [0-9]+\n"
            + "$|^rbpf: .* a program's file may have 67108864\n$");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("asm")]
    [InlineData("run examples/increment.o --memory-file")]
    public void A_device_without_end_is_refused(string command)
    {
        if (!File.Exists("/dev/zero")) return;

        Rbpf.Run([.. command.Split(' '), "/dev/zero"]).Error.ShouldStartWith(
            "rbpf: '/dev/zero' has more than 67108864 bytes, which is the most that ");
    }

    [Fact]
    public void A_name_that_no_file_can_have_is_told_in_one_line()
    {
        foreach (var name in (string[])["", "a\0b", new string('x', 5000)])
        {
            var ending = Rbpf.Run(["run", name]);

            ending.ExitCode.ShouldBe(2);
            ending.Error.ShouldStartWith($"rbpf: '{Reports.Escaped.Line(name)}' cannot be read: ");
            ending.Error.Count(character => character == '\n').ShouldBe(1);
        }
    }

    public static TheoryData<string> Certificates => ["analyze {0} --check {1}", "run {0} --engine compiled --certificate {1}",
        "compile {0} --target cil --validate --certificate {1}", "validate {0} {1} {1}"];

    [Theory]
    [MemberData(nameof(Certificates))]
    public void What_is_wrong_with_a_certificate_names_its_file(string command)
    {
        var program = Write("seven.s", "mov %r0, 7\nexit\n");
        foreach (var contents in (string[])["", "nonsense", "{}", "{\"version\":", "[]", new string('x', 1_000_000)])
        {
            var ending = Rbpf.Line(string.Format(CultureInfo.InvariantCulture, command, program, Write("proof", contents)));

            var text = ending.Output + ending.Error;
            text.ShouldContain(At("proof"));
            text.Length.ShouldBeLessThan(1000);
            ending.ExitCode.ShouldBe(command.StartsWith("run", StringComparison.Ordinal) ? 0
                : command.StartsWith("validate", StringComparison.Ordinal) ? 2 : 1);
        }
    }
}

namespace RbpfSpec.Cli.Tests.Inputs;

public class FilesTests : Scratch
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
        // As an argument of this command a folder stands for the vectors in it.
        if (command == "conformance run") return;

        Rbpf.Run([.. command.Split(' '), Folder]).IsUsage($"'{Folder}' is a folder; expected a file");
    }

    [Fact]
    public void A_name_that_no_file_can_have_is_told_in_one_line()
    {
        foreach (var name in (string[])["", "a\0b", new string('x', 5000)])
        {
            var ending = Rbpf.Run(["run", name]);

            ending.ExitCode.ShouldBe(2);
            ending.Error.ShouldStartWith($"rbpf: '{name}' cannot be read: ");
            ending.Error.Count(character => character == '\n').ShouldBe(1);
        }
    }
}

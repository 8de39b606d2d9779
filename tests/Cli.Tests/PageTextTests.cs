using System.Text.RegularExpressions;

namespace RbpfSpec.Cli.Tests;

/// <summary>The command lines of README.md and docs/ are ones, and print what is said.</summary>
public class PageTextTests : Scratch
{
    private const string Shell = "/bin/sh";

    // These take minutes, or a machine that is not here. CI runs the first two; the counts of the third are tested apart.
    private static readonly string[] Long = ["prove", "test", "conformance", "fuzz", "bench"];

    // The script's, not the program's.
    private static readonly string[] Scripted = ["test", "test --fast"];

    // Command lines of other programs, with variables before them or none.
    private static readonly Regex Foreign = new(
        "^([A-Z_]+=[^ ]* )*(dotnet |bench/)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static TheoryData<string> Pages => [.. PageText.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_line_makes_sense(string page) =>
        Problems(PageText.ExchangesOf(page).Select(exchange => exchange.Command)).ShouldBeEmpty();

    // In a sentence a command may stand without what it needs.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_in_a_sentence_is_one(string page) =>
        Problems(PageText.CodeOf(page)).Where(problem => !problem.Contains("required", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_option_is_one_of_some_command(string page)
    {
        var options = Commands("")
            .SelectMany(command => Rbpf.Line($"{command} --help".Trim()).Holds().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.StartsWith("--", StringComparison.Ordinal))
            .Append("--fast")
            .ToHashSet();

        (from code in PageText.CodeOf(page)
         where !Foreign.IsMatch(code)
         from word in code.Split(' ')
         where word.StartsWith("--", StringComparison.Ordinal) && !options.Contains(word)
         select word).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_is_in_the_page_on_commands()
    {
        var rows = PageText.Of("docs/commands.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Commands("")
            .Where(command => command != "" && !Commands(command).Skip(1).Any(other => other != "prove merge"))
            .Where(command => !rows.Exists(row => row.Split('|')[1].Contains($"`{command}", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Theory]
    [Trait("Needs", "solver")]
    [Trait("Needs", "time")]
    [MemberData(nameof(Pages))]
    public void Every_command_prints_what_is_said(string page)
    {
        if (!File.Exists(Shell)) return;
        var script = Write("rbpf", "#!/bin/sh\nexec dotnet \"$RBPF\" \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var (command, output) in PageText.ExchangesOf(page))
        {
            var arguments = PageText.ArgumentsOf(command);
            if (arguments is not null && (Long.Contains(arguments[0]) || output.Count == 0)) continue;
            if (arguments is null && !command.StartsWith("printf ", StringComparison.Ordinal)) continue;

            var (_, printed, error) = External.Shell(
                Shell,
                ["-c", Moved(command).Replace("./rbpf ", $"{script} ", StringComparison.Ordinal)],
                Repository.Root,
                ("RBPF", Path.Combine(AppContext.BaseDirectory, "rbpf.dll")));

            error.ShouldBe("", command);
            string[] lines = [.. printed.TrimEnd('\n').Split('\n').Where(line => line != "" || output.Count > 0)];
            PageText.Fits([.. output.Select(Moved)], lines).ShouldBeTrue($"{page}: $ {command}\n{printed}");
        }
    }

    [Theory]
    [InlineData("a|b", "a|b", true)]
    [InlineData("a|…", "a|b|c", true)]
    [InlineData("a|…", "a", true)]
    [InlineData("…|c", "a|b|c", true)]
    [InlineData("… files", "12 files", true)]
    [InlineData("a", "a|b", false)]
    [InlineData("a|…|d", "a|b|c", false)]
    [InlineData("… files", "12 file", false)]
    public void Three_dots_are_what_is_left_out(string said, string printed, bool fits) =>
        PageText.Fits(said.Split('|'), printed.Split('|')).ShouldBe(fits);

    [Theory]
    [InlineData("./rbpf explain 'r0 s>>= r1'  # why", "explain|r0 s>>= r1")]
    [InlineData("../../../rbpf run x.o > y", "run|x.o")]
    [InlineData("printf 'exit' | ./rbpf asm -", "asm|-")]
    [InlineData("dotnet run -c Release --project src/Cli -- prove", "prove")]
    public void Words_are_those_that_the_shell_makes(string line, string words) =>
        PageText.ArgumentsOf(line).ShouldBe(words.Split('|'));

    [Theory]
    [InlineData("dotnet build RbpfSpec.sln")]
    [InlineData("rbpf")]
    [InlineData("./my_vm --batch")]
    public void Other_programs_are_told_apart(string line) => PageText.ArgumentsOf(line).ShouldBeNull();

    [Fact]
    public void A_command_line_with_a_mistake_is_one() =>
        CommandLine.ProblemOf(["prove", "--onyl", "x"]).ShouldNotBeNull().ShouldContain("--only");

    private static IEnumerable<string> Problems(IEnumerable<string> lines) =>
        from line in lines
        let arguments = PageText.ArgumentsOf(line)
        where arguments is not null && !Scripted.Contains(string.Join(' ', arguments)) && !arguments.Contains("…")
        let problem = CommandLine.ProblemOf(arguments)
        where problem is not null
        select $"{line}: {problem}";

    // Files that commands write go to a folder of the test.
    private string Moved(string text) => text.Replace("/tmp/", $"{Folder}/", StringComparison.Ordinal);

    // A command and those below it, as words.
    private static IEnumerable<string> Commands(string command) =>
        Rbpf.Line($"{command} --help".Trim()).Holds().Split('\n')
            .SkipWhile(line => line != "Commands:")
            .Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => $"{command} {line.Trim().Split(' ')[0]}".Trim())
            .SelectMany(Commands)
            .Prepend(command);
}

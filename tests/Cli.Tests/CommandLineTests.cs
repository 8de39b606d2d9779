using FsCheck;
using FsCheck.Fluent;

namespace RbpfSpec.Cli.Tests;

public partial class CommandLineTests : Scratch
{
    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("run --help")]
    [InlineData("run --help --nonsense")]
    [InlineData("conformance run -h")]
    public void Help_and_version_hold(string line) => Rbpf.Line(line).Holds().ShouldNotBeEmpty();

    [Theory]
    [InlineData("", "Required command was not provided; Unrecognized command or argument ''", "rbpf")]
    [InlineData("walk",
        "there is no command 'walk'; expected prove, check, run, trace, debug, solve, analyze, compile, validate, asm, disasm, pack, "
        + "unpack, explain, profiles, dialects, conformance, fuzz, explore, campaign, worker, host, bench, generate, spec or export",
        "rbpf")]
    [InlineData("spec check", "there is no command 'check'; expected build", "rbpf spec")]
    [InlineData("rnu x", "there is no command 'rnu'; did you mean 'run'?", "rbpf")]
    [InlineData("Prove", "there is no command 'Prove'; did you mean 'prove'?", "rbpf")]
    [InlineData("dis x.o", "there is no command 'dis'; did you mean 'disasm'?", "rbpf")]
    [InlineData("solve trasp x", "there is no command 'trasp'; did you mean 'traps'?", "rbpf solve")]
    [InlineData("run a --memroy 00", "there is no option '--memroy'; did you mean '--memory'?", "rbpf run")]
    [InlineData("conformance", "Required command was not provided", "rbpf conformance")]
    [InlineData("run", "Required argument 'file' missing for command: 'run'", "rbpf run")]
    [InlineData("run a b", "Unrecognized command or argument 'b'", "rbpf run")]
    [InlineData("run a --fast", "Unrecognized command or argument '--fast'", "rbpf run")]
    [InlineData("run a --memory", "Required argument missing for option: '--memory'", "rbpf run")]
    [InlineData("run a -- --help", "Unrecognized command or argument '--help'", "rbpf run")]
    [InlineData("conformance run", "Required argument 'paths' missing for command: 'run'", "rbpf conformance run")]
    [InlineData("disasm a --syntax intel", "--syntax 'intel' does not exist; expected conformance or llvm", "rbpf disasm")]
    public void A_command_line_that_makes_no_sense_is_one_line_with_a_hint(string line, string message, string command) =>
        Rbpf.Line(line).IsUsage($"{message} (see '{command} --help')");

    [Theory]
    [InlineData("run no-such-file --json")]
    [InlineData("run examples/increment.o --memory zz --json")]
    [InlineData("run examples/storage.o --helpers none --json")]
    [InlineData("trace examples/storage.o --helpers none --json")]
    [InlineData("check no-such-file --json")]
    [InlineData("disasm README.md --json")]
    [InlineData("solve traps no-such-file --json")]
    [InlineData("solve equal examples/increment.o no-such-file --json")]
    [InlineData("conformance run no-such-file --json")]
    [InlineData("run a --json --fast")]
    public void Where_JSON_is_asked_for_an_error_is_JSON_too(string line)
    {
        var ending = Rbpf.Line(line);

        ending.ExitCode.ShouldBeInRange(1, 2);
        ending.Error.ShouldStartWith("rbpf: ");
        var told = JsonText.Object(ending.Output).Text("error").ShouldNotBeNull();
        told.ShouldBe(string.Join('\n', ending.Error.TrimEnd('\n').Split('\n').Select(part => part["rbpf: ".Length..])));
    }

#pragma warning disable CA2201 // The runtime throws these, and so they are what can escape.
    public static TheoryData<Exception> Escaped =>
    [
        new OutOfMemoryException(),
        new InvalidOperationException("one\nand two"),
        new AggregateException(new IndexOutOfRangeException("three")),
        new InsufficientExecutionStackException(),
    ];
#pragma warning restore CA2201

    [Theory]
    [MemberData(nameof(Escaped))]
    public void What_escapes_is_one_line_that_asks_for_a_report(Exception exception)
    {
        var ending = Rbpf.Captured(() => CommandLine.Guarded(() => throw exception));

        ending.ExitCode.ShouldBe(70);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith("rbpf: a fault of rbpf, not of its input; please report it with the command line (");
        ending.Error.ShouldContain((exception.InnerException ?? exception).GetType().Name);
        ending.Error.Count(character => character == '\n').ShouldBe(1);
    }

    [Fact]
    public void An_output_or_a_folder_that_is_gone_is_told()
    {
        Rbpf.Captured(() => CommandLine.Guarded(() => throw new UnauthorizedAccessException("Access to the path is denied.")))
            .IsUsage("standard output cannot be written: Access to the path is denied.");
        Rbpf.Captured(() => CommandLine.Guarded(() => throw new FileNotFoundException("Unable to find the specified file.")))
            .IsUsage("the working folder does not exist any more; expected one that does");
        Rbpf.Captured(() => CommandLine.Guarded(() => throw new IOException("'x' is full"))).IsUsage("'x' is full");
    }

    [Fact]
    public void Standard_input_of_a_plugin_has_a_limit() =>
        Rbpf.Run(["conformance", "plugin"], new string('0', (64 << 20) + 1)).IsUsage(
            "standard input has more than 67108864 characters, which is the most that a program's file may have");

    [Fact]
    public void Any_file_is_met_without_an_exception()
    {
        var example = 0;

        Prop.ForAll(Files.ToArbitrary(), bytes =>
        {
            var file = Write($"any{example++ % 2}.{(example % 3 == 0 ? "s" : "bin")}", bytes);
            foreach (var command in (string[])["check", "run", "trace", "disasm", "asm"])
            {
                string[] bounds = command is "run" or "trace" ? ["--instructions", "1000"] : [];

                var ending = Rbpf.Run([command, file, .. bounds]);

                ending.ExitCode.ShouldBeInRange(0, 2);
                ending.Error.ShouldNotContain("   at ");
                (ending.Output + ending.Error == "" && bytes.Length > 0).ShouldBeFalse();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(9669, 1));
    }

    // Bytes, text, slots of known opcodes, and examples with a few bytes changed or the end cut off.
    private static Gen<byte[]> Files => Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        ArbMap.Default.GeneratorFor<string?>().Select(text => System.Text.Encoding.UTF8.GetBytes(text ?? "")),
        Gen.Elements("mov %r0, 1\n", "exit\n", "r1 += 2\n", "ja -1\n", "95", " ", "call local 0\n", "\r\n", "0x").ListOf()
            .Select(parts => System.Text.Encoding.UTF8.GetBytes(string.Concat(parts))),
        Slots,
        Damaged,
        Damaged);

    private static Gen<byte[]> Slots =>
        from slots in Gen.Elements<ulong>(
            0x00000001_000000b7, 0x00000000_0000010f, 0x00000000_00001079, 0x00000000_fff81a7b, 0x00000000_ffff0005,
            0x00000005_00000085, 0xffffffff_00001085, 0x00000001_00000018, 0x00000000_000000ff).ListOf()
        select slots.Append(0x95UL).SelectMany(BitConverter.GetBytes).ToArray();

    private static Gen<byte[]> Damaged =>
        from example in Gen.Elements<string>([.. Repository.Examples])
        let whole = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", $"{example}.o"))
        from changes in Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf()
        from length in Gen.OneOf(Gen.Constant(whole.Length), Gen.Constant(whole.Length), Gen.Choose(0, whole.Length))
        select Changed(whole, changes)[..length];

    private static byte[] Changed(byte[] bytes, IEnumerable<(int At, int Value)> changes)
    {
        byte[] copy = [.. bytes];
        foreach (var (at, value) in changes) copy[at] = (byte)value;
        return copy;
    }
}

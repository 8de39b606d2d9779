using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Commands.Pack;

public class PackCommandTests : Scratch
{
    private static string Fletcher => Path.Combine(Repository.Root, "examples/fletcher32.o");

    [Fact]
    public void A_packed_program_runs_as_the_program_does()
    {
        var input = Path.Combine(Repository.Root, "examples/fletcher32.input");

        Rbpf.Run(["pack", Fletcher, "--output", At("f.rbpk")]).Holds()
            .ShouldMatch(@"^336 bytes in \d+, 6\d\.\d % saved: field packing, heatshrink 7,3\n$");

        Rbpf.Run(["run", At("f.rbpk"), "--memory-file", input]).Holds()
            .ShouldBe(Rbpf.Run(["run", Fletcher, "--memory-file", input]).Holds());
        Rbpf.Run(["check", At("f.rbpk")]).Holds().ShouldBe("accepted: 42 slots, profile rbpf\n");
        Rbpf.Run(["disasm", At("f.rbpk")]).Holds().ShouldBe(Rbpf.Run(["disasm", Fletcher, "--linked"]).Holds());
        Rbpf.Run(["check", At("f.rbpk"), "--format", "packed"]).Holds();
    }

    [Fact]
    public void What_is_printed_is_read_as_what_is_written()
    {
        var text = Rbpf.Run(["pack", Write("seven.s", "mov %r0, 7\nexit\n")]).Holds();

        text.ShouldBe("# 16 bytes in 10, 37.5 % saved: field packing\n72 42 50 4b 04 10 b7 00\n0e 95\n");
        Rbpf.Run(["run", Write("seven.txt", text)]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void A_program_is_given_for_programs()
    {
        using var json = JsonDocument.Parse(Rbpf.Run(["pack", Write("seven.s", "mov %r0, 7\nexit\n"), "--json"]).Holds());

        json.RootElement.GetProperty("bytes").GetInt32().ShouldBe(16);
        json.RootElement.GetProperty("packed").GetInt32().ShouldBe(10);
        json.RootElement.GetProperty("saved").GetDouble().ShouldBe(37.5);
        json.RootElement.GetProperty("coding").GetString().ShouldBe("field packing");
        json.RootElement.GetProperty("hex").GetString().ShouldBe("7242504b0410b7000e95");
    }

    [Fact]
    public void A_larger_window_may_be_asked_for() =>
        Rbpf.Run(["pack", Fletcher, "--window", "8,4", "--output", At("f.rbpk")]).Holds().ShouldEndWith("heatshrink 8,4\n");

    [Fact]
    public void A_program_with_data_is_packed_as_a_container_and_starts_where_it_did()
    {
        var source = Write(
            "data.s",
            ".type g,@function\ng: r0 = 9\nexit\n.globl f\n"
            + ".type f,@function\nf: r1 = seven ll\nr0 = *(u8 *)(r1 + 0)\nexit\n.section .rodata,\"a\"\nseven: .byte 7\n");

        Rbpf.Run(["pack", source, "--function", "f", "--output", At("d.rbpk")]).Holds();

        Rbpf.Run(["run", At("d.rbpk")]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void An_object_whose_data_hold_addresses_is_packed_whole_and_says_so()
    {
        var greeting = Path.Combine(Repository.Root, "examples/greeting.o");

        var ending = Rbpf.Run(["pack", greeting, "--output", At("g.rbpk")]);

        ending.ExitCode.ShouldBe(0);
        ending.Error.ShouldContain("note: the whole object is packed: .data holds addresses");
        Rbpf.Run(["run", At("g.rbpk"), "--memory", "07000000"]).Holds()
            .ShouldBe(Rbpf.Run(["run", greeting, "--memory", "07000000"]).Holds());
        Rbpf.Run(["pack", greeting, "--function", "greeting"]).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void What_is_packed_may_be_packed_again_otherwise()
    {
        Rbpf.Run(["pack", Fletcher, "--output", At("a.rbpk")]).Holds();
        Rbpf.Run(["pack", At("a.rbpk"), "--window", "8,4", "--output", At("b.rbpk")]).Holds();

        Rbpf.Run(["unpack", At("b.rbpk")]).Holds().ShouldContain("a program of 336 bytes from ");
    }

    [Theory]
    [InlineData("11,4", "--window 11,4 needs --plain: a packed program has 7,3 or 8,4")]
    [InlineData("7",
        "--window '7' is none of heatshrink's; expected 4 to 15 bits, a comma, and at least 3 but fewer bits than before, such as 7,3")]
    [InlineData("3,3", "--window '3,3' is none of heatshrink's")]
    public void A_window_that_is_none_is_refused(string window, string problem)
    {
        var ending = Rbpf.Run(["pack", Fletcher, "--window", window]);

        ending.ExitCode.ShouldBe(2);
        ending.Error.ShouldContain(problem);
    }
}

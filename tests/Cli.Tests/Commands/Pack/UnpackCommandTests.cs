using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Commands.Pack;

public class UnpackCommandTests : Scratch
{
    private static readonly byte[] Seven = [0xb7, 0, 0, 0, 7, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void What_was_packed_comes_back()
    {
        File.WriteAllBytes(At("seven.bin"), Seven);
        Rbpf.Run(["pack", At("seven.bin"), "--output", At("seven.rbpk")]).Holds();

        Rbpf.Run(["unpack", At("seven.rbpk"), "--output", At("back.bin")]).Holds().ShouldBe("a program of 16 bytes from 10\n");
        File.ReadAllBytes(At("back.bin")).ShouldBe(Seven);
        Rbpf.Run(["unpack", At("seven.rbpk")]).Holds()
            .ShouldBe("# a program of 16 bytes from 10\nb7 00 00 00 07 00 00 00\n95 00 00 00 00 00 00 00\n");
    }

    [Fact]
    public void Hexadecimal_text_is_read_too() =>
        Rbpf.Run(["unpack", Write("seven.txt", "# seven\n7242504b 0410b700 0e95")]).Holds()
            .ShouldStartWith("# a program of 16 bytes from ");

    [Fact]
    public void An_object_or_a_container_comes_back_as_it_was()
    {
        var greeting = Path.Combine(Repository.Root, "examples/greeting.o");
        Rbpf.Run(["pack", greeting, "--output", At("g.rbpk")]);

        Rbpf.Run(["unpack", At("g.rbpk"), "--output", At("g.o")]).Holds().ShouldStartWith("an ELF object of ");

        File.ReadAllBytes(At("g.o")).ShouldBe(File.ReadAllBytes(greeting));
    }

    [Theory]
    [InlineData("7,3")]
    [InlineData("8,4")]
    [InlineData("11,4")]
    public void A_plain_stream_of_heatshrink_is_written_and_read(string window)
    {
        File.WriteAllBytes(At("seven.bin"), Seven);
        Rbpf.Run(["pack", At("seven.bin"), "--plain", "--window", window, "--output", At("seven.hs")]).Holds()
            .ShouldEndWith($"heatshrink {window} alone\n");

        Rbpf.Run(["unpack", At("seven.hs"), "--plain", "--window", window, "--output", At("back.bin")]).Holds();

        File.ReadAllBytes(At("back.bin")).ShouldBe(Seven);
    }

    [Fact]
    public void A_program_is_given_for_programs()
    {
        File.WriteAllBytes(At("f.rbpk"), Convert.FromHexString("7242504b101001b7000000070000009500000000000000"));

        using var json = JsonDocument.Parse(Rbpf.Run(["unpack", At("f.rbpk"), "--json"]).Holds());

        json.RootElement.GetProperty("bytes").GetInt32().ShouldBe(16);
        json.RootElement.GetProperty("entry").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("form").GetString().ShouldBe("a program");
        json.RootElement.GetProperty("hex").GetString().ShouldBe(Convert.ToHexStringLower(Seven));
        Rbpf.Run(["unpack", At("f.rbpk")]).Holds().ShouldStartWith("# a program of 16 bytes from 23; it starts at slot 1\n");
    }

    [Fact]
    public void What_is_no_packed_program_is_refused_with_its_name_and_place()
    {
        File.WriteAllBytes(At("seven.bin"), Seven);
        File.WriteAllBytes(At("cut.rbpk"), Convert.FromHexString("7242504b0410b700"));

        Rbpf.Run(["unpack", At("seven.bin")]).ShouldSatisfyAllConditions(
            ending => ending.ExitCode.ShouldBe(2),
            ending => ending.Error.ShouldBe($"rbpf: {At("seven.bin")}: packed program, byte 0: "
                + "a packed program starts with the bytes 72 42 50 4b (rBPK)\n"));
        Rbpf.Run(["run", At("cut.rbpk")]).ShouldSatisfyAllConditions(
            ending => ending.ExitCode.ShouldBe(2),
            ending => ending.Error.ShouldBe($"rbpf: {At("cut.rbpk")}: packed program, byte 8: the stream ends after 0 of 16 bytes\n"));
        Rbpf.Run(["unpack", At("cut.rbpk"), "--window", "8,4"]).Error
            .ShouldContain("--window needs --plain: a packed program tells its window itself");
    }
}

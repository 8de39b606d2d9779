using RbpfSpec.Cli.Tests.Commands.Host;

namespace RbpfSpec.Cli.Tests.Inputs.Options;

/// <summary>From a key to a run of a signed program, with a client of libcoap.</summary>
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public class UpdateOptionsTests : Scratch
{
    private static readonly string[] Blocks = ["-b", "64", "-t", "18"];

    public UpdateOptionsTests()
    {
        Rbpf.Run(["host", "keygen", "--out", At("k")]).Holds();
        Rbpf.Run(["host", "keygen", "--out", At("foreign")]).Holds();

        // 4 KiB less 40 bytes, so that there are many blocks.
        Write("p.s", string.Concat(Enumerable.Repeat("r0 = 7\n", 506)) + "exit\n");
    }

    [Fact]
    public void A_signed_program_goes_in_blocks_to_a_device_that_trusts_its_key_and_runs()
    {
        using var device = RunningDevice.Start(2, "--trust", At("k.pub"), "--hook", "hello=request:hello");
        device.Told.ShouldEndWith("\ntakes updates that are signed by a trusted key\n");

        device.Ask("put", "app/1", [.. Blocks, "-f", Sign("k", 2)]).ShouldBe("");

        device.Ask("get", "c/1").ShouldBe("7");
        device.Ask("get", "hello").ShouldBe("7");
        device.Ask("get", "app").ShouldContain("1 4056 bytes");
        device.Ask("get", "app").ShouldContain(", sequence number 2");
        device.Ask("put", "app/1", [.. Blocks, "-f", Sign("k", 2)])
            .ShouldBe("4.09 replay: sequence number 2 was accepted for slot 1; the next is 3 or more");
        device.Ask("put", "app/1", [.. Blocks, "-f", Sign("k", 1)])
            .ShouldBe("4.09 rollback: sequence number 1; the last accepted for slot 1 is 2");
        device.Ask("put", "app/0", [.. Blocks, "-f", Sign("k", 3)]).ShouldBe("4.03 wrong slot: signed for slot 1, sent to slot 0");
        device.Ask("put", "app/1", [.. Blocks, "-f", Sign("foreign", 3)]).ShouldStartWith("4.03 unknown key: the key ");
        device.Ask("put", "app/1", "-b", "64", "-t", "42", "-f", Write("raw", "12345678"))
            .ShouldBe("4.01 not signed: content format 42; expected 18, a signed update");
        device.Ask("put", "app/1", [.. Blocks, "-f", Cut(Sign("k", 3))]).ShouldStartWith("4.00 cut short: byte ");
        device.Ask("get", "app").ShouldContain(", sequence number 2");
    }

    [Fact]
    public void A_device_that_trusts_no_key_takes_nothing_and_says_so()
    {
        using var device = RunningDevice.Start(2);

        device.Told.ShouldEndWith("\ntakes no updates: neither --trust nor --unsigned is given\n");
        device.Ask("put", "app/0", [.. Blocks, "-f", Sign("k", 1)])
            .ShouldBe("4.03 no updates: this device trusts no key, and takes nothing that is not signed");
    }

    [Fact]
    public void A_device_that_is_told_to_takes_what_is_not_signed()
    {
        using var device = RunningDevice.Start(2, "--unsigned");
        Rbpf.Run(["asm", At("p.s"), "--output", At("p.bin")]).Holds();

        device.Told.ShouldEndWith("\ntakes updates from anyone: --unsigned\n");
        device.Ask("put", "app/0", "-b", "64", "-f", At("p.bin")).ShouldBe("");
        device.Ask("get", "c/0").ShouldBe("7");
    }

    [Fact]
    public void Keys_and_unsigned_exclude_each_other() =>
        Rbpf.Run(["host", "serve", "--port", "0", "--trust", At("k.pub"), "--unsigned"]).IsUsage(
            "a device that trusts a key takes nothing that is not signed; expected keys or --unsigned, not both");

    [Fact]
    public void A_private_key_is_nothing_to_trust() =>
        Rbpf.Run(["host", "serve", "--port", "0", "--trust", At("k")]).IsUsage(
            $"{At("k")}: it has a private key, which is for signing alone; expected the public one, in the file .pub beside it");

    private string Sign(string key, int sequence)
    {
        Rbpf.Run(
        [
            "host", "sign", At("p.s"), "--key", At(key), "--sequence", $"{sequence}", "--slot", "1", "--hook", "hello=single",
            "--out", At("u.cose"),
        ]).Holds();
        return At("u.cose");
    }

    private static string Cut(string file)
    {
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        return file;
    }
}

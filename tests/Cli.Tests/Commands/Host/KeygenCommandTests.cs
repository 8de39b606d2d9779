namespace RbpfSpec.Cli.Tests.Commands.Host;

public class KeygenCommandTests : Scratch
{
    [Fact]
    public void A_pair_of_files_is_written_and_never_replaced()
    {
        var text = Rbpf.Run(["host", "keygen", "--out", At("k")]).Holds();

        text.ShouldMatch(
            $"^{At("k")}: the private key, which its owner alone can read\n{At("k")}.pub: the public key [0-9a-f]{{16}}, for devices");
        File.ReadAllText(At("k")).ShouldStartWith("-----BEGIN PRIVATE KEY-----\n");
        File.ReadAllText(At("k.pub")).ShouldStartWith("-----BEGIN PUBLIC KEY-----\n");
        Rbpf.Run(["host", "keygen", "--out", At("k")]).IsUsage($"{At("k")} exists; a key is never replaced");
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_told() =>
        Rbpf.Run(["host", "keygen", "--out", At("none/k")]).Error.ShouldContain(At("none/k"));

    [Fact]
    public void A_file_without_a_name_is_none() =>
        Rbpf.Run(["host", "keygen", "--out", ""]).IsUsage("--out has no name; expected that of a file");
}

using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;
using RbpfSpec.Updates;

namespace RbpfSpec.Cli.Tests.Commands.Host;

public class SignCommandTests : Scratch
{
    private const string Program = "r1 = 1\nr2 = r10\nr2 += -8\ncall 0x12\nr0 = *(u32 *)(r10 - 8)\nexit\n";

    public SignCommandTests()
    {
        Rbpf.Run(["host", "keygen", "--out", At("k")]).Holds();
        Write("p.s", Program);
    }

    [Fact]
    public void A_program_is_signed_with_its_conditions()
    {
        Sign("--sequence", "7", "--slot", "2", "--profile", "rfc9669", "--class", "logic", "--hook", "hello=single", "--hook", "a=continue")
            .Holds().ShouldMatch("^48 bytes signed as [0-9]+, for slot 2 with sequence number 7, by the key [0-9a-f]{16}\n$");

        var (manifest, program, digest) = Signed();
        manifest.ShouldBe(new(
            7, 2, digest, 48, "rfc9669", BudgetClass.Logic, [0x12], [new("hello", Policy.Single), new("a", Policy.Continue)]));
        program.Count.ShouldBe(48);
    }

    [Fact]
    public void What_is_granted_beyond_the_calls_is_told() =>
        Sign("--sequence", "1", "--helpers", "12,0x31,10").Holds().ShouldEndWith("\ngranted, and not called: 0x10, 0x31\n");

    [Theory]
    [InlineData("fetch_local,saul_reg_find_nth")]
    [InlineData("bpf_fetch_local,0x30")]
    public void Helpers_are_granted_by_name_or_id(string helpers)
    {
        Sign("--sequence", "1", "--helpers", helpers).Holds();

        Signed().Manifest.Grants.ShouldBe([0x12u, 0x30u]);
    }

    [Theory]
    [InlineData("--sequence '0' is no sequence number; expected 1 to 18446744073709551615", "--sequence", "0")]
    [InlineData("--helpers: there is no helper '1g'; expected names or ids in hexadecimal, separated by commas",
        "--sequence", "1", "--helpers", "1g")]
    [InlineData("--hook 'x=y' is none; expected NAME=POLICY with continue, abort-on-negative, abort-on-positive or single",
        "--sequence", "1", "--hook", "x=y")]
    [InlineData("{p}: the hook 'x' comes twice", "--sequence", "1", "--hook", "x=single", "--hook", "x=continue")]
    [InlineData("{p}: missing grants: the program calls 0x12; granted are 0x10", "--sequence", "1", "--helpers", "10")]
    [InlineData("{p}: rejected: the helper 0x99 is granted; a device has none of this id", "--sequence", "1", "--helpers", "12,99")]
    public void What_a_device_would_refuse_is_not_signed(string problem, params string[] arguments)
    {
        Sign(arguments).IsUsage(problem.Replace("{p}", At("p.s"), StringComparison.Ordinal));

        File.Exists(At("u.cose")).ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_no_private_key_is_told()
    {
        Rbpf.Run(["host", "sign", At("p.s"), "--key", At("k.pub"), "--sequence", "1", "--out", At("u.cose")])
            .IsUsage($"{At("k.pub")}: it has a public key; expected the private one");
        File.Exists(At("u.cose")).ShouldBeFalse();
    }

    [Fact]
    public void A_packed_program_goes_as_it_is()
    {
        Rbpf.Run(["pack", "examples/fletcher32.o", "--output", At("f.rbpk")]).Holds();

        Rbpf.Run(["host", "sign", At("f.rbpk"), "--key", At("k"), "--sequence", "1", "--out", At("u.cose")]).Holds();

        Signed().Program.ToArray().ShouldBe(File.ReadAllBytes(At("f.rbpk")));
    }

    private Ending Sign(params string[] arguments) =>
        Rbpf.Run(["host", "sign", At("p.s"), "--key", At("k"), .. arguments, "--out", At("u.cose")]);

    private SignedUpdate Signed()
    {
        var policy = KeyFiles.Policy([At("k.pub")], isUnsigned: false, out _).ShouldBeOfType<UpdatePolicy.Signed>();
        return policy.Verifier(Sequence.Of<byte>(File.ReadAllBytes(At("u.cose")))).ShouldBeOfType<Verification.Trusted>().Update;
    }
}

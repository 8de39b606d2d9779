using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

public class PluginProtocolTests
{
    private const string Load = "79 10 00 00 00 00 00 00 95 00 00 00 00 00 00 00";

    [Theory]
    [InlineData("ffffffffffffffff", "ffffffffffffffff")]
    [InlineData("2a00000000000000", "2a")]
    [InlineData("2a 00 00 00 00 00 00 00", "2a")]
    [InlineData("00 00000000000000", "0")]
    public void Success_prints_r0_in_hexadecimal_without_a_prefix(string memory, string r0)
    {
        Reply(memory, Load).ShouldBe(new(r0, "", 0));
        Reply(memory, Load.Replace(" ", "", StringComparison.Ordinal) + "\n").ShouldBe(new(r0, "", 0));
    }

    [Fact]
    public void The_memory_may_be_empty() =>
        Reply("", Code.HexOf("mov %r0, %r1\nadd %r0, %r2\nexit")).ShouldBe(new("0", "", 0));

    [Fact]
    public void A_trap_is_a_word_a_message_and_no_result() =>
        Reply("", Load).ShouldBe(new(
            "trap MemoryAccess at slot 0",
            "load of 8 bytes at 0x0 = r1 (0x0); r1 is 0: a null pointer; this run has no context, so r1 and r2 begin as 0; "
            + "starts 0x10000000 bytes below stack: 512 bytes at 0x10000000, read and write",
            1));

    [Theory]
    [InlineData("ff00000000000000", "slot 0: ")]
    [InlineData("", "slot 0: the program is empty")]
    public void A_rejected_program_is_a_word_a_message_and_no_result(string program, string message) =>
        IsRefused(Reply("", program), message, PluginProtocol.Rejected);

    [Fact]
    public void Of_a_program_without_end_to_its_problems_the_first_is_told() =>
        IsRefused(Reply("", new string('0', 16 * 100_000)), "slot 0: ", PluginProtocol.Rejected);

    [Fact]
    public void A_program_larger_than_any_is_refused() =>
        Reply("", new string('0', (1 << 25) + 16)).ShouldBe(new("", "there are 16777224 bytes; expected at most 16777216", 1));

    [Theory]
    [InlineData("0", Load, "the memory is not bytes; expected two hexadecimal digits each")]
    [InlineData("0x00", Load, "the memory is not bytes; expected two hexadecimal digits each")]
    [InlineData("", "exit", "the program on standard input is not bytes; expected one line of two hexadecimal digits each")]
    public void What_is_not_hexadecimal_is_refused(string memory, string program, string message) =>
        Reply(memory, program).ShouldBe(new("", message, 1));

    [Fact]
    public void An_ELF_object_runs()
    {
        var increment = Convert.ToHexString(Repository.Example("increment"));

        Reply("2900000000000000", increment, isElf: true).ShouldBe(new("2a", "", 0));
        IsRefused(Reply("2900000000000000", increment), "slot 0: ", PluginProtocol.Rejected);
    }

    [Fact]
    public void What_is_no_ELF_object_is_refused() => IsRefused(Reply("", Load, isElf: true), "ELF header, byte 0: ");

    private static PluginReply Reply(string memory, string input, bool isElf = false) =>
        PluginProtocol.Reply(memory, input, isElf, new ConformanceMachine(Profile.Rfc9669));

    private static void IsRefused(PluginReply reply, string message, string word = "")
    {
        reply.Output.ShouldBe(word);
        reply.Error.ShouldStartWith(message);
        reply.ExitCode.ShouldBe(1);
    }
}

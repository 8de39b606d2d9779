using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class MachineWordsTests
{
    [Theory]
    [InlineData("Rejected", typeof(MachineReply.Rejected))]
    [InlineData("MemoryAccess", typeof(MachineReply.Trapped))]
    [InlineData("NoEnd", typeof(MachineReply.NoEnd))]
    [InlineData("BadRequest", typeof(MachineReply.Nonsense))]
    [InlineData("", typeof(MachineReply.Nonsense))]
    [InlineData("-7", typeof(MachineReply.Nonsense))]
    [InlineData("memoryaccess", typeof(MachineReply.Refused))]
    [InlineData("MemoryAccess, DivisionByZero", typeof(MachineReply.Refused))]
    [InlineData("rejected", typeof(MachineReply.Refused))]
    public void A_word_is_one_of_the_protocol_one_of_its_own_or_none(string word, Type reply)
    {
        new MachineWords([], false).ReplyOf(word, "").ShouldBeOfType(reply);
        new MachineWords([], true).ReplyOf(word, "").ShouldBeOfType(reply);
    }

    [Fact]
    public void The_first_pattern_that_fits_counts_even_for_words_of_the_protocol()
    {
        var words = new MachineWords(MachineWords.Read("Rej* = Trap\n17 = CallDepth\n* = Rejected", out _)!.Value, false);

        words.ReplyOf("Rejected", "").ShouldBe(new MachineReply.Trapped(null, null, ""));
        words.ReplyOf("17", "at slot 2").ShouldBe(new MachineReply.Trapped(Trap.CallDepth, 2, "at slot 2"));
        words.ReplyOf("anything", "").ShouldBe(new MachineReply.Rejected(""));
    }

    [Theory]
    [InlineData("a = b = MemoryAccess", "a = b", 1)]
    [InlineData("# note\n\n  x y*  =  Trap  \n", "x y*", 1)]
    public void A_file_has_a_word_a_line(string text, string pattern, int count)
    {
        var words = MachineWords.Read(text, out _).ShouldNotBeNull();

        words.Count.ShouldBe(count);
        words[0].Pattern.ShouldBe(pattern);
    }

    [Theory]
    [InlineData("a = Trap\nb", 2, "'b' translates nothing; ")]
    [InlineData("= Trap", 1, "'= Trap' translates nothing; ")]
    [InlineData("a = 3", 1, "'3' is no meaning; ")]
    [InlineData("a = trap", 1, "'trap' is no meaning; ")]
    [InlineData("a =", 1, "'' is no meaning; ")]
    public void A_line_that_says_nothing_is_met_by_its_number(string text, int line, string problem)
    {
        MachineWords.Read(text, out var fault).ShouldBeNull();

        fault.Line.ShouldBe(line);
        fault.Problem.ShouldStartWith(problem);
    }
}

using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Tests.Instructions;

public sealed class InstructionTests
{
    [Fact]
    public void Fields_that_the_encoding_does_not_hold_are_dropped()
    {
        var exit = Samples.InstructionOf("jmp/exit", 1, 2, 3, 4, 5);
        var divide = Samples.InstructionOf("alu/sdiv64-x", 1, 2, 3, 4, 5);

        exit.ShouldBe(Samples.InstructionOf("jmp/exit"));
        divide.ShouldBe(Samples.InstructionOf("alu/sdiv64-x", 1, 2));
    }

    [Fact]
    public void Both_immediates_make_one_of_64_bits() =>
        Samples.InstructionOf("imm/lddw", immediate: -1, next: 1).WideImmediate.ShouldBe(0x1_ffff_ffffUL);

    [Fact]
    public void Instructions_are_equal_by_what_they_mean_whether_they_have_run_or_not()
    {
        var fresh = Samples.InstructionOf("alu/add32-k", 1, immediate: 7);
        var used = Samples.InstructionOf("alu/add32-k", 1, immediate: 7);

        used.Fields<Word>().Immediate.ShouldBe(Word.Wrap(7, Width.Bits32));

        used.ShouldBe(fresh);
        used.GetHashCode().ShouldBe(fresh.GetHashCode());
        used.ShouldNotBe(Samples.InstructionOf("alu/add32-k", 2, immediate: 7));
        used.ShouldNotBe(Samples.InstructionOf("alu/add64-k", 1, immediate: 7));
    }

    [Fact]
    public void Fields_as_words_have_their_own_widths_and_signs()
    {
        var fields = Samples.InstructionOf("mem/stw", 10, 0, -1, -2).Fields<Word>();

        fields[Field.Destination].ShouldBe(Word.Wrap(10, Width.Bits4));
        fields[Field.Source].ShouldBe(Word.Wrap(0, Width.Bits4));
        fields[Field.Offset].ShouldBe(Word.Wrap(0xffff, Width.Bits16));
        fields[Field.Immediate].ShouldBe(Word.Wrap(0xffff_fffe, Width.Bits32));
        fields[Field.NextImmediate].ShouldBe(Word.Wrap(0, Width.Bits32));
    }

    [Fact]
    public void A_register_above_r10_is_refused_where_it_counts()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Samples.InstructionOf("alu/mov64-k", 11));
        Should.Throw<ArgumentOutOfRangeException>(() => Samples.InstructionOf("alu/mov64-x", 0, 15));
        Should.NotThrow(() => Samples.InstructionOf("jmp/exit", 11, 15));
    }
}

using RbpfSpec.Assembly;
using RbpfSpec.RealMachines.Kernel;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.RealMachines.Tests.Kernel;

public sealed class KernelProgramTests
{
    private const byte ShortJump = 0x05;
    private const byte LongJump = 0x06;
    private const ulong Exit = 0x95;

    [Fact]
    public void Every_exit_of_the_entry_function_leads_to_one_place_and_those_of_other_functions_stay()
    {
        var program = Parsed("jeq %r1, 0, +1\nexit\ncall local +1\nexit\nmov %r0, 1\nexit");

        var made = KernelProgram.Of(program, 0, result: 3, memory: null, 0, zeroesStack: false);

        made.IsWrapped.ShouldBeTrue();
        var own = made.Slots.TakeLast(program.Length).ToList();
        var first = made.Slots.Count - program.Length;
        own[1].Opcode.ShouldBe(ShortJump);
        own[3].Opcode.ShouldBe(ShortJump);
        (first + 1 + 1 + own[1].Offset).ShouldBe(first + 3 + 1 + own[3].Offset);
        own[5].Bits.ShouldBe(Exit);
        foreach (var same in (int[])[0, 2, 4]) own[same].ShouldBe(program.Slots[same]);

        // Where they lead, r0 is kept before the program ends.
        var end = first + 1 + 1 + own[1].Offset;
        made.Slots[end].ShouldBe(Slot.Of(0x18, 1, 2, 0, 3));
        made.Slots[first - 1].Bits.ShouldBe(Exit);
    }

    [Fact]
    public void A_second_slot_that_looks_like_an_exit_stays_as_it_is()
    {
        // Its imm is that of the number, and its opcode is zero: here the first slot's imm alone looks like one.
        var program = Program.Of([.. Bytes("lddw %r0, 0x9500000095"), .. Bytes("exit")]);

        var made = KernelProgram.Of(program, 0, 3, null, 0, zeroesStack: false);

        made.Slots.Skip(made.Slots.Count - 3).Take(2).ShouldBe(program.Slots.Take(2));
    }

    [Theory]
    [InlineData("ja -2\nexit")]
    [InlineData("call local -2\nexit")]
    [InlineData("jeq %r1, 0, +5\nexit")]
    [InlineData("ja -32768\nexit")]
    public void A_program_that_leaves_itself_is_given_as_it_is_so_that_it_cannot_reach_what_stands_around(string text)
    {
        var program = Parsed(text);

        var made = KernelProgram.Of(program, 0, 3, null, 0, zeroesStack: true);

        made.IsWrapped.ShouldBeFalse();
        made.Slots.ShouldBe(program.Slots);
    }

    [Fact]
    public void From_far_away_the_way_to_the_end_is_a_long_jump()
    {
        var program = Program.Of([.. Enumerable.Repeat(Bytes("mov %r0, 1"), 40_000).SelectMany(each => each), .. Bytes("exit")]);

        KernelProgram.Of(program, 0, 3, null, 0, zeroesStack: false).Slots[^1].Opcode.ShouldBe(LongJump);
    }

    [Fact]
    public void It_begins_at_its_entry_with_the_registers_of_a_vector()
    {
        var program = Parsed("mov %r0, 1\nmov %r0, 2\nexit");

        var made = KernelProgram.Of(program, 1, result: 3, memory: 4, length: 16, zeroesStack: true);

        // All of r0 to r9 are set, and 512 bytes of stack, 8 by 8.
        made.Slots.Count(slot => slot.Opcode == 0xb7 && slot.Destination < 10 && slot.Immediate == 0).ShouldBe(8);
        made.Slots.ShouldContain(Slot.Of(0xb7, 2, 0, 0, 16));
        made.Slots.ShouldContain(Slot.Of(0x18, 1, 2, 0, 4));
        made.Slots.Where(slot => slot.Opcode == 0x7a).Select(slot => (int)slot.Offset).Order()
            .ShouldBe(Enumerable.Range(1, 64).Select(word => -8 * word).Order());
        var (jump, at) = made.Slots.Select((slot, index) => (slot, index)).First(each => each.slot.Opcode == ShortJump);
        (at + 1 + jump.Offset).ShouldBe(made.Slots.Count - program.Length + 1);
    }

    [Theory]
    [InlineData("8500000001000000", "helper")]
    [InlineData("8520000001000000", "helper")]
    [InlineData("18110000010000000000000000000000", "address of a map")]
    [InlineData("18250000010000000000000000000000", "address of a map")]
    public void What_means_something_else_to_the_kernel_is_not_given_to_it(string code, string reason) =>
        KernelProgram.Unlike(Program.Of(Convert.FromHexString(code + "9500000000000000"))).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void A_number_of_64_bits_means_the_same_there() => KernelProgram.Unlike(Parsed("lddw %r0, 5\nexit")).ShouldBeNull();

    private static Program Parsed(string text) => Assembler.Parse(text, Syntax.Conformance).ShouldBeOfType<Assembled.Success>().Program;

    private static byte[] Bytes(string text) =>
        [.. Parsed(text).Slots.SelectMany(slot => Convert.FromHexString(slot.ToString()))];
}

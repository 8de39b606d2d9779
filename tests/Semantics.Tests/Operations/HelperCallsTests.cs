using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>The rights and the effects of a helper.</summary>
public sealed class HelperCallsTests
{

    // The context is 8 bytes, readable and writable; the constants behind it are readable.
    [Theory]
    [InlineData(1, 2, 4UL, true)]
    [InlineData(1, 2, 8UL, true)]
    [InlineData(1, 1, 8UL, true)]
    [InlineData(1, 2, 0UL, true)]
    [InlineData(1, 2, 9UL, false)]
    [InlineData(1, 2, ulong.MaxValue, false)]
    [InlineData(2, 1, 4UL, false)]
    [InlineData(1, 3, 4UL, false)]
    [InlineData(3, 1, 0UL, false)]
    [InlineData(0, 1, 4UL, false)]
    [InlineData(1, 0, 4UL, false)]
    [InlineData(1, 4, 4UL, false)]
    [InlineData(4, 1, 4UL, false)]
    public void A_copy_that_does_not_lie_within_both_views_is_dropped(int to, int from, ulong length, bool isDone)
    {
        var eight = new ByteCount.Fixed(8);
        var copying = new HelperFunction<Word>(
            new(Id, "copying", "", [new ArgumentKind.Writable(eight), new ArgumentKind.Readable(eight), new ArgumentKind.Value()]),
            call => new(Word.Of(1), call.State, []) { Copies = [new(to, from, Word.Of(length))] });
        var start = Samples.StateOf(Profile.Rbpf, (1, AddressSpace.Context), (2, AddressSpace.Image), (3, AddressSpace.Context));
        var constants = Region.Of("constants", AddressSpace.Image, [11, 12, 13, 14, 15, 16, 17, 18], Permission.Read);
        var state = start with
        {
            Memory = start.Memory.WithRegions(start.Memory.Regions.Add(constants)),
            Host = HostState<Word>.Bare with { Helpers = [copying] },
        };
        var expected = start.Bytes("context");
        if (isDone) (from == 2 ? ((ByteTree)constants.Bytes).ToArray() : expected.ToArray()).AsSpan(0, (int)length).CopyTo(expected);

        var next = Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: Id), state, Profile.Rbpf).Next();

        next.Bytes("context").ShouldBe(expected);
        next.Memory.Regions.Where(region => region.Name != "context")
            .ShouldBe(state.Memory.Regions.Where(region => region.Name != "context"));
    }

    [Fact]
    public void Copies_come_before_writes_and_read_what_was_there_before_the_call()
    {
        var four = new ArgumentKind.Writable(new ByteCount.Fixed(4));
        var exchanging = new HelperFunction<Word>(
            new(Id, "exchanging", "", [four, four]),
            call => new(Word.Of(1), call.State, [new(1, Word.Of(3), Word.Wrap(0xee, Width.Bits8))])
            {
                Copies = [new(1, 2, Word.Of(4)), new(2, 1, Word.Of(4))],
            });
        var state = Samples.StateOf(Profile.Rbpf, (1, AddressSpace.Context), (2, AddressSpace.Context + 4)) with
        {
            Host = HostState<Word>.Bare with { Helpers = [exchanging] },
        };

        var next = Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: Id), state, Profile.Rbpf).Next();

        next.Bytes("context").ShouldBe([5, 6, 7, 0xee, 1, 2, 3, 4]);
    }

    private const int Id = 0x77;

    [Fact]
    public void A_helper_not_granted_traps_and_changes_nothing()
    {
        var state = Samples.StateOf(Profile.Rbpf) with { Host = HostState<Word>.Bare };

        var outcome = Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: 0x10), state, Profile.Rbpf);

        outcome.Trap().ShouldBe(Trap.UnknownHelper);
        outcome.State.ShouldBe(state);
    }

    [Fact]
    public void Functions_by_BTF_id_and_helpers_by_static_id_do_not_mix()
    {
        var state = Samples.StateOf(Samples.Contrary);

        Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: Samples.Complement), state, Samples.Contrary)
            .Trap().ShouldBe(Trap.UnknownHelper);
        Samples.Step(Samples.InstructionOf("jmp/call-btf", immediate: Samples.Mix), state, Samples.Contrary)
            .Trap().ShouldBe(Trap.UnknownHelper);
    }

    [Fact]
    public void The_result_is_64_bits_of_r0_and_the_arguments_keep_their_values()
    {
        var state = Samples.StateOf(Profile.Rbpf, (0, 99), (1, 1UL << 63), (2, 2), (3, 3), (4, 4), (5, 5));

        var next = Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: Samples.Mix), state, Profile.Rbpf).Next();

        next.Registers.ShouldBe(state.Registers.With(0, Word.Of((1UL << 63) + 6 + 15 + 28 + 55)));
        next.Budget.ShouldBe(state.Budget);
        next.ProgramCounter.Value.ShouldBe(1UL);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 8, true)]
    [InlineData(8, 0, true)]
    [InlineData(4, 4, true)]
    [InlineData(4, 5, false)]
    [InlineData(0, 9, false)]
    [InlineData(-1, 1, false)]
    [InlineData(-1, 0, false)]
    [InlineData(9, 0, false)]
    [InlineData(0, -1, false)]
    [InlineData(1, -1, false)]
    [InlineData(0, long.MinValue, false)]
    public void A_pointer_argument_must_lie_in_one_region_with_all_its_bytes(long offset, long length, bool granted)
    {
        var state = StateOf(
            [new ArgumentKind.Readable(new ByteCount.InArgument(2)), new ArgumentKind.Value()],
            call => new(call.Views[0].Length, call.State, []),
            (1, AddressSpace.Context + (ulong)offset), (2, (ulong)length));

        var outcome = Call(state);

        if (granted) outcome.Next().Registers[0].Value.ShouldBe((ulong)length);
        else outcome.Trap().ShouldBe(Trap.MemoryAccess);
    }

    [Theory]
    [InlineData(Permission.Read, true, false)]
    [InlineData(Permission.Write, false, false)]
    [InlineData(Permission.ReadWrite, true, true)]
    public void A_readable_argument_asks_for_reading_and_a_writable_one_for_both(
        Permission permission, bool readable, bool writable)
    {
        IsGranted(new ArgumentKind.Readable(new ByteCount.Fixed(2))).ShouldBe(readable);
        IsGranted(new ArgumentKind.Writable(new ByteCount.Fixed(2))).ShouldBe(writable);

        bool IsGranted(ArgumentKind kind)
        {
            var state = StateOf([kind], call => new(Word.Of(0), call.State, []), (1, AddressSpace.Added));
            var region = Region.Of("added", AddressSpace.Added, [1, 2], permission);
            state = state with { Memory = state.Memory.WithRegions(state.Memory.Regions.Add(region)) };
            return Call(state) is Outcome<Word>.Next;
        }
    }

    [Fact]
    public void A_helper_is_not_asked_when_an_argument_is_refused()
    {
        var asked = false;
        var state = StateOf(
            [new ArgumentKind.Readable(new ByteCount.Fixed(4))],
            call =>
            {
                asked = true;
                return new(Word.Of(0), call.State, []);
            },
            (1, 3));

        Call(state).Trap().ShouldBe(Trap.MemoryAccess);

        asked.ShouldBeFalse();
    }

    [Fact]
    public void A_view_shows_the_bytes_it_grants_and_zero_beyond()
    {
        View<Word>? view = null;
        var state = StateOf(
            [new ArgumentKind.Readable(new ByteCount.Fixed(4))],
            call =>
            {
                view = call.Views[0];
                return new(Word.Of(0), call.State, []);
            },
            (1, AddressSpace.Context + 2));

        Call(state).Next();

        // The context is 1, 2, …, 8.
        view.ShouldNotBeNull();
        view.Length.Value.ShouldBe(4UL);
        view.Read(Word.Of(0), Width.Bits32).Value.ShouldBe(0x06050403UL);
        view.Read(Word.Of(3), Width.Bits8).Value.ShouldBe(6UL);
        view.Read(Word.Of(3), Width.Bits16).Value.ShouldBe(0UL);
        view.Read(Word.Of(4), Width.Bits8).Value.ShouldBe(0UL);
        view.Read(Word.Of(0), Width.Bits64).Value.ShouldBe(0UL);
        view.Read(Word.Of(ulong.MaxValue), Width.Bits8).Value.ShouldBe(0UL);
    }

    [Fact]
    public void A_value_has_an_empty_view_even_if_it_is_an_address()
    {
        View<Word>? view = null;
        var state = StateOf(
            [new ArgumentKind.Value()],
            call =>
            {
                view = call.Views[0];
                return new(Word.Of(0), call.State, []);
            },
            (1, AddressSpace.Context));

        Call(state).Next();

        view.ShouldNotBeNull();
        view.Length.Value.ShouldBe(0UL);
        view.Read(Word.Of(0), Width.Bits8).Value.ShouldBe(0UL);
    }

    [Fact]
    public void The_rest_of_the_region_is_at_least_one_byte()
    {
        ArgumentKind text = new ArgumentKind.Readable(new ByteCount.RestOfRegion());

        Call(StateOf([text], Length, (1, AddressSpace.Context + 3))).Next().Registers[0].Value.ShouldBe(5UL);
        Call(StateOf([text], Length, (1, AddressSpace.Context + 8))).Trap().ShouldBe(Trap.MemoryAccess);

        HelperResult<Word> Length(HelperCall<Word> call) => new(call.Views[0].Length, call.State, []);
    }

    [Theory]
    [InlineData(1, 0, "FF02030405060708")]
    [InlineData(1, 3, "010203FF05060708")]
    [InlineData(1, 4, "0102030405060708")]
    [InlineData(1, -1, "0102030405060708")]
    [InlineData(1, long.MinValue, "0102030405060708")]
    [InlineData(2, 0, "0102030405060708")]
    [InlineData(3, 0, "0102030405060708")]
    [InlineData(4, 0, "0102030405060708")]
    [InlineData(0, 0, "0102030405060708")]
    [InlineData(-1, 0, "0102030405060708")]
    public void A_write_outside_a_writable_view_is_dropped(int argument, long offset, string context)
    {
        // r1 grants four bytes to write, r2 the same to read, r3 is a number.
        var state = StateOf(
            [
                new ArgumentKind.Writable(new ByteCount.Fixed(4)),
                new ArgumentKind.Readable(new ByteCount.Fixed(4)),
                new ArgumentKind.Value(),
            ],
            call => new(Word.Of(7), call.State, [new(argument, Word.Of((ulong)offset), Word.Wrap(0xff, Width.Bits8))]),
            (1, AddressSpace.Context), (2, AddressSpace.Context), (3, AddressSpace.Context));

        var next = Call(state).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
        next.Registers[0].Value.ShouldBe(7UL);
    }

    [Fact]
    public void A_write_that_reaches_past_its_view_is_dropped_whole()
    {
        var state = StateOf(
            [new ArgumentKind.Writable(new ByteCount.Fixed(4))],
            call => new(Word.Of(0), call.State, [new(1, Word.Of(2), Word.Of(ulong.MaxValue))]),
            (1, AddressSpace.Context));

        Call(state).Next().Bytes("context").ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public void Writes_are_done_in_order()
    {
        var state = StateOf(
            [new ArgumentKind.Writable(new ByteCount.Fixed(4))],
            call => new(Word.Of(0), call.State,
            [
                new(1, Word.Of(0), Word.Wrap(0x11111111, Width.Bits32)),
                new(1, Word.Of(1), Word.Wrap(0x2222, Width.Bits16)),
            ]),
            (1, AddressSpace.Context));

        Call(state).Next().Bytes("context").ShouldBe([0x11, 0x22, 0x22, 0x11, 5, 6, 7, 8]);
    }

    private static Outcome<Word> Call(State<Word> state) =>
        Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: Id), state, Profile.Rbpf);

    private static State<Word> StateOf(
        Sequence<ArgumentKind> arguments,
        Func<HelperCall<Word>, HelperResult<Word>> body,
        params (int Register, ulong Value)[] registers) =>
        Samples.StateOf(Profile.Rbpf, registers) with
        {
            Host = HostState<Word>.Bare with { Helpers = [new(new(Id, "sample", "A sample.", arguments), body)] },
        };
}

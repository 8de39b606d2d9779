using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests;

public sealed class DefaultHostTests
{

    // One instruction, whatever its length: what is copied is not listed byte by byte.
    [Fact]
    public void A_long_memcpy_costs_little_more_than_its_bytes()
    {
        const int Length = 1 << 22;
        var state = Samples.StateOf(Profile.Rbpf, (1, AddressSpace.Added), (2, AddressSpace.Image), (3, Length));
        var source = ByteTree.Of(Enumerable.Range(0, Length).Select(i => (byte)(i * 31)).ToArray());
        var memory = state.Memory.WithRegions([
                .. state.Memory.Regions,
                Region.Of("from", AddressSpace.Image, source, Permission.Read),
                Region.Of("to", AddressSpace.Added, ByteTree.Zero(Length), Permission.ReadWrite),
            ]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var end = Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: 2), state with { Memory = memory }, Profile.Rbpf).Next();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3 * Length);
        end.Bytes("to").AsSpan().SequenceEqual(source.ToArray()).ShouldBeTrue();
    }

    private const ulong Context = AddressSpace.Context;

    // The ids of RIOT's machines.
    [Fact]
    public void Helpers_have_the_ids_of_RIOT() =>
        DefaultHost.Functions
            .Select(function => $"{function.Declaration.Id:x} {function.Declaration.Name}")
            .ShouldBe(
            [
                "1 printf", "2 memcpy", "10 store_local", "11 store_global", "12 fetch_local", "13 fetch_global", "20 now_ms",
            ]);

    [Fact]
    public void A_host_grants_the_helpers_named_and_no_others()
    {
        var host = DefaultHost.Granting([0x10, 0x20, 0x999]);

        host.Helpers.Select(helper => helper.Declaration.Id).ShouldBe([0x10u, 0x20u]);
        DefaultHost.Ids.ShouldBe([0x01u, 0x02u, 0x10u, 0x11u, 0x12u, 0x13u, 0x20u]);
    }

    [Theory]
    [InlineData(0x10, 0x12, 0x13)]
    [InlineData(0x11, 0x13, 0x12)]
    public void What_is_stored_is_fetched_from_the_same_store_only(int store, int fetch, int other)
    {
        // Keys and values are the low 32 bits of their registers.
        var stored = Call(store, StateOf((1, 0xaaaa_aaaa_0000_0005), (2, 0xbbbb_bbbb_cafe_f00d))).Next();
        var fetched = Call(fetch, With(stored, (1, 5), (2, Context))).Next();
        var missed = Call(other, With(stored, (1, 5), (2, Context))).Next();

        stored.Registers[0].Value.ShouldBe(0UL);
        fetched.Registers[0].Value.ShouldBe(0UL);
        Convert.ToHexString(fetched.Bytes("context")).ShouldBe("0DF0FECA05060708");
        Convert.ToHexString(missed.Bytes("context")).ShouldBe("0000000005060708");
        fetched.Host.ShouldBe(stored.Host);
    }

    [Fact]
    public void A_full_store_refuses_a_new_key_with_minus_one_and_keeps_its_pairs()
    {
        var state = StateOf();
        for (var key = 0UL; key < 16; key++) state = Call(0x10, With(state, (1, key), (2, key + 100))).Next();

        var refused = Call(0x10, With(state, (1, 16), (2, 1))).Next();
        var overwritten = Call(0x10, With(state, (1, 3), (2, 1))).Next();

        refused.Registers[0].Value.ShouldBe(ulong.MaxValue);
        refused.Host.ShouldBe(state.Host);
        overwritten.Registers[0].Value.ShouldBe(0UL);
        overwritten.Host.Local.Fetch(Word.Wrap(3, Width.Bits32)).Value.ShouldBe(1UL);
        overwritten.Host.Global.ShouldBe(state.Host.Global);
    }

    [Theory]
    [InlineData(0x12)]
    [InlineData(0x13)]
    public void Fetching_to_an_address_that_is_not_granted_traps(int fetch)
    {
        foreach (var address in (ulong[])[0, Context + 5, Context - 1, AddressSpace.Stack + 509, ulong.MaxValue])
        {
            var state = StateOf((1, 5), (2, address));

            var outcome = Call(fetch, state);

            outcome.Trap().ShouldBe(Trap.MemoryAccess);
            outcome.State.ShouldBe(state);
        }
    }

    [Fact]
    public void The_time_is_that_of_the_run_in_32_bits()
    {
        var state = StateOf();
        state = state with { Host = state.Host.WithMilliseconds(Word.Of(0x7_8000_0001)) };

        Call(0x20, state).Next().Registers[0].Value.ShouldBe(0x8000_0001UL);
    }

    [Theory]
    [InlineData(0, 4, 4, "0102030401020304")]
    [InlineData(0, 2, 6, "0102010203040506")]
    [InlineData(2, 0, 6, "0304050607080708")]
    [InlineData(0, 0, 8, "0102030405060708")]
    [InlineData(3, 8, 0, "0102030405060708")]
    public void A_copy_has_the_source_as_it_was_even_if_both_overlap(ulong source, ulong destination, ulong count, string context)
    {
        var next = Call(0x02, StateOf((1, Context + destination), (2, Context + source), (3, count))).Next();

        Convert.ToHexString(next.Bytes("context")).ShouldBe(context);
        next.Registers[0].Value.ShouldBe(Context + destination);
    }

    [Fact]
    public void A_long_copy_arrives_byte_for_byte() =>
        Law.Holds(seed: 85, 200, dice => (
            Bytes: dice.Bytes(300), From: dice.Between(0, 60), To: dice.Between(0, 200), Count: dice.Between(0, 240)), drawn =>
        {
            var state = StateOf(
                (1, AddressSpace.Stack + (ulong)drawn.To), (2, AddressSpace.Added + (ulong)drawn.From), (3, (ulong)drawn.Count));
            var added = Region.Of("added", AddressSpace.Added, drawn.Bytes, Permission.Read);
            state = state with { Memory = state.Memory.WithRegions(state.Memory.Regions.Add(added)) };
            var expected = state.Bytes("stack");
            drawn.Bytes.AsSpan(drawn.From, drawn.Count).CopyTo(expected.AsSpan(drawn.To));

            Call(0x02, state).Next().Bytes("stack").ShouldBe(expected);
        });

    [Theory]
    [InlineData(Context, Context, 9)]
    [InlineData(Context + 4, Context, 5)]
    [InlineData(Context, Context + 4, 5)]
    [InlineData(Context, Context, 0xffff_ffff_ffff_ffff)]
    [InlineData(0, Context, 1)]
    [InlineData(Context, 0, 1)]
    [InlineData(0, 0, 0)]
    public void A_copy_beyond_a_region_traps(ulong destination, ulong source, ulong count)
    {
        var state = StateOf((1, destination), (2, source), (3, count));

        var outcome = Call(0x02, state);

        outcome.Trap().ShouldBe(Trap.MemoryAccess);
        outcome.State.ShouldBe(state);
    }

    [Fact]
    public void Printing_takes_the_format_up_to_its_zero_byte_and_counts_characters()
    {
        var state = Printing("a=%u b=%x %d\0%d", (2, 7), (3, 0x1_0000_00ff), (4, ulong.MaxValue));

        var next = Call(0x01, state).Next();

        next.Host.Output.ShouldBe(["a=7 b=ff -1"]);
        next.Registers[0].Value.ShouldBe(11UL);
    }

    [Fact]
    public void Without_a_zero_byte_the_format_ends_with_its_region()
    {
        var next = Call(0x01, Printing("end")).Next();
        var again = Call(0x01, With(next, (1, AddressSpace.Added + 1))).Next();

        again.Host.Output.ShouldBe(["end", "nd"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(AddressSpace.Added - 1)]
    [InlineData(AddressSpace.Added + 3)]
    public void Printing_from_an_address_that_is_not_granted_traps(ulong address)
    {
        var state = With(Printing("end"), (1, address));

        var outcome = Call(0x01, state);

        outcome.Trap().ShouldBe(Trap.MemoryAccess);
        outcome.State.Host.Output.ShouldBeEmpty();
    }

    private static State<Word> Printing(string format, params (int Register, ulong Value)[] registers)
    {
        var state = With(StateOf((1, AddressSpace.Added)), registers);
        var text = Region.Of("text", AddressSpace.Added, System.Text.Encoding.Latin1.GetBytes(format), Permission.Read);
        return state with { Memory = state.Memory.WithRegions(state.Memory.Regions.Add(text)) };
    }

    private static State<Word> StateOf(params (int Register, ulong Value)[] registers) =>
        Samples.StateOf(Profile.Rbpf, registers) with { Host = DefaultHost.Granting(DefaultHost.Ids) };

    private static State<Word> With(State<Word> state, params (int Register, ulong Value)[] registers)
    {
        foreach (var (register, value) in registers)
            state = state with { Registers = state.Registers.With(register, Word.Of(value)) };
        return state with { ProgramCounter = Word.Of(0) };
    }

    private static Outcome<Word> Call(int id, State<Word> state) =>
        Samples.Step(Samples.InstructionOf("jmp/call-helper", immediate: id), state, Profile.Rbpf);
}

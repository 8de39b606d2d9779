using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Ranges.Tests.Words;

/// <summary>The rules on abstract words: what they do on words is among what they do on the sets that have these.</summary>
public sealed class RangeWordTests
{
    private static readonly MemoryBase Stack = new MemoryBase.Frame(0, 512);

    public static TheoryData<string> ArithmeticForms =>
        [.. OperationTable.Forms.Where(form => form.Operation is AluOperation).Select(form => form.Id)];

    public static TheoryData<string> JumpForms =>
        [.. OperationTable.Forms.Where(form => form.Operation is JumpOperation).Select(form => form.Id)];

    [Theory]
    [MemberData(nameof(ArithmeticForms))]
    public void A_rule_of_arithmetic_covers_what_it_does_on_members(string id)
    {
        var form = OperationTable.Forms.Single(form => form.Id == id);
        Law.Holds(seed: 21, 300, Draw, drawn =>
        {
            var (left, right, immediate) = drawn;
            foreach (var profile in Profile.All)
            {
                var instruction = Instruction.Of(form, new Register(1), new Register(2), 0, immediate);
                var effect = Execute(instruction, State(left.Set, right.Set), profile);
                var trap = Execute(instruction, State(left.Member, right.Member), profile).Guards.FirstTrap();
                if (trap is { } raised)
                {
                    Assert.NotEqual(Likelihood.Impossible, effect.Traps(raised));
                    continue;
                }

                Assert.All(effect.Guards, guard => Assert.NotEqual(Likelihood.Certain, guard.When.Likelihood()));
                var result = Execute(instruction, State(left.Member, right.Member), profile).Value.State.Registers[1];
                var range = effect.Value.State.Registers[1];
                Assert.True(range.Values.Contains(result).Value, $"{id} of {left.Set} and {right.Set}: {range} without {result}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(JumpForms))]
    public void A_rule_of_a_jump_tells_where_it_goes_and_what_holds_there(string id)
    {
        var form = OperationTable.Forms.Single(form => form.Id == id);
        Law.Holds(seed: 22, 300, Draw, drawn =>
        {
            var (left, right, immediate) = drawn;
            var instruction = Instruction.Of(form, new Register(1), new Register(2), 10, immediate);
            var one = left.Set.Numbered(1);
            var other = right.Set.Numbered(2);
            var effect = Execute(instruction, State(one, other), Profile.Rbpf);
            var next = Execute(instruction, State(left.Member, right.Member), Profile.Rbpf).Value.State.ProgramCounter;
            var counter = effect.Value.State.ProgramCounter;
            Assert.True(counter.Values.Contains(next).Value);
            if (counter.Origin is not Origin.Choice(var condition, var then, var otherwise))
            {
                Assert.True(counter.IsKnown(out _));
                return;
            }

            Assert.True(then.IsKnown(out var target) && otherwise.IsKnown(out _));
            if (Narrowing.Where(condition, next.Value == target) is not { } narrowed)
            {
                Assert.Fail($"{id} of {left.Set} and {right.Set} cannot go to {next}");
                return;
            }

            Assert.True(narrowed.Apply(one)?.Values.Contains(left.Member).Value, $"{id}: {narrowed.Apply(one)} without {left.Member}");
            if (form.Operand is SourceOperand.Register)
            {
                Assert.True(
                    narrowed.Apply(other)?.Values.Contains(right.Member).Value, $"{id}: {narrowed.Apply(other)} without {right.Member}");
            }
        });
    }

    [Fact]
    public void An_address_keeps_its_base_under_sums_and_loses_it_elsewhere()
    {
        var pointer = RangeWord.At(Stack, 512);
        var below = pointer + RangeWord.Constant(unchecked((ulong)-8), Width.Bits64);
        Assert.Equal("frame 0 + 504", below.ToString());
        Assert.Equal("frame 0 + 504", (RangeWord.Constant(unchecked((ulong)-8), Width.Bits64) + pointer).ToString());
        Assert.Equal("8", (pointer - below).ToString());
        Assert.Equal("frame 0 + [504, 508]", (below + RangeWord.Between(0, 4)).ToString());
        foreach (var lost in new[] { pointer + below, pointer * below, pointer & below, RangeWord.Between(0, 4) - pointer })
            Assert.Equal(RangeWord.Any(Width.Bits64), lost.WithoutOrigin());
        Assert.Equal(RangeWord.Any(Width.Bits32), pointer.Low(Width.Bits32).WithoutOrigin());
        Assert.Equal(RangeWord.Any(Width.Bits64), RangeWord.Join(pointer, RangeWord.Between(0, 4)));
    }

    [Fact]
    public void Addresses_of_one_base_compare_as_offsets_where_they_do_not_wrap()
    {
        var (low, high) = (RangeWord.At(Stack, 8), RangeWord.At(Stack, 512));
        Assert.Equal(Likelihood.Certain, RangeWord.LessUnsigned(low, high).Likelihood());
        Assert.Equal(Likelihood.Impossible, RangeWord.Same(low, high).Likelihood());

        // Beyond what is known not to wrap around, an address may be anywhere.
        Assert.Equal(Likelihood.Possible, RangeWord.LessUnsigned(low, RangeWord.At(Stack, 513)).Likelihood());
        Assert.Equal(Likelihood.Impossible, RangeWord.Same(low, RangeWord.At(Stack, 513)).Likelihood());
        Assert.Equal(Likelihood.Possible, RangeWord.LessSigned(low, high).Likelihood());
        Assert.Equal(Likelihood.Possible, RangeWord.Same(low, RangeWord.At(new MemoryBase.Region(0, 512), 8)).Likelihood());
        Assert.Equal(Likelihood.Possible, RangeWord.Same(low, RangeWord.Constant(8, Width.Bits64)).Likelihood());
    }

    [Fact]
    public void A_link_goes_through_sums_scales_and_32_bits_that_hold_the_value()
    {
        var index = RangeWord.Between(0, 100).Numbered(7);
        var eight = RangeWord.Constant(8, Width.Bits64);
        Assert.Equal(new Link(7, 8, 64), ((index + eight) * eight).Link);
        Assert.Equal(new Link(7, 256, 0), RangeWord.ShiftLeft(index, eight).Link);
        Assert.Equal("0", (index - index).ToString());
        Assert.Equal("8", ((index + eight) - index).ToString());
        Assert.Null((index & eight).Link);

        // w += 8, where the sum is below 2^32, is r += 8.
        var sum = (index.Low(Width.Bits32) + RangeWord.Constant(8, Width.Bits64).Low(Width.Bits32)).ZeroExtend(Width.Bits64);
        Assert.Equal(new Link(7, 1, 8), sum.Link);

        // Where it is not, the high half is lost, and the link with it.
        var large = RangeWord.Between(0, uint.MaxValue).Numbered(7);
        Assert.Null((large.Low(Width.Bits32) + RangeWord.Constant(8, Width.Bits64).Low(Width.Bits32)).ZeroExtend(Width.Bits64).Link);
    }

    // Chains of operations on two values, of which the abstract machine knows nothing but that they are two: what it says of the results
    // has to be true of the numbers.
    [Fact]
    public void What_links_and_values_say_is_true_after_every_operation() => Law.Holds(
        seed: 23, 4000, dice => (First: dice.Value(), Second: dice.Value(), Seed: dice.Next()), drawn =>
        {
            var dice = new Dice(drawn.Seed);
            ulong[] values = [drawn.First, drawn.Second];
            List<(RangeWord Range, Word Number)> words =
            [
                .. values.Select((value, i) => (RangeWord.Any(Width.Bits64).Numbered(i), Word.Of(value))),
                (RangeWord.Between(0, 100).Numbered(2), Word.Of(drawn.Seed % 101)),
            ];
            values = [.. values, drawn.Seed % 101];
            for (var step = 0; step < 8; step++)
            {
                var (left, right) = (dice.Pick([.. words]), dice.Pick([.. words]));
                var constant = dice.OnceIn(2) ? dice.Value() : dice.Next() % 9;
                if (dice.OnceIn(2)) right = (RangeWord.Constant(constant, Width.Bits64), Word.Of(constant));
                var choice = dice.Between(0, 9);
                var (range, number) = (Apply(choice, left.Range, right.Range), Apply(choice, left.Number, right.Number));
                Assert.True(range.Values.Contains(number).Value, $"operation {choice} of {left} and {right}: {range} without {number}");
                if (range.Link is { } link)
                {
                    Assert.True(
                        unchecked((link.Scale * values[link.Value]) + link.Offset) == number.Value,
                        $"operation {choice} of {left} and {right}: {range} is not {number}");
                }

                words.Add((range, number));
            }
        });

    private static T Apply<T>(int choice, T left, T right)
        where T : IWord<T>
    {
        var (low, other) = (left.Low(Width.Bits32), right.Low(Width.Bits32));
        return choice switch
        {
            0 => left + right,
            1 => left - right,
            2 => left * right,
            3 => T.ShiftLeft(left, right & T.Constant(63, Width.Bits64)),
            4 => (low + other).ZeroExtend(Width.Bits64),
            5 => (low - other).ZeroExtend(Width.Bits64),
            6 => (low * other).SignExtend(Width.Bits64),
            7 => left.ReverseBytes(),
            8 => left & right,
            _ => T.Choose(T.LessUnsigned(left, right), left, right),
        };
    }

    [Fact]
    public void What_is_found_of_a_word_is_found_of_those_linked_to_it()
    {
        var index = RangeWord.Between(0, 100).Numbered(7);
        var scaled = (index * RangeWord.Constant(4, Width.Bits64)) + RangeWord.At(Stack, 12);
        Assert.Equal("frame 0 + [12, 412] 0bxxxxxxx00 = 4·v7 + 12", scaled.ToString());
        var narrowed = Narrowing.Where(RangeWord.LessUnsigned(index, RangeWord.Constant(10, Width.Bits64)), holds: true);
        Assert.Equal("frame 0 + [12, 48]", narrowed?.Apply(scaled)?.ToString().Split(" 0b")[0]);

        // The other way, a factor of four has no inverse: 4·v tells nothing of the two high bits of v.
        var ofScaled = Narrowing.Where(
            RangeWord.LessUnsigned(index * RangeWord.Constant(4, Width.Bits64), RangeWord.Constant(40, Width.Bits64)), holds: true);
        Assert.Equal(index, ofScaled?.Apply(index));
    }

    [Fact]
    public void A_test_of_the_low_half_is_found_of_the_whole()
    {
        // CVE-2021-31440: low half at most 1, whole at least 1; 2^32 is a member.
        var word = RangeWord.Between(1, ulong.MaxValue).Numbered(1);
        var narrowed = Narrowing.Where(
            RangeWord.LessUnsigned(word.Low(Width.Bits32), RangeWord.Constant(2, Width.Bits32)), holds: true)?.Apply(word);
        Assert.True(narrowed?.Values.Contains(RbpfSpec.Words.Word.Of(1UL << 32)).Value);
        Assert.False(narrowed?.Values.Contains(RbpfSpec.Words.Word.Of(6)).Value);
    }

    [Fact]
    public void A_conjunction_that_clears_no_bit_is_the_word_itself()
    {
        var word = RangeWord.Between(0, 100).Numbered(7);

        (word & RangeWord.Constant(255, Width.Bits64)).ShouldBeSameAs(word);
        (RangeWord.Constant(127, Width.Bits64) & word).ShouldBeSameAs(word);
        (word & RangeWord.Constant(126, Width.Bits64)).Link.ShouldBeNull();
        (word & RangeWord.Between(0, 255)).Link.ShouldBeNull();
    }

    [Fact]
    public void A_low_part_is_shifted_by_a_low_part_and_not_by_the_whole()
    {
        var word = RangeWord.Constant(0x1_0000_0003, Width.Bits64).Low(Width.Bits32);
        var amount = RangeWord.Constant(0x1_0000_0001, Width.Bits64).Low(Width.Bits32) & RangeWord.Constant(31, Width.Bits32);

        var shifted = RangeWord.ShiftLeft(word, amount);

        shifted.IsKnown(out var value).ShouldBeTrue();
        value.ShouldBe(6UL);
        shifted.ZeroExtend(Width.Bits64).IsKnown(out value).ShouldBeTrue();
        value.ShouldBe(6UL);
    }

    [Fact]
    public void Widening_stops_at_thresholds_and_ends()
    {
        ulong[] thresholds = [0, 64, 255];
        var word = RangeWord.Between(0, 0);
        Assert.Equal(Word.Of(64), word.Widen(RangeWord.Between(1, 1), thresholds).Values.Arc.End);
        var steps = 0;
        for (ulong next = 1; next < 1000; next++)
        {
            var widened = word.Widen(RangeWord.Between(next, next), thresholds);
            if (!widened.Equals(word)) steps++;
            Assert.True(word.IsIncludedIn(widened) && RangeWord.Between(next, next).IsIncludedIn(widened));
            word = widened;
        }

        Assert.InRange(steps, 1, 12);
    }

    [Fact]
    public void Inclusion_asks_for_base_and_link()
    {
        var word = RangeWord.Between(2, 3).Numbered(1);
        Assert.True(word.IsIncludedIn(RangeWord.Between(0, 10)));
        Assert.False(RangeWord.Between(2, 3).IsIncludedIn(word));
        Assert.False(word.IsIncludedIn(RangeWord.Between(0, 10).Numbered(2)));
        Assert.False(RangeWord.At(Stack, 2).IsIncludedIn(RangeWord.Between(0, 10)));
        Assert.True(RangeWord.At(Stack, 2).IsIncludedIn(RangeWord.Any(Width.Bits64)));
        Assert.False(RangeWord.At(Stack, 2).IsIncludedIn(RangeWord.At(new MemoryBase.Region(0, 512), 2)));
    }

    private static ((RangeWord Set, Word Member) Left, (RangeWord Set, Word Member) Right, int Immediate) Draw(Dice dice) =>
        (Member(dice), Member(dice), (int)dice.Value());

    // A word of interest, and a set around it.
    private static (RangeWord Set, Word Member) Member(Dice dice)
    {
        var member = Word.Of(dice.Value());
        var mask = Word.Of(dice.Between(0, 3) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => dice.Value(),
            _ => dice.Next() & dice.Next() & dice.Next(),
        });
        var bits = new Tnum<Word>(member & (mask ^ Word.Of(ulong.MaxValue)), mask);
        var below = Word.Of(dice.OnceIn(2) ? dice.Value() : dice.Next() & 0xff);
        var above = Word.Of(dice.OnceIn(2) ? dice.Value() : dice.Next() & 0xff);
        var span = below + above;
        var arc = span.Value < below.Value ? Arc<Word>.Full(Width.Bits64) : new(member - below, span);
        return (RangeWord.Of(new ValueRange<Word>(bits, arc).Reduced().Set), member);
    }

    private static Effect<T> Execute<T>(Instruction instruction, State<T> state, Profile profile)
        where T : IWord<T> => ReferenceMachine.Execute(new Execution<T>(instruction.Form, instruction.Fields<T>(), state, profile));

    private static State<T> State<T>(T first, T second)
        where T : IWord<T>
    {
        var registers = Enumerable.Repeat(T.Zero(Width.Bits64), Registers<T>.Count).ToArray();
        (registers[1], registers[2]) = (first, second);
        var zero = T.Zero(Width.Bits64);
        return new(
            Registers<T>.Of(registers),
            T.Constant(5, Width.Bits64),
            new RegionMemory<T>([], new(zero, zero, null!)),
            [],
            new(new Allowance<T>.Unlimited(), new Allowance<T>.Unlimited()),
            HostState<T>.Bare);
    }
}

using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects.Tests;

/// <summary>Rules, checks and tests of historic machines compute the same where no value is known: they do not branch.</summary>
public sealed class DialectDeviationTests
{
    private static readonly Profile[] AllProfiles = [.. Samples.Profiles, .. DialectTable.All.Select(dialect => dialect.Profile)];

    private static readonly Form[] OwnEncodings = [.. DialectTable.Deviations.Encodings()];

    public static TheoryData<string> Rules => NumbersOf<DialectDeviation.RuleDeviation>();

    public static TheoryData<string> Accesses => NumbersOf<DialectDeviation.AccessDeviation>();

    public static TheoryData<string> Checks => NumbersOf<DialectDeviation.CheckDeviation>();

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_does_not_branch_on_values(string number)
    {
        var rule = (DialectDeviation.RuleDeviation)DialectTable.Deviation(number);
        var forms = OperationTable.Forms.Where(rule.Concerns).ToArray();

        Law.Holds(seed: 74, 1000, dice => Drawn(dice, forms), drawn => Compare(
            rule.Execute(Of<Word>(drawn, word => word)),
            rule.Execute(Of<VeiledWord>(drawn, word => new(word)))));
    }

    [Fact]
    public void A_rule_of_an_encoding_of_its_own_does_not_branch_on_values() =>
        Law.Holds(seed: 75, 1000, dice => Drawn(dice, OwnEncodings), drawn => Compare(
            drawn.Form.Operation.Execute(Of<Word>(drawn, word => word)),
            drawn.Form.Operation.Execute(Of<VeiledWord>(drawn, word => new(word)))));

    [Theory]
    [MemberData(nameof(Accesses))]
    public void A_test_of_an_access_does_not_branch_on_values(string number)
    {
        var access = (DialectDeviation.AccessDeviation)DialectTable.Deviation(number);

        Law.Holds(seed: 76, 1000, dice => dice.Several(4, each => Word.Of(each.Value())), drawn =>
            VeiledWord.Under(access.Contains<VeiledWord>(new(drawn[0]), new(drawn[1]), new(drawn[2]), new(drawn[3])))
                .ShouldBe(access.Contains<Word>(drawn[0], drawn[1], drawn[2], drawn[3])));
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_check_does_not_branch_on_values(string number)
    {
        Sequence<DialectDeviation> deviations = [DialectTable.Deviation(number)];
        var added = ((DialectDeviation.CheckDeviation)deviations[0]).Adds;
        var rules = Samples.RulesOf(DialectTable.Named("femto-containers").Profile);

        Law.Holds(seed: 77, 150, ProgramOf, program =>
        {
            for (var index = 0; index < program.Length; index++)
            {
                var slot = program.Slots[index];
                var next = index + 1 < program.Length ? program.Slots[index + 1] : default;
                var hasNext = index + 1 < program.Length;
                var (at, length) = (Word.Of((ulong)index), Word.Of((ulong)program.Length));
                var known = new Site<Word>(
                    slot.Fields, next.Fields, Truth<Word>.Of(hasNext), at, length, _ => Truth<Word>.Of(true),
                    deviations.Candidates(slot.Fields), rules);
                var veiled = new Site<VeiledWord>(
                    Veil.Over(slot), Veil.Over(next), Truth<VeiledWord>.Of(hasNext), new(at), new(length), _ => Truth<VeiledWord>.Of(true),
                    deviations.Candidates(Veil.Over(slot)), rules);

                foreach (var check in added) VeiledWord.Under(check.Violated(veiled)).ShouldBe(check.Violated(known), check.Id);
            }
        });
    }

    private static TheoryData<string> NumbersOf<TKind>() =>
        [.. DialectTable.Deviations.Where(deviation => deviation is TKind).Select(deviation => deviation.Number)];

    // Programs with the machines' own opcodes in them.
    private static Program ProgramOf(Dice dice)
    {
        var bytes = dice.ProgramBytes();
        if (bytes.Length > 0 && dice.OnceIn(2))
        {
            bytes[dice.Between(0, (bytes.Length - 1) / Slot.Size) * Slot.Size] = dice.Pick(OwnEncodings).Opcode;
        }

        return Program.Of(bytes);
    }

    private static (Form Form, Profile Profile, Slot Slot, Slot Next, Word[] Registers) Drawn(Dice dice, Form[] forms) => (
        dice.Pick(forms),
        dice.Pick(AllProfiles),
        Slot.Of(0, dice.AnyRegister().Number, dice.AnyRegister().Number, dice.AnyOffset(), dice.AnyImmediate()),
        Slot.Of(0, 0, 0, 0, dice.AnyImmediate()),
        dice.Several(Registers<Word>.Count, each => Word.Of(each.Value())));

    private static Execution<T> Of<T>(
        (Form Form, Profile Profile, Slot Slot, Slot Next, Word[] Registers) drawn, Func<Word, T> veil)
        where T : IWord<T>
    {
        var zero = veil(Word.Of(0));
        var platform = Platform<T>.Identity(zero);
        var state = new State<T>(
            Registers<T>.Of([.. drawn.Registers.Select(veil)]),
            zero,
            new RegionMemory<T>([], new(zero, zero, new NoBytes<T>())),
            [],
            new(new Allowance<T>.Remaining(veil(Word.Of(1))), new Allowance<T>.Unlimited()),
            HostState<T>.Bare with { Platform = platform });
        return new(
            drawn.Form,
            Decoder.Fields(
                Slot<T>.Of(veil(Word.Of(drawn.Slot.Bits))), Slot<T>.Of(veil(Word.Of(drawn.Next.Bits)))),
            state,
            drawn.Profile);
    }

    // A guard that is known not to hold is left out, so guards are compared by the first that holds.
    private static void Compare(
        Effect<Word> known, Effect<VeiledWord> veiled)
    {
        var (expected, actual) = (known.Value.State, veiled.Value.State);

        veiled.Guards.Where(guard => VeiledWord.Under(guard.When).Value).Select(guard => guard.Trap)
            .ShouldBe(known.Guards.Where(guard => guard.When.Value).Select(guard => guard.Trap));
        actual.ProgramCounter.Value.ShouldBe(expected.ProgramCounter);
        for (var i = 0; i < Registers<Word>.Count; i++) actual.Registers[i].Value.ShouldBe(expected.Registers[i]);
    }

    private sealed record NoBytes<T> : IBytes<T>
        where T : IWord<T>
    {
        public T Read(T offset, Width width) => T.Zero(width);

        public IBytes<T> Write(T offset, T value, Truth<T> when) => this;
    }
}

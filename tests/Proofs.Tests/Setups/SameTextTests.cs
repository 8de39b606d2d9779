using System.Globalization;
using RbpfSpec.Host;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Setups;

/// <summary>
/// The rules that are proved are those that run: what a rule makes of terms is, under any values, what it makes of these
/// values as concrete words.
/// </summary>
public sealed class SameTextTests
{
    private const int Enough = 24;
    private const int Most = 2_000;

    private static readonly ulong[] Edges =
    [
        0, 1, 2, 7, 8, 15, 16, 31, 32, 33, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
        0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_8000_0000, 0xffff_ffff_8000_0000, ulong.MaxValue - 1,
            ulong.MaxValue,
    ];

    [Fact]
    [Trait("Needs", "time")]
    public void Terms_under_any_values_are_the_concrete_words_for_every_encoding()
    {
        foreach (var setup in SetupCatalogue.InEveryProfile())
        {
            var effect = setup.Execute();
            var (went, alwaysTraps) = (0, setup.AlwaysTraps);
            for (ulong attempt = 0; attempt < Enough || (went == 0 && !alwaysTraps); attempt++)
            {
                attempt.ShouldBeLessThan((ulong)Most, $"{setup.Id} always traps on the values tried, and its terms say that it does not");
                var values = Values(attempt);
                var before = Concretise.State(setup.State, values, SetupReplay.Host(setup, values));
                var fields = Concretise.Fields(setup.Fields, values);
                var concrete = setup.Form.Operation.Execute(new Execution<Word>(setup.Form, fields, before, setup.Profile));
                var places = Places(setup, fields, before);

                var happened = Text(concrete, places);

                happened.ShouldBe(Text(effect, values, before, places),
                    $"{setup.Id} in attempt {attempt}: {SetupReplay.Before(setup.Form, fields, before)}");
                if (!happened.StartsWith("trap", StringComparison.Ordinal)) went++;
            }
        }
    }

    private static string Text(Effect<Word> effect, ulong[] places)
    {
        foreach (var (when, trap) in effect.Guards)
        {
            if (when.Value) return $"trap {trap}";
        }

        return Text(effect.Value is Outcome<Word>.Exited, effect.Value.State, places);
    }

    private static string Text(Effect effect, Assignment values, State<Word> before, ulong[] places)
    {
        foreach (var (trap, when) in effect.Traps)
        {
            if (values.Evaluate(when) == UInt128.One) return $"trap {trap}";
        }

        return Text(
            effect.Outcome is Outcome<Symbolic.Words.TermWord>.Exited,
            Concretise.State(effect.After, values, before.Host),
            places);
    }

    // All of a state, but for bytes that are far from what the instruction can reach.
    private static string Text(bool exits, State<Word> state, ulong[] places) => string.Join('\n',
    [
        exits ? "exits" : "goes on",
        .. Enumerable.Range(0, Registers<Word>.Count).Select(number => $"r{number} = {Hex(state.Registers[number])}"),
        $"pc = {Hex(state.ProgramCounter)}",
        $"budget = {state.Budget.Branches}, {state.Budget.Instructions}",
        .. state.Frames.Select(frame => $"frame to {Hex(frame.ReturnTo)} with {string.Join(' ', frame.Saved.Select(Hex))}"),
        .. state.Memory.Regions.Select(region =>
            $"{region.Name} at {Hex(region.Start)} of {Hex(region.Length)}, {region.Readable.Value} {region.Writable.Value}: "
            + string.Join(
                ' ', places.Select(place => Hex(region.Bytes.Read(Word.Of(unchecked(place - region.Start.Value)), Width.Bits8))))),
        .. state.Host.Local.Entries.Concat(state.Host.Global.Entries)
            .Select(entry => $"entry {entry.Used.Value} {Hex(entry.Key)} {Hex(entry.Value)}"),
        $"now = {Hex(state.Host.Milliseconds)}",
    ]);

    private static string Hex(Word word) => word.Value.ToString("x", CultureInfo.InvariantCulture);

    // Where the instruction may write, and the bytes on either side.
    private static ulong[] Places(Setup setup, FieldWords<Word> fields, State<Word> before) =>
        setup.Form.Operation.Traps.Contains(Trap.MemoryAccess)
            ? [.. from address in (ulong[])
                  [
                      unchecked(before.Registers.Read(fields.Destination).Value + fields.Offset.SignExtend(Width.Bits64).Value),
                      before.Registers[2].Value,
                  ]
                  from step in Enumerable.Range(-1, 10)
                  select unchecked(address + (ulong)step)]
            : [0];

    private static Assignment Values(ulong seed) => new(
        variable => Value(variable, Mix(seed, variable.Fingerprint)) & Bits(variable.Width),
        (array, index) => Mix(Mix(seed, array.Fingerprint), index) & 0xff,
        (application, operands) => Address(operands.Aggregate(Mix(seed, (ulong)application.Name.Length), Mix)) & Bits(application.Width));

    // Edges for half of the values; for the other half what lets an access through: addresses in regions that are there.
    private static ulong Value(Term variable, ulong random) => variable.Name switch
    {
        "region0.start" => 0x1000,
        "region1.start" => 0x2000,
        "region0.length" or "region1.length" when random % 4 != 0 => 0x100,
        _ when variable.Width == 0 => random % 4 == 0 ? 0UL : 1,
        _ when random % 2 == 0 => Edges[(random >> 8) % (ulong)Edges.Length],
        _ when variable.Width == 64 && random % 4 == 1 => Address(random >> 2),
        _ when random % 4 == 1 => (random >> 8) & 0x38,
        _ => random >> 2,
    };

    private static ulong Address(ulong random) => 0x1000 + (0x1000 * (random & 1)) + ((random >> 1) & 0x78);

    private static ulong Bits(int width) => width == 0 ? 1 : ulong.MaxValue >> (64 - width);

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = unchecked((hash ^ value) * 0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
        hash = unchecked(hash * 0xd6e8_feb8_6659_fd93);
        return hash ^ (hash >> 32);
    }
}

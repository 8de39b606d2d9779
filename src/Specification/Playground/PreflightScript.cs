using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Playground;

/// <summary>The preflight of a profile for the playground: each check compiled, by running the very check over expressions.</summary>
/// <remarks>
/// A check is a function of the fields of a slot, those of the next one, and the place. What it says of a problem is made
/// once, of values that occur nowhere else, and kept with these left open. The two checks that ask whether there is an
/// encoding at all are a search in a table; the script has that already.
/// </remarks>
internal sealed class PreflightScript
{
    private const ulong Place = 500_000;
    private const ulong Length = 900_000;
    private const uint Granted = 0x1abcde;

    private static readonly Slot<Word> Sample = SlotOf(0x5a, 0xd, 0xe, 0x1234, 0x12345678);
    private static readonly Slot<Word> NextSample = SlotOf(0xab, 0xb, 0xc, 0x4321, 0x7654321);

    private readonly Profile profile;
    private readonly Table predicates = new();
    private readonly Table texts = new();

    private PreflightScript(Profile profile) => this.profile = profile;

    /// <summary>The text of an object: predicates, texts, checks, and what concerns each encoding.</summary>
    public static string Of(Profile profile)
    {
        var script = new PreflightScript(profile);
        List<string> forms = [.. OperationTable.Forms.Select(form => $"\"{form.Id}\": [{string.Join(", ", script.Concerning(form))}]")];
        return $$"""
            {
            forms: {
            {{string.Join(",\n", forms)}}
            },
            predicates: [
            {{string.Join(",\n", script.predicates.All.Select(each => $"(f, n, p) => {each}"))}}
            ],
            texts: {{Data.Json(script.texts.All)}},
            checks: {{Data.Json(Preflight.Checks.Select(check => new[] { check.Id, check.Clause.ToString() }))}},
            whole: {{Data.Json(Whole().ToDictionary(each => each.Name, each => each.Problem))}},
            encodings: {{Data.Json(Encodings().ToDictionary(each => each.Opcode, each => each.Expected))}},
            outside: {{Data.Json(OutsideRfc.All.Select(Outside))}},
            anyOpcode: {{Data.Json(Explained(new OpcodeExists(), SiteOf(SlotOf(0xff, 0, 0, 0, 0), [], new(profile, [], []))).Expected)}},
            names: {{Data.Json(Decoder.InSlot.ToDictionary(Data.NameOf, field => field.Name()))}},
            }
            """;
    }

    // [check, predicate, found, expected] by their places in the tables; a call has what is expected where some function is granted, too.
    private IEnumerable<string> Concerning(Form form)
    {
        for (var i = 0; i < Preflight.Checks.Count; i++)
        {
            var check = Preflight.Checks[i];
            if (check is not FormCheck) continue;
            var broken = check.Violated(Open(form));
            if (broken.IsKnown(out var known) && !known) continue;
            var site = SiteOf(Selecting(form, Sample), [form], Rules([]));
            var (found, expected) = Explained(check, site);
            var line = $"{i}, {predicates.Place(TermText.Of(broken.Term))}, {Text(found, form)}, {Text(expected, form)}";
            yield return check is FunctionIsGranted
                ? $"[{line}, {Text(Explained(check, site with { Rules = Rules([Granted]) }).Expected, form)}]"
                : $"[{line}]";
        }
    }

    private static (string Found, string Expected) Explained(Check check, Site<Word> site)
    {
        var problem = check.ProblemAt(site);
        return (problem.Found, problem.Expected);
    }

    // Each value by the name of what has it; they are told apart by their digits.
    private int Text(string text, Form form)
    {
        var slots = (ulong)form.Layout.Slots;
        text = text.Replace(form.Id, "{form}", StringComparison.Ordinal);
        foreach (var (value, name) in ((string, string)[])[
            ("r13", "r{dst:d}"), ("r14", "r{src:d}"),
            ("0xd", "{dst}"), ("0xe", "{src}"), ("0x1234", "{offset}"), ("0x12345678", "{imm}"),
            ("0xab", "{nextOpcode}"), ("0xb", "{nextDst}"), ("0xc", "{nextSrc}"), ("0x4321", "{nextOffset}"), ("0x7654321", "{next}"),
            ($"{Place + slots + 0x1234}", "{target}"), ($"{Place + slots + 0x12345678}", "{target}"),
            ($"{Length - 1}", "{last}"), ($"0x{Granted:x}", "{granted}")])
        {
            text = Regex.Replace(text, $@"\b{value}\b", name, RegexOptions.None, TimeSpan.FromSeconds(1));
        }

        return texts.Place(text);
    }

    private static IEnumerable<(string Name, string[] Problem)> Whole()
    {
        var rules = Admission.Of(Profile.Rbpf, []);
        yield return ("bytes", Texts(Preflight.Check(new byte[13], 0, rules)[0], "13", "{bytes}"));
        yield return ("empty", Texts(Preflight.Check([], 0, rules)[0], "", ""));
        var wide = new byte[24];
        wide[0] = 0x18;
        wide[16] = 0x95;
        yield return ("second", Texts(Preflight.Check(wide, 1, rules)[0], "slot 1", "slot {entry}"));
        yield return ("outside", Texts(Preflight.Check(wide, 77, rules)[0], "77", "{entry}"));

        static string[] Texts(Problem problem, string value, string name) =>
        [
            problem.Check,
            problem.Clause.ToString(),
            value.Length == 0 ? problem.Found : problem.Found.Replace(value, name, StringComparison.Ordinal),
            Regex.Replace(problem.Expected, " to 2$", " to {last}", RegexOptions.None, TimeSpan.FromSeconds(1)),
        ];
    }

    // What is expected where an opcode has encodings, and the fields select none of them.
    private static IEnumerable<(string Opcode, string Expected)> Encodings()
    {
        for (var opcode = 0; opcode < 256; opcode++)
        {
            var candidates = OperationTable.WithOpcode((byte)opcode);
            if (!candidates.Any(form => Decoder.InSlot.Any(field => form.Layout[field] is FieldUse.Selects))) continue;
            var site = SiteOf(SlotOf((ulong)opcode, 0xd, 0xe, 0x1234, 0x12345678), candidates, Admission.Of(Profile.Rbpf, []));
            yield return (opcode.ToString(CultureInfo.InvariantCulture), Explained(new EncodingExists(), site).Expected);
        }
    }

    private static object Outside(OutsideRfc instruction) => new
    {
        opcodes = instruction.Opcodes.Select(code => (int)code),
        offset = instruction.Offset,
        imm = instruction.Immediate,
        text = instruction.ToString(),
        instead = instruction.Instead,
    };

    private Admission Rules(Sequence<uint> helpers) => new(profile, helpers, helpers);

    private static Site<Word> SiteOf(Slot<Word> slot, Sequence<Form> candidates, Admission rules) => new(
        slot,
        NextSample,
        Truth<Word>.Of(true),
        Word.Of(Place),
        Word.Of(Length),
        _ => Truth<Word>.Of(false),
        candidates,
        rules);

    private Site<ScriptWord> Open(Form form) => new(
        Selecting(form, OpenSlot("f")),
        OpenSlot("n"),
        ScriptWord.NamedTruth("p.hasNext"),
        ScriptWord.Named("p.index", Width.Bits64),
        ScriptWord.Named("p.length", Width.Bits64),
        index => ScriptWord.TruthOf(new ScriptTerm.Apply("p.starts({0})", [index.Term])),
        [form],
        Rules([]));

    private static Slot<ScriptWord> OpenSlot(string name) => new(
        ScriptWord.Named($"{name}.opcode", Width.Bits8),
        ScriptWord.Named($"{name}.dst", Width.Bits4),
        ScriptWord.Named($"{name}.src", Width.Bits4),
        ScriptWord.Named($"{name}.offset", Width.Bits16),
        ScriptWord.Named($"{name}.imm", Width.Bits32));

    private static Slot<Word> SlotOf(ulong opcode, ulong dst, ulong src, ulong offset, ulong imm) => new(
        Word.Wrap(opcode, Width.Bits8),
        Word.Wrap(dst, Width.Bits4),
        Word.Wrap(src, Width.Bits4),
        Word.Wrap(offset, Width.Bits16),
        Word.Wrap(imm, Width.Bits32));

    // A slot that is of an encoding: what selects it is known.
    private static Slot<T> Selecting<T>(Form form, Slot<T> slot)
        where T : IWord<T>
    {
        return new(
            T.Constant(form.Opcode, Width.Bits8),
            Of(Field.Destination),
            Of(Field.Source),
            Of(Field.Offset),
            Of(Field.Immediate));

        T Of(Field field) => form.Layout[field] is FieldUse.Selects(var value)
            ? T.Constant(unchecked((ulong)value), slot[field].Width)
            : slot[field];
    }

    /// <summary>Texts, each once.</summary>
    private sealed class Table
    {
        private readonly List<string> all = [];
        private readonly Dictionary<string, int> places = [];

        /// <summary>The texts, by their places.</summary>
        public IReadOnlyList<string> All => all;

        /// <summary>The place of a text.</summary>
        public int Place(string text)
        {
            if (places.TryGetValue(text, out var place)) return place;
            all.Add(text);
            return places[text] = all.Count - 1;
        }
    }
}

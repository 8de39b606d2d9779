using RbpfSpec.Assembly;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Tests.Analysis;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>A case, compared with what our analysis says of the same code.</summary>
internal abstract record Comparison
{
    private const ulong Seed = 16;
    private const int Runs = 8;
    private const int MostSteps = 700;

    private Comparison()
    {
    }

    /// <summary>The case says nothing that ours could.</summary>
    /// <param name="Rule">By which rule.</param>
    public sealed record None(string Rule) : Comparison;

    /// <summary>Both say something of the same.</summary>
    /// <param name="States">How many states were looked for among those that ours says.</param>
    /// <param name="Ends">How many runs came to the end of the code.</param>
    /// <param name="Missing">The state that is not among them; null if all are.</param>
    /// <param name="Looser">The facts that ours does not say.</param>
    public sealed record Both(long States, int Ends, string? Missing, Fact[] Looser) : Comparison;

    /// <summary>Compares a case.</summary>
    public static Comparison Of(PrevailCase one)
    {
        if (one.Options.Contains("big_endian")) return new None("another byte order");
        if (one.Before.Concat(one.After).Any(static fact => fact is Fact.Foreign) || one.Messages.Any(IsOfTypes))
            return new None("types, or pointers but to the stack");
        if (CaseText.Of(one) is not { } text) return new None("facts before that are no bounds");
        if (one.Before.Concat(one.After).SelectMany(static fact => fact.Terms).Any(IsOutside)
            || text.Wants.Any(want => want.IsPointer && IsBeyond(want.Signed.Least, want.Signed.Greatest)))
        {
            return new None("more stack than a frame");
        }

        var profile = one.Options.Contains("!allow_division_by_zero") ? Profile.Rbpf : Profile.Rfc9669;
        if (Assembler.Parse(text.Text, Syntax.Llvm) is not Assembled.Success(var code, _, var lines)) return new None("not read");
        if (CheckedProgram.Check(code, 0, Admission.Of(profile, []), out var problems) is not { } program)
            return new None($"refused: {problems[0]}");
        var report = RangeReport.Of(program, [], [], new(CaseText.ContextBytes, CaseText.ContextBytes));
        if (!report.Problems.IsEmpty) return new Both(0, 0, report.Problems[0], []);

        long states = 0;
        var ends = 0;
        var dice = new Dice(Seed);
        for (var run = 0; run < Runs; run++)
        {
            var start = new Start(profile) { Context = Sequence.Of<byte>(Context(text, run, dice)) };
            if (Among.Problem(report, program, start, MostSteps, ref states) is { } missing) return new Both(states, ends, missing, []);
            if (EndOf(program, start, SlotOf(text.End), out var visits) is not { } state) continue;
            ends++;
            if (one.After.FirstOrDefault(fact => !fact.Holds(term => ValueOf(term, state, visits))) is { } wrong)
                return new None("theirs leaves out a state that a run comes to");
        }

        var found = report.StatesAt(SlotOf(text.End)).Select(static visit => visit.State).ToArray();
        if (found.Length == 0) return new Both(states, ends, null, []);
        var bounds = new Bounds(found.Single(), text.Top, MostVisits);
        return new Both(states, ends, null, [.. one.After.Where(fact => !bounds.Says(fact))]);

        bool IsOutside(Term term) => term.IsCell && IsBeyond(term.Index, term.Index + term.Bytes);

        bool IsBeyond(Int128 least, Int128 greatest) => least < text.Top - CaseText.FrameBytes || greatest > text.Top;

        int SlotOf(int line)
        {
            var slot = 0;
            while (lines[slot] < line) slot++;
            return slot;
        }

        Int128 MostVisits(int line)
        {
            var slot = SlotOf(text.Line(line));
            return report.Loops.FirstOrDefault(loop => loop.Slot == slot) is { } loop
                ? loop.Rounds is { } rounds ? (Int128)rounds + 1 : Fact.Endless
                : 1;
        }

        Int128 ValueOf(Term term, State<Word> state, Dictionary<int, int> visits)
        {
            switch (term.Kind)
            {
                case TermKind.Signed:
                    return state.Registers[term.Index].Signed;
                case TermKind.Unsigned:
                    return state.Registers[term.Index].Value;
                case TermKind.Offset:
                    return (Int128)state.Registers[term.Index].Value - AddressSpace.Stack - CaseText.FrameBytes + text.Top;
                case TermKind.Cell or TermKind.SignedCell:
                    var at = AddressSpace.Stack + (ulong)(CaseText.FrameBytes - text.Top + term.Index);
                    var there = state.Memory.Read(Word.Of(at), Width.Of(8 * term.Bytes));
                    return term.IsSigned ? there.Signed : there.Value;
                default:
                    return visits.GetValueOrDefault(SlotOf(text.Line(term.Index)));
            }
        }
    }

    private static bool IsOfTypes(string message) =>
        message.Contains("type", StringComparison.Ordinal) || message.Contains("numbers", StringComparison.Ordinal)
        || message.Contains("numeric", StringComparison.Ordinal);

    // Where a register may be several numbers: one end, the other, or one in between; whatever is left is anything.
    private static byte[] Context(CaseText text, int run, Dice dice)
    {
        var bytes = dice.Bytes(CaseText.ContextBytes);
        for (var register = 0; register < 10; register++)
        {
            var want = text.Wants[register];
            var shift = want.IsPointer ? text.Top : 0;
            var (least, greatest) = want.Unsigned;
            var (lowest, highest) = want.Signed;
            if (least > 0 || greatest < ulong.MaxValue)
            {
                // Both ways to read it: from where they agree, if they do.
                if (lowest >= 0) (least, greatest) = (Int128.Max(least, lowest), Int128.Min(greatest, highest));
            }
            else
            {
                (least, greatest) = (lowest - shift, highest - shift);
            }

            var span = (ulong)Int128.Max(greatest - least, 0);
            var from = ((run + (register * 5)) % 4) switch
            {
                0 => 0UL,
                1 => span,
                2 => (ulong)((UInt128)dice.Next() % ((UInt128)span + 1)),
                _ => Math.Min((ulong)dice.Between(0, 3), span),
            };
            BitConverter.TryWriteBytes(bytes.AsSpan(8 * register), unchecked((ulong)least + from));
        }

        return bytes;
    }

    // The state in which a run comes to a slot, and how often it came to each other; null if it does not.
    private static State<Word>? EndOf(CheckedProgram program, Start start, int end, out Dictionary<int, int> visits)
    {
        visits = [];
        var machine = new ConcreteMachine(program);
        var state = (start with { BranchLimit = new Allowance<ulong>.Unlimited() }).State();
        for (var step = 0; step < MostSteps; step++)
        {
            var slot = (int)state.ProgramCounter.Value;
            if (slot == end) return state;
            visits[slot] = visits.GetValueOrDefault(slot) + 1;
            if (machine.Step(state) is not Outcome<Word>.Next next) return null;
            state = next.State;
        }

        return null;
    }
}

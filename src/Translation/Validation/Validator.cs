using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>Proves that native code does what a program does, from its bytes and a certificate alone.</summary>
/// <remarks>
/// From each cut the code is run on terms to the next ones, and so are the rules from its slot on. Where the code comes to
/// another cut, or returns to the machine, registers, memory, budget and program counter have to be those of the rules after
/// some whole instructions, none of which traps. So any run of native code, through any number of cuts, is a run of the
/// reference machine; and it goes on, for no cut is met again without an instruction of the program done.
/// </remarks>
public sealed partial class Validator
{
    private readonly Profile profile;
    private readonly NativeProgram native;
    private readonly Certificate certificate;
    private readonly RuleSteps steps;
    private readonly Asking asking;
    private readonly NativePaths paths;
    private readonly ILookup<int, Cut> cutsAt;
    private readonly HashSet<int> slots;
    private readonly Sequence<int> known;
    private readonly bool isLimited;
    private readonly int length;
    private ImmutableList<Term> given = [];

    private Validator(CheckedProgram program, NativeProgram native, Certificate certificate, Asking asking)
    {
        (profile, length) = (program.Rules.Profile, program.Program.Length);
        (this.native, this.certificate) = (native, certificate);
        isLimited = profile.BranchLimit is not Allowance<ulong>.Unlimited;
        known = profile.FramePointer is FramePointer.ReadOnly ? [10] : [];
        steps = new(program);
        this.asking = asking;
        cutsAt = certificate.Cuts.ToLookup(cut => cut.Offset);
        slots = [.. certificate.Cuts.Select(cut => cut.Slot)];
        paths = new(native.Code, certificate.Cuts.Select(cut => cut.Offset).ToHashSet());
    }

    /// <summary>The verdict on the native code of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="native">Its native code.</param>
    /// <param name="certificate">The certificate of it.</param>
    /// <param name="solver">The session.</param>
    /// <param name="limit">The time for one question.</param>
    /// <param name="known">The questions answered in other validations, to which those of this one are added; none if null.</param>
    public static Verdict Validate(
        CheckedProgram program,
        NativeProgram native,
        Certificate certificate,
        ISolver solver,
        TimeSpan limit,
        ProvedShapes? known = null)
    {
        if (Shape.Problem(program, native, certificate) is { } problem) return new Verdict.Refused(problem);
        var session = new Asking(solver, limit, program.Rules.Profile, known ?? new());
        return new Validator(program, native, certificate, session).Validate();
    }

    private Verdict Validate()
    {
        if (ProveEntry() is { } wrong) return wrong;
        foreach (var cut in certificate.Cuts)
        {
            IEnumerable<int?> depths = steps.IsCallOrReturn(cut.Slot)
                ? Enumerable.Range(0, profile.FrameLimit).Select(depth => (int?)depth)
                : [null];
            foreach (var depth in depths)
            {
                given = depth is { } count ? Calls.Facts(profile, count, length) : [];
                if (Prove(cut, depth) is { } problem) return WithDepth(problem, depth);
            }
        }

        return new Verdict.Proved(certificate.Cuts.Count, asking.Questions);
    }

    private Verdict? ProveEntry()
    {
        var registers = Unknowns.Registers(profile, known);
        var start = NativeStates.AtCall(profile, certificate, registers);
        var before = new RuleState(0, registers, []);
        foreach (var path in paths.From(0, start))
        {
            var problem = path.End switch
            {
                NativeEnd.Entered => Settle(null, path, AtCut(path, before, known), "the registers on the way in"),
                NativeEnd.Lost lost => IsLost(null, path, lost),
                NativeEnd.Arrived or NativeEnd.Returned => IsPossible(
                    null, path, values => new Verdict.Refuted(null, "native code does not begin where it is told", values)),
            };
            if (problem is not null) return problem;
        }

        return null;
    }

    // So that a run shows it.
    private static Verdict WithDepth(Verdict problem, int? depth) => problem is Verdict.Refuted refuted && depth is { } count
        ? refuted with
        {
            Values = refuted.Values with
            {
                Variable = variable => ReferenceEquals(variable, Unknowns.Depth) ? (ulong)count : refuted.Values.Variable(variable),
            },
        }
        : problem;

    private Verdict? Prove(Cut cut, int? depth)
    {
        var registers = Unknowns.Registers(profile, [.. cut.ZeroHigh, .. known]);
        var states = steps.From(cut.Slot, registers, slots, isLimited, depth);

        // Another cut at the same place: an instruction for which there is nothing to do.
        foreach (var other in cutsAt[cut.Offset])
        {
            if (other.Slot == cut.Slot) continue;
            var nothing = new NativePath(
                [], NativeStates.AtCut(profile, certificate, registers, isLimited, depth), [], new NativeEnd.Arrived(cut.Offset));
            if (Arrive(cut, nothing, states, [other]) is null) return null;
        }

        foreach (var path in paths.From(cut.Offset, NativeStates.AtCut(profile, certificate, registers, isLimited, depth)))
        {
            var problem = path.End switch
            {
                NativeEnd.Arrived(var offset) => Arrive(cut, path, states, cutsAt[offset]),
                NativeEnd.Returned => Return(cut, path, states),
                NativeEnd.Lost lost => IsLost(cut, path, lost),
                NativeEnd.Entered => new Verdict.Refused($"from slot {cut.Slot}: it goes on where it was once told"),
            };
            if (problem is not null) return problem;
        }

        return null;
    }

    // A path that no values lead along may end anywhere.
    private Verdict? IsPossible(Cut? cut, NativePath path, Func<Assignment, Verdict> problem) =>
        asking.Follows([.. given, .. path.Conditions], [Make.False]) switch
        {
            Answer.Holds => null,
            Answer.Fails(var values) => problem(values),
            Answer.Unknown(var reason) => new Verdict.Undecided(cut, reason),
        };

    private Verdict? IsLost(Cut? cut, NativePath path, NativeEnd.Lost end) => IsPossible(
        cut, path, values => end.IsSeen
            ? new Verdict.Refuted(cut, end.Reason, values)
            : new Verdict.Refused($"{(cut is null ? "from the call of native code" : $"from slot {cut.Slot}")}: {end.Reason}"));

    private Verdict? Arrive(Cut from, NativePath path, IReadOnlyList<RuleState> states, IEnumerable<Cut> to)
    {
        List<(string What, Term[] Goals)> ways = [];
        foreach (var cut in to)
        {
            for (var done = states.Count - 1; done >= 0; done--)
            {
                if (!MayBe(states[done], cut.Slot) || (done == 0 && !IsProgress(from, cut))) continue;
                ways.Add((
                    $"the state on the way to slot {cut.Slot}",
                    [Counts(states[done], cut.Slot), .. states[done].Obligations, .. AtCut(path, states[done], cut.ZeroHigh)]));
            }
        }

        return SettleOne(from, path, ways, $"it goes where the program does not: to {Place(to)}");
    }

    private Verdict? Return(Cut from, NativePath path, IReadOnlyList<RuleState> states)
    {
        List<(string What, Term[] Goals)> ways = [];
        var counter = NativeStates.Memory(path.State).Machine[NativeLayout.ProgramCounter];
        foreach (var state in states.Reverse())
        {
            var isThere = counter.ZeroExtended(64).EqualTo(state.ProgramCounter);
            if (isThere.IsFalse) continue;
            var where = counter.IsConstant ? string.Create(CultureInfo.InvariantCulture, $" at slot {(uint)counter.Value}") : "";
            ways.Add(($"the state on the way back to the machine{where}", [isThere, .. state.Obligations, .. AtReturn(path, state)]));
        }

        return SettleOne(from, path, ways, "it comes back to the machine at a slot where the program does not go");
    }

    // One of several ways in which the code may be right: mostly there is one, or one holds by itself.
    private Verdict? SettleOne(Cut from, NativePath path, List<(string What, Term[] Goals)> ways, string otherwise)
    {
        if (ways.Count == 0) return IsPossible(from, path, values => new Verdict.Refuted(from, otherwise, values));
        if (ways.Count == 1) return Settle(from, path, ways[0].Goals, ways[0].What);
        foreach (var (_, goals) in ways)
        {
            if (asking.IsProved([.. given, .. path.Conditions], [.. path.Obligations, .. goals])) return null;
        }

        return Settle(from, path, [ways.Select(way => Make.All(way.Goals)).Aggregate((left, right) => left | right)], ways[0].What);
    }

    // Without an instruction of the program done, only into code that relies on more, so that no run goes round for ever.
    internal static bool IsProgress(Cut from, Cut to) =>
        from.ZeroHigh.Count < to.ZeroHigh.Count && from.ZeroHigh.All(to.ZeroHigh.Contains);

    private Verdict? Settle(Cut? cut, NativePath path, IEnumerable<Term> goals, string what) =>
        asking.Follows([.. given, .. path.Conditions], [.. path.Obligations, .. goals]) switch
        {
            Answer.Holds => null,
            Answer.Fails(var values) => new Verdict.Refuted(cut, what, values),
            Answer.Unknown(var reason) => new Verdict.Undecided(cut, $"{what}: {reason}"),
        };

    private static string Place(IEnumerable<Cut> cuts) => string.Join(" or ", cuts.Select(cut => $"slot {cut.Slot}"));
}

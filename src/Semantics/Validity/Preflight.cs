using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>The preflight check (the C machines' verifier): what a program must satisfy before it runs.</summary>
/// <remarks>All problems of a program are reported, not the first. It never throws, on any bytes.</remarks>
public static class Preflight
{
    /// <summary>Every check of a site, in the order in which problems are reported.</summary>
    public static Sequence<Check> Checks { get; } =
    [
        new OpcodeExists(),
        new EncodingExists(),
        new ReservedIsZero(Field.Destination),
        new ReservedIsZero(Field.Source),
        new ReservedIsZero(Field.Offset),
        new ReservedIsZero(Field.Immediate),
        new RegisterExists(Field.Destination),
        new RegisterExists(Field.Source),
        new WideIsWhole(),
        new SecondSlotIsZero(SecondSlotPart.Opcode),
        new SecondSlotIsZero(SecondSlotPart.Destination),
        new SecondSlotIsZero(SecondSlotPart.Source),
        new SecondSlotIsZero(SecondSlotPart.Offset),
        new SecondSlotIsZero(SecondSlotPart.Immediate),
        new GroupExists(),
        new PlatformGrants(),
        new FramePointerIsKept(),
        new FunctionIsGranted(),
        new TargetIsInside(),
        new TargetIsInstruction(),
        new EndIsClosed(),
    ];

    // Any profile that rejects reserved fields and grants every encoding: what is left is the encoding itself.
    private static readonly Admission Encodings = Admission.Of(
        Profile.Rfc9669 with
        {
            Groups = Profile.Rfc9669.Groups.Add(ConformanceGroup.Packet),
            PlatformEncodings =
            [
                PlatformEncoding.CallByBtfId, PlatformEncoding.Maps, PlatformEncoding.Variables, PlatformEncoding.CodeAddresses,
            ],
            FramePointer = FramePointer.Writable,
        },
        []);

    // By opcode, and by place among the encodings of that opcode.
    private static readonly Sequence<Sequence<FormCheck>>[] Concerning = Concerns();

    /// <summary>The problems of a program given as bytes, in the order of its slots.</summary>
    /// <param name="bytes">The program, eight bytes a slot.</param>
    /// <param name="entry">The slot at which it will be entered.</param>
    /// <param name="rules">What it is checked against.</param>
    /// <param name="most">How many problems are enough: after so many slots with a problem the rest is not looked at.</param>
    /// <remarks>Bytes that are not whole slots are most likely no program at all: that is then the one problem.</remarks>
    public static Sequence<Problem> Check(ReadOnlySpan<byte> bytes, int entry, Admission rules, int most = int.MaxValue) =>
        bytes.Length % Slot.Size == 0
        ? Check(Program.Of(bytes), entry, rules, most)
        : [Whole("length", $"the program has {bytes.Length} bytes", "a multiple of 8 bytes")];

    /// <summary>The problems of a program, in the order of its slots.</summary>
    public static Sequence<Problem> Check(Program program, int entry, Admission rules, int most = int.MaxValue)
    {
        var starts = Starts(program);
        List<Problem> problems = [.. ProblemsOfEntry(program, entry, starts)];
        for (var index = 0; index < program.Length && problems.Count < most; index++)
        {
            if (!starts[index]) continue;
            AddProblems(SiteOf(program, index, starts, rules), _ => true, problems);
        }

        return problems.ToSequence();
    }

    /// <summary>How many problems <see cref="Check(ReadOnlySpan{byte}, int, Admission, int)"/> finds, without saying which.</summary>
    public static long Count(ReadOnlySpan<byte> bytes, int entry, Admission rules)
    {
        if (bytes.Length % Slot.Size != 0) return 1;
        var program = Program.Of(bytes);
        var starts = Starts(program);
        long count = ProblemsOfEntry(program, entry, starts).Count;
        for (var index = 0; index < program.Length; index++)
        {
            if (starts[index]) count += CountAt(SiteOf(program, index, starts, rules));
        }

        return count;
    }

    /// <summary>Why a program cannot be entered at a slot, given where its instructions start; at most one problem.</summary>
    internal static Sequence<Problem> ProblemsOfEntry(Program program, int entry, Sequence<bool> starts)
    {
        if (program.Length == 0) return [Whole("length", "the program is empty", "at least one instruction")];
        if (IsEntry(Word.Of((ulong)entry), Word.Of((ulong)program.Length), StartsAt(starts)).Value) return [];
        return (uint)entry < (uint)program.Length
            ? [Whole("entry", $"the entry is slot {entry}, the second slot of a wide instruction", "a slot at which an instruction starts")]
            : [Whole("entry", $"the entry is slot {entry}", $"a slot from 0 to {program.Length - 1}")];
    }

    /// <summary>Whether a program may be entered at an index: whether one of its instructions starts there.</summary>
    /// <param name="index">The index, 64 bits.</param>
    /// <param name="length">The number of slots in the program, 64 bits.</param>
    /// <param name="startsInstruction">Whether an instruction starts at an index, which lies in the program.</param>
    public static Truth<T> IsEntry<T>(T index, T length, Func<T, Truth<T>> startsInstruction)
        where T : IWord<T> => T.LessUnsigned(index, length) & startsInstruction(index);

    /// <summary>The instruction at a slot index, whatever profiles may say of it, or why there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the program.</exception>
    public static Decoded Decode(Program program, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, program.Length);
        return Decode(program, index, Encodings);
    }

    /// <summary>The content of each slot, as far as a machine of a profile cares: an instruction of the profile, or problems.</summary>
    internal static Sequence<Decoded> Decode(Program program, Profile profile)
    {
        var rules = Admission.Of(profile, []);
        return Sequence.Generate(program.Length, index => Decode(program, index, rules));
    }

    /// <summary>The content of a slot, as far as a machine cares: an instruction of the profile, or problems.</summary>
    internal static Decoded Decode(Program program, int index, Admission rules)
    {
        // None of these checks asks where instructions start.
        var site = SiteOf(program, index, [], rules);
        List<Problem> problems = [];
        AddProblems(site, check => check.Scope is CheckScope.Encoding or CheckScope.Admission, problems);
        return problems.Count == 0
            ? new Decoded.Valid(Decoder.InstructionAt(program, index))
            : new Decoded.Malformed(problems.ToSequence());
    }

    /// <summary>For each slot whether an instruction starts there, when read from slot 0 on.</summary>
    public static Sequence<bool> Starts(Program program) => Starts(program, SlotsAt);

    /// <summary>For each slot whether an instruction starts there, given how many slots the one at a slot takes.</summary>
    internal static Sequence<bool> Starts(Program program, Func<Slot, int> slotsAt)
    {
        var starts = new bool[program.Length];
        for (var index = 0; index < program.Length; index += slotsAt(program.Slots[index])) starts[index] = true;
        return Sequence.Of<bool>(starts);
    }

    // All checks of a concrete site. Its encoding, once found, leaves only the checks that concern it: a quarter of them.
    private static void AddProblems(Site<Word> site, Func<Check, bool> isAsked, List<Problem> problems)
    {
        var opcode = (byte)site.Slot.Opcode.Value;
        var candidates = OperationTable.WithOpcode(opcode);
        for (var i = 0; i < candidates.Count; i++)
        {
            var form = candidates[i];
            if (!Decoder.Matches(form, site.Slot).Value) continue;
            foreach (var check in Concerning[opcode][i])
            {
                if (isAsked(check) && check.Breaks(form, site).Value) problems.Add(check.ProblemAt(site));
            }

            return;
        }

        foreach (var check in Checks)
        {
            if (isAsked(check) && check.Violated(site).Value) problems.Add(check.ProblemAt(site));
        }
    }

    private static int CountAt(Site<Word> site)
    {
        var opcode = (byte)site.Slot.Opcode.Value;
        var candidates = OperationTable.WithOpcode(opcode);
        for (var i = 0; i < candidates.Count; i++)
        {
            var form = candidates[i];
            if (Decoder.Matches(form, site.Slot).Value) return Concerning[opcode][i].Count(check => check.Breaks(form, site).Value);
        }

        return Checks.Count(check => check.Violated(site).Value);
    }

    private static Sequence<Sequence<FormCheck>>[] Concerns()
    {
        var concerning = new Sequence<Sequence<FormCheck>>[256];
        for (var opcode = 0; opcode < concerning.Length; opcode++)
            concerning[opcode] = OperationTable.WithOpcode((byte)opcode).Map(ChecksOf);
        return concerning;
    }

    private static Sequence<FormCheck> ChecksOf(Form form) =>
        [.. Checks.OfType<FormCheck>().Where(check => check.Concerns(form))];

    private static int SlotsAt(Slot slot)
    {
        var slots = 1;
        foreach (var form in OperationTable.WithOpcode(slot.Opcode)) slots = form.Layout.Slots;
        return slots;
    }

    /// <summary>The site of a concrete program at a slot index.</summary>
    internal static Site<Word> SiteOf(Program program, int index, Sequence<bool> starts, Admission rules)
    {
        var slot = program.Slots[index].Fields;
        var hasNext = index + 1 < program.Length;
        return new(
            slot,
            (hasNext ? program.Slots[index + 1] : default).Fields,
            Truth<Word>.Of(hasNext),
            Word.Of((ulong)index),
            Word.Of((ulong)program.Length),
            StartsAt(starts),
            Decoder.Candidates(slot),
            rules);
    }

    private static Func<Word, Truth<Word>> StartsAt(Sequence<bool> starts) =>
        index => Truth<Word>.Of(index.Value < (ulong)starts.Count && starts[(int)index.Value]);

    private static Problem Whole(string check, string found, string expected) =>
        new(0, check, Clause.Rfc("3"), found, expected);
}

using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>A slot of a program of any length, its opcode known, as the checks of the preflight and as the device have it.</summary>
/// <remarks>
/// An instruction begins where the opcode is not 0: of a program that breaks no check, that is where <see cref="Preflight.Starts"/>
/// says so, as a claim has it.
/// </remarks>
/// <param name="Opcode">The opcode.</param>
/// <param name="IsHelperCall">Whether its <c>src_reg</c> is 0.</param>
internal sealed record CheckedSlot(byte Opcode, bool IsHelperCall = false)
{
    /// <summary>The address of the program.</summary>
    public static readonly Term Program = Make.Variable("machine.program", 32);

    /// <summary>The number of its slots.</summary>
    public static readonly Term Length = Make.Variable("machine.length", 32);

    /// <summary>The slot at which it is to be entered.</summary>
    public static readonly Term Entry = Make.Variable("machine.pc", 32);

    /// <summary>The index of the slot.</summary>
    public static readonly Term Index = Make.Variable("index", 32);

    /// <summary>Its immediate.</summary>
    public static readonly Term Immediate = Make.Variable("imm", 32);

    private static readonly Term Offset = Make.Variable("offset", 16);
    private static readonly Term AnySource = Make.Variable("src_reg", 4);
    private static readonly Term Destination = Make.Variable("dst_reg", 4);
    private static readonly PairArray Anything = PairArray.Any("program.head", "program.imm", Length);

    /// <summary>Any slot.</summary>
    public static CheckedSlot Any { get; } = new(0) { Known = null };

    /// <summary>The facts about the program.</summary>
    public static Sequence<Term> Hypotheses { get; } = [Length.Below(1UL << 28), Index.Below(Length)];

    /// <summary>
    /// The values of its variables where values are tried: the first, the last or the last but one slot of a short program, with registers
    /// that exist, and distances that are 0 or lead into the program.
    /// </summary>
    public static Sequence<(Term Variable, Term Value)> Likely { get; } =
    [
        (Length, Small(Length) + 2UL),
        (Index, OneOf(Index, Length - 1UL, OneOf(Length, Length - 2UL, Make.Constant(0, 32)))),
        (Destination, Small(Destination)),
        (AnySource, OneOf(AnySource, Make.Constant(0, 4), Small(AnySource))),
        (Offset, OneOf(Offset, Make.Constant(0, 16), Small(Offset) - Index.Bits(0, 16))),
        (Immediate, OneOf(Immediate, Make.Constant(0, 32), Small(Immediate) - Index)),
    ];

    /// <summary>
    /// That of a program that breaks no check, an instruction begins exactly where the opcode is not 0: the slot of an instruction has
    /// another opcode, and a second slot has this one.
    /// </summary>
    public static Claim WhereInstructionsBegin
    {
        get
        {
            var site = AnyProgram.SiteOf(AnyProgram.Slot, Admission.Of(DeviceClaims.Built, []));
            return new()
            {
                Id = "device/check/begins@rbpf",
                Sentence = "An instruction that breaks no check has an opcode that is not 0, and the second slot of a wide one has the "
                    + "opcode 0: so where instructions begin, opcodes tell.",
                Source = Clause.Spec("preflight"),
                State = () => About([]),
                Mutants =
                [
                    .. Preflight.Checks.Where(check => check is OpcodeExists or SecondSlotIsZero { Part: SecondSlotPart.Opcode })
                        .Select(check => new Mutant($"the check {check.Id} is left out", () => About([check]))),
                ],
            };

            Proposition About(Sequence<Check> leftOut) => new(
                AnyProgram.Hypotheses,
                PreflightReplay.IsRejected(site, leftOut)
                | (site.Slot.Opcode.Term.DiffersFrom(0) & (!AnyProgram.IsWide(AnyProgram.Slot) | site.Next.Opcode.Term.EqualTo(0))),
                assignment => PreflightReplay.OfSite(site, leftOut, assignment));
        }
    }

    /// <summary>The same as the first slot of the program.</summary>
    public CheckedSlot First => this with { Known = Make.Constant(0, 32) };

    /// <summary>The slots of the program.</summary>
    public PairArray Slots => (Known is null ? Anything : Anything.With(Known, Head, Immediate)) with
    {
        Shown = [Index, Index + 1UL, Entry, Index + 1UL + Offset.SignExtended(32), Index + 1UL + Immediate],
    };

    /// <summary>The index of the next instruction.</summary>
    public Term After => Index + (IsWide ? 2UL : 1UL);

    /// <summary>The verdict of the checks on it.</summary>
    public SlotVerdict Verdict => new(Breaks, EndsWrongly, CallsHelper);

    private Term Breaks => Make.Any(
        Preflight.Checks.Where(check => check is not (FunctionIsGranted or EndIsClosed)).Select(check => check.Violated(Site).Term));

    private Term EndsWrongly => Make.Any(Preflight.Checks.OfType<EndIsClosed>().Select(check => check.Violated(Site).Term));

    private Term CallsHelper => Make.Any(Site.Candidates.Where(form => form.Operation is CallOperation.ByHelperId)
        .Select(form => Decoder.Matches(form, Site.Slot).Term));

    /// <summary>Whether an instruction begins at an index.</summary>
    public Truth<TermWord> Begins(TermWord index) =>
        TermTruths.Of(Slots.Word(index.Term.Bits(0, 32), isSecond: false).Bits(0, 8).DiffersFrom(0));

    private Term? Known { get; init; } = Index;

    private bool IsWide => OperationTable.WithOpcode(Opcode).Any(form => form.Layout.IsWide);

    private Term Source => IsHelperCall ? Make.Constant(0, 4) : AnySource;

    private Term Head => Make.Concatenate(
        Offset, Make.Concatenate(Source, Make.Concatenate(Destination, Make.Constant(Opcode, 8))));

    private Site<TermWord> Site
    {
        get
        {
            Slot<TermWord> slot = new(
                TermWord.Constant(Opcode, Width.Bits8), new(Destination), new(Source), new(Offset), new(Immediate));
            var next = Make.Concatenate(Slots.Word(Index + 1UL, isSecond: true), Slots.Word(Index + 1UL, isSecond: false));
            return new(
                slot,
                Slot<TermWord>.Of(new(next)),
                TermTruths.Of((Index + 1UL).Below(Length)),
                new(Index.ZeroExtended(64)),
                new(Length.ZeroExtended(64)),
                Begins,
                Decoder.Candidates(slot),
                Admission.Of(DeviceClaims.Built, []));
        }
    }

    private static Term Small(Term variable) => variable & Make.Constant(7, variable.Width);

    private static Term OneOf(Term variable, Term even, Term odd) => Make.Choose(variable.Bits(0, 1).EqualTo(0), even, odd);
}

/// <summary>The verdict of the preflight's checks on a slot.</summary>
/// <param name="Breaks">Whether it breaks a check, but for the one of helpers and the one of the end.</param>
/// <param name="EndsWrongly">Whether the program ends with it, and must not.</param>
/// <param name="CallsHelper">Whether it is a call of a helper.</param>
internal sealed record SlotVerdict(Term Breaks, Term EndsWrongly, Term CallsHelper);

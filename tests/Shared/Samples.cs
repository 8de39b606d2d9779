using RbpfSpec.Host;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Tests;

/// <summary>Machines, programs and hosts that many tests use.</summary>
internal static class Samples
{
    /// <summary>A helper that mixes r1 to r5 into 64 bits and lets a millisecond pass.</summary>
    public const int Mix = 7;

    /// <summary>A helper that exchanges the 4 bytes at r1 for the low half of r2.</summary>
    public const int Exchange = 8;

    /// <summary>A function known by BTF id only: the complement of r1.</summary>
    public const int Complement = 9;

    /// <summary>The ids of all helpers of <see cref="Host"/>.</summary>
    public static int[] HelperIds { get; } = [Mix, Exchange, 0x01, 0x02, 0x10, 0x11, 0x12, 0x13, 0x20];

    /// <summary>A profile that has every encoding and turns every option the other way than rbpf.</summary>
    public static Profile Contrary { get; } = Profile.Rbpf with
    {
        Name = "contrary",
        Groups = Enum.GetValues<ConformanceGroup>().ToSequence(),
        PlatformEncodings = Enum.GetValues<PlatformEncoding>().ToSequence(),
        ZeroDivisor = ZeroDivisor.Yields,
        LargeShift = LargeShift.Traps,
        SignedOverflow = SignedOverflow.Traps,
        Alignment = Alignment.Natural,
        FramePointer = FramePointer.Writable,
        ReservedFields = ReservedFields.Ignored,
        LastInstruction = LastInstruction.Exit,
        BranchLimit = new Allowance<ulong>.Unlimited(),
        InstructionLimit = new Allowance<ulong>.Remaining(1000),
        HelperAccess = HelperAccess.Declared,
        FrameLimit = 3,
        FrameBytes = 64,
        InitialRegisters = InitialRegisters.Context,
    };

    /// <summary>The profiles that properties run through.</summary>
    public static Sequence<Profile> Profiles { get; } = [Profile.Rbpf, Profile.Rfc9669, Contrary];

    /// <summary>A platform that gives each kind of number another address.</summary>
    public static Platform<Word> Platform { get; } = new(
        fd => fd + Word.Of(0x0100_0000_0000),
        index => index + Word.Of(0x0200_0000_0000),
        map => map + Word.Of(0x0400_0000_0000),
        variable => variable + Word.Of(0x0800_0000_0000),
        distance => distance + Word.Of(0x1000_0000_0000),
        Word.Of(AddressSpace.Context));

    /// <summary>The default helpers and those named above.</summary>
    public static HostState<Word> Host { get; } = HostState<Word>.Bare with
    {
        Helpers = [.. DefaultHost.Functions, MixFunction(), ExchangeFunction()],
        BtfFunctions = [ComplementFunction(), ExchangeFunction()],
        Platform = Platform,
    };

    /// <summary>The rules that programs that call the helpers of <see cref="Host"/> are checked against.</summary>
    public static Admission RulesOf(Profile profile) => new(
        profile, HelperIds.Select(id => (uint)id).ToSequence(), [Complement, Exchange]);

    /// <summary>The program of some bytes in hexadecimal; spaces are allowed.</summary>
    public static Program ProgramOf(string hex) =>
        Program.Of(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>An instruction of an encoding.</summary>
    public static Instruction InstructionOf(
        string id, int destination = 0, int source = 0, int offset = 0, int immediate = 0, int next = 0) =>
        Instruction.Of(
            Generators.FormOf(id), new((byte)destination), new((byte)source), (short)offset, immediate, next);

    /// <summary>A state at slot 0 whose registers are zero but for those given and r10.</summary>
    public static State<Word> StateOf(Profile profile, params (int Register, ulong Value)[] registers)
    {
        var state = new Start(profile) { Context = [1, 2, 3, 4, 5, 6, 7, 8], Host = Host }.State();
        foreach (var (register, value) in registers)
            state = state with { Registers = state.Registers.With(register, Word.Of(value)) };
        return state;
    }

    /// <summary>One step of a program of one instruction.</summary>
    public static Outcome<Word> Step(Instruction instruction, State<Word> state, Profile profile) =>
        new ReferenceMachine(Program.Of([instruction]), profile).Step(state);

    /// <summary>The trap of an outcome.</summary>
    public static Trap Trap(this Outcome<Word> outcome) =>
        outcome.ShouldBeOfType<Outcome<Word>.Trapped>().Trap;

    /// <summary>The state in which an outcome goes on.</summary>
    public static State<Word> Next(this Outcome<Word> outcome) =>
        outcome.ShouldBeOfType<Outcome<Word>.Next>().State;

    /// <summary>The result of an outcome that ends the program.</summary>
    public static ulong Result(this Outcome<Word> outcome) =>
        outcome.ShouldBeOfType<Outcome<Word>.Exited>().Result.Value;

    /// <summary>The bytes of the region with a name.</summary>
    public static byte[] Bytes(this State<Word> state, string region) =>
        ((ByteTree)state.Memory.Regions.Single(candidate => candidate.Name == region).Bytes).ToArray();

    private static HelperFunction<Word> MixFunction() => new(
        new(Mix, "mix", "Mixes r1 to r5.", []),
        call => new(
            call.Arguments[0] + (call.Arguments[1] * Word.Of(3)) + (call.Arguments[2] * Word.Of(5))
                + (call.Arguments[3] * Word.Of(7)) + (call.Arguments[4] * Word.Of(11)),
            call.State.WithMilliseconds(call.State.Milliseconds + Word.Of(1)),
            []));

    private static HelperFunction<Word> ExchangeFunction() => new(
        new(Exchange, "exchange", "Exchanges 4 bytes.",
            [new ArgumentKind.Writable(new ByteCount.Fixed(4)), new ArgumentKind.Value()]),
        call => new(
            call.Views[0].Read(Word.Of(0), Width.Bits32).ZeroExtend(Width.Bits64),
            call.State,
            [new(1, Word.Of(0), call.Arguments[1].Slice(0, Width.Bits32))]));

    private static HelperFunction<Word> ComplementFunction() => new(
        new(Complement, "complement", "Complements r1.", []),
        call => new(call.Arguments[0] ^ Word.Of(ulong.MaxValue), call.State, []));
}
